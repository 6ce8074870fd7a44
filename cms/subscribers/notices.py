from __future__ import annotations

from functools import partial

from django.db import transaction

from cms.tasks import tell_of_notice
from community.models import EventRecord
from community.publishing import subscribe


@subscribe("cms.notice_published")
def tell_of_urgent_notice(event: EventRecord) -> None:
    """Have everyone concerned told of what is urgent; the rest stands on the home page."""
    if event.facts["is_urgent"]:
        later = partial(tell_of_notice.delay, event_id=str(event.pk))
        transaction.on_commit(later)
