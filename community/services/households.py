"""Households: their door plates, who lives there, and who speaks for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import models, transaction

from community import audit
from community.events.people import HeadNamed, HouseholdVerified, MovedOut
from community.models import Area, Household, Membership, Person, VillageGroup
from community.policies.households import (
    STAFF_OF_THE_GRID,
    objection_to_being_head,
    objection_to_moving_out,
    objection_to_naming_head,
    objection_to_registering,
)
from community.publishing import publish
from community.services.plates import issue_plate

_MOMENT: Final = timedelta(microseconds=1)


@transaction.atomic
def register_household(
    *,
    code: str,
    address: str,
    micro_grid: Area,
    at: datetime,
    by: Person | None = None,
    door_code: str = "",
    village_group: VillageGroup | None = None,
    ownership_area_m2: Decimal | None = None,
) -> Household:
    """Enter a household and give it its plate: a code that nobody can guess, unless one is given.

    :raises NotAMicroGrid: households belong to micro-grids.
    :raises NotYourGrid: `by` does not keep the list of households there.
    """
    if by is not None and (objection := objection_to_registering(by, micro_grid, at=at)):
        raise objection
    household = Household.objects.create(
        code=code,
        address=address,
        micro_grid=micro_grid,
        village_group=village_group,
        ownership_area_m2=ownership_area_m2,
    )
    issue_plate(household=household, code=door_code, at=at)
    if by is not None:
        _audit("household.register", household, area=micro_grid, by=by, at=at)
    return household


@transaction.atomic
def admit(
    *,
    household: Household,
    person: Person,
    at: datetime,
    by: Person | None = None,
    is_head: bool = False,
) -> Membership:
    """Enter somebody in a household without a claim: a child, somebody without a phone.

    Whoever is entered there already stays; whoever lived elsewhere has moved.

    :raises NotYourGrid: `by` does not keep the list of households there.
    """
    if by is not None and (objection := objection_to_registering(by, household.micro_grid, at=at)):
        raise objection
    person = Person.objects.select_for_update().get(pk=person.pk)
    current: Membership
    # All that are open, not those current at `at`: the clock of whoever was first may be ahead.
    for current in person.memberships.filter(ends_at=None).select_related("household"):
        if current.household_id == household.pk:
            return current
        at = max(at, current.starts_at + _MOMENT)
        _end(current, by=by, at=at)
    membership = Membership.objects.create(
        household=household, person=person, is_head=is_head, starts_at=at
    )
    if by is not None:
        _audit("household.admit", membership, area=household.micro_grid, by=by, at=at)
    publish(
        HouseholdVerified(
            at=at,
            actor_id=by.pk if by else None,
            subject_id=person.pk,
            area_id=household.micro_grid_id,
            household_id=household.pk,
        )
    )
    return membership


@transaction.atomic
def make_head(
    *, household: Household, person: Person, at: datetime, by: Person | None = None
) -> None:
    """Name who speaks for the household, instead of whoever did.

    :raises NotAMember: that person does not live there.
    :raises TooYoungForHead: a minor speaks for nobody.
    :raises NotYourHousehold: `by` is neither the head nor the grid's staff.
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    if by is not None and (objection := objection_to_naming_head(by, household, at=at)):
        raise objection
    if objection := objection_to_being_head(person, household, at=at):
        raise objection
    living_there = Membership.objects.current(at=at).filter(household=household)
    living_there.heads().exclude(person=person).update(is_head=False)
    if not living_there.filter(person=person, is_head=False).update(is_head=True):
        return
    if by is not None:
        _audit("household.name_head", household, area=household.micro_grid, by=by, at=at)
    publish(
        HeadNamed(
            at=at,
            actor_id=by.pk if by else None,
            subject_id=person.pk,
            area_id=household.micro_grid_id,
            household_id=household.pk,
        )
    )


@transaction.atomic
def move_out(*, membership: Membership, by: Person, at: datetime) -> None:
    """End that somebody lives in a household.

    :raises NotAMember: they have moved out already.
    :raises NotYourHousehold: `by` is neither they, nor their guardian, nor the grid's staff.
    """
    found = Membership.objects.select_for_update(of=("self",)).select_related(
        "household__micro_grid", "person"
    )
    membership = found.get(pk=membership.pk)
    if objection := objection_to_moving_out(by, membership, at=at):
        raise objection
    _end(membership, by=by, at=at)
    if by.pk != membership.person_id:
        area = membership.household.micro_grid
        _audit("household.end_membership", membership, area=area, by=by, at=at)


def _end(membership: Membership, *, by: Person | None, at: datetime) -> None:
    was_head = membership.is_head
    # Somebody entered by mistake and corrected in the same moment was a member for that moment.
    membership.ends_at = max(at, membership.starts_at + _MOMENT)
    membership.is_head = False
    membership.save(update_fields=["ends_at", "is_head"])
    publish(
        MovedOut(
            at=at,
            actor_id=by.pk if by else None,
            subject_id=membership.person_id,
            area_id=membership.household.micro_grid_id,
            household_id=membership.household_id,
            was_head=was_head,
        )
    )


def _audit(act: str, subject: models.Model, *, area: Area, by: Person, at: datetime) -> None:
    """Write it down with the office in which it was done; a head of household has none."""
    office = by.office_over(area, at=at, offices=STAFF_OF_THE_GRID)
    audit.record(actor=by, act=act, subject=subject, area=area, office=office, at=at)
