from django.urls import path

from community.views import consent

urlpatterns = [
    path("me/consents/", consent.consents, name="consents"),
    path("me/consents/<int:person_id>/<slug:purpose>/", consent.decide, name="consent"),
    path("me/welcome/", consent.welcome, name="welcome"),
]
