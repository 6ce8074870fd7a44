"""The event of the fault tests, and a subscriber whose doubles can be counted.

It writes a row each time it is called, as no real subscriber may: nothing but delivery itself
keeps it from writing two.
"""

from __future__ import annotations

from dataclasses import dataclass

from community.models import AuditEntry, EventRecord
from community.publishing import DomainEvent, subscribe


@dataclass(frozen=True, kw_only=True)
class Changed(DomainEvent):
    """Something was changed by a process that is about to be killed."""

    name = "test.changed"
    label = "Something changed"

    number: int


@subscribe(Changed.name)
def follow(record: EventRecord) -> None:
    AuditEntry.objects.create(
        at=record.at,
        act="fault.followed",
        subject_type="fault",
        subject_id=str(Changed.of(record).number),
    )
