"""What happens to people: households, guardians, agents, offices.

`actor_id` did it, `subject_id` is the person it happened to.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.publishing import DomainEvent


@dataclass(frozen=True, kw_only=True)
class HouseholdClaimed(DomainEvent):
    """Somebody says where they live; the grid worker has to look."""

    name = "community.household_claimed"
    label = _("Somebody asked to be entered in a household")

    claim_id: int


@dataclass(frozen=True, kw_only=True)
class HouseholdVerified(DomainEvent):
    """The grid worker confirmed that somebody lives in a household."""

    name = "community.household_verified"
    label = _("Somebody was confirmed as living in a household")

    household_id: int


@dataclass(frozen=True, kw_only=True)
class HouseholdRefused(DomainEvent):
    """The grid worker did not confirm it, and said why."""

    name = "community.household_refused"
    label = _("A claim to a household was not confirmed")

    claim_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class HeadNamed(DomainEvent):
    """Somebody else speaks for a household now."""

    name = "community.head_named"
    label = _("Somebody was named as speaking for a household")

    household_id: int


@dataclass(frozen=True, kw_only=True)
class MovedOut(DomainEvent):
    """Somebody does not live in a household any more."""

    name = "community.moved_out"
    label = _("Somebody left a household")

    household_id: int
    was_head: bool


@dataclass(frozen=True, kw_only=True)
class GuardianNamed(DomainEvent):
    name = "community.guardian_named"
    label = _("A guardian was named for a child")

    guardian_id: int


@dataclass(frozen=True, kw_only=True)
class AgentNamed(DomainEvent):
    name = "community.agent_named"
    label = _("An agent was named for somebody")

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class AgencyEnded(DomainEvent):
    name = "community.agency_ended"
    label = _("An agent stopped acting for somebody")

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class ActedOnBehalf(DomainEvent):
    """An agent did something in somebody's name, who is told of it every time."""

    name = "community.acted_on_behalf"
    label = _("An agent acted for somebody")

    act: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Appointed(DomainEvent):
    name = "community.appointed"
    label = _("Somebody was appointed to an office")

    office: str


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(DomainEvent):
    name = "community.appointment_ended"
    label = _("Somebody's office ended")

    office: str
