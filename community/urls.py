from django.urls import path

from community.views import home

app_name = "community"

urlpatterns = [
    path("", home.index, name="home"),
]
