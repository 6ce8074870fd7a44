"""What the shell of every page needs to know: who is here, where, and how they like to read.

All of it is lazy: a page that does not show it, as those of the back office, pays nothing.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property

from community.acting import acting_for
from community.auth import guest_or_person
from community.here import here
from community.home import TABS, Tab
from community.models import Person
from community.outbox import mark_of
from community.queries.shell import Frame, frame_of
from community.reading import reading_of

TABS_MAX = 5


class Shell:
    """The frame around one page."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._at = timezone.now()
        self.person = guest_or_person(request)
        self.reading = reading_of(request)

    @property
    def here(self) -> Any:
        return here(self._request, self._at)

    @property
    def tabs(self) -> list[tuple[Tab, int]]:
        """The doors of this person or guest, each with the number that waits behind it."""
        shown = [
            tab
            for tab in sorted(TABS.values(), key=lambda tab: tab.order)
            if not tab.offices or tab.key in self._frame.tabs_of_offices
        ]
        return [(tab, self._waiting(tab, self.person)) for tab in shown[:TABS_MAX]]

    def _waiting(self, tab: Tab, person: Person | None) -> int:
        known: dict[str, int] = getattr(self._request, "waiting", {})
        if tab.todos in known:
            return known[tab.todos]
        return tab.badge(person, self._at) if tab.badge is not None and person is not None else 0

    @property
    def unread(self) -> int:
        return self._frame.unread

    @cached_property
    def _frame(self) -> Frame:
        if self.person is None:
            return Frame(unread=0, tabs_of_offices=frozenset())
        return frame_of(self.person, at=self._at)


def shell(request: HttpRequest) -> dict[str, Any]:
    if not hasattr(request, "user"):  # an error before anybody was recognised
        return {"person": None, "is_demo": settings.DEMO}
    frame = SimpleLazyObject(lambda: Shell(request))
    return {
        "person": guest_or_person(request),
        "is_demo": settings.DEMO,
        "shell": frame,
        "outbox_mark": SimpleLazyObject(lambda: mark_of(guest_or_person(request))),
        "unread": SimpleLazyObject(lambda: frame.unread),
        "acting_for": SimpleLazyObject(lambda: acting_for(request, at=timezone.now())),
    }
