"""Where every page of the community lives: one module per concept."""

from django.conf import settings

from community.urls import accounts, demo, home, notifications, shell

app_name = "community"

urlpatterns = [
    *accounts.urlpatterns,
    *(demo.urlpatterns if settings.DEMO else []),
    *home.urlpatterns,
    *notifications.urlpatterns,
    *shell.urlpatterns,
]
