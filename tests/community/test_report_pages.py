"""The pages of reports: what residents and office holders see there, and what they never do."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from community.models import AuditEntry, Office, Report
from community.services import reports
from community.workflow import Level, Status
from tests.factories.community import AppointmentFactory, PersonFactory
from tests.factories.reports import (
    CategoryFactory,
    PhotoFactory,
    as_it_stands,
    file,
    staffed_county,
)
from tests.support.keys import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    """Pages read the clock themselves, so what they show has to happen now."""
    return timezone.now()


@pytest.fixture
def place():
    return staffed_county()


class TestAPublicReport:
    def test_is_read_by_guests_without_who_and_where_exactly(self, client, place, now):
        reporter = PersonFactory(phone="+8613911112222", display_name="Ada from number nine")
        report = file(
            place,
            at=now,
            reporter=reporter,
            point=(120.84712, 30.82345),
            place_note="Door 9, left of the stove",
            body="Call me: 13911112222",
        )

        answer = client.get(report.get_absolute_url())

        page = answer.content.decode()
        assert answer.status_code == 200
        assert report.title in page
        for secret in ("Ada from number nine", "1391111", "120.847", "30.823", "Door 9"):
            assert secret not in page

    def test_hides_numbers_of_persons_from_guests_wherever_they_were_written(
        self, client, place, now
    ):
        """In a title, in an answer, in a list: people write numbers everywhere."""
        report = file(place, at=now, title="Ring 13911112222, dark", visibility="public")
        reports.accept(report=report, by=place.worker, at=now, text="I rang 13911112222")
        reports.take_on(report=report, by=place.worker, at=now)
        photos = [PhotoFactory(uploader=place.worker)]
        reports.finish(
            report=report, by=place.worker, text="Tell 13911112222", photos=photos, at=now
        )

        pages = [reverse("community:reports"), report.get_absolute_url(), "/"]
        for page in pages:
            read = client.get(page).content.decode()
            assert "13911112222" not in read
            assert "139********" in read

        enter(client, place.worker)
        assert "I rang 13911112222" in client.get(report.get_absolute_url()).content.decode()

    def test_shows_the_exact_place_to_whose_task_it_is(self, client, place, now):
        report = file(place, at=now, point=(120.84712, 30.82345), place_note="Door 9")
        enter(client, place.worker)

        page = client.get(report.get_absolute_url()).content.decode()

        assert "Door 9" in page
        assert "30.82345, 120.84712" in page

    def test_hides_the_name_from_handlers_too_when_asked(self, client, place, now):
        reporter = PersonFactory(display_name="Ada from number nine")
        report = file(place, at=now, reporter=reporter, hides_name=True)
        enter(client, place.worker)

        page = client.get(report.get_absolute_url()).content.decode()

        assert "Ada from number nine" not in page

    def test_tells_neighbours_nothing_of_what_was_asked_and_answered(self, client, place, now):
        report = file(place, at=now)
        report = reports.ask_reporter(
            report=report, by=place.worker, text="Which floor is yours?", at=now
        )
        reports.supplement(report=report, by=report.reporter, text="The third.", at=now)

        page = client.get(report.get_absolute_url()).content.decode()

        assert "Which floor" not in page
        assert "The third." not in page

    def test_is_gone_for_neighbours_once_withdrawn(self, client, place, now):
        report = file(place, at=now)
        reports.withdraw(report=report, by=report.reporter, at=now)

        assert client.get(report.get_absolute_url()).status_code == 404
        assert report.title not in client.get(reverse("community:reports")).content.decode()

    def test_shows_office_holders_without_their_second_key_what_neighbours_see(
        self, client, place, now
    ):
        report = file(place, at=now, point=(120.84712, 30.82345), place_note="Door 9")
        reports.accept(report=report, by=place.worker, at=now)
        enter(client, place.worker, has_second_key=False)

        page = client.get(report.get_absolute_url()).content.decode()

        assert "Door 9" not in page
        assert report.reporter.display_name not in page
        assert "/acts/" not in page
        assert "Show my second key" in page


class TestAPrivateReport:
    def test_does_not_exist_for_anybody_but_its_parties(self, client, place, now):
        report = file(place, at=now, visibility="private")
        url = report.get_absolute_url()

        assert client.get(url).status_code == 404
        for stranger in (PersonFactory(), AppointmentFactory().person):
            enter(client, stranger)
            assert client.get(url).status_code == 404
        for party in (report.reporter, place.worker, place.dispatcher):
            enter(client, party)
            assert client.get(url).status_code == 200

    def test_asks_office_holders_for_their_second_key(self, client, place, now):
        report = file(place, at=now, visibility="private")
        enter(client, place.worker, has_second_key=False)

        answer = client.get(report.get_absolute_url())

        assert answer.status_code == 302
        assert "/me/second-factor/" in answer.url

    def test_stays_readable_for_who_acted_on_it(self, client, place, now):
        report = file(place, at=now, visibility="private")
        reports.escalate(report=report, by=place.worker, text="Not ours.", at=now)
        enter(client, place.worker)

        assert client.get(report.get_absolute_url()).status_code == 200


class TestARating:
    def test_is_never_shown_to_who_was_rated(self, client, place, now):
        report = file(place, at=now)
        for act in (reports.accept, reports.take_on):
            report = act(report=report, by=place.worker, at=now)
        report = reports.finish(
            report=report, by=place.worker, text="A new bulb.", photos=[], at=now
        )
        reports.rate(report=report, by=report.reporter, stars=2, text="Rude as ever", at=now)
        enter(client, place.worker)

        for url in (report.get_absolute_url(), reverse("community:inbox") + "?show=over"):
            assert "Rude as ever" not in client.get(url).content.decode()


class TestTheInbox:
    def test_is_for_office_holders(self, client, place):
        enter(client, PersonFactory())
        assert client.get(reverse("community:inbox")).status_code == 302
        enter(client, place.worker)
        assert client.get(reverse("community:inbox")).status_code == 200

    def test_shows_the_tasks_of_the_own_office_alone(self, client, place, now):
        mine, theirs = file(place, at=now, title="Mine"), file(at=now, title="Of another grid")
        enter(client, place.worker)

        page = client.get(reverse("community:inbox")).content.decode()

        assert mine.title in page
        assert theirs.title not in page

    def test_says_in_red_that_an_office_is_vacant(self, client, place, now):
        place.worker.appointments.update(ends_at=now)
        place.leader.appointments.update(ends_at=now)
        file(place, at=now)
        enter(client, place.somebody(Office.VILLAGE_COMMITTEE))

        page = client.get(reverse("community:inbox")).content.decode()

        assert "vacant office" in page

    @pytest.mark.parametrize("show", ["mine", "soon", "waiting", "over", "nonsense"])
    def test_has_a_list_behind_every_chip(self, client, place, now, show):
        file(place, at=now)
        enter(client, place.worker)

        assert client.get(reverse("community:inbox"), {"show": show}).status_code == 200

    def test_costs_as_many_queries_for_fifty_as_for_one(
        self, client, place, now, django_assert_max_num_queries
    ):
        enter(client, place.worker)
        home(client)
        for number in (1, 49):
            for _each in range(number):
                file(place, at=now)
            client.get(reverse("community:inbox"))  # the first look of an hour is written down
            with django_assert_max_num_queries(12):
                client.get(reverse("community:inbox"))


class TestLists:
    @pytest.mark.parametrize("name", ["reports", "my_reports"])
    def test_cost_as_many_queries_for_twenty_as_for_one(
        self, client, place, now, name, django_assert_max_num_queries
    ):
        reporter = PersonFactory(lives_in=place.line.village)
        enter(client, reporter)
        home(client)
        for number in (1, 20):
            for _each in range(number):
                file(place, at=now, reporter=reporter)
            with django_assert_max_num_queries(12):
                client.get(reverse(f"community:{name}"))

    def test_of_a_report_cost_at_most_twelve(
        self, client, place, now, django_assert_max_num_queries
    ):
        report = file(place, at=now)
        for act in (reports.accept, reports.take_on):
            report = act(report=report, by=place.worker, at=now)
        for person in (report.reporter, place.worker):
            enter(client, person)
            client.get(report.get_absolute_url())  # the first look of an hour is written down
            with django_assert_max_num_queries(12):
                client.get(report.get_absolute_url())


class TestAnAct:
    def act(self, client, report, key, **data):
        url = reverse("community:report_act", args=[report.number, key])
        return client.post(url, {"version": report.version, "text": "", **data})

    def test_of_a_second_writer_is_refused_with_how_it_stands(self, client, place, now):
        report = file(place, at=now)
        enter(client, place.worker)
        self.act(client, report, "accept")

        answer = self.act(client, report, "accept", text="I typed a lot.")

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Somebody else was faster" in page
        assert "“Accepted”" in page
        assert "I typed a lot." in page

    def test_is_only_offered_where_the_table_allows_it(self, client, place, now):
        report = file(place, at=now)
        enter(client, place.worker)

        page = client.get(report.get_absolute_url()).content.decode()

        keys = set(re.findall(r"/acts/(\w+)/", page))
        assert keys == {"accept", "ask", "escalate", "merge"}

    def test_that_has_gone_leads_back_with_a_word(self, client, place, now):
        report = file(place, at=now)
        enter(client, place.worker)

        answer = client.get(
            reverse("community:report_act", args=[report.number, "done"]), follow=True
        )

        assert "that step is not there any more" in answer.content.decode()

    def test_does_not_exist_for_strangers(self, client, place, now):
        report = file(place, at=now)
        enter(client, PersonFactory())

        assert self.act(client, report, "accept").status_code == 404

    def test_keeps_the_photo_when_the_text_is_missing(self, client, place, now):
        report = in_hand(place, now)
        photo = PhotoFactory(uploader=place.worker)
        enter(client, place.worker)

        answer = self.act(client, report, "done", photo=str(photo.pk))

        assert answer.status_code == 409
        assert f'name="photo" value="{photo.pk}"' in answer.content.decode()

    @pytest.mark.parametrize("key", ["hold", "merge", "close", "ask", "escalate", "done"])
    def test_has_a_page_of_its_own(self, client, place, now, key):
        report = in_hand(place, now)
        enter(client, place.worker)

        url = reverse("community:report_act", args=[report.number, key])
        assert client.get(url).status_code == 200

    def test_of_sending_on_offers_who_is_there(self, client, place, now):
        report = reports.accept(report=file(place, at=now), by=place.worker, at=now)
        enter(client, place.dispatcher)
        url = reverse("community:report_act", args=[report.number, "dispatch"])

        page = client.get(url).content.decode()
        [to] = re.findall(r'value="(town_handler:[^"]*)"', page)
        answer = self.act(client, report, "dispatch", to=to, text="It needs a lift.")

        assert answer.status_code == 302
        report.refresh_from_db()
        assert (report.status, report.owner_level) == (Status.DISPATCHED, Level.TOWN)

    def test_that_needs_agreement_waits_for_it(self, client, place, now):
        report = in_hand(place, now)
        enter(client, place.worker)
        self.act(client, report, "close", text="Not for the village: call the power company.")
        enter(client, place.leader)
        inbox = client.get(reverse("community:inbox")).content.decode()
        assert reverse("community:approval", args=[report.number]) in inbox

        client.post(reverse("community:approval", args=[report.number]), {"decision": "yes"})

        report.refresh_from_db()
        assert report.status == Status.CLOSED_UNRESOLVED


def in_hand(place, now) -> Report:
    report = file(place, at=now)
    for act in (reports.accept, reports.take_on):
        report = act(report=report, by=place.worker, at=now)
    return report


class TestResidentPages:
    @pytest.mark.parametrize("name", ["rate_report", "not_solved", "supplement", "withdraw_report"])
    def test_are_for_the_resident_alone(self, client, place, now, name):
        report = file(place, at=now)
        url = reverse(f"community:{name}", args=[report.number])

        assert client.get(url).status_code == 302
        enter(client, place.worker)
        assert client.get(url).status_code == 404
        enter(client, report.reporter)
        assert client.get(url).status_code == 200

    def test_ask_after_few_stars_whether_to_do_it_again(self, client, place, now):
        report = in_hand(place, now)
        report = reports.finish(report=report, by=place.worker, text="So.", photos=[], at=now)
        enter(client, report.reporter)

        answer = client.post(
            reverse("community:rate_report", args=[report.number]),
            {"version": report.version, "stars": 2},
        )

        assert answer.url == reverse("community:not_solved", args=[report.number])

    def test_say_that_a_step_has_gone(self, client, place, now):
        report = as_it_stands(file(place, at=now), status=Status.HANDLING)
        enter(client, report.reporter)

        page = client.get(reverse("community:rate_report", args=[report.number]))

        assert "not to be done any more" in page.content.decode()


class TestTheHomePage:
    def test_says_what_waits(self, client, place, now):
        report = in_hand(place, now)
        report = reports.finish(report=report, by=place.worker, text="So.", photos=[], at=now)
        waiting = file(place, at=now, title="A lid is loose", category=CategoryFactory())
        enter(client, report.reporter)
        assert reverse("community:rate_report", args=[report.number]) in home(client)
        enter(client, place.worker)
        assert waiting.title in home(client)


def home(client) -> str:
    return client.get(reverse("community:home")).content.decode()


class TestALook:
    @pytest.fixture(autouse=True)
    def _fresh(self):
        cache.clear()

    def looks(self):
        return list(AuditEntry.objects.filter(act="report.look").values_list("actor_id", flat=True))

    def test_of_an_office_holder_is_kept_once_an_hour(self, client, place, now):
        report = file(place, at=now)
        enter(client, place.worker)

        for _time in range(2):
            client.get(report.get_absolute_url())

        entry = AuditEntry.objects.get(act="report.look")
        assert (entry.actor_id, entry.office) == (place.worker.pk, Office.GRID_WORKER)
        assert entry.subject_id == str(report.pk)

    def test_at_the_report_beside_the_inbox_is_kept_too(self, client, place, now):
        file(place, at=now)
        enter(client, place.worker)

        client.get(reverse("community:inbox"))

        assert self.looks() == [place.worker.pk]

    def test_of_residents_is_nobodys_business(self, client, place, now):
        report = file(place, at=now)
        for person in (report.reporter, PersonFactory()):
            enter(client, person)
            client.get(report.get_absolute_url())
        client.logout()
        client.get(report.get_absolute_url())

        assert self.looks() == []

    def test_without_the_second_key_shows_nothing_to_keep(self, client, place, now):
        report = file(place, at=now)
        enter(client, place.worker, has_second_key=False)

        client.get(report.get_absolute_url())

        assert self.looks() == []
