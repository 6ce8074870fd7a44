"""Reports that nobody moved in time: found by the clock, each moved on by a task of its own."""

from typing import Final

from celery import shared_task
from django.utils import timezone

from community.models import Report
from community.services.reports import clockwork
from community.workflow import Status

BATCH: Final = 500
WAITING: Final = tuple(clockwork.AFTER_WAITING)


@shared_task(name="community.tasks.move_reports_on")
def move_reports_on() -> None:
    """Find what was not accepted, not rated, or waited for until now."""
    now = timezone.now()
    unaccepted = Report.objects.filter(status=Status.SUBMITTED, escalate_at__lte=now)
    unrated = Report.objects.filter(status=Status.DONE, rating_due_at__lte=now)
    waited = Report.objects.filter(status__in=WAITING, expected_at__lte=now)
    for found, task in (
        (unaccepted.order_by("escalate_at", "pk"), escalate_unaccepted),
        (unrated.order_by("rating_due_at", "pk"), close_unrated),
        (waited.order_by("expected_at", "pk"), move_on_after_waiting),
    ):
        for report_id in found.values_list("pk", flat=True)[:BATCH]:
            task.delay(report_id=report_id)


@shared_task(name="community.tasks.escalate_unaccepted")
def escalate_unaccepted(*, report_id: int) -> None:
    clockwork.escalate_unaccepted(report=Report.objects.get(pk=report_id), at=timezone.now())


@shared_task(name="community.tasks.close_unrated")
def close_unrated(*, report_id: int) -> None:
    clockwork.close_unrated(report=Report.objects.get(pk=report_id), at=timezone.now())


@shared_task(name="community.tasks.move_on_after_waiting")
def move_on_after_waiting(*, report_id: int) -> None:
    clockwork.move_on_after_waiting(report=Report.objects.get(pk=report_id), at=timezone.now())
