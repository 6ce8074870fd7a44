"""What the pages about oneself and one's household show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from community.models import (
    Appointment,
    Area,
    Household,
    HouseholdClaim,
    Membership,
    Office,
    Person,
)
from community.models.claims import LADDER

ROWS_MAX = 50


@dataclass(frozen=True, kw_only=True)
class Mine:
    """Somebody's own page: where they live, whom they act for, what they serve as."""

    membership: Membership | None
    claim: HouseholdClaim | None
    """What they asked for last, if it waits or was refused."""
    principals: Sequence[Person]
    offices: Sequence[Appointment]


def mine(person: Person, *, at: datetime) -> Mine:
    offices = person.appointments.current(at=at).select_related("area").defer("area__boundary")
    membership = membership_of(person, at=at)
    return Mine(
        membership=membership,
        claim=None if membership else last_claim_of(person),
        principals=represented_by(person, at=at),
        offices=list(offices.order_by("area__path", "office", "pk")[:ROWS_MAX]),
    )


def membership_of(person: Person, *, at: datetime) -> Membership | None:
    current = person.memberships.current(at=at)
    return (
        current.select_related("household__micro_grid", "household__village_group")
        .defer("household__micro_grid__boundary")
        .first()
    )


def last_claim_of(person: Person) -> HouseholdClaim | None:
    """The request that waits, or the last one if it was refused by somebody else."""
    claims = person.household_claims.select_related("household__micro_grid")
    last = claims.defer("household__micro_grid__boundary").order_by("-claimed_at", "-pk").first()
    if last is None or last.is_approved or last.decided_by_id == person.pk:
        return None
    return last


def represented_by(person: Person, *, at: datetime) -> Sequence[Person]:
    found = Person.objects.represented_by(person, at=at)
    return list(found.order_by("display_name", "pk")[:ROWS_MAX])


def members_of(household: Household, *, at: datetime) -> Sequence[Membership]:
    """Who lives there: the head first, then the eldest first."""
    living = household.memberships.current(at=at).select_related("person")
    return list(living.order_by("-is_head", "person__born_on", "pk")[:ROWS_MAX])


def claims_for(person: Person, *, at: datetime) -> Sequence[HouseholdClaim]:
    """The requests that wait for this person's decision, oldest first."""
    waiting = HouseholdClaim.objects.waiting().for_decision_by(person, at=at)
    return list(
        waiting.select_related("person", "household__micro_grid")
        .defer("household__micro_grid__boundary")
        .order_by("claimed_at", "pk")[:ROWS_MAX]
    )


def tellers_of(principal: Person, *, but: Iterable[int | None], at: datetime) -> list[int]:
    """Return who tells somebody without a phone what was done in their name, by their ids.

    Who speaks for their household; else who leads the micro-grid; else the grid's staff. Never the
    one who did it (`but`). Nobody is asked on behalf of somebody who can read it themselves.
    """
    household = principal.household(at=at)
    if principal.phone or household is None:
        return []
    living = Membership.objects.current(at=at).filter(household=household).heads()
    held = Appointment.objects.current(at=at).over(household.micro_grid)
    steps = (
        living.values_list("person_id", flat=True),
        held.filter(office=Office.MICRO_GRID_LEADER).values_list("person_id", flat=True),
        held.filter(office__in=LADDER[0][1]).values_list("person_id", flat=True),
    )
    for step in steps:
        if told := set(step) - {principal.pk, *but}:
            return sorted(told)
    return []


def deciders_of(claim: HouseholdClaim, *, at: datetime) -> list[int]:
    """Whose decision a claim is, by their ids."""
    return first_on_the_ladder(claim.household.micro_grid, at=at, without=claim.person_id)


def first_on_the_ladder(area: Area, *, at: datetime, without: int | None = None) -> list[int]:
    """Who looks after a micro-grid's homes, by their ids: the first step that is staffed."""
    held = Appointment.objects.current(at=at).over(area)
    rows = list(held.values_list("person_id", "office"))
    for _step, offices in LADDER:
        serving = {person for person, office in rows if office in offices and person != without}
        if serving:
            return sorted(serving)
    return []
