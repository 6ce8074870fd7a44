"""Delivering what was not delivered at once."""

from datetime import timedelta
from typing import Final

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from community.models import EventRecord
from community.publishing import deliver_event

BATCH: Final = 500
LEASE: Final = timedelta(minutes=5)
"""How long an event that was handed to the queue is left there before it is handed out again."""


@shared_task(name="community.tasks.redeliver_events")
def redeliver_events() -> None:
    """Deliver what a crash or a broker outage kept from being delivered at once.

    The events are taken under a lock that a second clock skips, and put off before they are handed
    on: an event is in the queue once, and one that always fails comes up ever more rarely.
    """
    now = timezone.now()
    with transaction.atomic():
        due = EventRecord.objects.due(at=now).order_by("next_attempt_at", "pk")
        locked = due.select_for_update(skip_locked=True).values_list("pk", flat=True)
        taken = list(locked[:BATCH])
        EventRecord.objects.filter(pk__in=taken).update(next_attempt_at=now + LEASE)
    for event_id in taken:
        deliver_event.delay(event_id=str(event_id), again=True)
