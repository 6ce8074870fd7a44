"""Acting for somebody without a phone: every act marked, the person told, the end at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community.models import (
    Agency,
    AgencyAct,
    AuditEntry,
    Guardianship,
    Notification,
    Office,
    Person,
    Report,
    Residence,
    Visibility,
)
from community.policies.people import EnteredAlready, NotYourDistrict
from community.policies.reports import NotTheirAgent, ReportNotYours
from community.services import reports
from community.services.care import end_agency, name_agent
from community.services.people import enter_at_home
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    ChildFactory,
    GuardianshipFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    somebody_serving,
)
from tests.factories.reports import file, staffed_county
from tests.support.keys import enter
from tests.times import on_monday

pytestmark = pytest.mark.django_db
NOW, LATER = on_monday("09:00"), on_monday("10:00")
BUDGET = 12


@pytest.fixture
def place():
    return staffed_county()


@pytest.fixture
def home(place):
    return HouseholdFactory(micro_grid=place.line.micro_grid)


@pytest.fixture
def genrong(home):
    """He speaks for his household and has no phone."""
    person = PersonFactory(phone=None, phone_verified_at=None, display_name="Genrong")
    return MembershipFactory(household=home, person=person, is_head=True).person


@pytest.fixture
def hexian(place):
    """She leads the micro-grid, and acts for him."""
    person = PersonFactory(display_name="Hexian")
    return AppointmentFactory(
        person=person, office=Office.MICRO_GRID_LEADER, area=place.line.micro_grid
    ).person


@pytest.fixture
def agency(place, genrong, hexian):
    return name_agent(
        principal=genrong, agent=hexian, evidence="at his door", by=place.worker, at=NOW
    )


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def sign_in(client, person):
    enter(client, person)
    return person


def page(client, name, *args):
    response = client.get(reverse(f"community:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def acts():
    return list(AgencyAct.objects.order_by("pk").values_list("act", flat=True))


class TestAnAgent:
    @pytest.fixture
    def filed(self, place, agency):
        return file(
            place,
            reporter=agency.agent,
            on_behalf_of=agency.principal,
            visibility=Visibility.PRIVATE,
        )

    def test_is_marked_on_the_step_and_on_the_list_of_acts(self, agency, filed):
        step = filed.steps.get()

        assert (step.actor, step.acted_for) == (agency.agent, agency.principal)
        assert acts() == ["report.filed"]
        assert AgencyAct.objects.get().path == filed.get_absolute_url()

    def test_is_marked_at_each_further_act(self, place, agency, filed):
        worker, agent = place.worker, agency.agent
        reports.accept(report=filed, by=worker, at=NOW)
        reports.ask_reporter(report=filed, by=worker, text="Where exactly?", at=NOW)
        reports.supplement(report=filed, by=agent, text="At the bridge", at=NOW)
        reports.take_on(report=filed, by=worker, at=NOW)
        reports.finish(report=filed, by=worker, text="Done", photos=[], at=NOW)
        reports.say_not_solved(report=filed, by=agent, text="Still dark", at=NOW)
        reports.take_on(report=filed, by=worker, at=NOW)
        reports.finish(report=filed, by=worker, text="Done", photos=[], at=NOW)
        reports.rate(report=filed, by=agent, stars=5, at=LATER)

        assert acts() == [
            "report.filed",
            "report.supplemented",
            "report.reopened",
            "report.resolved",
        ]
        assert filed.steps.filter(actor=agent).exclude(acted_for=agency.principal).count() == 0

    def test_is_marked_when_a_report_is_taken_back(self, agency, filed):
        reports.withdraw(report=filed, by=agency.agent, at=LATER)

        assert acts() == ["report.filed", "report.withdrawn"]

    def test_leaves_no_mark_in_their_own_matter(self, place, agency):
        report = file(place, reporter=agency.agent)

        reports.withdraw(report=report, by=agency.agent, at=LATER)

        assert acts() == []

    def test_has_no_say_any_more_once_it_has_ended(self, place, agency, filed):
        end_agency(agency=agency, by=agency.principal, at=LATER)

        with pytest.raises(ReportNotYours):
            reports.withdraw(report=filed, by=agency.agent, at=LATER)
        with pytest.raises(NotTheirAgent):
            file(place, reporter=agency.agent, on_behalf_of=agency.principal, at=LATER)
        assert not Report.objects.visible_to(agency.agent, at=LATER).exists()
        assert not Report.objects.concerning(agency.agent, at=LATER).exists()
        assert acts() == ["report.filed"]

    def test_had_a_say_until_then(self, agency, filed):
        assert Report.objects.visible_to(agency.agent, at=LATER).get() == filed
        assert Report.objects.concerning(agency.agent, at=LATER).get() == filed

    def test_is_not_told_what_becomes_of_it_after_the_end(self, place, agency, filed, commits):
        end_agency(agency=agency, by=agency.principal, at=NOW)

        with commits():
            reports.accept(report=filed, by=place.worker, at=LATER)

        told = Notification.objects.filter(kind="community.report_accepted")
        assert [notification.person for notification in told] == [agency.principal]


class TestAGuardian:
    def test_has_no_say_in_a_report_once_the_child_is_of_age(self, place):
        child, guardian = ChildFactory(), PersonFactory()
        GuardianshipFactory(ward=child, guardian=guardian)
        report = file(place, reporter=guardian, on_behalf_of=child)
        birthday = on_monday("00:00").replace(year=2031, month=12, day=6)

        with pytest.raises(ReportNotYours):
            reports.withdraw(report=report, by=guardian, at=birthday)


class TestSomebodyWithoutAPhone:
    def told_of(self, kind):
        found = Notification.objects.filter(kind=kind)
        return {notification.person: notification.path for notification in found}

    def test_is_told_by_the_grid_worker_when_their_own_leader_acts(
        self, place, agency, genrong, commits
    ):
        """He is the head himself and his leader is who acted, so it goes one step up."""
        with commits():
            file(place, reporter=agency.agent, on_behalf_of=genrong)

        path = reverse("community:looked_after", args=[genrong.pk])
        told = self.told_of("community.acted_for_neighbour")
        assert told == {place.worker: path, place.leader: path}
        assert set(self.told_of("community.acted_on_behalf")) == {genrong}

    def test_is_told_by_who_speaks_for_the_household(self, place, home, commits):
        head = MembershipFactory(household=home, is_head=True).person
        mother = PersonFactory(phone=None, phone_verified_at=None)
        MembershipFactory(household=home, person=mother)
        agent = AgencyFactory(principal=mother).agent

        with commits():
            file(place, reporter=agent, on_behalf_of=mother)

        assert set(self.told_of("community.acted_for_neighbour")) == {head}

    def test_is_told_by_the_micro_grid_leader_where_another_acts(
        self, place, genrong, hexian, commits
    ):
        agent = AgencyFactory(principal=genrong).agent

        with commits():
            file(place, reporter=agent, on_behalf_of=genrong)

        assert set(self.told_of("community.acted_for_neighbour")) == {hexian}

    def test_is_told_when_an_agent_gives_it_up(self, agency, genrong, place, commits):
        with commits():
            end_agency(agency=agency, by=agency.agent, at=LATER)

        assert place.worker in self.told_of("community.agency_ended")

    def test_who_has_a_phone_by_now_is_told_without_help(self, place, agency, genrong, commits):
        Person.objects.filter(pk=genrong.pk).update(phone="+8610000000444")

        with commits():
            file(place, reporter=agency.agent, on_behalf_of=genrong)

        assert not self.told_of("community.acted_for_neighbour")

    def test_is_entered_with_the_household_they_live_in(self, place, home):
        village = place.line.village

        person = enter_at_home(
            household=home,
            name="钮阿婆",
            display_name="",
            born_on=NOW.date().replace(year=1946),
            registered_in=village,
            by=place.worker,
            at=NOW,
        )

        assert (person.residence, person.display_name) == (Residence.REGISTERED, "阿婆")
        assert person.household(at=LATER) == home
        assert Person.objects.registered_in(village).get() == person
        entries = AuditEntry.objects.filter(act__in=("person.enter", "household.admit"))
        assert {entry.office for entry in entries} == {Office.GRID_WORKER}

    def test_who_is_registered_elsewhere_is_a_new_resident(self, place, home):
        person = enter_at_home(
            household=home,
            name="外婆",
            display_name="外婆",
            born_on=NOW.date().replace(year=1946),
            registered_in=None,
            by=place.worker,
            at=NOW,
        )

        assert person.residence == Residence.NEW_RESIDENT
        assert not Person.objects.registered_in(place.line.county).filter(pk=person.pk).exists()

    def test_is_entered_once_however_often_one_taps(self, place, home):
        given = {
            "household": home,
            "name": "钮阿婆",
            "display_name": "",
            "born_on": NOW.date().replace(year=1946),
            "registered_in": None,
            "by": place.worker,
        }
        enter_at_home(**given, at=NOW)

        with pytest.raises(EnteredAlready):
            enter_at_home(**given, at=LATER)

    def test_is_not_entered_by_the_staff_of_the_next_grid(self, home):
        with pytest.raises(NotYourDistrict):
            enter_at_home(
                household=home,
                name="x",
                display_name="",
                born_on=NOW.date(),
                registered_in=None,
                by=staffed_county().worker,
                at=NOW,
            )


class TestTheTrailOfTheStaff:
    def test_names_the_office_in_which_an_agency_was_entered_and_ended(self, place, agency):
        end_agency(agency=agency, by=place.worker, at=LATER)

        entries = AuditEntry.objects.filter(act__startswith="agency.").order_by("pk")
        assert [(e.act, e.office, e.area_id) for e in entries] == [
            ("agency.enter", Office.GRID_WORKER, place.line.micro_grid.pk),
            ("agency.end", Office.GRID_WORKER, place.line.micro_grid.pk),
        ]

    def test_names_none_where_somebody_acts_for_themselves(self, agency):
        end_agency(agency=agency, by=agency.principal, at=LATER)

        assert AuditEntry.objects.get(act="agency.end").office == ""


class TestMyPageOfActingForOthers:
    def test_shows_whom_i_act_for_and_what_i_did(self, client, place, agency):
        report = file(place, reporter=agency.agent, on_behalf_of=agency.principal)
        sign_in(client, agency.agent)

        shown = page(client, "representing")

        assert "Genrong" in shown
        assert "Reported a matter" in shown
        assert report.get_absolute_url() in shown

    def test_shows_who_acts_for_me_and_what_was_done(self, client, place, agency):
        """Somebody may have found a phone since, and reads it themselves."""
        report = file(place, reporter=agency.agent, on_behalf_of=agency.principal)
        sign_in(client, agency.principal)

        shown = page(client, "representing")

        assert "Hexian" in shown
        assert "at his door" in shown
        assert report.get_absolute_url() in shown

    @pytest.mark.parametrize("side", ["agent", "principal"])
    def test_ends_it_with_one_tap_from_either_side(self, client, agency, side):
        sign_in(client, getattr(agency, side))

        client.post(reverse("community:agency_end", args=[agency.pk]))

        assert Agency.objects.get().ends_at is not None
        assert "End it" not in page(client, "representing")

    def test_stops_acting_in_their_name_with_the_end(self, client, agency):
        sign_in(client, agency.agent)
        client.post(reverse("community:act_for", args=[agency.principal_id]))

        client.post(reverse("community:agency_end", args=[agency.pk]))

        assert "You are acting for" not in page(client, "me")

    def test_keeps_what_was_done_but_no_way_to_it_after_the_end(self, client, place, agency):
        report = file(place, reporter=agency.agent, on_behalf_of=agency.principal)
        sign_in(client, agency.agent)
        client.post(reverse("community:agency_end", args=[agency.pk]))

        shown = page(client, "representing")

        assert "Reported a matter" in shown
        assert report.get_absolute_url() not in shown

    def test_refuses_a_stranger(self, client, agency):
        sign_in(client, PersonFactory())

        response = client.post(reverse("community:agency_end", args=[agency.pk]), follow=True)

        assert Agency.objects.get().ends_at is None
        assert response.status_code == 403

    def test_says_what_it_is_for_where_nobody_acts(self, client):
        sign_in(client, PersonFactory())

        assert "Nobody acts for you" in page(client, "representing")

    def test_costs_the_same_however_much_was_done(
        self, client, place, agency, django_assert_max_num_queries
    ):
        for _n in range(4):
            file(place, reporter=agency.agent, on_behalf_of=agency.principal)
            AgencyFactory(agent=agency.agent)
            GuardianshipFactory(guardian=agency.agent)
        sign_in(client, agency.agent)
        page(client, "representing")

        with django_assert_max_num_queries(BUDGET):
            page(client, "representing")


class TestTheGridWorkersNeighbours:
    def test_are_those_without_a_phone_with_who_acts(self, client, place, agency):
        other = MembershipFactory(household=agency.principal.household(at=LATER)).person
        sign_in(client, place.worker)

        shown = page(client, "neighbours")

        assert agency.principal.name in shown
        assert "Hexian" in shown
        assert other.name not in shown

    def test_of_the_next_grid_are_not_among_them(self, client, agency):
        sign_in(client, staffed_county().worker)

        assert agency.principal.name not in page(client, "neighbours")
        response = client.get(reverse("community:looked_after", args=[agency.principal_id]))
        assert response.status_code == 403

    def test_are_nobodys_business_without_an_office(self, client, agency):
        sign_in(client, PersonFactory())

        for name, args in (
            ("neighbours", []),
            ("enter_neighbour", []),
            ("looked_after", [agency.principal_id]),
            ("name_agent", [agency.principal_id]),
            ("name_guardian", [agency.principal_id]),
        ):
            assert client.get(reverse(f"community:{name}", args=args)).status_code == 403

    def test_are_read_but_not_changed_by_who_speaks_for_the_household(self, client, home):
        head = MembershipFactory(household=home, is_head=True).person
        mother = PersonFactory(phone=None, phone_verified_at=None)
        MembershipFactory(household=home, person=mother)
        AgencyFactory(principal=mother)
        sign_in(client, head)

        shown = page(client, "looked_after", mother.pk)

        assert "said so at the door" in shown
        assert "End it" not in shown
        assert client.get(reverse("community:name_agent", args=[mother.pk])).status_code == 403

    def test_are_entered_and_then_asked_who_acts(self, client, place, home):
        sign_in(client, place.worker)
        typed = {
            "household": home.pk,
            "name": "钮阿婆",
            "born_on": "1946-05-01",
            "registered_in": place.line.village.pk,
        }

        response = client.post(reverse("community:enter_neighbour"), typed)

        person = Person.objects.get(name="钮阿婆")
        assert response.url == reverse("community:looked_after", args=[person.pk])
        assert "Nobody acts for them yet" in page(client, "looked_after", person.pk)

    def test_are_not_entered_with_a_birthday_to_come(self, client, place, home):
        sign_in(client, place.worker)
        typed = {"household": home.pk, "name": "钮阿婆", "born_on": "2999-05-01"}

        response = client.post(reverse("community:enter_neighbour"), typed)

        assert "This day is still to come" in response.content.decode()
        assert "钮阿婆" in response.content.decode()

    def test_are_not_entered_in_a_household_of_the_next_grid(self, client, place):
        sign_in(client, place.worker)
        typed = {"household": HouseholdFactory().pk, "name": "x", "born_on": "1946-05-01"}

        client.post(reverse("community:enter_neighbour"), typed)

        assert not Person.objects.filter(name="x").exists()

    def test_get_an_agent_with_the_evidence(self, client, place, genrong, hexian):
        sign_in(client, place.worker)
        typed = {"agent": hexian.phone, "evidence": "in person, his son was there"}

        client.post(reverse("community:name_agent", args=[genrong.pk]), typed)

        agency = Agency.objects.get()
        assert (agency.principal, agency.agent) == (genrong, hexian)
        assert "his son was there" in page(client, "looked_after", genrong.pk)

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"agent": "13900000000", "evidence": "x"}, "Nobody has signed in with this number"),
            ({"agent": "", "evidence": ""}, "This field is required"),
        ],
    )
    def test_keep_what_was_typed_when_an_agent_is_refused(
        self, client, place, genrong, typed, words
    ):
        sign_in(client, place.worker)

        response = client.post(reverse("community:name_agent", args=[genrong.pk]), typed)

        assert words in response.content.decode()
        assert typed["agent"] in response.content.decode()

    def test_lose_an_agent_after_a_second_question(self, client, place, agency):
        sign_in(client, place.worker)

        asked = page(client, "agency_end", agency.pk)
        client.post(reverse("community:agency_end", args=[agency.pk]))

        assert "Does Hexian no longer act for Genrong?" in asked
        assert Agency.objects.get().ends_at is not None

    def test_who_are_children_get_a_guardian_from_their_household(self, client, place, home):
        child = MembershipFactory(household=home, person=ChildFactory()).person
        mother = MembershipFactory(household=home).person
        sign_in(client, place.worker)

        client.post(reverse("community:name_guardian", args=[child.pk]), {"at_home": mother.pk})

        assert Guardianship.objects.get().guardian == mother
        assert mother.name in page(client, "looked_after", child.pk)

    def test_who_are_children_get_a_parent_from_elsewhere_by_number(self, client, place, home):
        child = MembershipFactory(household=home, person=ChildFactory()).person
        father = PersonFactory()
        sign_in(client, place.worker)
        url = reverse("community:name_guardian", args=[child.pk])

        nobody = client.post(url, {"elsewhere": ""})
        client.post(url, {"elsewhere": father.phone})

        assert "Please choose one adult" in nobody.content.decode()
        assert Guardianship.objects.get().guardian == father

    def test_cost_the_same_however_many_they_are(
        self, client, place, home, django_assert_max_num_queries
    ):
        for _n in range(6):
            person = PersonFactory(phone=None, phone_verified_at=None)
            MembershipFactory(household=home, person=person)
            AgencyFactory(principal=person)
        sign_in(client, place.worker)
        page(client, "neighbours")

        with django_assert_max_num_queries(BUDGET):
            page(client, "neighbours")

    def test_are_all_looked_after_by_the_micro_grid_leader_too(self, client, genrong, hexian):
        sign_in(client, hexian)

        shown = page(client, "neighbours")

        assert genrong.name in shown
        assert reverse("community:enter_neighbour") not in shown


def test_who_serves_two_areas_acts_in_the_office_closest_to_the_place(place):
    person = somebody_serving(place.line.village, Office.VILLAGE_COMMITTEE)
    AppointmentFactory(person=person, office=Office.GRID_WORKER, area=place.line.grid)

    offices = (Office.VILLAGE_COMMITTEE, Office.GRID_WORKER)
    found = person.office_over(place.line.micro_grid, at=NOW, offices=offices)

    assert found == Office.GRID_WORKER
    assert person.office_over(place.line.town, at=NOW, offices=offices) == ""


class TestAMicroGridLeaderWithAnOldPhone:
    @pytest.fixture
    def leader(self, client, place, hexian):
        AppointmentFactory(
            person=(leader := PersonFactory()),
            office=Office.MICRO_GRID_LEADER,
            area=place.line.micro_grid,
        )
        enter(client, leader, has_second_key=False)
        return leader

    def test_sees_how_many_there_are_and_no_names(self, client, leader, genrong):
        shown = page(client, "neighbours")

        assert genrong.name not in shown
        assert "Names and homes open with your second key" in shown

    def test_is_asked_for_the_key_where_nothing_is_left_without_names(
        self, client, leader, genrong
    ):
        answer = client.get(reverse("community:looked_after", args=[genrong.pk]))

        assert answer.status_code == 302
        assert "second-factor" in answer.url
