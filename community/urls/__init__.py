"""Where every page of the community lives: one module per concept."""

from community.urls import home, shell

app_name = "community"

urlpatterns = [
    *home.urlpatterns,
    *shell.urlpatterns,
]
