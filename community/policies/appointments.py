"""Who appoints to which office, and which offices one person never holds together."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Appointment, Area, Office, Person, kinds_for
from community.policies.registry import policy

ROSTER_OF_GRID_LEADERS: Final = (Office.MICRO_GRID_LEADER, Office.GRID_ASSISTANT)
"""What a grid leader may fill in their own grid (roles.yaml, grid.roster_manage)."""

NEVER_TOGETHER: Final = frozenset(
    frozenset(pair)
    for pair in combinations(
        (Office.PRIVACY_OFFICER, Office.SYSTEM_ADMIN, Office.SECURITY_AUDITOR), 2
    )
)
"""Wherever they are held (个人信息保护法 art. 52; roles.yaml)."""

NEVER_IN_ONE_VILLAGE: Final = frozenset(
    frozenset((Office.SUPERVISION_MEMBER, other))
    for other in (Office.VILLAGE_COMMITTEE, Office.VILLAGE_EDITOR)
)
"""Who supervises is not who is supervised, nor the clerk (村民委员会组织法 art. 32; roles.yaml)."""


class NotYoursToAppoint(Refusal):
    reason = _("%(office)s is appointed by the system administrator.")


class OfficeNeedsAnotherArea(Refusal):
    reason = _("%(office)s is not held over %(area)s. Please choose an area of the right level.")


class OfficesExclude(Refusal):
    reason = _("%(person)s is %(other)s, and the two offices are never held by one person.")


class HoldsItAlready(Refusal):
    reason = _("%(person)s already holds this office there.")


class TooYoungForOffice(Refusal):
    reason = _("An office is held by somebody who is 18 or older.")


class EndsBeforeItStarts(Refusal):
    reason = _("An appointment ends after it starts. Please check the days.")


class OfficeHasEnded(Refusal):
    reason = _("This appointment has already ended.")


def offices_appointing(office: str) -> tuple[str, ...]:
    """Return in which offices somebody fills this one."""
    if office in ROSTER_OF_GRID_LEADERS:
        return Office.SYSTEM_ADMIN, Office.GRID_LEADER
    return (Office.SYSTEM_ADMIN,)


@policy("appointment.make", label=_("Appoint somebody to an office, or end it"))
def objection_to_appointing(
    person: Person, office: str, area: Area, *, at: datetime
) -> Refusal | None:
    if person.is_superuser or person.serves(area, at=at, offices=offices_appointing(office)):
        return None
    return NotYoursToAppoint(office=Office(office).label)


def objection_to_holding(
    candidate: Person,
    office: str,
    area: Area,
    *,
    department: str = "",
    starts_at: datetime,
    ends_at: datetime | None = None,
) -> Refusal | None:
    """Say why this person cannot hold that office there for that time."""
    if ends_at is not None and ends_at <= starts_at:
        return EndsBeforeItStarts()
    if area.kind not in kinds_for(office):
        return OfficeNeedsAnotherArea(office=Office(office).label, area=area)
    if candidate.is_minor(on=timezone.localdate(starts_at)):
        return TooYoungForOffice()
    meanwhile = candidate.appointments.overlapping(starts_at, ends_at).select_related("area")
    for held in meanwhile:
        if _is_the_same(held, office, area, department):
            return HoldsItAlready(person=candidate)
        if _exclude_each_other(held, office, area):
            return OfficesExclude(person=candidate, other=held.get_office_display())
    return None


def _is_the_same(held: Appointment, office: str, area: Area, department: str) -> bool:
    return (held.office, held.area_id, held.department) == (office, area.pk, department)


def _exclude_each_other(held: Appointment, office: str, area: Area) -> bool:
    pair = frozenset((Office(held.office), Office(office)))
    return pair in NEVER_TOGETHER or (pair in NEVER_IN_ONE_VILLAGE and held.area_id == area.pk)
