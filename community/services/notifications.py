"""Telling people what happened, once for each event however often it is delivered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q

from community.kinds import KINDS
from community.live import announce
from community.models import EventRecord, Notification, Person
from community.queries.notifications import topic_of

KEPT_AFTER_READING: Final = timedelta(days=90)
KEPT_AT_MOST: Final = timedelta(days=400)
FORGET_BATCH: Final = 5000


@transaction.atomic
def notify(
    *,
    persons: Iterable[int],
    kind: str,
    event: EventRecord,
    group: str,
    path: str,
    facts: dict[str, Any],
    at: datetime,
) -> None:
    """Tell each of `persons` (their ids) what `event` means for them.

    `group` is what it is about (``"report:7"``): a person's notifications of one group are one
    line. `path` is where that line leads; `facts` fill the words of the kind. Calling it again for
    the same event, kind and person changes nothing (``notification_once_per_event``).
    """
    assert kind in KINDS, f"register_kind({kind!r}) first"
    told = sorted(set(persons))
    # Not ignore_conflicts: on SQLite that would swallow every other constraint too.
    Notification.objects.bulk_create(
        [
            Notification(
                person_id=person,
                kind=kind,
                event_id=event.pk,
                group=group,
                path=path,
                facts=facts,
                created_at=at,
            )
            for person in told
        ],
        update_conflicts=True,
        unique_fields=["person", "event_id", "kind"],
        update_fields=["path"],
    )
    tell_open_pages(persons=told)


@transaction.atomic
def mark_read(*, person: Person, groups: Iterable[str] | None, at: datetime) -> None:
    """Note that a person has read what there was by then: about some matters, or (None) all."""
    unread = person.notifications.unread().filter(created_at__lte=at)
    if groups is not None:
        unread = unread.filter(group__in=groups)
    if unread.update(read_at=at):
        tell_open_pages(persons=[person.pk])


def tell_open_pages(*, persons: Iterable[int]) -> None:
    """Let every open page of these people show the number that is right after the commit."""
    concerned = list(persons)
    transaction.on_commit(lambda: _say_standing(concerned), robust=True)


def _say_standing(persons: list[int]) -> None:
    unread = Notification.objects.unread().filter(person__in=persons).values("person")
    counted = unread.annotate(matters=Count("group", distinct=True))
    counts = dict.fromkeys(persons, 0) | dict(counted.values_list("person", "matters"))
    for person, count in counts.items():
        announce(topic_of(person), {"unread": count})


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Delete what was read three months ago, and what is over a year old; return how many."""
    old = Notification.objects.filter(
        Q(read_at__lt=at - KEPT_AFTER_READING) | Q(created_at__lt=at - KEPT_AT_MOST)
    )
    batch = list(old.order_by("pk").values_list("pk", flat=True)[:FORGET_BATCH])
    return Notification.objects.filter(pk__in=batch).delete()[0]
