"""Who lives where, and who may say so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Area, Household, HouseholdClaim, Kind, Membership, Person
from community.models.claims import LADDER
from community.policies.registry import policy

STAFF_OF_THE_GRID: Final = tuple(office for _step, offices in LADDER for office in offices)
"""Who keeps the list of households: over the grid, the village, the town or the county."""


A_DAY: Final = timedelta(days=1)
CLAIMS_A_DAY: Final = 5
"""Enough for every mistake at the door; each one asks a grid worker who lives where."""


class DoorCodeUnknown(Refusal):
    reason = _("There is no household behind %(code)s. The plate shows six letters and digits.")


class TooManyWrongCodes(Refusal):
    reason = _(
        "Many door codes from here were wrong. Please wait %(minutes)s minutes, or ask your grid "
        "worker: they know every door."
    )


class LivesThereAlready(Refusal):
    reason = _("You are entered in this household already.")


class ClaimWaits(Refusal):
    reason = _("Your request for %(household)s still waits. Withdraw it if it was a mistake.")


class TooManyClaimsToday(Refusal):
    reason = _(
        "You have asked %(most)d times since yesterday. Please go on tomorrow, or ask your grid "
        "worker."
    )


class ClaimDecided(Refusal):
    reason = _("This request has been decided already. Please reload the page.")


class NotYourClaim(Refusal):
    reason = _("Only the person who asked can withdraw this request.")


class NotYourGrid(Refusal):
    reason = _("This request is for the grid worker of %(area)s to decide.")


class ReasonMissing(Refusal):
    reason = _("Please say why, in words the person can use: what is missing, whom to ask.")


class NotAMicroGrid(Refusal):
    reason = _("A household belongs to a micro-grid, and %(area)s is none.")


class NotAMember(Refusal):
    reason = _("%(person)s does not live in this household.")


class TooYoungForHead(Refusal):
    reason = _("Whoever speaks for a household is of age. Please name an adult.")


class NotYourHousehold(Refusal):
    reason = _("Only the household itself or the grid worker can change this.")


@policy("household.register", label=_("Enter a household and put up its door plate"))
def objection_to_registering(person: Person, micro_grid: Area, *, at: datetime) -> Refusal | None:
    if micro_grid.kind != Kind.MICRO_GRID:
        return NotAMicroGrid(area=micro_grid)
    if not person.serves(micro_grid, at=at, offices=STAFF_OF_THE_GRID):
        return NotYourGrid(area=micro_grid)
    return None


@policy("household.claim", label=_("Ask to be entered in a household, by the code on its door"))
def objection_to_claiming(person: Person, household: Household, *, at: datetime) -> Refusal | None:
    current = person.household(at=at)
    if current is not None and current.pk == household.pk:
        return LivesThereAlready()
    waiting = HouseholdClaim.objects.waiting().filter(person=person)
    if claim := waiting.select_related("household").first():
        return ClaimWaits(household=claim.household)
    if person.household_claims.filter(claimed_at__gt=at - A_DAY).count() >= CLAIMS_A_DAY:
        return TooManyClaimsToday(most=CLAIMS_A_DAY)
    return None


@policy("claim.decide", label=_("Confirm or refuse that somebody lives in a household"))
def objection_to_deciding(person: Person, claim: HouseholdClaim, *, at: datetime) -> Refusal | None:
    if claim.decided_at is not None:
        return ClaimDecided()
    mine = HouseholdClaim.objects.for_decision_by(person, at=at)
    if not mine.filter(pk=claim.pk).exists():
        return NotYourGrid(area=claim.household.micro_grid)
    return None


@policy("household.name_head", label=_("Name who speaks for a household"))
def objection_to_naming_head(
    person: Person, household: Household, *, at: datetime
) -> Refusal | None:
    heads = Membership.objects.current(at=at).heads().filter(household=household)
    is_head = heads.filter(person=person).exists()
    if not is_head and not person.serves(household.micro_grid, at=at, offices=STAFF_OF_THE_GRID):
        return NotYourHousehold()
    return None


def objection_to_being_head(
    candidate: Person, household: Household, *, at: datetime
) -> Refusal | None:
    living = Membership.objects.current(at=at).filter(household=household, person=candidate)
    if not living.exists():
        return NotAMember(person=candidate)
    if candidate.is_minor(on=timezone.localdate(at)):
        return TooYoungForHead()
    return None


@policy("household.end_membership", label=_("Say that somebody has moved out"))
def objection_to_moving_out(
    person: Person, membership: Membership, *, at: datetime
) -> Refusal | None:
    if membership.ends_at is not None and membership.ends_at <= at:
        return NotAMember(person=membership.person)
    if person.pk == membership.person_id and not person.is_minor(on=timezone.localdate(at)):
        return None
    wards = membership.person.guardianships.current(at=at).filter(guardian=person)
    if wards.exists():
        return None
    area = membership.household.micro_grid
    if person.serves(area, at=at, offices=STAFF_OF_THE_GRID):
        return None
    return NotYourHousehold()
