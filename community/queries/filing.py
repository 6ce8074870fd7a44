"""What the pages for filing a report show beside it."""

from __future__ import annotations

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

SAME_FOR: Final = timedelta(days=14)
SAME_MOST: Final = 3
NOT_WORTH_JOINING: Final = (Status.DUPLICATE, Status.CLOSED_UNRESOLVED)


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


def similar_to(draft: Draft, *, at: datetime) -> list[Report]:
    """Return public reports that may be the same: of the same sort and micro-grid, not long ago.

    What decides is what everybody may know of them. By the distance to a pin that can be moved
    about, anybody could find out where exactly a neighbour's report is.
    """
    if draft.subcategory_id is None or draft.area_id is None:
        return []
    found = (
        Report.objects.public()
        .filter(subcategory=draft.subcategory_id, area=draft.area_id, filed_at__gt=at - SAME_FOR)
        .exclude(status__in=NOT_WORTH_JOINING)
    )
    return list(found.order_by("-filed_at", "-pk")[:SAME_MOST])


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
