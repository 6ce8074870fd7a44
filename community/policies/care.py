"""Who may act for whom, and who may enter that they do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Agency, Area, Membership, Office, Person
from community.policies.registry import policy

WITNESSES: Final = (Office.MICRO_GRID_LEADER, Office.GRID_WORKER, Office.GRID_LEADER)


class GuardianIsMinor(Refusal):
    reason = _("A guardian is 18 or older.")


class WardIsAdult(Refusal):
    reason = _("%(ward)s is of age and needs no guardian here. An agent can be named instead.")


class AgentIsMinor(Refusal):
    reason = _("Somebody who acts for others is 18 or older.")


class AgentHasNoPhone(Refusal):
    reason = _("%(agent)s has no confirmed phone, so nobody could see who acted.")


class NobodyForThemselves(Refusal):
    reason = _("Nobody acts for themselves. Please choose another person.")


class EvidenceMissing(Refusal):
    reason = _("Please write down how %(person)s agreed: in person, on paper, who was there.")


class NotTheirCarer(Refusal):
    reason = _(
        "What is entered about %(person)s is for them, for who speaks for their household, and "
        "for the micro-grid leader or grid worker where they live."
    )


class NotAWitness(Refusal):
    reason = _(
        "This is entered by the micro-grid leader or grid worker where %(person)s lives, "
        "and not by the one who will act."
    )


class NotYourAgency(Refusal):
    reason = _("Only the two people concerned or the grid worker can end this.")


def objection_to_guardian(guardian: Person, ward: Person, *, at: datetime) -> Refusal | None:
    """Say why this person cannot be that child's guardian (民法典 arts. 17, 27)."""
    if guardian.pk == ward.pk:
        return NobodyForThemselves()
    if guardian.is_minor(on=timezone.localdate(at)):
        return GuardianIsMinor()
    if not ward.is_minor(on=timezone.localdate(at)):
        return WardIsAdult(ward=ward)
    return None


def objection_to_agent(agent: Person, principal: Person, *, at: datetime) -> Refusal | None:
    if agent.pk == principal.pk:
        return NobodyForThemselves()
    if agent.is_minor(on=timezone.localdate(at)):
        return AgentIsMinor()
    if agent.phone_verified_at is None:
        return AgentHasNoPhone(agent=agent)
    return None


def where_looked_after(person: Person, *, at: datetime) -> Area | None:
    """Return whose part of the county somebody is: where their household is, else their village."""
    household = person.household(at=at)
    return household.micro_grid if household else person.lives_in


@policy("agency.enter", label=_("Enter who acts for somebody: guardian or agent"))
def objection_to_witnessing(
    person: Person, principal: Person, agent: Person, *, at: datetime
) -> Refusal | None:
    where = where_looked_after(principal, at=at)
    if where is None or person.pk in (principal.pk, agent.pk):
        return NotAWitness(person=principal)
    if not person.serves(where, at=at, offices=WITNESSES):
        return NotAWitness(person=principal)
    return None


@policy("agency.end", label=_("End that somebody acts for another"))
def objection_to_ending_agency(person: Person, agency: Agency, *, at: datetime) -> Refusal | None:
    if person.pk in (agency.principal_id, agency.agent_id):
        return None
    where = where_looked_after(agency.principal, at=at)
    if where and person.serves(where, at=at, offices=WITNESSES):
        return None
    return NotYourAgency()


@policy("agency.read", label=_("See who acts for somebody, and what they did"))
def objection_to_looking_after(
    person: Person, principal: Person, *, at: datetime
) -> Refusal | None:
    """For the person, the head of their household, and the grid's staff where they live."""
    if person.pk == principal.pk:
        return None
    where = where_looked_after(principal, at=at)
    if where and person.serves(where, at=at, offices=WITNESSES):
        return None
    home = Membership.objects.current(at=at).filter(person=principal).values("household")
    heads = Membership.objects.current(at=at).heads().filter(household__in=home)
    return None if heads.filter(person=person).exists() else NotTheirCarer(person=principal)
