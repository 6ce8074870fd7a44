"""Looking after events that could not be delivered: try them again, or let them go."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from community import audit
from community.models import EventRecord, Office, Person
from community.policies.events import NeedsAReason, objection_to_mending
from community.publishing import deliver_event


@transaction.atomic
def retry_event(*, record: EventRecord, by: Person, at: datetime) -> None:
    """Deliver an event that was given up once more, from the first attempt on.

    :raises NotASystemAdmin: it is not theirs to mend.
    :raises NotDead: somebody was quicker.
    """
    record = _locked(record, by, at)
    record.dead_at = None
    record.attempts = 0
    record.next_attempt_at = at
    record.save(update_fields=["dead_at", "attempts", "next_attempt_at"])
    _note("event.retry", record, by, at)
    again = partial(deliver_event.delay, event_id=str(record.pk), again=True)
    transaction.on_commit(again, robust=True)


@transaction.atomic
def drop_event(*, record: EventRecord, by: Person, reason: str, at: datetime) -> None:
    """Let an event go that nobody can deliver; it stays on record, with the reason in the audit.

    :raises NotASystemAdmin: it is not theirs to mend.
    :raises NotDead: somebody was quicker.
    :raises NeedsAReason: there is none.
    """
    record = _locked(record, by, at)
    if not reason.strip():
        raise NeedsAReason
    record.dropped_at = at
    record.save(update_fields=["dropped_at"])
    _note("event.drop", record, by, at, reason=reason.strip())


def _locked(record: EventRecord, by: Person, at: datetime) -> EventRecord:
    record = EventRecord.objects.select_for_update().get(pk=record.pk)
    if refusal := objection_to_mending(by, record, at=at):
        raise refusal
    return record


def _note(act: str, record: EventRecord, by: Person, at: datetime, *, reason: str = "") -> None:
    audit.record(
        actor=by,
        act=act,
        subject=record,
        at=at,
        office=Office.SYSTEM_ADMIN,
        reason=reason,
        event=record.name,
    )
