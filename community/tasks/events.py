"""Delivering what was not delivered at once."""

from typing import Final

from celery import shared_task
from django.utils import timezone

from community.models import EventRecord
from community.publishing import deliver_event

BATCH: Final = 500


@shared_task(name="community.tasks.redeliver_events")
def redeliver_events() -> None:
    """Deliver what a crash or a broker outage kept from being delivered at once."""
    late = EventRecord.objects.due(at=timezone.now()).order_by("next_attempt_at", "pk")
    for event_id in late.values_list("pk", flat=True)[:BATCH]:
        deliver_event.delay(event_id=str(event_id))
