"""Where every page of the community lives: one module per concept."""

from community.urls import home, people, places, shell

app_name = "community"

urlpatterns = [
    *home.urlpatterns,
    *people.urlpatterns,
    *places.urlpatterns,
    *shell.urlpatterns,
]
