"""Notices: for whom, for how long, and that each is made known once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.models import Announcement, Audience, NoticePage, Urgency
from cms.services.notices import announce
from cms.tasks import announce_notices, publish_scheduled_pages, tell_of_notice
from cms.tasks import notices as tasks
from community.models import AuditEntry, EventRecord, Notification, Office
from tests.factories import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
)
from tests.factories.cms import a_notice, page_of
from tests.times import on_monday

pytestmark = pytest.mark.django_db

NOON = on_monday("12:00")


def seen(area, person=None, at=NOON):
    return list(NoticePage.objects.for_area(area, person=person, at=at).order_by("pk"))


class TestANotice:
    def test_concerns_its_village_and_every_grid_in_it(self):
        line = county_with_a_village()
        notice = a_notice(line.village)

        assert seen(line.village) == seen(line.grid) == seen(line.micro_grid) == [notice]

    def test_of_the_county_or_the_town_concerns_the_village(self):
        line = county_with_a_village()
        notices = [a_notice(line.county), a_notice(line.town)]

        assert seen(line.village) == notices

    def test_of_a_village_stands_on_no_other_page(self):
        line = county_with_a_village()
        neighbour = county_with_a_village(county=line.county)
        a_notice(line.village)

        assert seen(neighbour.village) == seen(line.town) == seen(line.county) == []

    def test_of_a_grid_stands_on_the_page_of_its_village(self):
        line = county_with_a_village()
        notice = a_notice(line.micro_grid)

        assert seen(line.village) == [notice]

    @pytest.mark.parametrize(
        ("clock", "is_shown"),
        [("07:59", False), ("08:00", True), ("17:59", True), ("18:00", False)],
    )
    def test_is_shown_from_its_beginning_until_its_end(self, clock, is_shown):
        line = county_with_a_village()
        a_notice(line.village, ends_at=on_monday("18:00"))

        assert bool(seen(line.village, at=on_monday(clock))) is is_shown

    @pytest.mark.parametrize(("clock", "is_past"), [("17:59", False), ("18:00", True)])
    def test_is_kept_among_the_past_ones_from_its_end(self, clock, is_past):
        a_notice(county_with_a_village().village, ends_at=on_monday("18:00"))

        assert NoticePage.objects.past(at=on_monday(clock)).exists() is is_past

    def test_that_is_a_draft_is_shown_to_nobody(self):
        line = county_with_a_village()
        a_notice(line.village, live=False)

        assert seen(line.village, somebody_serving(line.village, Office.VILLAGE_EDITOR)) == []

    def test_that_is_urgent_stands_first(self):
        line = county_with_a_village()
        urgent = a_notice(line.village, urgency=Urgency.URGENT)
        newer = a_notice(line.village, starts_at=on_monday("09:00"))

        assert list(NoticePage.objects.about(line.village).urgent_first()) == [urgent, newer]

    def test_cannot_end_before_it_begins(self):
        line = county_with_a_village()

        with pytest.raises(ValidationError, match="must come after"):
            a_notice(line.village, ends_at=on_monday("08:00"))

    def test_has_an_end_after_its_beginning_in_the_database_too(self):
        notice = a_notice(county_with_a_village().village)

        with pytest.raises(IntegrityError, match="notice_ends_after_start"), transaction.atomic():
            NoticePage.objects.filter(pk=notice.pk).update(ends_at=on_monday("08:00"))

    def test_speaks_only_for_the_area_of_its_page(self):
        line, elsewhere = county_with_a_village(), county_with_a_village()
        notice = NoticePage(title="Not ours", area=elsewhere.village, starts_at=NOON)

        with pytest.raises(ValidationError, match="speaks for"):
            page_of(line.village).add_child(instance=notice)

    def test_has_an_address_that_can_be_read_out(self):
        line = county_with_a_village()
        notices = [a_notice(line.village, title="桥封了"), a_notice(line.village, title="又封了")]

        assert [notice.slug for notice in notices] == ["n-20260302", "n-20260302-2"]

    def test_cannot_be_moved_to_another_village(self):
        line = county_with_a_village()
        neighbour = page_of(county_with_a_village(county=line.county).village)

        assert not a_notice(line.village).can_move_to(neighbour)

    def test_is_found_by_a_word_of_its_body_after_it_is_saved(self):
        notice = a_notice(
            county_with_a_village().village, body=[("heading", "Ferry crossing closed")]
        )

        assert list(NoticePage.objects.search("ferry")) == [notice]


class TestANoticeForResidents:
    @pytest.fixture
    def line(self):
        return county_with_a_village()

    @pytest.fixture
    def notice(self, line):
        return a_notice(line.village, audience=Audience.RESIDENTS)

    def test_is_not_shown_to_a_guest(self, line, notice):
        assert seen(line.village) == []

    def test_is_not_shown_to_somebody_from_elsewhere(self, line, notice):
        assert seen(line.village, PersonFactory()) == []

    def test_is_shown_to_a_confirmed_household(self, line, notice):
        household = HouseholdFactory(micro_grid=line.micro_grid)
        resident = MembershipFactory(household=household).person

        assert seen(line.village, resident) == [notice]

    def test_is_not_shown_to_somebody_who_has_moved_out(self, line, notice):
        household = HouseholdFactory(micro_grid=line.micro_grid)
        membership = MembershipFactory(household=household, ends_at=NOON)

        assert seen(line.village, membership.person) == []

    def test_is_shown_to_somebody_registered_there(self, line, notice):
        villager = PersonFactory(registered_in=line.village)

        assert seen(line.village, villager) == [notice]

    def test_is_shown_to_somebody_without_a_household_who_was_entered_there(self, line, notice):
        assert seen(line.village, PersonFactory(lives_in=line.village)) == [notice]

    def test_is_shown_to_the_grid_worker(self, line, notice):
        assert seen(line.village, somebody_serving(line.grid)) == [notice]

    def test_is_shown_to_the_town_desk(self, line, notice):
        desk = somebody_serving(line.town, Office.TOWN_DISPATCHER)

        assert seen(line.village, desk) == [notice]

    def test_of_one_grid_is_not_shown_to_the_rest_of_the_village(self, line):
        other_grid = county_with_a_village(county=line.county)
        a_notice(other_grid.micro_grid, audience=Audience.RESIDENTS)
        resident = MembershipFactory(household=HouseholdFactory(micro_grid=line.micro_grid)).person

        assert seen(other_grid.village, resident) == []


class TestAnnouncing:
    def test_tells_the_platform_and_writes_down_who_did_it(self):
        line = county_with_a_village()
        editor = somebody_serving(line.village, Office.VILLAGE_EDITOR)
        notice = a_notice(line.village, owner=editor)

        announce(notice=notice, at=NOON)

        event = EventRecord.objects.get(name="cms.notice_published")
        assert event.actor_id == editor.pk
        assert event.area_id == line.village.pk
        assert event.facts["title"] == "The bridge is closed"
        assert event.facts["path"] == notice.get_url()
        assert AuditEntry.objects.get(act="notice.publish").actor_id == editor.pk

    def test_happens_once_however_often_the_text_is_published_again(self):
        notice = a_notice(county_with_a_village().village)

        announce(notice=notice, at=NOON)
        notice.title = "The bridge is still closed"
        notice.save_revision().publish()
        announce(notice=notice, at=NOON)

        assert EventRecord.objects.filter(name="cms.notice_published").count() == 1

    def test_happens_again_when_the_notice_has_become_urgent(self):
        notice = a_notice(county_with_a_village().village)
        announce(notice=notice, at=NOON)

        NoticePage.objects.filter(pk=notice.pk).update(urgency=Urgency.URGENT)
        announce(notice=notice, at=NOON)

        assert Announcement.objects.filter(notice=notice).count() == 2

    def test_waits_until_the_notice_is_shown(self):
        notice = a_notice(county_with_a_village().village, starts_at=on_monday("12:01"))

        assert announce(notice=notice, at=NOON) is None
        assert announce(notice=notice, at=on_monday("12:01")) is not None

    def test_leaves_a_draft_and_what_is_over_alone(self):
        village = county_with_a_village().village
        draft = a_notice(village, live=False)
        over = a_notice(village, ends_at=NOON)

        assert announce(notice=draft, at=NOON) is None
        assert announce(notice=over, at=NOON) is None

    def test_is_recorded_once_in_the_database_too(self):
        notice = a_notice(county_with_a_village().village)
        announce(notice=notice, at=NOON)

        with pytest.raises(IntegrityError), transaction.atomic():
            Announcement.objects.create(notice=notice, urgency=Urgency.ORDINARY, announced_at=NOON)


class TestTheClock:
    def test_announces_what_was_published_without_a_click(self, django_capture_on_commit_callbacks):
        notice = a_notice(county_with_a_village().village)

        announce_notices()
        announce_notices()

        assert [a.notice_id for a in Announcement.objects.all()] == [notice.pk]

    def test_publishes_and_announces_what_was_scheduled(self):
        now = timezone.now()
        notice = a_notice(county_with_a_village().village, live=False, starts_at=now)
        notice.go_live_at = now + timedelta(hours=1)
        revision = notice.save_revision()
        revision.publish()
        assert not NoticePage.objects.get(pk=notice.pk).live

        revision.refresh_from_db()
        revision.approved_go_live_at = now - timedelta(minutes=1)
        revision.content["go_live_at"] = (now - timedelta(minutes=1)).isoformat()
        revision.save()
        publish_scheduled_pages()

        assert NoticePage.objects.get(pk=notice.pk).live
        assert Announcement.objects.filter(notice=notice).exists()

    def test_takes_down_what_has_expired(self):
        notice = a_notice(county_with_a_village().village)
        past = timezone.now() - timedelta(minutes=1)
        NoticePage.objects.filter(pk=notice.pk).update(expire_at=past)

        call_command("publish_scheduled")

        assert not NoticePage.objects.get(pk=notice.pk).live


class TestAnUrgentNotice:
    def test_is_told_to_everyone_who_lives_there(self, django_capture_on_commit_callbacks):
        line, elsewhere = county_with_a_village(), county_with_a_village()
        neighbours = [
            PersonFactory(lives_in=line.village),
            PersonFactory(registered_in=line.village),
            MembershipFactory(household=HouseholdFactory(micro_grid=line.micro_grid)).person,
        ]
        PersonFactory(lives_in=elsewhere.village)
        notice = a_notice(line.village, urgency=Urgency.URGENT)

        with django_capture_on_commit_callbacks(execute=True):
            announce(notice=notice, at=NOON)

        told = Notification.objects.order_by("person_id").values_list("person_id", flat=True)
        assert list(told) == sorted(person.pk for person in neighbours)
        assert Notification.objects.first().path == notice.get_url()

    def test_is_told_in_pieces_and_to_nobody_twice(
        self, monkeypatch, django_capture_on_commit_callbacks
    ):
        monkeypatch.setattr(tasks, "TOLD_AT_ONCE", 2)
        line = county_with_a_village()
        PersonFactory.create_batch(5, lives_in=line.village)
        notice = a_notice(line.village, urgency=Urgency.URGENT)
        with django_capture_on_commit_callbacks(execute=True):
            announce(notice=notice, at=NOON)

        event = EventRecord.objects.get(name="cms.notice_published")
        tell_of_notice(event_id=str(event.pk))

        assert Notification.objects.count() == 5

    def test_that_is_ordinary_is_told_to_nobody(self, django_capture_on_commit_callbacks):
        line = county_with_a_village()
        PersonFactory(lives_in=line.village)

        with django_capture_on_commit_callbacks(execute=True):
            announce(notice=a_notice(line.village), at=NOON)

        assert not Notification.objects.exists()
