"""Domain events: how one app lets the others know, without knowing them.

An app publishes facts in its own words; whoever cares subscribes by name. The fact is recorded
in the transaction of the change it reports, so the two cannot disagree, and is delivered after
the commit, at least once. Subscribers therefore make sure that a second delivery does nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Final

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from community.models import EventRecord

Subscriber = Callable[[EventRecord], object]

ANY: Final = "*"
GRACE: Final = timedelta(seconds=30)
EVENT_TYPES: dict[str, type[DomainEvent]] = {}
SUBSCRIBERS: defaultdict[str, list[Subscriber]] = defaultdict(list)


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """A fact about the past: when it happened, who did it, to whom, and where.

    Declaring a subclass is all it takes for the event to appear in the point-rule editor.
    """

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    version: ClassVar[int] = 1

    at: datetime
    actor_id: int | None = None
    subject_id: int | None = None
    area_id: int | None = None

    def __init_subclass__(cls) -> None:
        assert cls.name not in EVENT_TYPES, f"two events are called {cls.name}"
        EVENT_TYPES[cls.name] = cls

    @property
    def facts(self) -> dict[str, Any]:
        shared = {field.name for field in fields(DomainEvent)}
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in shared}


def publish(event: DomainEvent) -> EventRecord:
    """Record `event` now, and deliver it once the surrounding transaction has committed."""
    record = EventRecord.objects.create(
        name=event.name,
        version=event.version,
        at=event.at,
        actor_id=event.actor_id,
        subject_id=event.subject_id,
        area_id=event.area_id,
        facts=event.facts,
        next_attempt_at=timezone.now() + GRACE,
    )
    # Robust: the change is already safe, and a broker that is down must not undo the answer.
    transaction.on_commit(partial(deliver_event.delay, event_id=str(record.pk)), robust=True)
    return record


def subscribe(name: str = ANY) -> Callable[[Subscriber], Subscriber]:
    """Have the decorated function called with every recorded event of that name."""

    def register(subscriber: Subscriber) -> Subscriber:
        SUBSCRIBERS[name].append(subscriber)
        return subscriber

    return register


@shared_task
def deliver_event(*, event_id: str) -> None:
    """Hand a recorded event to everyone who subscribed to it."""
    record = EventRecord.objects.get(pk=event_id)
    for subscriber in (*SUBSCRIBERS[record.name], *SUBSCRIBERS[ANY]):
        with transaction.atomic():
            subscriber(record)
    EventRecord.objects.filter(pk=record.pk).update(delivered_at=timezone.now())
