"""How a report is drawn: its row, its deadline, its ring, the story of how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from community.components.base import Part, Text
from community.components.lists import Photos, Picture, Row
from community.components.marks import Ring, StatusMark
from community.models import Office, Report, ReportPhoto, Step
from community.workflow import Status

ICONS: Final = frozenset(
    (
        *("leaf", "road", "fire", "shield", "handshake", "building", "wallet", "heart", "wheat"),
        *("brick", "bell", "bulb", "hand", "people", "house", "info"),
    )
)
"""Icons of the sprite that a category may name; anything else is shown as a report."""

PARTS: Final = 5
PARTS_DONE: Final = {
    Status.SUBMITTED: 1,
    Status.ACCEPTED: 2,
    Status.DISPATCHED: 2,
    Status.POOLED: 2,
    Status.REOPENED: 2,
    Status.HANDLING: 3,
    Status.SUSPENDED: 3,
    Status.AWAITING_REPORTER: 2,
    Status.DONE: 4,
    Status.CLOSED_UNRESOLVED: 4,
    Status.RESOLVED: 5,
}
"""Filed, accepted, in hand, done, and the resident's word: how far round a report has come."""

WAITS_FOR_RESIDENT: Final = (Status.DONE, Status.AWAITING_REPORTER)


def icon_of(report: Report) -> str:
    return report.category.icon if report.category.icon in ICONS else "report"


def where(report: Report) -> str:
    """Return the place as the public may know it: the micro-grid."""
    return report.area.name


def owner_words(office: str, area_name: str, department: str) -> str:
    """Return whose task something is: the department, else the office, with its place."""
    what = department or str(Office(office).label)
    return pgettext("an office in a place", "%(area)s　%(office)s") % {
        "area": area_name,
        "office": what,
    }


def owner_of(report: Report) -> str:
    return owner_words(report.owner_office, report.owner_area.name, report.owner_department)


def row_of(
    report: Report, *, at: datetime, facts: Sequence[Text] = (), is_own: bool = False
) -> Row:
    """Return a report as a line of any list; nothing in it is private."""
    return Row(
        title=report.public_title,
        facts=[*facts, where(report)],
        icon=icon_of(report),
        at=report.filed_at,
        url=report.get_absolute_url(),
        end=StatusMark(report.status, is_yours=is_own and report.status in WAITS_FOR_RESIDENT),
    )


def ring_of(report: Report, *, is_rated: bool, you: bool) -> Ring:
    """Return how far round a report has come; only the resident's own word closes it."""
    done = PARTS_DONE.get(Status(report.status), 0)
    if report.status == Status.RESOLVED and not is_rated:
        done = PARTS - 1
    return Ring(
        parts=done,
        total=PARTS,
        you=you,
        word=gettext_lazy("your turn") if you else "",
        size="s",
        label=_("%(done)d of %(all)d steps are done") % {"done": done, "all": PARTS},
    )


def picture_of(use: ReportPhoto) -> Picture:
    return Picture(
        src=reverse("community:photo", args=[use.photo_id, "medium"]),
        href=reverse("community:photo", args=[use.photo_id, "large"]),
        alt=use.caption or _("Photo without a description"),
        caption=use.caption,
    )


def photos_of(step: Step) -> Photos | None:
    items = [picture_of(use) for use in step.photos.all()]
    return Photos(items=items) if items else None


@dataclass(frozen=True, kw_only=True)
class Pair(Part):
    """Before and after, side by side: what was reported, and what was done about it."""

    template_name = "community/components/report_pair.html"

    before: Picture | None
    before_at: datetime
    after: Picture | None = None
    after_at: datetime | None = None


def pair_of(history: Sequence[Step]) -> Pair | None:
    """Return the first photo of the report beside the first of the latest handling."""
    filed = history[0]
    done = next((s for s in reversed(history) if s.to_status == Status.DONE), None)
    before = next(iter(filed.photos.all()), None)
    after = next(iter(done.photos.all()), None) if done else None
    if before is None and after is None:
        return None
    return Pair(
        before=picture_of(before) if before else None,
        before_at=filed.at,
        after=picture_of(after) if after else None,
        after_at=done.at if done and after else None,
    )
