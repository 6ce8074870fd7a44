"""Where every page of the community lives: one module per concept."""

from django.conf import settings

from community.urls import (
    accounts,
    audit,
    care,
    consent,
    demo,
    events,
    filing,
    home,
    notifications,
    offline,
    people,
    places,
    plates,
    reports,
    search,
    shell,
)

app_name = "community"

urlpatterns = [
    *accounts.urlpatterns,
    *audit.urlpatterns,
    *care.urlpatterns,
    *consent.urlpatterns,
    *(demo.urlpatterns if settings.DEMO else []),
    *events.urlpatterns,
    *filing.urlpatterns,
    *home.urlpatterns,
    *notifications.urlpatterns,
    *offline.urlpatterns,
    *people.urlpatterns,
    *places.urlpatterns,
    *plates.urlpatterns,
    *reports.urlpatterns,
    *search.urlpatterns,
    *shell.urlpatterns,
]
