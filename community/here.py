"""Which place a page is about: the one that was chosen, else the one where the person lives.

The choice of a visit is kept in the session, for guests and persons alike; where somebody lives
is kept by the household they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest

from community.auth import guest_or_person
from community.models import Appointment, Area, Kind, Membership, Person
from community.models.places import UNIT_KINDS

SESSION_KEY: Final = "here"
PLACES_MAX: Final = 12

HOME, OFFICE, CHOSEN, COUNTY, OTHER = range(5)


@dataclass(frozen=True)
class Here:
    """The place a page is about, and the places one may turn to from it."""

    area: Area | None
    home: Area | None
    offices: tuple[Area, ...]
    others: tuple[Area, ...]
    county: Area | None
    has_more: bool


def places_of(person: Person | None, chosen_id: int | None, at: datetime) -> QuerySet[Area]:
    """Return the places in the switch, in one query, nearest to the person first.

    Each has a `nearness`: my village, areas of my offices, the chosen place, the county, others.
    """
    mine = Q(pk__in=())
    offices = Q(pk__in=())
    if person is not None:
        memberships = Membership.objects.current(at=at).filter(person=person)
        mine = Q(pk__in=memberships.values("household__micro_grid__parent__parent"))
        if person.lives_in_id is not None:
            mine |= Q(pk=person.lives_in_id)
        offices = Q(pk__in=Appointment.objects.current(at=at).filter(person=person).values("area"))
    return (
        Area.objects.filter(
            Q(kind__in=UNIT_KINDS) | Q(kind=Kind.COUNTY) | Q(pk=chosen_id) | mine | offices
        )
        .annotate(
            nearness=Case(
                When(mine & Q(kind__in=UNIT_KINDS), then=Value(HOME)),
                When(offices, then=Value(OFFICE)),
                When(Q(pk=chosen_id), then=Value(CHOSEN)),
                When(kind=Kind.COUNTY, then=Value(COUNTY)),
                default=Value(OTHER),
                output_field=IntegerField(),
            )
        )
        .defer("boundary")
        .order_by("nearness", "code", "pk")[: PLACES_MAX + 1]
    )


def here(request: HttpRequest, at: datetime) -> Here:
    """Return the place this request is about, and its neighbours for the switch.

    The answer is kept on the request: pages and the shell ask for it more than once.
    """
    known: Here | None = getattr(request, "_here", None)
    if known is None:
        known = _find(request, at)
        request._here = known  # type: ignore[attr-defined]  # noqa: SLF001  kept where it belongs
    return known


def _find(request: HttpRequest, at: datetime) -> Here:
    chosen_id = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    places = list(places_of(guest_or_person(request), chosen_id, at))
    by_nearness: dict[int, list[Area]] = {}
    for place in places[:PLACES_MAX]:
        by_nearness.setdefault(place.nearness, []).append(place)  # type: ignore[attr-defined]
    county = next(iter(by_nearness.get(COUNTY, ())), None) or next(
        (place for place in places if place.kind == Kind.COUNTY), None
    )
    home = next(iter(by_nearness.get(HOME, ())), None)
    offices = tuple(by_nearness.get(OFFICE, ()))
    chosen = next((place for place in places if place.pk == chosen_id), None)
    return Here(
        area=chosen or home or (offices[0] if offices else county),
        home=home,
        offices=offices,
        others=(*by_nearness.get(CHOSEN, ()), *by_nearness.get(OTHER, ())),
        county=county,
        has_more=len(places) > PLACES_MAX,
    )
