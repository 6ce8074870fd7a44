"""Telling the system administrators that an event could not be delivered."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.kinds import Kind, register_kind
from community.models import Appointment, EventRecord, Office
from community.publishing import EventGivenUp, subscribe
from community.services.notifications import notify

GIVEN_UP = register_kind(
    Kind(
        key=EventGivenUp.name,
        icon="warn",
        tone="brick",
        title=_("An event could not be delivered: %(event_name)s"),
        text=_("See what is wrong, then try it again or let it go."),
    )
)


@subscribe(EventGivenUp.name)
def tell_the_system_admins(record: EventRecord) -> None:
    event = EventGivenUp.of(record)
    admins = Appointment.objects.current(at=event.at).filter(office=Office.SYSTEM_ADMIN)
    notify(
        persons=admins.values_list("person_id", flat=True),
        kind=GIVEN_UP.key,
        event=record,
        group="events",
        path=reverse("community:events"),
        facts={"event_name": event.event_name},
        at=event.at,
    )
