"""My page, my household, the grid worker's claims, the appointments desk, and places."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from community.models import Appointment, HouseholdClaim, Membership, Office
from community.services.places import redraw_boundary
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    AreaFactory,
    ChildFactory,
    HouseholdClaimFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
    square,
)
from tests.support.keys import enter
from tests.times import on_monday

pytestmark = pytest.mark.django_db
BUDGET = 12


@pytest.fixture
def at_home(client):
    membership = MembershipFactory(is_head=True)
    client.force_login(membership.person, backend="django.contrib.auth.backends.ModelBackend")
    return membership


def sign_in(client, person):
    enter(client, person)
    return person


def page(client, name, *args, **query):
    response = client.get(reverse(f"community:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


class TestMyPage:
    def test_shows_where_i_live_and_whom_i_act_for(self, client, at_home):
        agency = AgencyFactory(agent=at_home.person)

        shown = page(client, "me")

        assert at_home.household.address in shown
        assert agency.principal.display_name in shown

    def test_shows_a_guest_how_to_come_in(self, client):
        assert "You are here as a guest" in page(client, "me")

    def test_offers_the_desk_to_the_administrator_alone(self, client, at_home):
        assert reverse("community:appointments") not in page(client, "me")
        AppointmentFactory(
            person=at_home.person,
            office=Office.SYSTEM_ADMIN,
            area=county_with_a_village().county,
        )

        assert reverse("community:appointments") in page(client, "me")

    def test_tells_a_minor_what_waits(self, client):
        sign_in(client, ChildFactory(phone="+8610000000098"))

        assert "You are under 18" in page(client, "me")

    def test_costs_the_same_however_much_i_do(self, client, at_home, django_assert_max_num_queries):
        page(client, "me")  # the first page of a visit also notes the visit
        for _n in range(8):
            AgencyFactory(agent=at_home.person)
            AppointmentFactory(person=at_home.person)

        with django_assert_max_num_queries(BUDGET):
            page(client, "me")

    def test_costs_no_more_while_a_claim_waits(self, client, django_assert_max_num_queries):
        sign_in(client, HouseholdClaimFactory().person)
        page(client, "me")

        with django_assert_max_num_queries(BUDGET):
            page(client, "me")


class TestActingForSomebody:
    def test_is_shown_until_i_stop(self, client, at_home):
        principal = AgencyFactory(agent=at_home.person).principal

        client.post(reverse("community:act_for", args=[principal.pk]))
        during = page(client, "me")
        client.post(reverse("community:act_for_myself"))
        after = page(client, "me")

        assert f"You are acting for {principal.display_name}" in during
        assert "You are acting for" not in after

    def test_is_only_for_those_i_represent(self, client, at_home):
        stranger = PersonFactory()

        response = client.post(reverse("community:act_for", args=[stranger.pk]))

        assert response.status_code == 404

    def test_ends_by_itself_with_the_agency(self, client, at_home):
        agency = AgencyFactory(agent=at_home.person)
        client.post(reverse("community:act_for", args=[agency.principal_id]))

        agency.ends_at = agency.starts_at.replace(year=2025)
        agency.save()

        assert "You are acting for" not in page(client, "me")


class TestMyHousehold:
    def test_shows_who_lives_there_and_the_plate(self, client, at_home):
        other = MembershipFactory(household=at_home.household).person

        shown = page(client, "household")

        assert other.display_name in shown
        assert at_home.household.door_code in shown

    def test_takes_a_code_and_shows_that_it_waits(self, client):
        person, household = sign_in(client, PersonFactory()), HouseholdFactory()

        typed = {"door_code": household.door_code.lower()}
        client.post(reverse("community:household"), typed)

        assert HouseholdClaim.objects.get().person == person
        assert "Your grid worker looks at it" in page(client, "household")

    def test_keeps_what_was_typed_when_there_is_no_such_plate(self, client):
        sign_in(client, PersonFactory())

        shown = client.post(reverse("community:household"), {"door_code": "ZZZZZZ"})

        assert "There is no household behind ZZZZZZ" in shown.content.decode()
        assert 'value="ZZZZZZ"' in shown.content.decode()

    def test_shows_why_it_was_refused(self, client):
        person = sign_in(client, PersonFactory())
        claim = HouseholdClaimFactory(person=person)
        claim.decided_at, claim.is_approved = claim.claimed_at, False
        claim.reason, claim.decided_by = "Ask your landlord to come along.", PersonFactory()
        claim.save()

        assert "Ask your landlord to come along." in page(client, "household")

    def test_lets_a_mistake_be_taken_back(self, client):
        person = sign_in(client, PersonFactory())
        claim = HouseholdClaimFactory(person=person)

        client.post(reverse("community:claim_withdrawal", args=[claim.pk]))

        assert not HouseholdClaim.objects.waiting().exists()

    def test_draws_the_plate_as_a_picture(self, client, at_home):
        response = client.get(reverse("community:household_plate"))

        assert response["Content-Type"] == "image/svg+xml"
        assert response.content.startswith(b"<svg")

    def test_can_be_left(self, client, at_home):
        page(client, "household_leave")

        client.post(reverse("community:household_leave"))

        assert Membership.objects.get().ends_at is not None

    def test_can_be_handed_on(self, client, at_home):
        heir = MembershipFactory(household=at_home.household).person
        page(client, "household_head")

        client.post(reverse("community:household_head"), {"person": heir.pk})

        assert Membership.objects.heads().get().person == heir

    def test_costs_the_same_however_many_live_there(
        self, client, at_home, django_assert_max_num_queries
    ):
        page(client, "me")
        MembershipFactory.create_batch(8, household=at_home.household)

        with django_assert_max_num_queries(BUDGET):
            page(client, "household")


class TestTheClaimsOfAGridWorker:
    @pytest.fixture
    def grid_worker(self, client):
        return sign_in(client, somebody_serving(county_with_a_village().grid))

    @pytest.fixture
    def claim(self, grid_worker):
        grid = grid_worker.appointments.get().area
        home = HouseholdFactory(micro_grid=grid.children.get())
        return HouseholdClaimFactory(household=home)

    def test_list_who_waits(self, client, claim):
        assert claim.person.display_name in page(client, "claims")

    def test_say_when_nobody_waits(self, client, grid_worker):
        assert "Nobody waits" in page(client, "claims")

    def test_are_confirmed_by_one_tap(self, client, claim):
        page(client, "claim", claim.pk)

        client.post(reverse("community:claim", args=[claim.pk]), {"confirm": "1"})

        assert Membership.objects.get().person == claim.person

    def test_are_refused_with_a_reason_only(self, client, claim):
        url = reverse("community:claim", args=[claim.pk])

        without = client.post(url, {"refuse": "1", "reason": ""})
        with_one = client.post(url, {"refuse": "1", "reason": "Ask your landlord."})

        assert without.status_code == 200
        assert with_one.status_code == 302
        assert HouseholdClaim.objects.get().reason == "Ask your landlord."

    def test_of_another_grid_are_not_there(self, client, grid_worker):
        elsewhere = HouseholdClaimFactory()

        assert client.get(reverse("community:claim", args=[elsewhere.pk])).status_code == 404

    def test_cost_the_same_however_many_wait(self, client, claim, django_assert_max_num_queries):
        page(client, "me")
        HouseholdClaimFactory.create_batch(20, household=claim.household)

        with django_assert_max_num_queries(BUDGET):
            page(client, "claims")
        with django_assert_max_num_queries(BUDGET):
            page(client, "claim", claim.pk)


class TestTheAppointmentsDesk:
    @pytest.fixture
    def line(self, client):
        line = county_with_a_village()
        sign_in(client, somebody_serving(line.county, Office.SYSTEM_ADMIN))
        return line

    def test_appoints_by_phone_from_a_day_to_a_day(self, client, line):
        person = PersonFactory()
        typed = {
            "phone": person.phone[-11:],
            "office": "village_rep",
            "starts_on": "2026-03-01",
            "ends_on": "2026-12-31",
        }

        client.post(reverse("community:appoint", args=[line.village.pk]), typed)

        made = Appointment.objects.get(person=person)
        assert made.ends_at.isoformat() == "2026-12-31T16:00:00+00:00"  # midnight in Shanghai

    def test_offers_only_offices_of_that_level(self, client, line):
        shown = page(client, "appoint", line.grid.pk)

        assert "Grid worker" in shown
        assert "Privacy officer" not in shown

    def test_says_when_nobody_has_that_number(self, client, line):
        typed = {"phone": "10012345678", "office": "village_rep", "starts_on": "2026-03-01"}
        response = client.post(reverse("community:appoint", args=[line.village.pk]), typed)

        assert "Nobody has signed in with this number yet." in response.content.decode()

    def test_ends_an_appointment_with_a_reason(self, client, line):
        held = AppointmentFactory(area=line.grid)
        page(client, "appointment_end", held.pk)

        client.post(reverse("community:appointment_end", args=[held.pk]), {"reason": "moved"})

        held.refresh_from_db()
        assert held.ends_at is not None

    def test_is_closed_to_residents(self, client):
        sign_in(client, PersonFactory())
        county_with_a_village()

        assert client.get(reverse("community:appointments")).status_code == 403

    def test_is_open_to_a_grid_leader_for_their_own_grid(self, client, line):
        sign_in(client, somebody_serving(line.grid, Office.GRID_LEADER))

        page(client, "appointments_of", line.grid.pk)
        elsewhere = client.get(reverse("community:appointments_of", args=[line.village.pk]))

        assert elsewhere.status_code == 403

    def test_costs_the_same_however_many_serve(self, client, line, django_assert_max_num_queries):
        page(client, "me")
        AppointmentFactory.create_batch(20, area=line.county, office=Office.COUNTY_HANDLER)

        with django_assert_max_num_queries(BUDGET):
            page(client, "appointments")


class TestPlaces:
    @pytest.fixture
    def line(self):
        line = county_with_a_village()
        for area, side in ((line.county, 0.2), (line.town, 0.1)):
            boundary = square(120.8400001234, 30.82, side)
            redraw_boundary(area=area, boundary=boundary, by=None, reason="", at=on_monday("09:00"))
        return line

    def test_can_be_walked_down_by_a_guest(self, client, line):
        assert line.town.name in page(client, "places")
        assert line.village.name in page(client, "place", line.town.pk)

    def test_offer_themselves_to_a_page_of_ours_alone(self, client, line):
        ours = page(client, "place", line.village.pk, next="/reports/new/")
        theirs = page(client, "place", line.village.pk, next="https://evil.example/")

        assert f'href="/reports/new/?area={line.village.pk}"' in ours
        assert "It is here" not in theirs

    def test_are_drawn_small_and_sent_once(self, client, line):
        url = reverse("community:boundaries")

        first = client.get(url, {"within": line.county.pk})
        again = client.get(
            url, {"within": line.county.pk}, headers={"If-None-Match": first["ETag"]}
        )

        drawn = json.loads(first.content)
        assert [f["properties"]["name"] for f in drawn["features"]] == [
            line.county.name, line.town.name,
        ]  # fmt: skip
        assert drawn["features"][0]["geometry"]["coordinates"][0][0] == [120.84, 30.82]
        assert again.status_code == 304

    @pytest.mark.parametrize("within", ["", "x", "999999", "1.5"])
    def test_that_are_not_there_are_not_found(self, client, line, within):
        response = client.get(reverse("community:boundaries"), {"within": within})

        assert response.status_code == 404

    def test_cost_the_same_however_many_lie_within(
        self, client, line, django_assert_max_num_queries
    ):
        for _n in range(20):
            AreaFactory(kind="town", parent=line.county)

        with django_assert_max_num_queries(BUDGET):
            page(client, "places")


class TestAskingWhere:
    @pytest.mark.parametrize(
        "query",
        [{}, {"lat": "north"}, {"lat": "30.8"}, {"lat": "nan", "lng": "1"}, {"lat": 91, "lng": 0}],
    )
    def test_needs_a_code_or_a_point(self, client, query):
        response = client.get(reverse("community:locate"), query)

        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"

    def test_answers_with_the_area_the_evidence_and_the_way_down(self, client):
        household = HouseholdFactory()

        answer = client.get(reverse("community:locate"), {"door": household.door_code}).json()

        assert answer["area"]["id"] == household.micro_grid_id
        assert (answer["evidence"], answer["words"]) == ("door_plate", "By the door plate")
        assert len(answer["path"]) == 5

    def test_says_when_it_is_nowhere(self, client):
        response = client.get(reverse("community:locate"), {"lat": 39.9, "lng": 116.4})

        assert response.status_code == 404
