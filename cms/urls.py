"""Where pages live that are not found in Wagtail's tree."""

from django.urls import path

from cms.views import notices

app_name = "cms"

urlpatterns = [
    path("notices/<slug:code>/", notices.notices, name="notices"),
]
