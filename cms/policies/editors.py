"""Who writes the pages of which area.

The answer is read from appointments every time it is asked. There is no second list of editors
that could lag behind: an office that ends at noon closes the back office at noon.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Appointment, Area, Kind, Office, Person
from community.models.places import TOWN_KINDS, UNIT_KINDS
from community.policies.registry import policy

WRITING_OFFICES: Final[dict[str, tuple[str, ...]]] = {
    Office.VILLAGE_EDITOR: UNIT_KINDS,
    Office.VILLAGE_COMMITTEE: UNIT_KINDS,
    Office.VILLAGE_SECRETARY: UNIT_KINDS,
    Office.TOWN_DISPATCHER: TOWN_KINDS,
    Office.TOWN_REVIEWER: TOWN_KINDS,
    Office.SYSTEM_ADMIN: (Kind.COUNTY,),
}
"""Each office that writes pages, and the kinds of area over which holding it counts."""

RECORD_OFFICES: Final = (Office.SYSTEM_ADMIN, Office.SECURITY_AUDITOR)
"""Offices over the county that read the record of acts."""


class NotAnEditor(Refusal):
    reason = _(
        "This part is for those who write for a village, a town or the county. "
        "If you do, ask the county's administrator to enter your office."
    )


class NotYourPages(Refusal):
    reason = _("You write for %(own)s. Please ask the editor of %(area)s.")


def editors_appointments(*, at: datetime) -> QuerySet[Appointment]:
    """Return the appointments that open the back office at that moment."""
    held = Appointment.objects.current(at=at).filter(person__is_active=True)
    found = held.none()
    for office, kinds in WRITING_OFFICES.items():
        found |= held.filter(office=office, area__kind__in=kinds)
    return found


def areas_written_for(person: Person, *, at: datetime) -> list[Area]:
    """Return the areas whose pages this person writes, the widest first."""
    written = editors_appointments(at=at).filter(person=person).values("area")
    return list(Area.objects.filter(pk__in=written).order_by("path"))


def is_administrator(person: Person, *, at: datetime) -> bool:
    """Whether they keep the county's reference data."""
    held = Appointment.objects.current(at=at).filter(person=person, person__is_active=True)
    return held.filter(office=Office.SYSTEM_ADMIN, area__kind=Kind.COUNTY).exists()


def reads_the_record(person: Person, *, at: datetime) -> bool:
    """Whether they may read the record of acts of office holders."""
    held = Appointment.objects.current(at=at).filter(person=person, person__is_active=True)
    return held.filter(office__in=RECORD_OFFICES, area__kind=Kind.COUNTY).exists()


@policy("page.edit", label=_("Enter the back office"))
def objection_to_editing(person: Person, *, at: datetime) -> Refusal | None:
    """Return why this person may not enter the back office at all, or None."""
    if areas_written_for(person, at=at) or reads_the_record(person, at=at):
        return None
    return NotAnEditor()


@policy("page.write", label=_("Write the pages and notices of a village"))
def objection_to_writing_for(person: Person, area: Area, *, at: datetime) -> Refusal | None:
    """Return why this person may not write the pages of that area, or None."""
    own = areas_written_for(person, at=at)
    if not own:
        return NotAnEditor()
    if not any(mine.contains(area) for mine in own):
        return NotYourPages(own="、".join(mine.name for mine in own), area=area.name)
    return None
