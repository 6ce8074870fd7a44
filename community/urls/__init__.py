"""Where every page of the community lives: one module per concept."""

from django.conf import settings

from community.urls import (
    accounts,
    consent,
    demo,
    filing,
    home,
    notifications,
    people,
    places,
    reports,
    shell,
)

app_name = "community"

urlpatterns = [
    *accounts.urlpatterns,
    *consent.urlpatterns,
    *(demo.urlpatterns if settings.DEMO else []),
    *filing.urlpatterns,
    *home.urlpatterns,
    *notifications.urlpatterns,
    *people.urlpatterns,
    *places.urlpatterns,
    *reports.urlpatterns,
    *shell.urlpatterns,
]
