"""Writing down what office holders do, in the transaction in which they do it."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from community.models import Area, AuditEntry, Person


def record(
    *,
    actor: Person | None,
    act: str,
    subject: models.Model,
    at: datetime,
    area: Area | None = None,
    office: str = "",
    reason: str = "",
    **facts: object,
) -> AuditEntry:
    """Add one act to the audit, to be kept or undone together with the act itself.

    `act` is a word for programs, like ``"report.accept"``; `actor` is None for the clock. `facts`
    are what is needed to understand the act later: JSON, ids rather than names, and nothing that
    an erasure would have to find again.
    """
    assert transaction.get_connection().in_atomic_block, "an act and its record are one"
    return AuditEntry.objects.create(
        at=at,
        actor_id=actor.pk if actor else None,
        office=office,
        act=act,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        area_id=area.pk if area else None,
        reason=reason,
        facts=facts,
    )
