"""A stage on which every policy is tried on every office, so that the permission table is true.

Two villages in two towns, a household with a child and somebody without a phone, and one person
for each office in each village. Everything is undone afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from community.models import (
    Agency,
    Area,
    Category,
    EventRecord,
    Evidence,
    Household,
    HouseholdClaim,
    Kind,
    Membership,
    Office,
    Person,
    Photo,
    Report,
    Residence,
    RouteStep,
    Visibility,
    kinds_for,
)
from community.queries.places import Placement
from community.services.appointments import appoint
from community.services.care import name_agent, name_guardian
from community.services.claims import claim_household
from community.services.households import admit, register_household
from community.services.people import enter_person
from community.services.places import grow_area
from community.services.reports import file_report
from community.workflow import Level

ADULT, CHILD = date(1980, 1, 1), date(2015, 1, 1)
YEAR: Final = timedelta(days=365)
HERE, ELSEWHERE = "here", "elsewhere"


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody the policies are tried on; `place` tells offices here from those elsewhere."""

    key: str
    label: str
    person: Person
    place: str = HERE


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What the policies are asked about."""

    at: datetime
    areas: dict[str, Area]
    """Of the village in question, by kind."""
    household: Household
    membership: Membership
    """That of the child."""
    child: Person
    claim: HouseholdClaim
    agency: Agency
    report: Report
    """A private one, filed by the agent for the principal."""
    photo: Photo
    dead_event: EventRecord
    empty_household: Household
    neighbour: Person
    """Somebody of age with a confirmed phone who is none of the others."""
    personas: tuple[Persona, ...]


def build(at: datetime) -> Stage:
    """Build it in the surrounding transaction, through the services that people use."""
    since = at - YEAR
    county = grow_area(parent=None, kind=Kind.COUNTY, code="STAGE", name="Stage", at=since)
    here, elsewhere = (_village(county, place, at=since) for place in (HERE, ELSEWHERE))
    home = _household(here, "1", at=since)
    head = _resident("head", here, home, at=since, is_head=True)
    member = _resident("member", here, home, at=since)
    child = _person("minor", here, at=since, born_on=CHILD)
    membership = admit(household=home, person=child, at=since)
    principal = _resident("principal", here, home, at=since)
    name_guardian(ward=child, guardian=member, at=since)
    agency = name_agent(principal=principal, agent=member, evidence="on the stage", at=since)
    officers = tuple(_office_holders(here, elsewhere, at=since))
    photo = _photo(member, at=at)
    report = _report(here, agency, photo, at=at)
    next_door = _household(here, "2", at=since)
    claimant = _person("phone", here, at=since)
    claim = claim_household(person=claimant, door_code=home.door_code, at=at)
    residents = (
        Persona(key="phone", label="Resident, phone confirmed only", person=claimant),
        Persona(
            key="new_resident",
            label="New resident, household confirmed",
            person=_resident("new", here, next_door, at=since, residence=Residence.NEW_RESIDENT),
        ),
        Persona(
            key="registered",
            label="Registered resident, household confirmed",
            person=_resident("registered", here, next_door, at=since),
        ),
        Persona(key="member", label="Member of the household, guardian and agent", person=member),
        Persona(key="head", label="Head of the household", person=head),
        Persona(key="minor", label="Minor of the household", person=child),
    )
    return Stage(
        at=at,
        areas=here,
        household=home,
        membership=membership,
        child=child,
        claim=claim,
        agency=agency,
        report=report,
        photo=photo,
        dead_event=_dead_event(at),
        empty_household=_household(here, "3", at=since),
        neighbour=_person("neighbour", here, at=since),
        personas=(*residents, *officers),
    )


def _office_holders(
    here: dict[str, Area], elsewhere: dict[str, Area], *, at: datetime
) -> Iterator[Persona]:
    for office in Office:
        for place, areas in ((HERE, here), (ELSEWHERE, elsewhere)):
            area = next(areas[kind] for kind in kinds_for(office) if kind in areas)
            if place == ELSEWHERE and area == here[area.kind]:
                continue  # there is only one county
            person = _person(f"{office}-{place}", areas, at=at, residence=Residence.STAFF_ONLY)
            appoint(person=person, office=office, area=area, starts_at=at, at=at)
            yield Persona(key=office, label=str(office.label), person=person, place=place)


def _village(county: Area, place: str, *, at: datetime) -> dict[str, Area]:
    areas = {str(Kind.COUNTY): county}
    parent = county
    for kind in (Kind.TOWN, Kind.VILLAGE, Kind.GRID, Kind.MICRO_GRID):
        code = f"S-{place}-{kind}"
        parent = grow_area(parent=parent, kind=kind, code=code, name=f"{kind} {place}", at=at)
        areas[str(kind)] = parent
    return areas


def _household(areas: dict[str, Area], number: str, *, at: datetime) -> Household:
    return register_household(
        code=f"STAGE-{number}", address=number, micro_grid=areas[Kind.MICRO_GRID], at=at
    )


def _photo(uploader: Person, *, at: datetime) -> Photo:
    """One whose files are not there: nobody looks at it, they only ask whether they may."""
    return Photo.objects.create(
        uploader=uploader, uploaded_at=at, width=1, height=1, large="l", medium="m", small="s"
    )


def _report(areas: dict[str, Area], agency: Agency, photo: Photo, *, at: datetime) -> Report:
    category = Category.objects.create(
        code="STAGE", name="Stage", icon="road", accept_limit=4, finish_limit=5, hard_limit=15
    )
    for level in Level:
        RouteStep.objects.create(category=category, level=level)
    return file_report(
        reporter=agency.agent,
        on_behalf_of=agency.principal,
        client_id=uuid4(),
        category=category,
        subcategory=None,
        title="On the stage",
        body="",
        visibility=Visibility.PRIVATE,
        placement=Placement(area=areas[Kind.MICRO_GRID], evidence=Evidence.CHOSEN),
        photos=[photo],
        at=at,
    )


def _dead_event(at: datetime) -> EventRecord:
    record: EventRecord = EventRecord.objects.earliest("at", "pk")
    record.delivered_at, record.dead_at = None, at
    record.save(update_fields=["delivered_at", "dead_at"])
    return record


def _resident(
    name: str,
    areas: dict[str, Area],
    home: Household,
    *,
    at: datetime,
    is_head: bool = False,
    residence: str = Residence.REGISTERED,
) -> Person:
    person = _person(name, areas, at=at, residence=residence)
    admit(household=home, person=person, is_head=is_head, at=at)
    return person


def _person(
    name: str,
    areas: dict[str, Area],
    *,
    at: datetime,
    born_on: date = ADULT,
    residence: str = Residence.REGISTERED,
) -> Person:
    is_registered = residence == Residence.REGISTERED
    person = enter_person(
        name=name,
        display_name=name,
        born_on=born_on,
        residence=residence,
        registered_in=areas[Kind.VILLAGE] if is_registered else None,
        lives_in=areas[Kind.VILLAGE],
        at=at,
    )
    person.phone_verified_at = at
    person.save(update_fields=["phone_verified_at"])
    return person
