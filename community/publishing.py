"""Domain events: how one app lets the others know, without knowing them.

An app publishes facts in its own words; whoever cares subscribes by name. The fact is recorded
in the transaction of the change it reports, so the two cannot disagree, and is delivered after
the commit, at least once. What a subscriber writes is committed together with the note that it
has been reached: a worker that is killed leaves neither, and a delivery that is repeated finds
who is done. See docs/events.md.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, ClassVar, Final, Self

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError as BrokerDown
from pydantic import ConfigDict, TypeAdapter, ValidationError

from community.models import EventRecord

Subscriber = Callable[[EventRecord], object]

ANY: Final = "*"
GRACE: Final = timedelta(seconds=30)
"""How long the first delivery may take before the clock begins a second."""

WAIT_MAX: Final = timedelta(hours=1)
ATTEMPTS_MAX: Final = 10
BROKER_REST_SECONDS: Final = 10
NEVER_ANSWERED: Final = "Every worker that began to deliver this event stopped before the end."

EVENT_TYPES: dict[str, type[DomainEvent]] = {}
SUBSCRIBERS: defaultdict[str, list[Subscriber]] = defaultdict(list)
_schemas: dict[str, TypeAdapter[Any]] = {}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """A fact about the past: when it happened, who did it, to whom, and where.

    Declaring a subclass is all it takes for the event to appear in the point-rule editor. Its
    fields are the payload's schema; a change that old records do not fit raises `version`.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)
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
        """What this event adds to the shared fields, as JSON."""
        whole = schema_of(type(self)).dump_python(self, mode="json", warnings="error")
        return {name: value for name, value in whole.items() if name not in SHARED}

    @classmethod
    def of(cls, record: EventRecord) -> Self:
        """Return a record as the event it was: ``ReportFiled.of(record).report_id``.

        :raises pydantic.ValidationError: the record does not fit the schema.
        """
        shared = {
            "at": record.at.isoformat(),
            "actor_id": record.actor_id,
            "subject_id": record.subject_id,
            "area_id": record.area_id,
        }
        event: Self = schema_of(cls).validate_json(json.dumps({**record.facts, **shared}))
        return event


SHARED: Final = frozenset(field.name for field in fields(DomainEvent))


@dataclass(frozen=True, kw_only=True)
class EventGivenUp(DomainEvent):
    """An event could not be delivered. Only delivery itself tells this, so it stands here."""

    name = "community.event_given_up"
    label = _("An event could not be delivered")

    event_id: str
    event_name: str


def schema_of(event: type[DomainEvent]) -> TypeAdapter[Any]:
    """Return what checks the payload of that event, and describes it."""
    if event.name not in _schemas:
        _schemas[event.name] = TypeAdapter(event)
    return _schemas[event.name]


def publish(event: DomainEvent) -> EventRecord:
    """Record `event` now, and deliver it once the surrounding transaction has committed."""
    record = EventRecord(
        name=event.name,
        version=event.version,
        at=event.at,
        actor_id=event.actor_id,
        subject_id=event.subject_id,
        area_id=event.area_id,
        facts=event.facts,
        attempts=1,
        next_attempt_at=timezone.now() + GRACE,
    )
    type(event).of(record)  # what does not fit its own schema must not be recorded
    record.save(force_insert=True)
    # Robust: the change is already safe, and a broker that is down must not undo the answer.
    transaction.on_commit(lambda: _hand_over(str(record.pk)), robust=True)
    return record


def subscribe(name: str = ANY) -> Callable[[Subscriber], Subscriber]:
    """Have the decorated function called with every recorded event of that name.

    It only writes to the database, and quickly: on SQLite nobody else writes meanwhile.
    """

    def register(subscriber: Subscriber) -> Subscriber:
        known = {name_of(each) for each in SUBSCRIBERS[name]}
        assert name_of(subscriber) not in known, f"{name_of(subscriber)} would be taken for another"
        SUBSCRIBERS[name].append(subscriber)
        return subscriber

    return register


def name_of(subscriber: Subscriber) -> str:
    """Return the name by which it is noted that a subscriber has had an event."""
    return f"{subscriber.__module__}.{subscriber.__qualname__}"


@shared_task
def deliver_event(*, event_id: str, again: bool = False) -> None:
    """Hand a recorded event to everyone who subscribed to it and has not had it yet.

    One subscriber that fails does not keep it from the others. Those that succeeded are noted in
    the transaction of what they wrote; the clock brings the event back to the rest, ever more
    rarely, until it is given up. Two deliveries at once do no harm: the second finds the row
    locked, or the event delivered, and leaves.

    :raises ExceptionGroup: some subscribers failed (after all of this has been noted).
    """
    if again and not _begin(event_id):
        return
    with transaction.atomic():
        record = _locked(event_id)
        if record is None:
            return
        if problem := problem_with(record):
            give_up(record, problem)
            return
        failures = _reach(record)
        _note(record, failures)
    if failures:
        raise ExceptionGroup(f"{record} was not delivered to all", list(failures.values()))


def problem_with(record: EventRecord) -> str | None:
    """Return why no subscriber could understand `record`, or None."""
    event = EVENT_TYPES.get(record.name)
    if event is None:
        return f"This program knows no event called {record.name}."
    if record.version != event.version:
        return (
            f"The record has version {record.version} of {record.name}; "
            f"this program knows version {event.version}."
        )
    try:
        event.of(record)
    except ValidationError as errors:
        wrong = "; ".join(
            f"{'.'.join(map(str, error['loc']))}: {error['msg']}"
            for error in errors.errors(include_input=False, include_url=False)
        )
        return f"The facts do not fit {record.name} version {record.version}: {wrong}."
    return None


def give_up(record: EventRecord, reason: str) -> None:
    """Set an event aside for a person to look at, and let them know."""
    now = timezone.now()
    EventRecord.objects.filter(pk=record.pk).update(
        dead_at=now, last_error=reason, delivered_to=record.delivered_to
    )
    log.critical("event_given_up", event_id=str(record.pk), event_name=record.name)
    if record.name != EventGivenUp.name:
        publish(EventGivenUp(at=now, event_id=str(record.pk), event_name=record.name))


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait for a try after so many: 30 s, 1 min, 2 min … at most an hour."""
    return min(GRACE * (1 << (attempts - 1)), WAIT_MAX)


def _hand_over(event_id: str) -> None:
    """Ask a worker to deliver now; if the broker is down, the clock will.

    A broker that has just failed is left in peace for a while, so that an outage costs one
    request its connection timeout, not every request.
    """
    global _broker_rests_until  # noqa: PLW0603 (one broker, one process, one moment)
    if monotonic() < _broker_rests_until:
        return
    try:
        deliver_event.apply_async(kwargs={"event_id": event_id}, retry=False)
    except BrokerDown as failure:
        _broker_rests_until = monotonic() + BROKER_REST_SECONDS
        log.warning("broker_down", fault=type(failure.__cause__ or failure).__name__)


_broker_rests_until = 0.0


def _begin(event_id: str) -> bool:
    """Count another try before it is made, so that one that kills its worker counts too."""
    with transaction.atomic():
        record = _locked(event_id)
        if record is None:
            return False
        if record.attempts >= ATTEMPTS_MAX:
            give_up(record, record.last_error or NEVER_ANSWERED)
            return False
        record.attempts += 1
        record.next_attempt_at = timezone.now() + wait_after(record.attempts)
        record.save(update_fields=["attempts", "next_attempt_at"])
    return True


def _locked(event_id: str) -> EventRecord | None:
    """Return the record for this delivery alone; None when it is done, dead or in other hands."""
    waiting = EventRecord.objects.waiting().filter(pk=event_id)
    return waiting.select_for_update(skip_locked=True).first()


def _reach(record: EventRecord) -> dict[str, Exception]:
    """Call whoever has not had the event yet, each in a savepoint; return who failed, and how."""
    failures: dict[str, Exception] = {}
    for subscriber in (*SUBSCRIBERS[record.name], *SUBSCRIBERS[ANY]):
        name = name_of(subscriber)
        if name in record.delivered_to:
            continue
        try:
            with transaction.atomic():
                subscriber(record)
        except Exception as failure:  # noqa: BLE001 (noted, and raised again with the rest)
            failures[name] = failure
        else:
            record.delivered_to.append(name)
    return failures


def _note(record: EventRecord, failures: dict[str, Exception]) -> None:
    if not failures:
        EventRecord.objects.filter(pk=record.pk).update(delivered_at=timezone.now())
        return
    kinds = {name: type(failure).__name__ for name, failure in failures.items()}
    log.error(
        "event_not_delivered",
        event_id=str(record.pk),
        event_name=record.name,
        attempt=record.attempts,
        faults=kinds,
    )
    error = "\n".join(f"{name}: {kinds[name]}: {failure}" for name, failure in failures.items())
    if record.attempts >= ATTEMPTS_MAX:
        give_up(record, error)
        return
    EventRecord.objects.filter(pk=record.pk).update(
        delivered_to=record.delivered_to,
        last_error=error,
        next_attempt_at=timezone.now() + wait_after(record.attempts),
    )
