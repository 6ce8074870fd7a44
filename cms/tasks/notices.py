from __future__ import annotations

from typing import Final

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cms.models import NoticePage
from cms.queries.notices import people_concerned
from cms.services.notices import announce
from community.models import EventRecord
from community.services.notifications import notify

BATCH: Final = 200
TOLD_AT_ONCE: Final = 1000


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


@shared_task(name="cms.tasks.tell_of_notice")
def tell_of_notice(*, event_id: str, after: int = 0) -> None:
    """Tell the next thousand people of an urgent notice, and leave the rest to another task.

    Whole counties are told in pieces, so that nobody else's work waits; a piece that runs twice
    tells nobody twice.
    """
    event = EventRecord.objects.get(pk=event_id)
    notice = NoticePage.objects.select_related("area").filter(pk=event.facts["notice_id"]).first()
    if notice is None:  # deleted since
        return
    concerned = people_concerned(notice, at=event.at).filter(pk__gt=after).order_by("pk")
    persons = list(concerned.values_list("pk", flat=True)[:TOLD_AT_ONCE])
    notify(
        persons=persons,
        kind=event.name,
        event=event,
        group=f"notice:{notice.pk}",
        path=event.facts["path"],
        facts={"title": event.facts["title"], "area": notice.area.name},
        at=event.at,
    )
    if len(persons) == TOLD_AT_ONCE:
        tell_of_notice.delay(event_id=event_id, after=persons[-1])
