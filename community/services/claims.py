"""Claims to a household.

A door code proves that somebody has seen the plate, not that they live behind it; so a claim
waits for the grid worker, who knows the lane.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community import audit
from community.events.people import HouseholdClaimed, HouseholdRefused
from community.models import HouseholdClaim, Membership, Person, Plate
from community.policies.households import (
    STAFF_OF_THE_GRID,
    ClaimDecided,
    DoorCodeUnknown,
    NotYourClaim,
    ReasonMissing,
    objection_to_claiming,
    objection_to_deciding,
)
from community.publishing import publish
from community.services.households import admit


@transaction.atomic
def claim_household(*, person: Person, door_code: str, at: datetime) -> HouseholdClaim:
    """Ask to be entered in the household behind a door plate.

    :raises DoorCodeUnknown: there is no such plate.
    :raises LivesThereAlready: nothing to ask for.
    :raises ClaimWaits: an earlier request is not decided yet.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    plates = Plate.objects.bearing(door_code).current().exclude(household=None)
    plate = plates.select_related("household__micro_grid").first()
    if plate is None or plate.household is None:
        raise DoorCodeUnknown(code=door_code)
    household = plate.household
    if objection := objection_to_claiming(person, household, at=at):
        raise objection
    claim = HouseholdClaim.objects.create(person=person, household=household, claimed_at=at)
    publish(
        HouseholdClaimed(
            at=at,
            actor_id=person.pk,
            subject_id=person.pk,
            area_id=household.micro_grid_id,
            claim_id=claim.pk,
        )
    )
    return claim


@transaction.atomic
def withdraw_claim(*, claim: HouseholdClaim, by: Person, at: datetime) -> None:
    """Take back a request that was a mistake, while it waits.

    :raises NotYourClaim: somebody else asked.
    :raises ClaimDecided: too late.
    """
    claim = _locked(claim)
    if claim.person_id != by.pk:
        raise NotYourClaim
    if claim.decided_at is not None:
        raise ClaimDecided
    _decide(claim, by=by, is_approved=False, reason="withdrawn", at=at)


@transaction.atomic
def approve_claim(*, claim: HouseholdClaim, by: Person, at: datetime) -> Membership:
    """Confirm that somebody lives there; wherever they lived before, they have moved out of.

    :raises NotYourGrid: others decide here.
    :raises ClaimDecided: somebody was quicker.
    """
    claim = _locked(claim)
    if objection := objection_to_deciding(by, claim, at=at):
        raise objection
    _decide(claim, by=by, is_approved=True, reason="", at=at)
    return admit(household=claim.household, person=claim.person, by=by, at=at)


@transaction.atomic
def refuse_claim(*, claim: HouseholdClaim, by: Person, reason: str, at: datetime) -> None:
    """Say that it could not be confirmed, and why.

    :raises ReasonMissing: a refusal without a reason helps nobody.
    :raises NotYourGrid: others decide here.
    :raises ClaimDecided: somebody was quicker.
    """
    claim = _locked(claim)
    if objection := objection_to_deciding(by, claim, at=at):
        raise objection
    if not reason.strip():
        raise ReasonMissing
    _decide(claim, by=by, is_approved=False, reason=reason.strip(), at=at)
    area = claim.household.micro_grid
    office = by.office_over(area, at=at, offices=STAFF_OF_THE_GRID)
    audit.record(
        actor=by,
        act="claim.refuse",
        subject=claim,
        area=area,
        office=office,
        reason=reason.strip(),
        at=at,
    )
    publish(
        HouseholdRefused(
            at=at,
            actor_id=by.pk,
            subject_id=claim.person_id,
            area_id=claim.household.micro_grid_id,
            claim_id=claim.pk,
            reason=claim.reason,
        )
    )


def _locked(claim: HouseholdClaim) -> HouseholdClaim:
    rows = HouseholdClaim.objects.select_for_update(of=("self",))
    return rows.select_related("household__micro_grid", "person").get(pk=claim.pk)


def _decide(
    claim: HouseholdClaim, *, by: Person, is_approved: bool, reason: str, at: datetime
) -> None:
    claim.decided_at, claim.decided_by = at, by
    claim.is_approved, claim.reason = is_approved, reason
    claim.save(update_fields=["decided_at", "decided_by", "is_approved", "reason"])
