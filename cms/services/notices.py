"""Making notices known, once.

Wagtail publishes in five ways (at once, on schedule, in bulk, by a workflow, from code), and only
its own signal hears them all. So nobody listens: a notice that can be read and has not been
announced is found by a question, right after the editor's click and by the clock every minute
(docs/adr/0051-announcing-notices.md).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cms.events import NoticePublished
from cms.models import Announcement, NoticePage
from community.publishing import publish


@transaction.atomic
def announce(*, notice: NoticePage, at: datetime) -> Announcement | None:
    """Record that `notice` is known from now on, and tell the platform.

    A second call, or a second process at the same moment, finds the record and does nothing; a
    notice that is not (or no longer, or not yet) to be read is left alone.
    """
    found = NoticePage.objects.select_for_update(of=("self",)).filter(pk=notice.pk)
    notice = found.live().begun(at=at).current(at=at).first()
    if notice is None:
        return None
    announcement, is_new = Announcement.objects.get_or_create(
        notice=notice, urgency=notice.urgency, defaults={"announced_at": at}
    )
    if not is_new:
        return None
    revision = notice.live_revision
    publish(
        NoticePublished(
            at=at,
            actor_id=revision.user_id if revision else notice.owner_id,
            area_id=notice.area_id,
            notice_id=notice.pk,
            title=notice.title,
            is_urgent=notice.is_urgent,
            audience=notice.audience,
            path=notice.get_url(),
        )
    )
    return announcement
