"""Keeping the audit: noting that it was taken out, and the one way in which it ever shrinks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from community.audit import record
from community.models import Area, AuditEntry, Person
from community.policies.audit import NotAnAuditor, auditing_office
from community.triggers import disarmed

RETENTION_DAYS_MIN: Final = 180
"""网络安全法 art. 21 (3): network logs are kept for at least six months."""


@transaction.atomic
def note_export(
    *,
    by: Person,
    form: str,
    since: date,
    until: date,
    act: str,
    area: Area | None,
    at: datetime,
) -> None:
    """Note that somebody takes a part of the audit out of the platform, before they get it.

    :raises NotAnAuditor: they hold no office that may.
    """
    office = auditing_office(by, at=at)
    if not office:
        raise NotAnAuditor
    record(
        actor=by,
        act="audit.export",
        subject=by,
        at=at,
        area=area,
        office=office,
        form=form,
        since=since.isoformat(),
        until=until.isoformat(),
        acts=act,
    )


@transaction.atomic
def purge(*, at: datetime) -> int:
    """Delete what is past retention, note that this was done, and return how much it was.

    This is the only deletion of audit entries there is; the clock does it, once a day. The note
    is itself an entry, so a trail that was cut short says so and says when.
    """
    until = at - retention()
    old = AuditEntry.objects.filter(at__lt=until)
    newest = old.order_by("-at", "-pk").first()
    if newest is None:
        return 0
    with disarmed(AuditEntry):
        count, _by_model = old.delete()
    record(
        actor=None,
        act="audit.purge",
        subject=AuditEntry(pk=newest.pk),
        at=at,
        entries=count,
        before=until.isoformat(),
    )
    return count


def retention() -> timedelta:
    """Return how long entries are kept.

    :raises ImproperlyConfigured: shorter than the law allows.
    """
    days: int = settings.AUDIT_RETENTION_DAYS
    if days < RETENTION_DAYS_MIN:
        raise ImproperlyConfigured(
            f"AUDIT_RETENTION_DAYS is {days}; the law asks for {RETENTION_DAYS_MIN} at least."
        )
    return timedelta(days=days)
