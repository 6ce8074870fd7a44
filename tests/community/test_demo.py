"""The demo county, loaded through the services that people call."""

from __future__ import annotations

import pytest

from community.demo import context, people, places
from community.geo import Point
from community.models import (
    Agency,
    Appointment,
    Area,
    AreaChange,
    Evidence,
    Guardianship,
    Household,
    Membership,
    Person,
)
from community.queries.places import locate
from tests.times import on_monday

pytestmark = pytest.mark.django_db
NOW = on_monday("09:00")


@pytest.fixture
def county():
    places.load(NOW)
    return people.load(NOW)


class TestTheDemoCounty:
    def test_is_as_large_as_its_files_say(self, county):
        counts = [Area.objects.count(), Household.objects.count(), Person.objects.count()]

        assert counts == [36, 37, 55]
        assert Guardianship.objects.count() == Agency.objects.count() == 1

    def test_has_a_head_where_its_files_name_one(self, county):
        named = {
            row["household"]
            for row in context.data("people.yaml")["people"]
            if "household_head" in row["roles"]
        }

        heads = Membership.objects.heads().values_list("household__code", flat=True)

        assert set(heads) == named

    def test_can_be_loaded_again_without_changing_anything(self, county):
        models = (Area, AreaChange, Person, Appointment, Membership, Agency)
        before = [model.objects.count() for model in models]

        places.load(on_monday("10:00"))
        again = people.load(on_monday("10:00"))

        assert [model.objects.count() for model in models] == before
        assert again == county

    def test_has_a_grid_worker_in_every_grid(self, county):
        unstaffed = [
            grid.name
            for grid in Area.objects.filter(kind="grid")
            if not Appointment.objects.current(at=NOW).filter(area=grid, office="grid_worker")
        ]

        assert unstaffed == []

    def test_gives_everybody_the_offices_of_their_row(self, county):
        offices = set(Appointment.objects.values_list("office", flat=True))
        wanted = {role for row in context.data("people.yaml")["people"] for role in row["roles"]}

        assert wanted - offices == {"resident", "household_head", "minor"}

    @pytest.mark.parametrize(
        ("lng", "lat", "code", "evidence"),
        [
            (120.845, 30.824, "339901101201-01-01", Evidence.POLYGON),
            (120.84, 30.82, "339901101201-01-01", Evidence.POLYGON),
            (120.85, 30.82, "339901101201-02-01", Evidence.POLYGON),
            (120.845, 30.828, "339901101201-01-02", Evidence.POLYGON),
            (120.8719, 30.83, "339901101201-03-01", Evidence.NEAREST),
            (120.8721, 30.83, "339901101202-01-01", Evidence.NEAREST),
            (120.839, 30.8455, "339901101201-01-03", Evidence.NEAREST),
        ],
    )
    def test_places_points_by_its_half_open_edges(self, county, lng, lat, code, evidence):
        placement = locate(point=Point(lng, lat), at=NOW)

        assert (placement.area.code, placement.evidence) == (code, evidence)
