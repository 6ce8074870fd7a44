from django.urls import path

from community.views import preferences, shell, styleguide

urlpatterns = [
    path("favicon.ico", shell.favicon),
    path("here/", shell.place, name="here"),
    path("language/", preferences.language, name="language"),
    path("me/large-type/", preferences.large_type, name="large_type"),
    path("me/preferences/", preferences.preferences, name="preferences"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
