"""People who cannot enter themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from community import audit
from community.models import Area, Person, Residence
from community.policies.people import objection_to_entering_person


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
        audit.record(actor=by, act="person.enter", subject=person, area=lives_in, at=at)
    return person
