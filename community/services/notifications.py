"""Telling people what happened, once for each event however often it is delivered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from community.kinds import KINDS
from community.models import EventRecord, Notification


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
