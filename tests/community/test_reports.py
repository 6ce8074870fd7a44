"""The life of a report: filed, routed, accepted, handled, rated, and everything beside the way."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from community.demo.context import data
from community.models import (
    AgencyAct,
    AuditEntry,
    Category,
    EventRecord,
    Notification,
    Office,
    Rating,
    Report,
    ReportPhoto,
    Step,
)
from community.policies.reports import (
    ApprovalNotYours,
    ChildrenNeedAnAdult,
    NotTheirAgent,
    ReportNotYours,
    capacities,
)
from community.queries.places import Placement
from community.queries.routing import explain, places_to_dispatch_to
from community.services import reports
from community.services.categories import load_categories
from community.services.reports import clockwork
from community.services.reports.refusals import (
    AlreadyRated,
    ApprovalAlreadyAsked,
    ApprovalOvertaken,
    DateNeeded,
    HandledByYourself,
    NobodyAbove,
    NobodyMayTakeIt,
    NobodyThere,
    NoMoreReopening,
    OtherReportNeeded,
    PhotoNeeded,
    PhotoNotYours,
    ReasonNeeded,
    ReportHasMovedOn,
    ReturnedBefore,
    StepNotPossible,
    TooLateToReopen,
    TooManyPhotos,
)
from community.workflow import Level, Status
from tests.factories.community import (
    AgencyFactory,
    AppointmentFactory,
    ChildFactory,
    GuardianshipFactory,
    PersonFactory,
    county_with_a_village,
)
from tests.factories.reports import (
    CategoryFactory,
    PhotoFactory,
    Staffed,
    SubcategoryFactory,
    as_it_stands,
    file,
    staffed_county,
)
from tests.times import on_monday

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Staffed:
    return staffed_county()


def accepted(place, **given) -> Report:
    report = file(place, **given)
    return reports.accept(report=report, by=place.worker, at=on_monday("09:10"))


def in_hand(place, **given) -> Report:
    report = accepted(place, **given)
    return reports.take_on(report=report, by=place.worker, at=on_monday("09:20"))


def done(place, at="10:00", **given) -> Report:
    report = in_hand(place, **given)
    return reports.finish(
        report=report, by=place.worker, text="A new bulb.", photos=[], at=on_monday(at)
    )


class TestAFiledReport:
    def test_goes_to_the_grid_worker_of_its_grid(self, place):
        report = file(place)

        assert (report.owner_level, report.owner_office) == (Level.GRID, Office.GRID_WORKER)
        assert report.owner_area == place.line.grid
        assert not report.is_fallback

    def test_has_a_number_of_its_month_that_nobody_else_has(self, place):
        numbers = [file(place).number for _each in range(2)]

        assert numbers == ["R-202603-0001", "R-202603-0002"]

    def test_is_there_once_however_often_the_phone_asks(self, place):
        reporter, client_id = PersonFactory(), uuid4()

        first, second = (file(place, reporter=reporter, client_id=client_id) for _each in range(2))

        assert first.pk == second.pk
        assert Step.objects.count() == 1

    def test_promises_when_it_will_be_accepted_in_working_time(self, place):
        report = file(place, at=on_monday("09:00"))

        assert report.accept_due_at == on_monday("13:00")
        assert report.yellow_at == on_monday("11:00")
        assert report.orange_at == on_monday("12:12")

    def test_of_an_urgent_kind_is_looked_at_within_two_hours(self, place):
        lid = SubcategoryFactory(priority="urgent")

        report = file(place, category=lid.category, subcategory=lid, at=on_monday("20:00"))

        assert report.accept_due_at == on_monday("22:00")

    def test_needs_a_photo_where_the_category_says_so(self, place):
        with pytest.raises(PhotoNeeded):
            file(place, category=CategoryFactory(needs_photo=True))

    def test_keeps_its_photos_in_order(self, place):
        reporter = PersonFactory()
        photos = [PhotoFactory(uploader=reporter) for _each in range(3)]

        file(place, reporter=reporter, photos=photos, captions=["the lamp"])

        kept = ReportPhoto.objects.order_by("position")
        assert [use.photo for use in kept] == photos
        assert [use.caption for use in kept] == ["the lamp", "", ""]

    def test_takes_six_photos_at_most(self, place):
        reporter = PersonFactory()
        photos = [PhotoFactory(uploader=reporter) for _each in range(7)]

        with pytest.raises(TooManyPhotos, match="At most 6"):
            file(place, reporter=reporter, photos=photos)

    def test_takes_no_photo_that_somebody_else_uploaded(self, place):
        with pytest.raises(PhotoNotYours):
            file(place, photos=[PhotoFactory()])

    def test_takes_no_photo_twice(self, place):
        reporter = PersonFactory()
        photo = PhotoFactory(uploader=reporter)
        file(place, reporter=reporter, photos=[photo])

        with pytest.raises(PhotoNotYours):
            file(place, reporter=reporter, photos=[photo])

    def test_of_a_child_comes_through_the_guardian(self, place):
        child, guardian = ChildFactory(), PersonFactory()

        with pytest.raises(ChildrenNeedAnAdult):
            file(place, reporter=child)
        GuardianshipFactory(ward=child, guardian=guardian)
        report = file(place, reporter=guardian, on_behalf_of=child)

        assert report.steps.get().acted_for == child

    def test_for_somebody_without_a_phone_marks_the_agent_and_tells_the_principal(self, place):
        agency = AgencyFactory()

        report = file(place, reporter=agency.agent, on_behalf_of=agency.principal)

        assert report.steps.get().acted_for == agency.principal
        assert AgencyAct.objects.get().path == report.get_absolute_url()

    def test_for_a_stranger_is_refused(self, place):
        with pytest.raises(NotTheirAgent):
            file(place, on_behalf_of=PersonFactory())


class TestRouting:
    def test_says_why(self, place):
        report = file(place)

        why = explain(report.routings.get().reasons)
        assert why == [
            f"The place lies within the boundary of {place.line.micro_grid}.",
            "“道路与市政设施” begins with this level: Grid.",
            f"The office that answers for it: Grid worker, {place.line.grid}.",
        ]

    def test_goes_to_the_grid_leader_where_there_is_no_worker(self):
        place = Staffed(county_with_a_village())
        place.somebody(Office.GRID_LEADER)

        assert file(place).owner_office == Office.GRID_LEADER

    def test_goes_up_where_nobody_holds_the_office_and_is_marked(self):
        place = Staffed(county_with_a_village())
        place.somebody(Office.VILLAGE_COMMITTEE)

        report = file(place)

        assert report.owner_office == Office.VILLAGE_COMMITTEE
        assert report.is_fallback
        [_placed, _starts, nobody, _found] = explain(report.routings.get().reasons)
        assert nobody.startswith("Nobody holds the office in")

    def test_never_leaves_a_report_without_an_owner(self):
        report = file(Staffed(county_with_a_village()))

        assert (report.owner_office, report.is_fallback) == (Office.TOWN_DISPATCHER, True)

    def test_does_not_ask_a_department_that_is_not_on_the_route(self, place):
        category = CategoryFactory(route={Level.TOWN: "Labour", Level.COUNTY: "Labour"})

        assert file(place, category=category).owner_level == Level.TOWN

    def test_sends_a_quarrel_to_the_mediator(self, place):
        category = CategoryFactory(route={Level.VILLAGE: ""}, handling="mediation")

        assert file(place, category=category).owner_office == Office.MEDIATOR

    def test_skips_those_whom_it_is_about(self, place):
        report = file(place, about_level=Level.VILLAGE)

        assert report.owner_level == Level.TOWN
        for office in (Office.GRID_WORKER, Office.VILLAGE_COMMITTEE, Office.VILLAGE_SECRETARY):
            assert not capacities(place.somebody(office), report, at=on_monday("10:00"))

    def test_never_dispatches_back_to_those_whom_it_is_about(self, place):
        report = file(place, about_level=Level.VILLAGE)

        places = places_to_dispatch_to(
            report, offices={Office.TOWN_DISPATCHER}, at=on_monday("10:00")
        )

        assert {to.level for to in places} == {Level.TOWN, Level.COUNTY}

    def test_rather_refuses_than_gives_a_complaint_to_its_subject(self, place):
        with pytest.raises(NobodyMayTakeIt, match="12345"):
            file(place, about_level=Level.TOWN)

    def test_leaves_out_the_grid_when_only_the_village_is_known(self, place):
        somewhere = Placement(area=place.line.village, evidence="chosen")

        assert file(place, placement=somewhere).owner_level == Level.VILLAGE


class TestAccepting:
    def test_starts_the_second_clock(self, place):
        report = accepted(place)

        assert report.status == Status.ACCEPTED
        assert report.owner == place.worker
        assert report.finish_due_at == on_monday("17:30") + timedelta(days=7)
        assert report.escalate_at is None

    def test_happens_once_and_the_second_is_told_how_it_stands(self, place):
        report = file(place)
        reports.accept(report=report, by=place.worker, at=on_monday("09:10"), seen_version=1)

        with pytest.raises(ReportHasMovedOn, match="“Accepted”"):
            reports.accept(report=report, by=place.leader, at=on_monday("09:11"), seen_version=1)

    def test_is_not_for_the_worker_of_another_grid(self, place):
        stranger = AppointmentFactory().person

        with pytest.raises(ReportNotYours):
            reports.accept(report=file(place), by=stranger, at=on_monday("09:10"))

    def test_is_not_for_somebody_whose_office_has_ended(self, place):
        place.worker.appointments.update(ends_at=on_monday("09:05"))

        with pytest.raises(ReportNotYours):
            reports.accept(report=file(place), by=place.worker, at=on_monday("09:10"))

    def test_is_kept_in_the_audit_with_the_office(self, place):
        report = accepted(place)

        entry = AuditEntry.objects.get(act="report.moved")
        assert (entry.actor_id, entry.office) == (place.worker.pk, Office.GRID_WORKER)
        assert entry.subject_id == str(report.pk)

    def test_tells_the_platform(self, place):
        report = accepted(place)

        event = EventRecord.objects.get(name="community.report_accepted")
        assert event.facts["number"] == report.number
        assert event.facts["from_status"] == "submitted"


class TestDispatching:
    def to_town(self, place, report):
        places = places_to_dispatch_to(
            report, offices={Office.TOWN_DISPATCHER}, at=on_monday("09:30")
        )
        return next(to for to in places if to.department == "Works")

    def test_makes_it_the_task_of_a_department(self, place):
        report = accepted(place)

        report = reports.dispatch(
            report=report,
            by=place.dispatcher,
            to=self.to_town(place, report),
            text="It needs a lift.",
            at=on_monday("09:30"),
        )

        handler = place.somebody(Office.TOWN_HANDLER)
        assert (report.owner_office, report.owner_department) == (Office.TOWN_HANDLER, "Works")
        assert Office.TOWN_HANDLER in capacities(handler, report, at=on_monday("09:31"))

    def test_needs_a_reason(self, place):
        report = accepted(place)

        with pytest.raises(ReasonNeeded):
            reports.dispatch(
                report=report,
                by=place.dispatcher,
                to=self.to_town(place, report),
                text="  ",
                at=on_monday("09:30"),
            )

    def test_reaches_no_office_that_nobody_holds(self, place):
        report = accepted(place)
        to = self.to_town(place, report)
        place.somebody(Office.TOWN_HANDLER).appointments.update(ends_at=on_monday("09:20"))

        with pytest.raises(NobodyThere):
            reports.dispatch(
                report=report, by=place.dispatcher, to=to, text="Why", at=on_monday("09:30")
            )

    def test_can_be_returned_once_to_who_sent_it(self, place):
        report = accepted(place)
        handler = place.somebody(Office.TOWN_HANDLER)
        to = self.to_town(place, report)
        report = reports.dispatch(
            report=report, by=place.dispatcher, to=to, text="Lift.", at=on_monday("09:30")
        )
        request = reports.ask_for_approval(
            report=report, target="accepted", by=handler, text="Not ours.", at=on_monday("09:40")
        )

        report = reports.decide(
            request=request, by=place.dispatcher, is_approved=True, at=on_monday("09:50")
        )

        assert (report.status, report.owner_office) == ("accepted", Office.TOWN_DISPATCHER)
        step = report.steps.order_by("-number")[0]
        assert (step.act, step.actor, step.approved_by) == ("returned", handler, place.dispatcher)
        report = reports.dispatch(
            report=report, by=place.dispatcher, to=to, text="Yours.", at=on_monday("10:00")
        )
        with pytest.raises(ReturnedBefore):
            reports.ask_for_approval(
                report=report, target="accepted", by=handler, text="No.", at=on_monday("10:10")
            )


class TestApproval:
    def hold(self, place, report, **given):
        given = {
            "target": Status.SUSPENDED,
            "by": place.worker,
            "text": "Rain.",
            "at": on_monday("10:00"),
            "expected_at": on_monday("10:00") + timedelta(days=3),
            **given,
        }
        return reports.ask_for_approval(report=report, **given)

    def test_is_somebody_elses(self, place):
        request = self.hold(place, in_hand(place))

        with pytest.raises(ApprovalNotYours):
            reports.decide(
                request=request, by=place.worker, is_approved=True, at=on_monday("10:05")
            )
        report = reports.decide(
            request=request, by=place.leader, is_approved=True, at=on_monday("10:05")
        )

        assert report.status == Status.SUSPENDED

    def test_waits_without_moving_anything(self, place):
        report = in_hand(place)

        self.hold(place, report)

        report.refresh_from_db()
        assert report.status == Status.HANDLING

    def test_can_be_refused_with_a_reason_only(self, place):
        request = self.hold(place, in_hand(place))

        with pytest.raises(ReasonNeeded):
            reports.decide(
                request=request, by=place.leader, is_approved=False, at=on_monday("10:05")
            )

    def test_is_asked_for_one_step_at_a_time(self, place):
        report = in_hand(place)
        self.hold(place, report)

        with pytest.raises(ApprovalAlreadyAsked):
            self.hold(place, report)

    def test_is_laid_aside_when_the_report_moves_on(self, place):
        report = in_hand(place)
        request = self.hold(place, report)
        reports.finish(
            report=report, by=place.worker, text="Dry.", photos=[], at=on_monday("10:30")
        )

        with pytest.raises(ApprovalOvertaken):
            reports.decide(
                request=request, by=place.leader, is_approved=True, at=on_monday("10:40")
            )

    def test_of_a_hold_needs_a_day_to_come(self, place):
        with pytest.raises(DateNeeded):
            self.hold(place, in_hand(place), expected_at=on_monday("10:00"))


class TestWaiting:
    def test_stops_the_clock_and_goes_on_with_what_was_left(self, place):
        report = in_hand(place)
        assert report.finish_due_at == on_monday("17:30") + timedelta(days=7)
        report = reports.ask_reporter(
            report=report, by=place.worker, text="Which lamp?", at=on_monday("10:00")
        )
        assert report.due_at is None

        report = reports.supplement(
            report=report, by=report.reporter, text="The left.", at=on_monday("12:00")
        )

        assert report.status == Status.HANDLING
        assert report.finish_due_at == on_monday("10:30") + timedelta(days=8)
        assert report.pauses.get().ends_at == on_monday("12:00")

    def test_keeps_yellow_and_orange_at_their_share_of_the_whole_limit(self, place):
        report = file(place, at=on_monday("09:00"))  # four hours to accept
        reports.ask_reporter(report=report, by=place.worker, text="Which?", at=on_monday("10:00"))
        report.refresh_from_db()

        report = reports.supplement(
            report=report, by=report.reporter, text="This.", at=on_monday("12:00")
        )

        assert report.due_at == on_monday("15:00")
        assert report.yellow_at == on_monday("13:00")  # two hours used, one of them before
        assert report.orange_at == on_monday("14:12")

    def test_leaves_yellow_what_was_yellow_before(self, place):
        report = file(place, at=on_monday("09:00"))
        reports.ask_reporter(report=report, by=place.worker, text="Which?", at=on_monday("12:00"))
        report.refresh_from_db()

        report = reports.supplement(
            report=report, by=report.reporter, text="This.", at=on_monday("14:00")
        )

        assert report.yellow_at == on_monday("11:00")
        assert report.orange_at == on_monday("14:12")
        assert report.due_at == on_monday("15:00")

    @pytest.mark.parametrize("before", [Status.SUBMITTED, Status.ACCEPTED, Status.HANDLING])
    def test_leads_back_to_where_it_came_from(self, place, before):
        makers = {Status.SUBMITTED: file, Status.ACCEPTED: accepted, Status.HANDLING: in_hand}
        report = makers[before](place)

        report = reports.ask_reporter(
            report=report, by=place.worker, text="Which?", at=on_monday("10:00")
        )
        report = reports.supplement(
            report=report, by=report.reporter, text="This.", at=on_monday("10:30")
        )

        assert report.status == before

    def test_for_the_resident_ends_after_fifteen_days(self, place):
        report = reports.ask_reporter(
            report=in_hand(place), by=place.worker, text="Which?", at=on_monday("10:00")
        )
        late = on_monday("10:00") + timedelta(days=15)

        clockwork.move_on_after_waiting(report=report, at=late - timedelta(minutes=1))
        report.refresh_from_db()
        assert report.status == Status.AWAITING_REPORTER
        clockwork.move_on_after_waiting(report=report, at=late)

        report.refresh_from_db()
        assert report.status == Status.CLOSED_UNRESOLVED


class TestTheOneWhoTookIt:
    def test_is_told_only_while_in_office_and_then_whoever_came_after(
        self, place, django_capture_on_commit_callbacks
    ):
        report = done(place, at="11:00")
        place.worker.appointments.update(ends_at=on_monday("11:30"))
        successor = AppointmentFactory(
            office=Office.GRID_WORKER, area=place.line.grid, starts_at=on_monday("11:30")
        ).person

        with django_capture_on_commit_callbacks(execute=True):
            reports.say_not_solved(
                report=report, by=report.reporter, text="Still dark.", at=on_monday("12:00")
            )

        told = Notification.objects.filter(kind="community.report_reopened")
        assert {one.person for one in told} == {successor}


class TestGoingUp:
    def test_happens_when_nobody_accepts_in_time(self, place):
        report = file(place, at=on_monday("09:00"))

        clockwork.escalate_unaccepted(report=report, at=on_monday("12:59"))
        report.refresh_from_db()
        assert report.owner_level == Level.GRID
        clockwork.escalate_unaccepted(report=report, at=on_monday("13:00"))

        report.refresh_from_db()
        assert (report.status, report.owner_level) == ("submitted", Level.VILLAGE)
        assert report.accept_due_at == on_monday("13:00")  # the promise stays
        assert report.escalate_at > on_monday("13:00")

    def test_changes_nothing_the_second_time(self, place):
        report = file(place, at=on_monday("09:00"))

        for _again in range(2):
            clockwork.escalate_unaccepted(report=report, at=on_monday("13:00"))

        assert report.steps.count() == 2

    def test_keeps_the_state_and_says_why(self, place):
        report = reports.escalate(
            report=in_hand(place), by=place.worker, text="No ladder.", at=on_monday("10:00")
        )

        assert (report.status, report.owner_level) == ("handling", Level.VILLAGE)
        assert report.steps.order_by("-number")[0].act == "escalated"

    def test_ends_at_the_county(self, place):
        report = as_it_stands(
            file(place), owner_level=Level.COUNTY, owner_office=Office.TOWN_DISPATCHER
        )

        with pytest.raises(NobodyAbove):
            reports.escalate(report=report, by=place.dispatcher, text="Up.", at=on_monday("10:00"))

    def test_is_not_possible_once_it_is_done(self, place):
        with pytest.raises(StepNotPossible):
            reports.escalate(report=done(place), by=place.worker, text="Up.", at=on_monday("10:10"))


class TestRating:
    def test_closes_the_report(self, place):
        report = done(place)

        report = reports.rate(
            report=report, by=report.reporter, stars=5, speed=4, at=on_monday("18:00")
        )

        assert report.status == Status.RESOLVED
        rating = Rating.objects.get()
        assert (rating.stars, rating.speed, rating.attitude) == (5, 4, None)

    def test_happens_once(self, place):
        report = done(place)
        reports.rate(report=report, by=report.reporter, stars=5, at=on_monday("18:00"))

        with pytest.raises(AlreadyRated):
            reports.rate(report=report, by=report.reporter, stars=1, at=on_monday("18:01"))

    def test_is_not_for_who_did_the_work(self, place):
        report = done(place, reporter=place.worker)

        with pytest.raises(HandledByYourself):
            reports.rate(report=report, by=place.worker, stars=5, at=on_monday("18:00"))

    def test_left_out_for_a_week_is_no_praise(self, place):
        report = done(place)
        late = on_monday("10:00") + timedelta(days=7)

        clockwork.close_unrated(report=report, at=late - timedelta(minutes=1))
        assert not Rating.objects.exists()
        clockwork.close_unrated(report=report, at=late)

        report.refresh_from_db()
        assert report.status == Status.RESOLVED
        assert Rating.objects.get().stars is None

    @pytest.mark.parametrize("stars", [0, 6])
    def test_has_one_to_five_stars(self, place, stars):
        report = done(place)

        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(report=report, round=0, at=on_monday("18:00"), stars=stars)


class TestNotSolved:
    def again(self, place, report, at):
        report = reports.say_not_solved(
            report=report, by=report.reporter, text="Still dark.", at=at
        )
        if report.owner_level != Level.GRID:
            return report
        report = reports.take_on(report=report, by=place.worker, at=at)
        return reports.finish(report=report, by=place.worker, text="Now.", photos=[], at=at)

    def test_needs_a_reason(self, place):
        report = done(place)

        with pytest.raises(ReasonNeeded):
            reports.say_not_solved(
                report=report, by=report.reporter, text="", at=on_monday("18:00")
            )

    def test_goes_back_to_the_handler_with_a_new_deadline(self, place):
        report = done(place)
        due = report.finish_due_at
        later = on_monday("09:00") + timedelta(days=2)

        report = reports.say_not_solved(
            report=report, by=report.reporter, text="Still dark.", at=later
        )

        assert (report.status, report.reopen_count) == (Status.REOPENED, 1)
        assert report.owner == place.worker
        assert report.finish_due_at > due

    def test_goes_one_level_up_after_the_second_time(self, place):
        report = done(place)
        for _time in range(2):
            report = self.again(place, report, on_monday("18:00"))
        assert report.owner_level == Level.GRID

        report = self.again(place, report, on_monday("19:00"))

        assert (report.reopen_count, report.owner_level) == (3, Level.VILLAGE)

    def test_ends_where_there_is_no_level_above(self, place):
        report = as_it_stands(
            done(place),
            reopen_count=2,
            owner_level=Level.COUNTY,
            owner_office=Office.TOWN_DISPATCHER,
        )

        with pytest.raises(NoMoreReopening, match="12345"):
            reports.say_not_solved(
                report=report, by=report.reporter, text="Dark.", at=on_monday("18:00")
            )

    def test_is_possible_for_seven_days_after_the_end(self, place):
        report = done(place)
        reports.rate(report=report, by=report.reporter, stars=2, at=on_monday("18:00"))
        last = on_monday("18:00") + timedelta(days=7)

        with pytest.raises(TooLateToReopen):
            reports.say_not_solved(
                report=report,
                by=report.reporter,
                text="Dark.",
                at=last + timedelta(minutes=1),
            )
        report = reports.say_not_solved(report=report, by=report.reporter, text="Dark.", at=last)

        assert report.status == Status.REOPENED


class TestWithdrawing:
    def test_is_free_before_anybody_is_at_it(self, place):
        report = file(place)

        report = reports.withdraw(report=report, by=report.reporter, at=on_monday("09:30"))

        assert report.status == Status.WITHDRAWN
        assert not Report.objects.public().exists()

    def test_needs_a_reason_once_somebody_is(self, place):
        report = in_hand(place)

        with pytest.raises(ReasonNeeded):
            reports.withdraw(report=report, by=report.reporter, at=on_monday("09:30"))

    def test_is_for_the_reporter(self, place):
        with pytest.raises(ReportNotYours):
            reports.withdraw(report=file(place), by=place.worker, at=on_monday("09:30"))


class TestJoining:
    def test_needs_another_report_that_is_alive(self, place):
        report = accepted(place)

        for other in (None, report):
            with pytest.raises(OtherReportNeeded):
                reports.merge(
                    report=report, into=other, by=place.worker, text="Same", at=on_monday("10:00")
                )

    def test_tells_both_residents_how_it_goes_on(self, place, django_capture_on_commit_callbacks):
        twin, report = accepted(place), file(place)
        reports.merge(
            report=report, into=twin, by=place.worker, text="Same.", at=on_monday("10:00")
        )

        with django_capture_on_commit_callbacks(execute=True):
            reports.take_on(report=twin, by=place.worker, at=on_monday("10:10"))

        taken = Notification.objects.filter(kind="community.report_taken")
        assert {told.person for told in taken} == {twin.reporter, report.reporter}

    def test_can_be_undone_by_the_desk(self, place):
        twin, report = file(place), accepted(place)
        report = reports.merge(
            report=report, into=twin, by=place.worker, text="Same.", at=on_monday("10:00")
        )
        assert (report.status, report.merged_into) == (Status.DUPLICATE, twin)

        report = reports.take_back(
            report=report, by=place.dispatcher, text="Two lamps.", at=on_monday("10:30")
        )

        assert (report.status, report.merged_into) == (Status.ACCEPTED, None)


class TestThePool:
    def test_gives_a_report_to_the_first_who_takes_it(self, place):
        report = reports.open_to_helpers(
            report=accepted(place), by=place.leader, text="Two hands.", at=on_monday("10:00")
        )
        volunteer = place.somebody(Office.VOLUNTEER)

        report = reports.take_on(report=report, by=volunteer, at=on_monday("10:10"))

        assert (report.owner_office, report.owner) == (Office.VOLUNTEER, volunteer)
        another = AppointmentFactory(office=Office.VOLUNTEER, area=place.line.village).person
        with pytest.raises(StepNotPossible):
            reports.take_on(report=report, by=another, at=on_monday("10:11"))

    def test_gives_it_back_after_a_day(self, place):
        report = reports.open_to_helpers(
            report=accepted(place), by=place.leader, text="Two hands.", at=on_monday("10:00")
        )

        clockwork.move_on_after_waiting(report=report, at=on_monday("10:00") + timedelta(days=1))

        report.refresh_from_db()
        assert report.status == Status.ACCEPTED


class TestHistory:
    def test_cannot_be_rewritten(self, place):
        step = file(place).steps.get()

        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            Step.objects.filter(pk=step.pk).update(text="It never happened.")


def test_categories_come_from_the_table_once():
    table = data("report_categories.yaml")

    assert load_categories(table=table) == 12
    assert load_categories(table=table) == 0
    lid = Category.objects.get(code="C02").subcategories.get(name="井盖缺失")
    assert lid.priority == "emergency"
