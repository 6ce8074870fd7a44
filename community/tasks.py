"""What the platform does by itself, by the clock.

A task on the clock only finds the work, at most `BATCH` pieces a time, and hands each piece to a
task of its own: a piece that fails is retried alone, and a backlog cannot take the queue over.
"""

from typing import Final

from celery import shared_task
from django.utils import timezone

from community.models import EventRecord
from community.publishing import deliver_event

__all__ = ["deliver_event", "redeliver_events"]

BATCH: Final = 500


@shared_task
def redeliver_events() -> None:
    """Deliver what a crash or a broker outage kept from being delivered at once."""
    late = EventRecord.objects.due(at=timezone.now()).order_by("next_attempt_at", "pk")
    for event_id in late.values_list("pk", flat=True)[:BATCH]:
        deliver_event.delay(event_id=str(event_id))
