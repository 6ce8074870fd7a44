"""What a report still lacks before it can be filed, and how many somebody may file in a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import BODY_MOST, Draft, Person, Report
from community.policies.photos import start_of_day
from community.policies.registry import policy

REPORTS_A_DAY: Final = 20


class KindMissing(Refusal):
    reason = _("Please choose what kind of matter it is, so that it reaches the right office.")


class PlaceMissing(Refusal):
    reason = _("Please say where it is: by door plate, position, map or list.")


class PhotoMissing(Refusal):
    reason = _("For %(category)s one photo is needed, so that the right tools come along.")


class WordsTooLong(Refusal):
    reason = _("Please keep it within %(most)d characters; the photos say the rest.")


class TooManyReportsToday(Refusal):
    reason = _(
        "You have filed %(most)d reports today. Please go on tomorrow; for anything dangerous "
        "call your grid worker, or 110."
    )


class DraftIsFull(Refusal):
    reason = _("A report has at most %(most)d photos. Please remove one first.")


def what_is_missing(draft: Draft, *, photo_count: int) -> Iterator[Refusal]:
    """Say everything that a draft still lacks, in the order in which the page asks for it."""
    if draft.category and draft.category.needs_photo and not photo_count:
        yield PhotoMissing(category=draft.category)
    if draft.area is None:
        yield PlaceMissing()
    if draft.category is None or draft.subcategory is None:
        yield KindMissing()
    if len(draft.body) > BODY_MOST:
        yield WordsTooLong(most=BODY_MOST)


@policy("draft.send", label=_("Send a draft as a report: so many a day"))
def objection_to_another_report(person: Person, *, at: datetime) -> Refusal | None:
    filed = Report.objects.filter(reporter=person, filed_at__gte=start_of_day(at))
    if filed.count() >= REPORTS_A_DAY:
        return TooManyReportsToday(most=REPORTS_A_DAY)
    return None
