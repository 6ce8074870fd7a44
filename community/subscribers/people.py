"""Who is told when households, agents and offices change.

What the county's own roster was loaded with (no actor) is no news to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.kinds import Kind, register_kind
from community.models import EventRecord, Household, HouseholdClaim, Membership, Office, Person
from community.publishing import subscribe
from community.queries.people import deciders_of, tellers_of
from community.services.notifications import notify

WAITS: Final = register_kind(
    Kind(
        key="community.household_claimed",
        icon="house",
        tone="warm",
        # No name and no home: this list opens without the second key.
        title=_("Somebody says that they live in your grid"),
        text=_("They scanned a door plate and wait for your word."),
    )
)
CONFIRMED: Final = register_kind(
    Kind(
        key="community.household_verified",
        icon="house",
        tone="leaf",
        title=_("You are entered at %(household)s"),
        text=_("From now on you can take part wherever a household counts."),
    )
)
REFUSED: Final = register_kind(
    Kind(
        key="community.household_refused",
        icon="house",
        tone="brick",
        title=_("%(household)s could not be confirmed"),
        text=_("%(reason)s"),
    )
)
SPEAKS: Final = register_kind(
    Kind(
        key="community.head_named",
        icon="house",
        title=_("You speak for the household at %(household)s"),
    )
)
HEADLESS: Final = register_kind(
    Kind(
        key="community.moved_out",
        icon="house",
        title=_("Nobody speaks for %(household)s now"),
        text=_("Ask your grid worker to enter who does."),
    )
)
AGENT: Final = register_kind(
    Kind(
        key="community.agent_named",
        icon="people",
        title=_("%(agent)s now acts for %(principal)s"),
        text=_("Everything is marked, and told every time."),
    )
)
AGENT_GONE: Final = register_kind(
    Kind(
        key="community.agency_ended",
        icon="people",
        title=_("%(agent)s no longer acts for %(principal)s"),
    )
)
ACTED: Final = register_kind(
    Kind(
        key="community.acted_on_behalf",
        icon="people",
        title=_("%(agent)s did something in your name"),
        text=_("Open it to see what. You can end this at any time."),
    )
)
TELL_THEM: Final = register_kind(
    Kind(
        key="community.acted_for_neighbour",
        icon="people",
        tone="warm",
        title=_("%(agent)s did something for %(principal)s"),
        text=_("They have no phone. Please tell them when you meet."),
    )
)
APPOINTED: Final = register_kind(
    Kind(key="community.appointed", icon="seal", title=_("You now serve as: %(office)s"))
)
OFFICE_ENDED: Final = register_kind(
    Kind(
        key="community.appointment_ended", icon="seal", title=_("Your office has ended: %(office)s")
    )
)


@subscribe("community.household_claimed")
def tell_who_decides(event: EventRecord) -> None:
    claim = HouseholdClaim.objects.select_related("household__micro_grid").get(
        pk=event.facts["claim_id"]
    )
    group, path = f"claim:{claim.pk}", reverse("community:claim", args=[claim.pk])
    _tell(event, deciders_of(claim, at=event.at), WAITS, group=group, path=path, facts={})


@subscribe("community.household_verified")
@subscribe("community.head_named")
def tell_who_lives_there(event: EventRecord) -> None:
    if event.actor_id is None:
        return
    kind = SPEAKS if event.name == SPEAKS.key else CONFIRMED
    _tell_of_household(event, [event.subject_id], kind)


@subscribe("community.household_refused")
def tell_why_not(event: EventRecord) -> None:
    claim = HouseholdClaim.objects.select_related("household").get(pk=event.facts["claim_id"])
    facts = {"household": claim.household.address, "reason": claim.reason}
    group, path = f"claim:{claim.pk}", reverse("community:household")
    _tell(event, [event.subject_id], REFUSED, group=group, path=path, facts=facts)


@subscribe("community.moved_out")
def tell_those_who_stay(event: EventRecord) -> None:
    if event.facts["was_head"]:
        household_id = event.facts["household_id"]
        staying = Membership.objects.current(at=event.at).filter(household=household_id)
        _tell_of_household(event, list(staying.values_list("person_id", flat=True)), HEADLESS)


@subscribe("community.agent_named")
@subscribe("community.agency_ended")
def tell_both(event: EventRecord) -> None:
    """Tell the two of it, and who passes it on to a principal without a phone."""
    if event.actor_id is None:
        return
    people = Person.objects.in_bulk([event.subject_id, event.facts["agent_id"]])
    principal, agent = people[event.subject_id], people[event.facts["agent_id"]]
    facts = {"agent": agent.display_name, "principal": principal.display_name}
    kind = AGENT if event.name == AGENT.key else AGENT_GONE
    group, path = f"agency:{principal.pk}", reverse("community:representing")
    _tell(event, [principal.pk, agent.pk], kind, group=group, path=path, facts=facts)
    tellers = tellers_of(principal, but=(agent.pk, event.actor_id), at=event.at)
    path = reverse("community:looked_after", args=[principal.pk])
    _tell(event, [*tellers], kind, group=group, path=path, facts=facts)


@subscribe("community.acted_on_behalf")
def tell_whose_name_it_was(event: EventRecord) -> None:
    """Tell them; and where they have no phone, who can tell them by word of mouth.

    A child has its guardian, who did it. What exactly was done is for the principal's page: the
    one who passes it on need not read a private matter.
    """
    assert event.actor_id is not None, "somebody acted"
    people = Person.objects.in_bulk([event.subject_id, event.actor_id])
    principal, agent = people[event.subject_id], people[event.actor_id]
    path = event.facts["path"] or reverse("community:representing")
    facts = {"agent": agent.display_name, "principal": principal.display_name}
    group = f"agency:{principal.pk}"
    _tell(event, [principal.pk], ACTED, group=group, path=path, facts=facts)
    if not principal.is_minor(on=timezone.localdate(event.at)):
        tellers = tellers_of(principal, but=(agent.pk,), at=event.at)
        path = reverse("community:looked_after", args=[principal.pk])
        _tell(event, [*tellers], TELL_THEM, group=group, path=path, facts=facts)


@subscribe("community.appointed")
@subscribe("community.appointment_ended")
def tell_who_serves(event: EventRecord) -> None:
    if event.actor_id is None:
        return
    kind = APPOINTED if event.name == APPOINTED.key else OFFICE_ENDED
    facts = {"office": str(Office(event.facts["office"]).label)}
    group = f"office:{event.area_id}"
    _tell(event, [event.subject_id], kind, group=group, path=reverse("community:me"), facts=facts)


def _tell_of_household(event: EventRecord, persons: Sequence[int | None], kind: Kind) -> None:
    household = Household.objects.get(pk=event.facts["household_id"])
    facts = {"household": household.address}
    path = reverse("community:household")
    _tell(event, persons, kind, group=f"household:{household.pk}", path=path, facts=facts)


def _tell(
    event: EventRecord,
    persons: Sequence[int | None],
    kind: Kind,
    *,
    group: str,
    path: str,
    facts: dict[str, Any],
) -> None:
    told = [person for person in persons if person is not None]
    notify(
        persons=told, kind=kind.key, event=event, group=group, path=path, facts=facts, at=event.at
    )
