"""Who may say yes or no for whom (个人信息保护法 arts. 14, 15 and 31)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import ConsentText, Person, Purpose
from community.policies.registry import policy

OWN_WORD_AGE: Final = 14
"""From this birthday on a child's own word counts (个人信息保护法 art. 31)."""


class GuardianDecides(Refusal):
    reason = _("Until the fourteenth birthday a parent or guardian decides this.")


class NotYoursToDecide(Refusal):
    reason = _("Only the person can decide this, or the guardian of a child under fourteen.")


class TextNotInForce(Refusal):
    reason = _("This text has been replaced. Please read the new one before you decide.")


class TermsHoldTheAccount(Refusal):
    reason = _(
        "Without these terms there can be no account. You can close the account instead: "
        "see “Close the account”."
    )


def decides_alone(person: Person, *, at: datetime) -> bool:
    age = person.age(on=timezone.localdate(at))
    return age is None or age >= OWN_WORD_AGE


@policy(
    "consent.decide",
    label=_("Give or withdraw a consent for a child"),
    basis=_("Personal Information Protection Law, art. 31"),
)
def objection_to_deciding(by: Person, person: Person, *, at: datetime) -> Refusal | None:
    """Say why `by` may not give or withdraw a consent of `person`'s, if they may not."""
    if decides_alone(person, at=at):
        return None if by == person else NotYoursToDecide()
    if by == person:
        return GuardianDecides()
    is_guardian = person.guardianships.current(at=at).filter(guardian=by).exists()
    return None if is_guardian else NotYoursToDecide()


def objection_to_giving(
    by: Person, person: Person, text: ConsentText, *, at: datetime
) -> Refusal | None:
    """Say why `by` may not agree to `text` for `person`: only the newest can be agreed to."""
    if objection := objection_to_deciding(by, person, at=at):
        return objection
    in_force = ConsentText.objects.in_force(at=at).filter(pk=text.pk).exists()
    return None if in_force else TextNotInForce()


def objection_to_withdrawing(
    by: Person, person: Person, purpose: str, *, at: datetime
) -> Refusal | None:
    if objection := objection_to_deciding(by, person, at=at):
        return objection
    return TermsHoldTheAccount() if purpose == Purpose.TERMS else None
