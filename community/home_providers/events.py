"""Events that could not be delivered wait for the system administrators."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from community.home import Drawer, register_drawer
from community.models import Person
from community.policies.events import objection_to_mending_events


def _is_system_admin(person: Person | None, at: datetime) -> bool:
    return person is not None and objection_to_mending_events(person, at=at) is None


register_drawer(
    Drawer(
        key="events",
        label=_("Events that were not delivered"),
        note=_("What is wrong, try again, or let go"),
        icon="redo",
        url_name="community:events",
        order=61,
        is_for=_is_system_admin,
    )
)
