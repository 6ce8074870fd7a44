"""Who is of age, who lives where, who acts for whom, and who holds which office."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, timedelta

import pytest
from django.db import IntegrityError, connection

from community.errors import Refusal
from community.models import (
    AgencyAct,
    Appointment,
    AuditEntry,
    Guardianship,
    Notification,
    Office,
    Person,
    Residence,
    Verification,
    kinds_for,
)
from community.policies.appointments import (
    EndsBeforeItStarts,
    HoldsItAlready,
    NotYoursToAppoint,
    OfficeHasEnded,
    OfficeNeedsAnotherArea,
    OfficesExclude,
    TooYoungForOffice,
)
from community.policies.care import (
    AgentHasNoPhone,
    AgentIsMinor,
    EvidenceMissing,
    GuardianIsMinor,
    NobodyForThemselves,
    NotAWitness,
    NotYourAgency,
    WardIsAdult,
)
from community.policies.people import (
    HouseholdNotConfirmed,
    MinorsDoNotPost,
    MinorsDoNotVote,
    NotRegisteredHere,
    NotYourDistrict,
    objection_to_advising,
    objection_to_posting,
    objection_to_statutory_vote,
)
from community.services.appointments import appoint, end_appointment
from community.services.care import end_agency, mark_act, name_agent, name_guardian
from community.services.people import enter_person
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    ChildFactory,
    GuardianshipFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
)
from tests.times import on_monday

NOW, LATER = on_monday("09:00"), on_monday("10:00")
TODAY = NOW.date()


@pytest.fixture
def line(db):
    return county_with_a_village()


@pytest.fixture
def home(line):
    return HouseholdFactory(micro_grid=line.micro_grid)


class TestAPerson:
    @pytest.mark.parametrize(
        ("born_on", "is_minor"),
        [
            (date(2008, 3, 2), False),
            (date(2008, 3, 3), True),
            (date(2008, 2, 29), False),
            (None, False),
        ],
    )
    def test_is_of_age_from_the_eighteenth_birthday_on(self, db, born_on, is_minor):
        person = PersonFactory(born_on=born_on)

        assert person.is_minor(on=TODAY) is is_minor
        adults = Person.objects.adults(on=TODAY)
        assert adults.exists() is (born_on is not None and not is_minor)
        assert Person.objects.minors(on=TODAY).exists() is is_minor

    @pytest.mark.parametrize("born_on", [date(2002, 2, 28), date(2002, 3, 1)])
    def test_is_counted_alike_one_by_one_and_together_on_leap_days(self, db, born_on):
        person, leap_day = PersonFactory(born_on=born_on), date(2020, 2, 29)

        together = Person.objects.adults(on=leap_day).exists()

        assert together is not person.is_minor(on=leap_day)

    def test_is_known_by_the_phone_and_then_by_the_household(self, home):
        person = PersonFactory()
        by_phone = person.verification(at=NOW)
        MembershipFactory(person=person, household=home)

        assert by_phone == Verification.PHONE
        assert person.verification(at=NOW) == Verification.HOUSEHOLD
        assert PersonFactory(phone_verified_at=None).verification(at=NOW) is None

    def test_who_is_registered_is_registered_somewhere(self, db):
        with pytest.raises(IntegrityError, match="person_registered_somewhere"):
            PersonFactory(residence=Residence.REGISTERED)

    def test_without_a_phone_is_entered_by_the_grid_staff_where_they_live(self, line):
        grid_worker, stranger = somebody_serving(line.grid), PersonFactory()
        about = {
            "name": "钮根荣", "display_name": "根荣", "born_on": date(1949, 8, 30),
            "lives_in": line.micro_grid, "at": NOW,
        }  # fmt: skip

        with pytest.raises(NotYourDistrict):
            enter_person(by=stranger, **about)
        entered = enter_person(by=grid_worker, **about)

        assert entered.phone is None
        assert AuditEntry.objects.get().subject_id == str(entered.pk)


class TestRegisteredAndResident:
    """Where the law counts somebody as a voter follows from registration alone."""

    @pytest.fixture
    def villager(self, line, home):
        person = PersonFactory(residence=Residence.REGISTERED, registered_in=line.village)
        return MembershipFactory(person=person, household=home).person

    @pytest.fixture
    def new_resident(self, home):
        return MembershipFactory(household=home).person

    @pytest.fixture
    def moved_away(self, line):
        person = PersonFactory(residence=Residence.REGISTERED, registered_in=line.village)
        return MembershipFactory(person=person).person

    def test_are_two_questions(self, line, villager, new_resident, moved_away):
        registered = Person.objects.registered_in(line.village).order_by("pk")
        living = Person.objects.living_in(line.village, at=NOW).order_by("pk")

        assert list(registered) == [villager, moved_away]
        assert list(living) == [villager, new_resident]

    def test_living_somewhere_ends_with_the_membership(self, line, new_resident):
        new_resident.memberships.update(ends_at=NOW)

        assert not Person.objects.living_in(line.village, at=NOW).exists()

    def test_a_new_resident_may_do_all_but_vote_where_the_law_asks_for_registration(
        self, line, new_resident
    ):
        assert objection_to_posting(new_resident, at=NOW) is None
        assert objection_to_advising(new_resident, at=NOW) is None
        refusal = objection_to_statutory_vote(new_resident, line.village, at=NOW)

        assert isinstance(refusal, NotRegisteredHere)
        assert "Everything else here is open to you" in str(refusal)

    def test_somebody_who_moved_away_still_votes_where_they_are_registered(self, line, moved_away):
        assert objection_to_statutory_vote(moved_away, line.village, at=NOW) is None

    def test_minors_neither_post_nor_vote(self, line, home):
        child = MembershipFactory(household=home, person=ChildFactory()).person

        assert isinstance(objection_to_posting(child, at=NOW), MinorsDoNotPost)
        assert isinstance(objection_to_advising(child, at=NOW), MinorsDoNotVote)
        vote = objection_to_statutory_vote(child, line.village, at=NOW)
        assert isinstance(vote, MinorsDoNotVote)

    def test_a_phone_alone_is_not_enough_to_advise(self, db):
        assert isinstance(objection_to_advising(PersonFactory(), at=NOW), HouseholdNotConfirmed)


class TestAGuardian:
    def test_is_an_adult_for_a_minor(self, db):
        adult, child = PersonFactory(), ChildFactory()

        name_guardian(ward=child, guardian=adult, at=NOW)

        assert list(Person.objects.represented_by(adult, at=NOW)) == [child]

    @pytest.mark.parametrize(
        ("guardian", "ward", "refusal"),
        [
            (ChildFactory, ChildFactory, GuardianIsMinor),
            (PersonFactory, PersonFactory, WardIsAdult),
        ],
    )
    def test_is_nobody_else(self, db, guardian, ward, refusal):
        with pytest.raises(refusal):
            name_guardian(ward=ward(), guardian=guardian(), at=NOW)

    def test_is_never_the_child(self, db):
        child = ChildFactory()

        with pytest.raises(NobodyForThemselves):
            name_guardian(ward=child, guardian=child, at=NOW)
        with pytest.raises(IntegrityError, match="guardian_is_another"):
            GuardianshipFactory(ward=child, guardian=child)

    def test_has_nothing_to_say_once_the_child_is_of_age(self, db):
        guardianship = GuardianshipFactory()
        at_eighteen = NOW.replace(year=2031, month=12, day=6)

        assert not Person.objects.represented_by(guardianship.guardian, at=at_eighteen).exists()
        assert not Guardianship.objects.current(at=at_eighteen).exists()

    def test_is_one_until_the_birthday_begins_in_the_county_and_not_in_greenwich(self, db):
        bond = GuardianshipFactory(ward__born_on=date(2008, 3, 2))
        midnight = on_monday("00:00").astimezone(UTC)  # four in the afternoon of 1 March, there

        assert Guardianship.objects.current(at=midnight - timedelta(seconds=1)).get() == bond
        assert not Guardianship.objects.current(at=midnight).exists()
        assert objection_to_posting(bond.ward, at=midnight) is None

    def test_is_entered_once_however_often_one_taps(self, db):
        child, adult = ChildFactory(), PersonFactory()

        first = name_guardian(ward=child, guardian=adult, at=NOW)

        assert name_guardian(ward=child, guardian=adult, at=LATER) == first


class TestAnAgent:
    @pytest.fixture
    def principal(self, home):
        person = PersonFactory(phone=None, phone_verified_at=None)
        return MembershipFactory(household=home, person=person).person

    @pytest.fixture
    def grid_worker(self, line):
        return somebody_serving(line.grid)

    def test_is_entered_by_the_grid_worker_with_the_evidence(self, principal, grid_worker):
        agent = PersonFactory()

        agency = name_agent(
            principal=principal, agent=agent, evidence="at the door", by=grid_worker, at=NOW
        )

        assert agency.evidence == "at the door"
        assert list(Person.objects.represented_by(agent, at=NOW)) == [principal]

    def test_needs_evidence_a_phone_and_to_be_of_age(self, principal, grid_worker):
        def name(agent, evidence="at the door"):
            name_agent(principal=principal, agent=agent, evidence=evidence, by=grid_worker, at=NOW)

        with pytest.raises(EvidenceMissing):
            name(PersonFactory(), evidence=" ")
        with pytest.raises(AgentHasNoPhone):
            name(PersonFactory(phone_verified_at=None))
        with pytest.raises(AgentIsMinor):
            name(ChildFactory())
        with pytest.raises(NotAWitness):
            name(grid_worker)

    def test_is_not_entered_by_a_stranger(self, principal):
        with pytest.raises(NotAWitness):
            name_agent(
                principal=principal, agent=PersonFactory(), evidence="x", by=PersonFactory(), at=NOW
            )

    def test_is_marked_at_every_act_and_the_person_is_told(
        self, principal, django_capture_on_commit_callbacks
    ):
        agency = AgencyFactory(principal=principal)

        with django_capture_on_commit_callbacks(execute=True):
            mark_act(
                principal=principal, agent=agency.agent, act="report.file", path="/r/7/", at=NOW
            )

        assert AgencyAct.objects.get().act == "report.file"
        told = Notification.objects.get()
        assert (told.person, told.path) == (principal, "/r/7/")

    def test_stops_when_either_of_the_two_says_so(self, principal):
        agency = AgencyFactory(principal=principal)

        with pytest.raises(NotYourAgency):
            end_agency(agency=agency, by=PersonFactory(), at=NOW)
        end_agency(agency=agency, by=agency.agent, at=NOW)
        end_agency(agency=agency, by=principal, at=LATER)

        assert not Person.objects.represented_by(agency.agent, at=NOW).exists()
        agency.refresh_from_db()
        assert agency.ends_at == NOW

    def test_is_another_person_in_the_database_too(self, db):
        person = PersonFactory()

        with pytest.raises(IntegrityError, match="agent_is_another"):
            AgencyFactory(principal=person, agent=person)


class TestAnOffice:
    @pytest.fixture
    def admin(self, line):
        return somebody_serving(line.county, Office.SYSTEM_ADMIN)

    def give(self, person, office, area, **more):
        return appoint(person=person, office=office, area=area, starts_at=NOW, at=NOW, **more)

    def test_is_given_by_the_administrator_and_told(
        self, line, admin, django_capture_on_commit_callbacks
    ):
        person = PersonFactory()

        with django_capture_on_commit_callbacks(execute=True):
            self.give(person, Office.GRID_WORKER, line.grid, by=admin)

        assert person.serves(line.micro_grid, at=NOW, offices=(Office.GRID_WORKER,))
        assert Notification.objects.get().person == person
        assert AuditEntry.objects.get().act == "appointment.make"

    def test_is_given_by_a_grid_leader_only_to_the_helpers_of_their_grid(self, line):
        leader = somebody_serving(line.grid, Office.GRID_LEADER)

        self.give(PersonFactory(), Office.MICRO_GRID_LEADER, line.micro_grid, by=leader)
        with pytest.raises(NotYoursToAppoint, match="Grid worker"):
            self.give(PersonFactory(), Office.GRID_WORKER, line.grid, by=leader)
        elsewhere = county_with_a_village(line.county).micro_grid
        with pytest.raises(NotYoursToAppoint):
            self.give(PersonFactory(), Office.MICRO_GRID_LEADER, elsewhere, by=leader)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (Office.PRIVACY_OFFICER, Office.SYSTEM_ADMIN),
            (Office.SYSTEM_ADMIN, Office.SECURITY_AUDITOR),
            (Office.SECURITY_AUDITOR, Office.PRIVACY_OFFICER),
            (Office.SUPERVISION_MEMBER, Office.VILLAGE_COMMITTEE),
            (Office.VILLAGE_EDITOR, Office.SUPERVISION_MEMBER),
        ],
    )
    def test_is_not_held_with_one_that_checks_it(self, line, first, second):
        area = line.county if line.county.kind in kinds_for(first) else line.village
        person = somebody_serving(area, first)

        with pytest.raises(OfficesExclude, match=str(first.label)):
            self.give(person, second, area)

    def test_may_be_held_after_the_other_has_ended(self, line):
        AppointmentFactory(
            person=(person := PersonFactory()),
            office=Office.PRIVACY_OFFICER,
            area=line.county,
            ends_at=NOW,
        )

        self.give(person, Office.SYSTEM_ADMIN, line.county)

        assert Appointment.objects.current(at=NOW).get().office == Office.SYSTEM_ADMIN

    def test_may_supervise_one_village_and_serve_on_the_committee_of_another(self, line):
        person = somebody_serving(line.village, Office.SUPERVISION_MEMBER)

        self.give(person, Office.VILLAGE_COMMITTEE, county_with_a_village(line.county).village)

        assert person.appointments.count() == 2

    def test_that_begins_later_excludes_as_well(self, line):
        person = PersonFactory()
        AppointmentFactory(
            person=person, office=Office.SECURITY_AUDITOR, area=line.county, starts_at=LATER
        )

        with pytest.raises(OfficesExclude):
            self.give(person, Office.SYSTEM_ADMIN, line.county)
        self.give(person, Office.SYSTEM_ADMIN, line.county, ends_at=LATER)

    def test_is_held_over_an_area_of_its_level_once_by_an_adult(self, line):
        person = PersonFactory()
        self.give(person, Office.GRID_WORKER, line.grid)

        with pytest.raises(HoldsItAlready):
            self.give(person, Office.GRID_WORKER, line.grid)
        with pytest.raises(OfficeNeedsAnotherArea):
            self.give(person, Office.GRID_WORKER, line.village)
        with pytest.raises(TooYoungForOffice):
            self.give(ChildFactory(), Office.GRID_WORKER, line.grid)
        with pytest.raises(EndsBeforeItStarts):
            self.give(PersonFactory(), Office.GRID_WORKER, line.grid, ends_at=NOW)

    def test_ends_at_once_and_only_once(self, line, admin):
        held = AppointmentFactory(area=line.grid)

        end_appointment(appointment=held, by=admin, at=NOW, reason="moved")

        assert not held.person.serves(line.grid, at=NOW)
        with pytest.raises(OfficeHasEnded):
            end_appointment(appointment=held, by=admin, at=LATER)

    def test_that_has_not_begun_never_does(self, line, admin):
        coming = AppointmentFactory(area=line.grid, starts_at=LATER)

        end_appointment(appointment=coming, by=admin, at=NOW)

        assert not Appointment.objects.filter(pk=coming.pk).exists()

    def test_of_a_department_can_be_held_for_several(self, line):
        person = PersonFactory()
        for department in ("roads", "water"):
            self.give(person, Office.TOWN_HANDLER, line.town, department=department)

        assert person.appointments.count() == 2

    def test_ends_after_it_starts_in_the_database_too(self, line):
        with pytest.raises(IntegrityError, match="appointment_ends_after_start"):
            AppointmentFactory(area=line.grid, starts_at=NOW, ends_at=NOW)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestTwoDesksAtOnce:
    def test_cannot_give_one_person_two_offices_that_exclude_each_other(self):
        county, person = county_with_a_village().county, PersonFactory()

        def give(office):
            try:
                return appoint(person=person, office=office, area=county, starts_at=NOW, at=NOW)
            except Refusal as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(give, (Office.SYSTEM_ADMIN, Office.SECURITY_AUDITOR)))

        assert Appointment.objects.count() == 1
