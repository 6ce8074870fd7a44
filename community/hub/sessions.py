"""Whose session is still good: asked every minute for all sockets at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.contrib.sessions.models import Session

from community.models import Person


def mark_of(session_key: str | None) -> str:
    """Return what stands for a session where its key must not be seen."""
    return sha256(session_key.encode()).hexdigest()[:32] if session_key else ""


def ended(
    keys: Collection[str], person_ids: Collection[int], *, at: datetime
) -> tuple[set[str], set[int]]:
    """Return which of the sessions are over, and which of the persons' accounts are closed."""
    good = Session.objects.filter(session_key__in=keys, expire_date__gt=at)
    active = Person.objects.filter(pk__in=person_ids, is_active=True)
    return (
        set(keys) - set(good.values_list("session_key", flat=True)),
        set(person_ids) - set(active.values_list("pk", flat=True)),
    )
