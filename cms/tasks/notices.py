from __future__ import annotations

from typing import Final

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cms.models import NoticePage
from cms.services.notices import announce

BATCH: Final = 200


@shared_task(name="cms.tasks.publish_scheduled_pages")
def publish_scheduled_pages() -> None:
    """Publish what was scheduled for now, take down what has expired, announce what came up."""
    call_command("publish_scheduled")
    announce_notices()


@shared_task(name="cms.tasks.announce_notices")
def announce_notices() -> None:
    """Find the notices that can be read and have not been announced, each in its own task."""
    now = timezone.now()
    waiting = NoticePage.objects.live().begun(at=now).current(at=now).unannounced()
    for notice_id in waiting.order_by("starts_at", "pk").values_list("pk", flat=True)[:BATCH]:
        announce_notice.delay(notice_id=notice_id)


@shared_task(name="cms.tasks.announce_notice")
def announce_notice(*, notice_id: int) -> None:
    announce(notice=NoticePage.objects.get(pk=notice_id), at=timezone.now())
