"""Making notices known, once.

Wagtail publishes in five ways (at once, on schedule, in bulk, by a workflow, from code), and only
its own signal hears them all. So nobody listens: a notice that can be read and has not been
announced is found by a question, right after the editor's click and by the clock every minute
(docs/adr/0051-announcing-notices.md).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from wagtail.models import Page

from cms.events import NoticePublished
from cms.models import Announcement, AreaPage, NoticePage
from community.audit import record
from community.models import Person
from community.publishing import publish


@transaction.atomic
def announce(*, notice: NoticePage, at: datetime) -> Announcement | None:
    """Record that `notice` is known from now on, and tell the platform.

    A second call, or a second process at the same moment, finds the record and does nothing; a
    notice that is not (or no longer, or not yet) to be read is left alone.
    """
    found = NoticePage.objects.select_for_update(of=("self",)).filter(pk=notice.pk)
    readable: NoticePage | None = found.live().begun(at=at).current(at=at).first()
    if readable is None:
        return None
    notice = readable
    announcement, is_new = Announcement.objects.get_or_create(
        notice=notice, urgency=notice.urgency, defaults={"announced_at": at}
    )
    if not is_new:
        return None
    editor = (notice.live_revision and notice.live_revision.user) or notice.owner
    if editor is not None:
        record_act(act="notice.publish", page=notice, actor=editor, at=at)
    publish(
        NoticePublished(
            at=at,
            actor_id=editor.pk if editor else None,
            area_id=notice.area_id,
            notice_id=notice.pk,
            title=notice.title,
            is_urgent=notice.is_urgent,
            audience=notice.audience,
            path=notice.get_url(),
        )
    )
    return announcement


@transaction.atomic
def record_act(*, act: str, page: Page, actor: Person, at: datetime) -> None:
    """Write down what an editor did to a page, and for which area they answer."""
    speaker = AreaPage.objects.ancestor_of(page, inclusive=True).order_by("-depth").first()
    record(
        actor=actor,
        act=act,
        subject=page,
        at=at,
        area=speaker.area if speaker else None,
        title=page.title,
    )
