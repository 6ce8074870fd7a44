"""Who puts up, revokes and prints door plates."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Area, Kind, Membership, Person, Plate
from community.policies.households import STAFF_OF_THE_GRID, NotAMicroGrid
from community.policies.registry import policy

PLATES_MOST: Final = 20_000
"""More than the largest town has doors."""


class NotYourPlates(Refusal):
    reason = _("The plates of %(area)s are looked after by those who serve there.")


class NotYourPlate(Refusal):
    reason = _("Only those who live behind this plate, or serve there, can have it replaced.")


class PlateRevokedAlready(Refusal):
    reason = _("This plate has been revoked already. Please reload the page.")


class NewPlateOnItsWay(Refusal):
    reason = _("A new plate waits to be printed already. Your grid worker brings it.")


class PlateHangsThere(Refusal):
    reason = _("A plate called %(label)s hangs in %(area)s already. Please choose another name.")


class HasAPlate(Refusal):
    reason = _("This household has a plate. Replace it, if it is gone.")


class NothingToPrint(Refusal):
    reason = _("There is no plate to print here.")


class TooManyPlates(Refusal):
    reason = _("%(count)d plates are too many at once. Please print village by village.")


class SheetsGone(Refusal):
    reason = _("This file was kept for a week and is gone. Please print the plates again.")


@policy("plate.issue", label=_("Put up a plate in a micro-grid"))
def objection_to_issuing(person: Person, micro_grid: Area, *, at: datetime) -> Refusal | None:
    if micro_grid.kind != Kind.MICRO_GRID:
        return NotAMicroGrid(area=micro_grid)
    return objection_to_printing(person, micro_grid, at=at)


@policy("plate.replace", label=_("Revoke a household's plate and give it a new one"))
def objection_to_replacing(person: Person, plate: Plate, *, at: datetime) -> Refusal | None:
    """Say why not: those who serve there may always, those who live there once a printed plate."""
    if plate.revoked_at is not None:
        return PlateRevokedAlready()
    if person.serves(plate.place, at=at, offices=STAFF_OF_THE_GRID):
        return None
    living = Membership.objects.current(at=at).filter(person=person, household=plate.household_id)
    if plate.household_id is None or not living.exists():
        return NotYourPlate()
    was_replaced = Plate.objects.filter(household=plate.household_id).exclude(pk=plate.pk).exists()
    if was_replaced and Plate.objects.unprinted().filter(pk=plate.pk).exists():
        return NewPlateOnItsWay()
    return None


@policy("plate.revoke", label=_("Revoke a plate for good"))
def objection_to_revoking(person: Person, plate: Plate, *, at: datetime) -> Refusal | None:
    if plate.revoked_at is not None:
        return PlateRevokedAlready()
    return objection_to_printing(person, plate.place, at=at)


@policy("plate.print", label=_("See and print the plates of an area"))
def objection_to_printing(person: Person, area: Area, *, at: datetime) -> Refusal | None:
    if not person.serves(area, at=at, offices=STAFF_OF_THE_GRID):
        return NotYourPlates(area=area)
    return None
