"""What the frame of every page must know of the person who is signed in, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from community.home import TABS
from community.models import Appointment, Notification, Person


@dataclass(frozen=True, kw_only=True)
class Frame:
    """How many matters are unread, and the keys of the tabs that need an office they hold."""

    unread: int
    tabs_of_offices: frozenset[str]


def frame_of(person: Person, *, at: datetime) -> Frame:
    held = Appointment.objects.current(at=at).filter(person=OuterRef("pk"))
    tabs = {
        key: Exists(held.filter(office__in=tab.offices)) for key, tab in TABS.items() if tab.offices
    }
    unread = Notification.objects.filter(person=OuterRef("pk")).unread().matters_by_person()
    known = (
        Person.objects.filter(pk=person.pk)
        .annotate(unread=Coalesce(unread, 0))
        .annotate(**{f"has_{key}": holds for key, holds in tabs.items()})
        .values("unread", *(f"has_{key}" for key in tabs))
        .get()
    )
    return Frame(
        unread=known["unread"],
        tabs_of_offices=frozenset(key for key in tabs if known[f"has_{key}"]),
    )
