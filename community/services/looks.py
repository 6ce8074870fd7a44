"""Writing down that an office holder looked at what is private to somebody.

The terms promise it (个人信息保护法 art. 51: access is limited, and what was done is on record).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.db import models, transaction

from community import audit
from community.models import Area, Person

ONE_LOOK: Final = timedelta(hours=1)
"""Whoever opens the same thing again within this time is still at it."""


def note_look(*, by: Person, thing: models.Model, office: str, area: Area, at: datetime) -> None:
    """Add a look at `thing` to the audit, unless it is in there for this hour already."""
    kind = thing._meta.model_name
    seconds = int(ONE_LOOK.total_seconds())
    if not cache.add(f"look:{by.pk}:{kind}:{thing.pk}", at.timestamp(), seconds):
        return
    with transaction.atomic():
        audit.record(actor=by, act=f"{kind}.look", subject=thing, at=at, area=area, office=office)
