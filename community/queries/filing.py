"""What the pages for filing a report show beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Prefetch

from community.models import (
    Agency,
    Appointment,
    Area,
    Category,
    Draft,
    Guardianship,
    Kind,
    Person,
    Report,
    Subcategory,
)
from community.workflow import Status

SAME_WITHIN_M: Final = 50  # report_categories.yaml, duplicate
SAME_FOR: Final = timedelta(days=14)
SAME_MOST: Final = 3
METRES_PER_DEGREE: Final = 111_195
NOT_WORTH_JOINING: Final = (Status.DUPLICATE, Status.CLOSED_UNRESOLVED)


@dataclass(frozen=True)
class Near:
    """A public report that may be the same matter, and how far it is."""

    report: Report
    metres: int


def catalogue() -> list[Category]:
    """Return what can be reported, in order, each with its subcategories in use."""
    subcategories = Subcategory.objects.in_use()
    return list(
        Category.objects.in_use().prefetch_related(
            Prefetch("subcategories", queryset=subcategories)
        )
    )


def micro_grids_of(unit: Area | None) -> list[Area]:
    """Return the micro-grids of a village or community, for the list to choose from."""
    if unit is None or unit.kind not in (Kind.VILLAGE, Kind.COMMUNITY):
        return []
    within = Area.objects.within(unit).filter(kind=Kind.MICRO_GRID).select_related("parent")
    return list(within.defer("boundary", "parent__boundary").order_by("code", "pk"))


def open_drafts(person: Person | None, *, but: Draft | None = None) -> list[Draft]:
    """Return the drafts somebody could go on with, newest first."""
    if person is None:
        return []
    found = Draft.objects.of(person).open().select_related("category", "subcategory", "area")
    if but is not None:
        found = found.exclude(pk=but.pk)
    return list(found.defer("area__boundary").order_by("-changed_at", "-pk")[:3])


def principals_of(person: Person, *, at: datetime) -> list[Person]:
    """Return those for whom somebody may report: their wards, and whom they are the agent of."""
    wards = Guardianship.objects.current(at=at).filter(guardian=person).values("ward")
    principals = Agency.objects.current(at=at).filter(agent=person).values("principal")
    return list(
        Person.objects.filter(pk__in=wards.union(principals)).order_by("display_name", "pk")
    )


def similar_to(draft: Draft, *, at: datetime) -> list[Near]:
    """Return public reports that may be the same: of the same sort, close by, not long ago."""
    if draft.subcategory_id is None or draft.lng is None or draft.lat is None:
        return []
    high = SAME_WITHIN_M / METRES_PER_DEGREE
    wide = high / math.cos(math.radians(draft.lat))
    around = (
        Report.objects.public()
        .filter(
            subcategory=draft.subcategory_id,
            filed_at__gt=at - SAME_FOR,
            lat__range=(draft.lat - high, draft.lat + high),
            lng__range=(draft.lng - wide, draft.lng + wide),
        )
        .exclude(status__in=NOT_WORTH_JOINING)
        .select_related("area")
        .defer("area__boundary")
        .order_by("-filed_at", "-pk")[:20]
    )
    near = [Near(report, _metres(draft, report)) for report in around]
    return _closest([found for found in near if found.metres <= SAME_WITHIN_M])


def _closest(near: Sequence[Near]) -> list[Near]:
    return sorted(near, key=lambda found: found.metres)[:SAME_MOST]


def _metres(draft: Draft, report: Report) -> int:
    assert draft.lat is not None, "asked above"
    assert draft.lng is not None, "asked above"
    north = (report.lat or 0) - draft.lat
    east = ((report.lng or 0) - draft.lng) * math.cos(math.radians(draft.lat))
    return round(math.hypot(north, east) * METRES_PER_DEGREE)


def who_takes_up(report: Report, *, at: datetime) -> Person | None:
    """Return the one person who holds the office a report lies with, if it is just one."""
    if report.owner is not None:
        return report.owner
    held = Appointment.objects.current(at=at).filter(
        office=report.owner_office,
        area=report.owner_area_id,
        department=report.owner_department,
    )
    holders = [one.person for one in held.select_related("person").order_by("pk")[:2]]
    return holders[0] if len(holders) == 1 else None
