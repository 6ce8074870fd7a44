"""What one has to be for what: of age, confirmed, resident."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Area, Office, Person, Verification
from community.policies.registry import policy


class MinorsDoNotPost(Refusal):
    reason = _("Under 18, please ask your guardian to post this for you.")


class MinorsDoNotVote(Refusal):
    reason = _("Votes are for those who are 18 or older.")


class HouseholdNotConfirmed(Refusal):
    reason = _("Please scan your door plate first; the grid worker then confirms where you live.")


class NotRegisteredHere(Refusal):
    reason = _(
        "By law this vote is for those whose household registration is in %(area)s. "
        "Everything else here is open to you."
    )


class EnteredAlready(Refusal):
    reason = _("%(person)s of that birthday is entered at %(household)s already.")


class NotYourDistrict(Refusal):
    reason = _("Only the grid staff of %(area)s can enter people here.")


@policy(
    "post.publish",
    label=_("Post in public: reports, proposals, opinions"),
    basis=_("roles.yaml, minor"),
)
def objection_to_posting(person: Person, *, at: datetime) -> Refusal | None:
    return MinorsDoNotPost() if person.is_minor(on=timezone.localdate(at)) else None


@policy(
    "vote.advise",
    label=_("Take part in votes that are not statutory"),
    basis=_("roles.yaml, minor"),
)
def objection_to_advising(person: Person, *, at: datetime) -> Refusal | None:
    if person.is_minor(on=timezone.localdate(at)):
        return MinorsDoNotVote()
    if person.verification(at=at) != Verification.HOUSEHOLD:
        return HouseholdNotConfirmed()
    return None


@policy(
    "vote.statutory",
    label=_("Be counted in statutory votes of the village"),
    basis=_("Organic Law of Villagers' Committees (2018 text), arts. 13 and 21"),
)
def objection_to_statutory_vote(person: Person, area: Area, *, at: datetime) -> Refusal | None:
    if person.born_on is None or person.is_minor(on=timezone.localdate(at)):
        return MinorsDoNotVote()
    if not Person.objects.filter(pk=person.pk).registered_in(area).exists():
        return NotRegisteredHere(area=area)
    return None


WHO_ENTER_PEOPLE: Final = (Office.MICRO_GRID_LEADER, Office.GRID_WORKER, Office.GRID_LEADER)


@policy("person.enter", label=_("Enter somebody who has no phone"))
def objection_to_entering_person(person: Person, area: Area, *, at: datetime) -> Refusal | None:
    if not person.serves(area, at=at, offices=WHO_ENTER_PEOPLE):
        return NotYourDistrict(area=area)
    return None
