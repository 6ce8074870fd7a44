"""Where every page of the community lives: one module per concept."""

from community.urls import filing, home, reports, shell

app_name = "community"

urlpatterns = [
    *filing.urlpatterns,
    *home.urlpatterns,
    *reports.urlpatterns,
    *shell.urlpatterns,
]
