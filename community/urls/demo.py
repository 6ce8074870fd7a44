from django.urls import path

from community.views import demo

urlpatterns = [
    path("demo/", demo.choose, name="demo"),
    path("demo/people/<int:person_id>/", demo.enter, name="demo_enter"),
]
