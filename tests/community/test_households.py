"""Claiming a household, deciding about it, speaking for it, and leaving it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from community.errors import Refusal
from community.models import (
    AuditEntry,
    HouseholdClaim,
    Membership,
    Notification,
    Office,
    Verification,
)
from community.models.plates import DOOR_CODE_ALPHABET
from community.policies.households import (
    ClaimDecided,
    ClaimWaits,
    DoorCodeUnknown,
    LivesThereAlready,
    NotAMember,
    NotAMicroGrid,
    NotYourClaim,
    NotYourGrid,
    NotYourHousehold,
    ReasonMissing,
    TooManyClaimsToday,
    TooYoungForHead,
)
from community.queries.people import deciders_of
from community.services import plates
from community.services.claims import approve_claim, claim_household, refuse_claim, withdraw_claim
from community.services.households import admit, make_head, move_out, register_household
from tests.factories import (
    AppointmentFactory,
    ChildFactory,
    GuardianshipFactory,
    HouseholdClaimFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
)
from tests.times import on_monday

NOW, LATER = on_monday("09:00"), on_monday("10:00")


@pytest.fixture
def line(db):
    return county_with_a_village()


@pytest.fixture
def home(line):
    return HouseholdFactory(micro_grid=line.micro_grid)


@pytest.fixture
def grid_worker(line):
    return somebody_serving(line.grid)


class TestADoorCode:
    def test_is_drawn_at_random_from_letters_that_cannot_be_mixed_up(self, line):
        codes = {
            register_household(
                code=str(n), address=str(n), micro_grid=line.micro_grid, at=NOW
            ).door_code
            for n in range(50)
        }

        assert len(codes) == 50
        assert set("".join(codes)) <= set(DOOR_CODE_ALPHABET)
        assert not set(DOOR_CODE_ALPHABET) & set("ILO01")

    def test_that_is_taken_is_drawn_again(self, line, monkeypatch):
        taken = HouseholdFactory(door_code="AAAAAA", micro_grid=line.micro_grid)
        letters = iter("AAAAAA" + "BBBBBB")
        monkeypatch.setattr(plates.secrets, "choice", lambda alphabet: next(letters))

        household = register_household(code="x", address="x", micro_grid=taken.micro_grid, at=NOW)

        assert household.door_code == "BBBBBB"

    def test_is_given_to_one_household_only(self, home):
        with pytest.raises(IntegrityError):
            HouseholdFactory(door_code=home.door_code)

    def test_hangs_in_a_micro_grid_only(self, line, grid_worker):
        with pytest.raises(NotAMicroGrid):
            register_household(code="x", address="x", micro_grid=line.grid, by=grid_worker, at=NOW)


class TestAClaim:
    def test_waits_and_is_told_to_the_grid_worker(
        self, home, grid_worker, django_capture_on_commit_callbacks
    ):
        person = PersonFactory()

        with django_capture_on_commit_callbacks(execute=True):
            claim = claim_household(person=person, door_code=home.door_code, at=NOW)

        told = Notification.objects.get()
        assert (told.person, told.kind) == (grid_worker, "community.household_claimed")
        assert told.path == f"/claims/{claim.pk}/"
        assert person.household(at=NOW) is None

    def test_needs_a_plate_that_exists(self, home):
        with pytest.raises(DoorCodeUnknown, match="ZZZZZZ"):
            claim_household(person=PersonFactory(), door_code="ZZZZZZ", at=NOW)

    def test_is_pointless_where_one_lives(self, home):
        person = MembershipFactory(household=home).person

        with pytest.raises(LivesThereAlready):
            claim_household(person=person, door_code=home.door_code, at=NOW)

    def test_comes_one_at_a_time(self, home):
        claim = HouseholdClaimFactory(household=home)

        with pytest.raises(ClaimWaits, match=home.address):
            claim_household(person=claim.person, door_code=home.door_code, at=NOW)

    def test_comes_one_at_a_time_in_the_database_too(self, home):
        claim = HouseholdClaimFactory(household=home)

        with pytest.raises(IntegrityError):
            HouseholdClaimFactory(person=claim.person)

    def test_comes_five_times_a_day_at_most(self, home):
        """Who tries codes is stopped, and a grid worker is not asked about every door."""
        person = PersonFactory()
        for _number in range(5):
            claim = claim_household(person=person, door_code=home.door_code, at=NOW)
            withdraw_claim(claim=claim, by=person, at=NOW)

        with pytest.raises(TooManyClaimsToday):
            claim_household(person=person, door_code=home.door_code, at=NOW)
        claim_household(person=person, door_code=home.door_code, at=NOW + timedelta(days=1))

    def test_is_decided_whole_or_not_at_all(self, home):
        claim = HouseholdClaimFactory(household=home)

        with pytest.raises(IntegrityError, match="claim_decided_whole"):
            HouseholdClaim.objects.filter(pk=claim.pk).update(is_approved=True)

    def test_is_taken_back_by_the_person_alone(self, home):
        claim = HouseholdClaimFactory(household=home)

        with pytest.raises(NotYourClaim):
            withdraw_claim(claim=claim, by=PersonFactory(), at=NOW)
        withdraw_claim(claim=claim, by=claim.person, at=NOW)
        with pytest.raises(ClaimDecided):
            withdraw_claim(claim=claim, by=claim.person, at=NOW)


class TestTheGridWorker:
    def test_confirms_and_the_person_is_a_member_from_then_on(self, home, grid_worker):
        claim = HouseholdClaimFactory(household=home)

        approve_claim(claim=claim, by=grid_worker, at=NOW)

        assert claim.person.household(at=NOW) == home
        assert claim.person.verification(at=NOW) == Verification.HOUSEHOLD
        assert AuditEntry.objects.filter(actor_id=grid_worker.pk).exists()

    def test_moves_somebody_out_of_where_they_lived_before(self, home, grid_worker):
        before = MembershipFactory(is_head=True)
        claim = HouseholdClaimFactory(household=home, person=before.person)

        approve_claim(claim=claim, by=grid_worker, at=NOW)

        before.refresh_from_db()
        assert (before.ends_at, before.is_head) == (NOW, False)
        assert before.person.household(at=NOW) == home

    def test_refuses_with_a_reason_that_the_person_reads(
        self, home, grid_worker, django_capture_on_commit_callbacks
    ):
        claim = HouseholdClaimFactory(household=home)

        with pytest.raises(ReasonMissing):
            refuse_claim(claim=claim, by=grid_worker, reason="  ", at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            refuse_claim(claim=claim, by=grid_worker, reason="Bring your lease.", at=NOW)

        assert Notification.objects.get(person=claim.person).facts["reason"] == "Bring your lease."

    def test_decides_once(self, home, grid_worker):
        claim = HouseholdClaimFactory(household=home)
        approve_claim(claim=claim, by=grid_worker, at=NOW)

        with pytest.raises(ClaimDecided):
            refuse_claim(claim=claim, by=grid_worker, reason="no", at=LATER)

    @pytest.mark.parametrize(
        ("office", "level"),
        [
            (Office.GRID_ASSISTANT, "grid"),
            (Office.VILLAGE_COMMITTEE, "village"),
            (Office.TOWN_DISPATCHER, "town"),
            (Office.SYSTEM_ADMIN, "county"),
        ],
    )
    def test_is_not_replaced_by_others_while_in_office(
        self, line, home, grid_worker, office, level
    ):
        claim = HouseholdClaimFactory(household=home)
        other = somebody_serving(getattr(line, level), office)

        with pytest.raises(NotYourGrid):
            approve_claim(claim=claim, by=other, at=NOW)
        assert deciders_of(claim, at=NOW) == [grid_worker.pk]

    @pytest.mark.parametrize(
        ("office", "level"),
        [
            (Office.VILLAGE_SECRETARY, "village"),
            (Office.TOWN_DISPATCHER, "town"),
            (Office.SYSTEM_ADMIN, "county"),
        ],
    )
    def test_is_replaced_from_above_when_nobody_serves_the_grid(self, line, home, office, level):
        claim = HouseholdClaimFactory(household=home)
        above = somebody_serving(getattr(line, level), office)

        assert deciders_of(claim, at=NOW) == [above.pk]
        approve_claim(claim=claim, by=above, at=NOW)

        assert claim.person.household(at=NOW) == home

    def test_does_not_decide_about_themselves(self, line, home, grid_worker):
        claim = HouseholdClaimFactory(household=home, person=grid_worker)
        secretary = somebody_serving(line.village, Office.VILLAGE_SECRETARY)

        with pytest.raises(NotYourGrid):
            approve_claim(claim=claim, by=grid_worker, at=NOW)
        assert deciders_of(claim, at=NOW) == [secretary.pk]

    def test_of_the_next_grid_has_no_say(self, home, grid_worker):
        claim = HouseholdClaimFactory(household=home)

        with pytest.raises(NotYourGrid):
            approve_claim(claim=claim, by=AppointmentFactory().person, at=NOW)

    def test_who_has_left_office_has_no_say(self, line, home):
        former = AppointmentFactory(area=line.grid, ends_at=NOW).person
        claim = HouseholdClaimFactory(household=home)

        with pytest.raises(NotYourGrid):
            approve_claim(claim=claim, by=former, at=NOW)

    def test_whose_clock_is_behind_still_leaves_somebody_in_one_home(self, home, grid_worker):
        person = PersonFactory()
        MembershipFactory(person=person, starts_at=LATER)

        admit(household=home, person=person, by=grid_worker, at=NOW)

        assert Membership.objects.get(ends_at=None).household == home

    def test_enters_a_child_without_a_claim(self, home, grid_worker):
        child = ChildFactory()

        admit(household=home, person=child, by=grid_worker, at=NOW)

        assert child.household(at=NOW) == home


class TestSpeakingForAHousehold:
    def test_goes_from_one_to_the_other(self, home):
        head = MembershipFactory(household=home, is_head=True).person
        heir = MembershipFactory(household=home).person

        make_head(household=home, person=heir, by=head, at=NOW)

        assert Membership.objects.heads().get().person == heir

    def test_needs_somebody_who_lives_there_and_is_of_age(self, home, grid_worker):
        child = MembershipFactory(household=home, person=ChildFactory()).person

        with pytest.raises(NotAMember):
            make_head(household=home, person=PersonFactory(), by=grid_worker, at=NOW)
        with pytest.raises(TooYoungForHead):
            make_head(household=home, person=child, by=grid_worker, at=NOW)

    def test_is_not_for_any_member_to_take(self, home):
        member = MembershipFactory(household=home).person

        with pytest.raises(NotYourHousehold):
            make_head(household=home, person=member, by=member, at=NOW)

    def test_is_for_one_at_a_time_in_the_database_too(self, home):
        MembershipFactory(household=home, is_head=True)

        with pytest.raises(IntegrityError):
            MembershipFactory(household=home, is_head=True)


class TestMovingOut:
    def test_ends_a_membership_and_keeps_it_as_history(self, home):
        membership = MembershipFactory(household=home)

        move_out(membership=membership, by=membership.person, at=NOW)

        assert membership.person.household(at=NOW) is None
        assert Membership.objects.get().ends_at == NOW

    def test_is_said_by_the_guardian_for_a_child_and_not_by_the_child(self, home):
        child = MembershipFactory(household=home, person=ChildFactory())
        guardian = GuardianshipFactory(ward=child.person).guardian

        with pytest.raises(NotYourHousehold):
            move_out(membership=child, by=child.person, at=NOW)
        move_out(membership=child, by=guardian, at=NOW)

        assert child.person.household(at=NOW) is None

    def test_is_not_said_by_the_neighbours(self, home):
        membership = MembershipFactory(household=home)

        with pytest.raises(NotYourHousehold):
            move_out(membership=membership, by=PersonFactory(), at=NOW)

    def test_happens_once(self, home):
        membership = MembershipFactory(household=home)
        move_out(membership=membership, by=membership.person, at=NOW)

        with pytest.raises(NotAMember):
            move_out(membership=membership, by=membership.person, at=LATER)

    def test_tells_those_who_stay_that_nobody_speaks_for_them(
        self, home, django_capture_on_commit_callbacks
    ):
        head = MembershipFactory(household=home, is_head=True)
        other = MembershipFactory(household=home).person

        with django_capture_on_commit_callbacks(execute=True):
            move_out(membership=head, by=head.person, at=NOW)

        assert Notification.objects.get().person == other

    def test_leaves_somebody_in_one_household_at_a_time(self, home):
        membership = MembershipFactory(household=home)

        with pytest.raises(IntegrityError):
            MembershipFactory(person=membership.person)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    @pytest.fixture
    def here(self):
        line = county_with_a_village()
        return line, HouseholdFactory(micro_grid=line.micro_grid)

    def test_approve_one_claim_once(self, here):
        line, household = here
        claim = HouseholdClaimFactory(household=household)
        workers = [somebody_serving(line.grid), somebody_serving(line.grid)]

        outcomes = at_once(
            *(lambda worker=worker: approve_claim(claim=claim, by=worker, at=NOW)
              for worker in workers)
        )  # fmt: skip

        assert sorted(type(outcome).__name__ for outcome in outcomes) == [
            "ClaimDecided", "Membership",
        ]  # fmt: skip
        assert Membership.objects.count() == 1

    def test_name_two_heads_and_one_remains(self, here):
        line, household = here
        worker = somebody_serving(line.grid)
        members = [MembershipFactory(household=household).person for _n in range(2)]

        at_once(
            *(lambda person=person: make_head(
                household=household, person=person, by=worker, at=NOW)
              for person in members)
        )  # fmt: skip

        assert Membership.objects.heads().count() == 1

    def test_move_one_person_into_two_homes_and_they_live_in_one(self, here):
        line, household = here
        other = HouseholdFactory(micro_grid=line.micro_grid)
        worker, person = somebody_serving(line.grid), PersonFactory()

        at_once(
            *(lambda home=home, at=at: admit(household=home, person=person, by=worker, at=at)
              for home, at in ((household, NOW), (other, LATER)))
        )  # fmt: skip

        assert Membership.objects.filter(ends_at=None).count() == 1

    def test_ask_twice_by_a_double_tap_and_one_request_waits(self, here):
        _line, household = here
        person = PersonFactory()

        at_once(
            *[lambda: claim_household(person=person, door_code=household.door_code, at=NOW)] * 2
        )

        assert HouseholdClaim.objects.count() == 1


def at_once(*acts):
    """Do them in threads, each with its own connection; return what came out or was refused."""

    def run(act):
        try:
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
