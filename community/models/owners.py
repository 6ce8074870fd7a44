"""Which reports the holders of offices answer for, as conditions on rows.

`policies.reports` says the same about one report in memory; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Exists, OuterRef, Q

from community.models.categories import Visibility
from community.models.offices import Office
from community.models.people import Appointment, Person
from community.models.places import path_range
from community.workflow import LEVELS, OFFICE_LEVELS, Level, Status

GRID_OFFICES: Final = (Office.GRID_WORKER, Office.GRID_LEADER)
NOTHING: Final = Q(pk__in=())


def answering(offices: Iterable[Appointment]) -> Q:
    """Reports that one of the offices answers for now, as its own task or as who is above."""
    return reduce(or_, (_answering(held) for held in offices), NOTHING)


def tasks_of(person: Person, *, at: datetime) -> Q:
    """Reports that are the task of an office of theirs itself; it costs no query of its own."""
    held = Appointment.objects.current(at=at).filter(person=person, area=OuterRef("owner_area"))
    is_theirs = Exists(
        held.filter(office=OuterRef("owner_office"), department=OuterRef("owner_department"))
    )
    is_of_their_grid = Exists(held.filter(office__in=GRID_OFFICES))
    by_volunteer = Q(owner_office=Office.VOLUNTEER)
    return (
        (~by_volunteer & Q(is_theirs))
        | (~by_volunteer & Q(owner_level=Level.GRID) & Q(is_of_their_grid))
        | Q(owner_office=Office.VOLUNTEER, owner=person)
    )


def _answering(held: Appointment) -> Q:
    level = OFFICE_LEVELS.get(held.office)
    if level is None:
        return NOTHING
    low, high = path_range(held.area.path)
    not_about_them = Q(about_level__in=["", *LEVELS[: LEVELS.index(level)]])
    here = Q(area__path__gte=low, area__path__lt=high) & not_about_them
    match held.office:
        case Office.GRID_WORKER | Office.GRID_LEADER:
            answers = Q(owner_level=Level.GRID) & ~Q(owner_office=Office.VOLUNTEER)
        case Office.VILLAGE_COMMITTEE | Office.VILLAGE_SECRETARY:
            answers = Q(owner_level=Level.VILLAGE) & ~Q(owner_office=Office.VOLUNTEER)
        case Office.MEDIATOR:
            answers = Q(owner_office=Office.MEDIATOR) | Q(status=Status.POOLED)
        case Office.VOLUNTEER:
            answers = Q(status=Status.POOLED, visibility=Visibility.PUBLIC) & ~Q(
                owner_office=Office.VOLUNTEER
            ) | Q(owner_office=Office.VOLUNTEER, owner=held.person_id)
        case Office.TOWN_DISPATCHER:
            answers = ~Q(owner_office=Office.COUNTY_HANDLER)
        case _:
            answers = Q(owner_office=held.office, owner_department=held.department)
    return here & answers
