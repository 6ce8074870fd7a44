"""People who cannot enter themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from community import audit
from community.models import Area, Household, Person, Residence
from community.policies.people import (
    WHO_ENTER_PEOPLE,
    EnteredAlready,
    objection_to_entering_person,
)
from community.services.households import admit


@transaction.atomic
def enter_person(
    *,
    name: str,
    display_name: str,
    born_on: date | None,
    residence: str = Residence.NEW_RESIDENT,
    registered_in: Area | None = None,
    lives_in: Area | None = None,
    phone: str | None = None,
    gender: str = "",
    elder_mode: bool = False,
    at: datetime,
    by: Person | None = None,
) -> Person:
    """Enter somebody: a neighbour without a phone, or (`by` None) the county's roster.

    A phone that is given counts as confirmed, because the roster's was.

    :raises NotYourDistrict: `by` is not of the grid staff where the person lives.
    """
    if by is not None:
        assert lives_in is not None, "somebody entered at the door lives there"
        if objection := objection_to_entering_person(by, lives_in, at=at):
            raise objection
    person = Person(
        name=name,
        display_name=display_name,
        born_on=born_on,
        residence=residence,
        registered_in=registered_in,
        lives_in=lives_in,
        phone=phone,
        phone_verified_at=at if phone else None,
        gender=gender,
        elder_mode=elder_mode,
        joined_at=at,
    )
    person.set_unusable_password()
    person.save()
    if by is not None:
        assert lives_in is not None, "asked above"
        _audit(person, lives_in, by=by, at=at)
    return person


@transaction.atomic
def enter_at_home(
    *,
    household: Household,
    name: str,
    display_name: str,
    born_on: date,
    registered_in: Area | None,
    by: Person,
    at: datetime,
) -> Person:
    """Enter somebody without a phone together with the household where they live.

    The household is locked, so that a double tap enters one person. Somebody who is registered
    elsewhere is a new resident here, with every right but the statutory vote.

    :raises NotYourDistrict: `by` is not of the grid staff there.
    :raises NotYourGrid: `by` does not keep the list of households there.
    :raises EnteredAlready: somebody of that name and birthday lives there.
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    if objection := objection_to_entering_person(by, household.micro_grid, at=at):
        raise objection
    village = household.micro_grid.unit()
    living = Person.objects.filter(name=name.strip(), born_on=born_on)
    if living.filter(memberships__household=household, memberships__ends_at=None).exists():
        raise EnteredAlready(person=name, household=household)
    is_registered = registered_in is not None and registered_in == village
    person = enter_person(
        name=name.strip(),
        display_name=display_name.strip() or name.strip()[-2:],
        born_on=born_on,
        residence=Residence.REGISTERED if is_registered else Residence.NEW_RESIDENT,
        registered_in=registered_in,
        lives_in=village,
        at=at,
    )
    _audit(person, household.micro_grid, by=by, at=at)
    admit(household=household, person=person, by=by, at=at)
    return person


def _audit(person: Person, area: Area, *, by: Person, at: datetime) -> None:
    office = by.office_over(area, at=at, offices=WHO_ENTER_PEOPLE)
    audit.record(actor=by, act="person.enter", subject=person, area=area, office=office, at=at)
