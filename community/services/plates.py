"""Giving out plates, and taking their codes out of use."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from community import audit
from community.events.plates import PlateReplaced
from community.models import Area, Household, Person, Plate
from community.models.plates import DOOR_CODE_ALPHABET, DOOR_CODE_LENGTH
from community.policies.households import STAFF_OF_THE_GRID
from community.policies.plates import (
    HasAPlate,
    PlateHangsThere,
    objection_to_issuing,
    objection_to_replacing,
    objection_to_revoking,
)
from community.publishing import publish


@transaction.atomic
def issue_plate(
    *, household: Household, at: datetime, by: Person | None = None, code: str = ""
) -> Plate:
    """Give a household without a plate one, with a code that nobody can guess.

    :raises NotYourPlates: `by` does not serve there.
    :raises HasAPlate: it is replaced, not doubled.
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    if by is not None and (objection := objection_to_issuing(by, household.micro_grid, at=at)):
        raise objection
    if household.plates.current().exists():
        raise HasAPlate
    return _issued(Plate(household=household, code=code), by=by, at=at)


@transaction.atomic
def issue_plates(
    *, households: Sequence[Household], at: datetime, by: Person | None = None
) -> list[Plate]:
    """Give many new households their plates in few queries; for imports, which ask first."""
    codes: dict[str, None] = {}  # in the order of drawing: neighbours' codes have nothing in common
    while len(codes) < len(households):
        drawn = [_drawn() for _household in households[len(codes) :]]
        taken = set(Plate.objects.filter(code__in=drawn).values_list("code", flat=True))
        codes |= dict.fromkeys(code for code in drawn if code not in taken)
    return Plate.objects.bulk_create(
        Plate(household=household, code=code, issued_at=at, issued_by=by)
        for household, code in zip(households, codes, strict=True)
    )


@transaction.atomic
def put_up_plate(*, micro_grid: Area, label: str, by: Person, at: datetime) -> Plate:
    """Give something in the lane a plate: a lamp post, a notice board.

    :raises NotYourPlates: `by` does not serve there.
    :raises PlateHangsThere: two things of one name cannot be told apart.
    """
    micro_grid = Area.objects.select_for_update().get(pk=micro_grid.pk)
    if objection := objection_to_issuing(by, micro_grid, at=at):
        raise objection
    if Plate.objects.current().filter(micro_grid=micro_grid, label=label).exists():
        raise PlateHangsThere(label=label, area=micro_grid)
    return _issued(Plate(micro_grid=micro_grid, label=label), by=by, at=at)


@transaction.atomic
def replace_plate(*, plate: Plate, reason: str, by: Person, at: datetime, note: str = "") -> Plate:
    """Take a plate's code out of use and give out a new one for the same place.

    :raises PlateRevokedAlready: somebody was quicker; the new plate is theirs.
    :raises NotYourPlate: `by` neither lives nor serves there.
    :raises NewPlateOnItsWay: somebody who lives there asked before, and it is not printed yet.
    """
    plate = _locked(plate)
    if objection := objection_to_replacing(by, plate, at=at):
        raise objection
    _revoke(plate, reason=reason, note=note, by=by, at=at)
    fresh = Plate(household=plate.household, micro_grid=plate.micro_grid, label=plate.label)
    fresh = _issued(fresh, by=by, at=at)
    publish(
        PlateReplaced(
            at=at,
            actor_id=by.pk,
            area_id=plate.place.pk,
            plate_id=fresh.pk,
            revoked_plate_id=plate.pk,
            reason=reason,
        )
    )
    return fresh


@transaction.atomic
def revoke_plate(*, plate: Plate, reason: str, by: Person, at: datetime, note: str = "") -> None:
    """Take a plate's code out of use for good: the house or the lamp is no more.

    :raises PlateRevokedAlready: somebody was quicker.
    :raises NotYourPlates: `by` does not serve there.
    """
    plate = _locked(plate)
    if objection := objection_to_revoking(by, plate, at=at):
        raise objection
    _revoke(plate, reason=reason, note=note, by=by, at=at)


def _locked(plate: Plate) -> Plate:
    rows = Plate.objects.select_for_update(of=("self",))
    return rows.select_related("household__micro_grid", "micro_grid").get(pk=plate.pk)


def _revoke(plate: Plate, *, reason: str, note: str, by: Person, at: datetime) -> None:
    plate.revoked_at, plate.revoked_by = max(at, plate.issued_at), by
    plate.reason, plate.note = reason, note
    plate.save(update_fields=["revoked_at", "revoked_by", "reason", "note"])
    audit.record(
        actor=by,
        act="plate.revoke",
        subject=plate,
        area=plate.place,
        office=by.office_over(plate.place, at=at, offices=STAFF_OF_THE_GRID),
        reason=note,
        at=at,
        why=reason,
    )


def _issued(plate: Plate, *, by: Person | None, at: datetime) -> Plate:
    plate.code = plate.code or _unused_code()
    plate.issued_at, plate.issued_by = at, by
    plate.save(force_insert=True)
    if by is not None:
        office = by.office_over(plate.place, at=at, offices=STAFF_OF_THE_GRID)
        area = plate.place
        audit.record(actor=by, act="plate.issue", subject=plate, area=area, office=office, at=at)
    return plate


def _unused_code() -> str:
    """Draw until a code is free; should two draw the same at once, the constraint says no."""
    while Plate.objects.filter(code=(code := _drawn())).exists():
        pass
    return code


def _drawn() -> str:
    return "".join(secrets.choice(DOOR_CODE_ALPHABET) for _ in range(DOOR_CODE_LENGTH))
