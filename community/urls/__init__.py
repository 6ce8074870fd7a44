"""Where every page of the community lives: one module per concept."""

from django.conf import settings

from community.urls import accounts, demo, filing, home, reports, shell

app_name = "community"

urlpatterns = [
    *accounts.urlpatterns,
    *(demo.urlpatterns if settings.DEMO else []),
    *filing.urlpatterns,
    *home.urlpatterns,
    *reports.urlpatterns,
    *shell.urlpatterns,
]
