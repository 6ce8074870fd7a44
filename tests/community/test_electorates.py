"""Who would be asked in each statutory vote of the demo county, by the questions there are today.

Registered is not resident. Each class names the article it follows, so that the electorates that
come can stand on it. Nothing here is a roll: whom an assembly admits by its own decision, because
they have lived there for a year and applied, is entered by hand (村民委员会组织法, 2018, art. 13).
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from community.demo import people, places
from community.demo.context import areas
from community.models import Household, Membership, Office, Person, Residence
from community.policies.people import (
    MinorsDoNotVote,
    NotRegisteredHere,
    objection_to_advising,
    objection_to_statutory_vote,
)
from community.services.claims import approve_claim, claim_household
from tests.times import on_monday

pytestmark = pytest.mark.django_db
NOW = on_monday("09:00")
TODAY = timezone.localdate(NOW)
HETANG, GUIYUAN = "339901101201", "339901001001"
GRANDCHILD, NEW_RESIDENT, HOST = "小渔", "春桃", "思远"


@pytest.fixture(scope="module")
def _peopled(django_db_setup, django_db_blocker):
    """Load the places and people once; what a test changes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        places.load(NOW)
        people.load(NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def county(_peopled, db):
    return areas()


@pytest.fixture
def hetang(county):
    return county[HETANG]


def named(name):
    return Person.objects.get(display_name=name)


def names(found):
    return set(found.values_list("display_name", flat=True))


class TestTheVillagersAssembly:
    """村民委员会组织法 (2018) arts. 21 and 22: the villagers of the village who are 18 or older."""

    def voters(self, village, on=TODAY):
        return Person.objects.registered_in(village).adults(on=on)

    def test_is_those_registered_in_the_village_and_of_age(self, hetang):
        assert names(self.voters(hetang)) >= {"禾生", "菱芳姐", "根荣", "荷仙", "向晚"}

    def test_counts_somebody_without_a_phone_like_everybody_else(self, hetang):
        voter = named("根荣")

        assert voter.phone is None
        assert objection_to_statutory_vote(voter, hetang, at=NOW) is None

    def test_leaves_out_minors_until_their_eighteenth_birthday(self, hetang):
        child = named(GRANDCHILD)
        birthday = child.born_on.replace(year=child.born_on.year + 18)

        assert GRANDCHILD not in names(self.voters(hetang))
        assert GRANDCHILD not in names(self.voters(hetang, on=birthday - timedelta(days=1)))
        assert GRANDCHILD in names(self.voters(hetang, on=birthday))
        assert isinstance(objection_to_statutory_vote(child, hetang, at=NOW), MinorsDoNotVote)

    @pytest.mark.parametrize("name", [NEW_RESIDENT, HOST])
    def test_leaves_out_who_lives_there_and_is_registered_elsewhere(self, hetang, name):
        person = named(name)

        assert name in names(Person.objects.living_in(hetang, at=NOW))
        assert name not in names(self.voters(hetang))
        assert isinstance(objection_to_statutory_vote(person, hetang, at=NOW), NotRegisteredHere)

    def test_leaves_out_who_only_serves_there(self, hetang):
        serving = Person.objects.filter(residence=Residence.STAFF_ONLY)

        assert serving.filter(appointments__office=Office.GRID_WORKER).exists()
        assert not self.voters(hetang).filter(pk__in=serving).exists()

    def test_keeps_who_moves_into_another_village(self, county, hetang):
        voter = named("向晚")
        elsewhere = Household.objects.within(county[GUIYUAN]).order_by("pk").first()
        claim = claim_household(person=voter, door_code=elsewhere.door_code, at=NOW)
        worker = Person.objects.holding(
            Office.GRID_WORKER, over=elsewhere.micro_grid.parent, at=NOW
        ).first()

        approve_claim(claim=claim, by=worker, at=NOW)

        assert voter.household(at=NOW) == elsewhere
        assert "向晚" in names(self.voters(hetang))
        assert "向晚" not in names(self.voters(county[GUIYUAN]))

    def test_counts_nobody_whose_birthday_is_not_known(self, hetang):
        Person.objects.filter(display_name="根荣").update(born_on=None)

        assert "根荣" not in names(self.voters(hetang))

    def test_counts_nobody_in_two_villages(self, county):
        units = [area for area in county.values() if area.kind in ("village", "community")]
        counted = [pk for unit in units for pk in self.voters(unit).values_list("pk", flat=True)]

        assert len(counted) == len(set(counted))
        assert (
            len(counted) == Person.objects.filter(registered_in__in=units).adults(on=TODAY).count()
        )


class TestTheHouseholdsOfAVillage:
    """村民委员会组织法 (2018) art. 22: or the representatives of two thirds of the households."""

    def households(self, village):
        registered = Person.objects.registered_in(village).adults(on=TODAY)
        living = Membership.objects.current(at=NOW).filter(person__in=registered)
        return Household.objects.within(village).filter(memberships__in=living).distinct()

    def test_are_those_with_an_adult_who_is_registered_there(self, hetang):
        codes = set(self.households(hetang).values_list("code", flat=True))

        assert {"H-HT-0001", "H-HT-0002", "H-HT-0009"} <= codes

    def test_are_not_those_of_new_residents_alone(self, hetang):
        home = named(HOST).household(at=NOW)

        assert home in Household.objects.within(hetang)
        assert home not in self.households(hetang)

    def test_speak_with_one_voice_each(self, hetang):
        heads = (
            Membership.objects.current(at=NOW).heads().filter(household__in=self.households(hetang))
        )

        assert heads.count() == heads.values("household").distinct().count()


class TestTheResidentsAssembly:
    """城市居民委员会组织法 (1989) art. 9: the residents of the area who are 18 or older.

    It asks who resides there. The text in force since 2026 is to be checked before a vote is held.
    """

    def test_is_who_lives_there_wherever_they_are_registered(self, county):
        living = Person.objects.living_in(county[GUIYUAN], at=NOW).adults(on=TODAY)

        assert {"守义", "文斌"} <= names(living)
        assert "文斌" not in names(Person.objects.registered_in(county[GUIYUAN]))


class TestTheOwnersOfABuilding:
    """民法典 art. 278: owners, by exclusive area and by number; registration has no part in it."""

    def owned(self, community):
        return Household.objects.within(community).filter(ownership_area_m2__isnull=False)

    def test_are_counted_by_what_they_own(self, county):
        owned = self.owned(county[GUIYUAN])

        assert named("文斌").household(at=NOW) in owned
        assert owned.aggregate(area=Sum("ownership_area_m2"))["area"] > 0

    def test_are_none_where_a_home_is_rented(self, county):
        rented = Household.objects.within(county[GUIYUAN]).filter(ownership_area_m2=None)

        assert rented.exists()
        assert not (self.owned(county[GUIYUAN]) & rented).exists()


class TestEverythingThatIsNotStatutory:
    """Advice, endorsements and activities are open to who lives there: no statute narrows them."""

    def test_is_open_to_a_new_resident_with_a_confirmed_household(self, county):
        assert objection_to_advising(named(HOST), at=NOW) is None

    def test_is_closed_to_minors(self, county):
        assert isinstance(objection_to_advising(named(GRANDCHILD), at=NOW), MinorsDoNotVote)
