"""Who looks after events that could not be delivered."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import EventRecord, Office, Person
from community.policies.registry import policy


class NotASystemAdmin(Refusal):
    reason = _("Only a system administrator looks after events that could not be delivered.")


class NotDead(Refusal):
    reason = _("This event is being delivered, or somebody has dealt with it already.")


class NeedsAReason(Refusal):
    reason = _("Please write why it may be dropped: whoever looks for what was lost will read it.")


@policy("event.read", label=_("See events that could not be delivered"))
def objection_to_mending_events(person: Person, *, at: datetime) -> Refusal | None:
    held = person.appointments.current(at=at).filter(office=Office.SYSTEM_ADMIN)
    return None if held.exists() else NotASystemAdmin()


@policy("event.mend", label=_("Try an event again that could not be delivered, or let it go"))
def objection_to_mending(person: Person, record: EventRecord, *, at: datetime) -> Refusal | None:
    if refusal := objection_to_mending_events(person, at=at):
        return refusal
    return None if record.is_dead else NotDead()
