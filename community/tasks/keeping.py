"""How long things are kept: once a day, by the clock."""

from celery import shared_task
from django.utils import timezone

from community.services import audit, notifications


@shared_task(name="community.tasks.purge_audit")
def purge_audit() -> None:
    """Delete audit entries past retention; the only deletion of audit entries there is."""
    audit.purge(at=timezone.now())


@shared_task(name="community.tasks.forget_old_notifications")
def forget_old_notifications() -> None:
    """Delete notifications read three months ago, and those over a year old."""
    now = timezone.now()
    while notifications.forget_old(at=now) == notifications.FORGET_BATCH:
        pass  # a transaction a batch, so that nobody waits for the whole backlog
