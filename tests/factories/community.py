"""Areas, people, households and offices to test with.

`county_with_a_village()` gives the whole line from the county down; every factory below hangs
what it makes into such a line unless it is told where.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

import factory
from factory.django import DjangoModelFactory

from community.models import (
    Agency,
    Appointment,
    Area,
    Guardianship,
    Household,
    HouseholdClaim,
    Kind,
    Membership,
    Office,
    Person,
    Plate,
    Residence,
)
from community.models.plates import DOOR_CODE_ALPHABET, DOOR_CODE_LENGTH
from tests.times import on_monday

LONG_AGO = on_monday("08:00").replace(year=2024)
_numbers = count(1)


class AreaFactory(DjangoModelFactory[Area]):
    """An area; without a parent a county, and otherwise of the kind that is given."""

    class Meta:
        model = Area
        skip_postgeneration_save = True

    kind = Kind.COUNTY
    code = factory.Sequence(lambda n: f"T{n:011d}")
    name = factory.LazyAttribute(lambda o: f"{Kind(o.kind).label} {o.code[-4:]}")
    path = factory.LazyAttribute(lambda o: f"new:{o.code}")

    @factory.post_generation
    def _put_in_the_tree(self, create, extracted, **kwargs):
        self.path = f"{self.parent.path if self.parent else ''}{self.pk}/"
        self.save(update_fields=["path"])


@dataclass(frozen=True)
class Line:
    """One area of every level, each within the one before."""

    county: Area
    town: Area
    village: Area
    grid: Area
    micro_grid: Area


def county_with_a_village(county: Area | None = None, kind: str = Kind.VILLAGE) -> Line:
    """Return a county, or a new town in the one given, with one area of each level below."""
    county = county or AreaFactory(kind=Kind.COUNTY)
    town = AreaFactory(kind=Kind.TOWN, parent=county)
    village = AreaFactory(kind=kind, parent=town)
    grid = AreaFactory(kind=Kind.GRID, parent=village)
    return Line(county, town, village, grid, AreaFactory(kind=Kind.MICRO_GRID, parent=grid))


def square(west: float, south: float, side: float = 0.01) -> dict:
    """Return a square boundary, by its south-west corner."""
    east, north = round(west + side, 7), round(south + side, 7)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class PersonFactory(DjangoModelFactory[Person]):
    """An adult with a confirmed phone."""

    class Meta:
        model = Person

    phone = factory.Sequence(lambda n: f"+8610099{n:06d}")
    phone_verified_at = LONG_AGO
    name = factory.Sequence(lambda n: f"Person {n}")
    display_name = factory.Sequence(lambda n: f"Neighbour {n}")
    born_on = date(1980, 1, 1)
    residence = Residence.NEW_RESIDENT
    joined_at = LONG_AGO


class ChildFactory(PersonFactory):
    """Twelve years old on the Monday of the tests, and without a phone."""

    phone = None
    phone_verified_at = None
    born_on = date(2013, 12, 6)


class HouseholdFactory(DjangoModelFactory[Household]):
    class Meta:
        model = Household
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"H-{n:04d}")
    address = factory.Sequence(lambda n: f"East Creek {n}")
    micro_grid = factory.LazyFunction(lambda: county_with_a_village().micro_grid)

    @factory.post_generation
    def door_code(self, create, extracted, **kwargs):
        code = extracted or door_code_number(next(_numbers))
        Plate.objects.create(household=self, code=code, issued_at=LONG_AGO)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    starts_at = LONG_AGO


class HouseholdClaimFactory(DjangoModelFactory[HouseholdClaim]):
    class Meta:
        model = HouseholdClaim

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    claimed_at = on_monday("09:00")


class GuardianshipFactory(DjangoModelFactory[Guardianship]):
    class Meta:
        model = Guardianship

    ward = factory.SubFactory(ChildFactory)
    guardian = factory.SubFactory(PersonFactory)
    starts_at = LONG_AGO


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    principal = factory.SubFactory(PersonFactory, phone=None, phone_verified_at=None)
    agent = factory.SubFactory(PersonFactory)
    evidence = "said so at the door"
    starts_at = LONG_AGO


class AppointmentFactory(DjangoModelFactory[Appointment]):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    office = Office.GRID_WORKER
    area = factory.LazyFunction(lambda: county_with_a_village().grid)
    starts_at = LONG_AGO


def somebody_serving(area: Area, office: str = Office.GRID_WORKER) -> Person:
    """Return a person who holds that office over `area`."""
    return AppointmentFactory(area=area, office=office).person


def door_code_number(number: int) -> str:
    """Return a door code that no other number gives."""
    letters = ""
    for _place in range(DOOR_CODE_LENGTH):
        number, letter = divmod(number, len(DOOR_CODE_ALPHABET))
        letters = DOOR_CODE_ALPHABET[letter] + letters
    return letters
