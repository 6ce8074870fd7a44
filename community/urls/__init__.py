"""Where every page of the community lives: one module per concept."""

from django.conf import settings

from community.urls import accounts, audit, demo, events, filing, home, notifications, shell

app_name = "community"

urlpatterns = [
    *accounts.urlpatterns,
    *audit.urlpatterns,
    *(demo.urlpatterns if settings.DEMO else []),
    *events.urlpatterns,
    *filing.urlpatterns,
    *home.urlpatterns,
    *notifications.urlpatterns,
    *shell.urlpatterns,
]
