"""Who acts for whom, and what was done: as the people concerned and the grid's staff see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from community.models import (
    Agency,
    AgencyAct,
    Appointment,
    Area,
    Guardianship,
    Household,
    Membership,
    Person,
)
from community.models.people import birthday_of_adults
from community.models.places import path_range
from community.policies.care import WITNESSES

ROWS_MAX = 100
ACTS_MAX = 30


@dataclass(frozen=True, kw_only=True)
class Care:
    """Those who act for somebody now, and what they did."""

    agencies: Sequence[Agency]
    guardianships: Sequence[Guardianship]
    acts: Sequence[AgencyAct]
    """By agents who have stopped, too; newest first."""


def care_of(person: Person, *, at: datetime) -> Care:
    agencies = Agency.objects.current(at=at).filter(principal=person).select_related("agent")
    acts = AgencyAct.objects.filter(agency__principal=person).select_related("agency__agent")
    return Care(
        agencies=list(agencies.order_by("starts_at", "pk")[:ROWS_MAX]),
        guardianships=_guardianships(person, at),
        acts=list(acts.order_by("-at", "-pk")[:ACTS_MAX]),
    )


def _guardianships(person: Person, at: datetime) -> list[Guardianship]:
    if not person.is_minor(on=timezone.localdate(at)):
        return []
    current = Guardianship.objects.current(at=at).filter(ward=person).select_related("guardian")
    return list(current.order_by("starts_at", "pk")[:ROWS_MAX])


@dataclass(frozen=True, kw_only=True)
class CareFor:
    """Those for whom somebody acts, and what they did for them."""

    agencies: Sequence[Agency]
    wards: Sequence[Guardianship]
    acts: Sequence[AgencyAct]


def care_by(person: Person, *, at: datetime) -> CareFor:
    agencies = Agency.objects.current(at=at).filter(agent=person).select_related("principal")
    minors = Q(ward__born_on__gt=birthday_of_adults(timezone.localdate(at)))
    wards = Guardianship.objects.current(at=at).filter(minors, guardian=person)
    acts = AgencyAct.objects.filter(agency__agent=person).select_related("agency__principal")
    return CareFor(
        agencies=list(agencies.order_by("starts_at", "pk")[:ROWS_MAX]),
        wards=list(wards.select_related("ward").order_by("starts_at", "pk")[:ROWS_MAX]),
        acts=list(acts.order_by("-at", "-pk")[:ACTS_MAX]),
    )


def areas_looked_after(person: Person, *, at: datetime) -> list[Area]:
    """Return the grids and micro-grids whose people without a phone are theirs to look after."""
    held = Appointment.objects.current(at=at).filter(person=person, office__in=WITNESSES)
    areas = Area.objects.filter(pk__in=held.values("area")).defer("boundary")
    return list(areas.order_by("path"))


def households_in(areas: Sequence[Area]) -> QuerySet[Household]:
    """Return the households within the areas, along the lanes."""
    within = Q(pk__in=())
    for area in areas:
        low, high = path_range(area.path)
        within |= Q(micro_grid__path__gte=low, micro_grid__path__lt=high)
    found = Household.objects.filter(within).select_related("micro_grid")
    return found.defer("micro_grid__boundary").order_by("micro_grid__path", "code", "pk")


def adults_at_home(person: Person, *, at: datetime) -> QuerySet[Person]:
    """Return those of age who live in somebody's household, the eldest first."""
    homes = Membership.objects.current(at=at).filter(person=person).values("household")
    living = Membership.objects.current(at=at).filter(household__in=homes)
    adults = Person.objects.adults(on=timezone.localdate(at)).exclude(pk=person.pk)
    return adults.filter(memberships__in=living).order_by("born_on", "pk")


def without_phone(areas: Sequence[Area], *, at: datetime) -> Sequence[Membership]:
    """Return those living there who have no phone, with who acts for them: by household."""
    agencies = Agency.objects.current(at=at).select_related("agent").order_by("pk")
    wards = Guardianship.objects.current(at=at).select_related("guardian").order_by("pk")
    homes = households_in(areas).order_by().values("pk")
    living = Membership.objects.current(at=at).filter(household__in=homes, person__phone=None)
    return list(
        living.select_related("person", "household__micro_grid")
        .defer("household__micro_grid__boundary")
        .prefetch_related(
            Prefetch("person__agencies", queryset=agencies, to_attr="agencies_now"),
            Prefetch("person__guardianships", queryset=wards, to_attr="guardianships_now"),
        )
        .order_by("household__micro_grid__path", "household__code", "pk")[:ROWS_MAX]
    )
