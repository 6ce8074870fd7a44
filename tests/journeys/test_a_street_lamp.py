"""A resident reports a broken street lamp, and it comes round: told over HTTP, without a script."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import EventRecord, Notification, Office, Person, Report
from community.publishing import deliver_event
from community.queries.reports import holders_of
from community.workflow import Level
from tests.factories.community import PersonFactory, county_with_a_village
from tests.factories.reports import PhotoFactory, Staffed, file, staffed_county
from tests.support.keys import enter

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    return enter(Client(), person)


def press(client, page_url, form_url, **typed):
    """Open a page, then send its form with the version that was on it."""
    page = client.get(page_url).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version, "the page offers a form"
    answer = client.post(form_url, {"version": version[1], "text": "", **typed})
    assert answer.status_code == 302, answer.content.decode()[:2000]


def act(client, report, key, **typed):
    url = reverse("community:report_act", args=[report.number, key])
    press(client, url, url, **typed)


def told(person) -> list[str]:
    """Deliver what has happened, and return what the person was told."""
    for record in EventRecord.objects.filter(delivered_at=None).order_by("at", "recorded_at"):
        deliver_event(event_id=str(record.pk))
    return list(Notification.objects.filter(person=person).values_list("kind", flat=True))


class TestAStreetLamp:
    def test_is_reported_accepted_repaired_and_rated(self):
        place, resident = staffed_county(), PersonFactory()
        report = file(place, at=timezone.now(), reporter=resident)
        assert told(place.worker) == ["community.report_to_accept"]
        worker, home = signed_in(place.worker), signed_in(resident)

        act(worker, report, "accept")
        act(worker, report, "take", text="I come at noon.")
        photo = PhotoFactory(uploader=place.worker)
        act(worker, report, "done", text="A new bulb and a new clock.", photo=str(photo.pk))
        rating = reverse("community:rate_report", args=[report.number])
        assert "community.report_done" in told(resident)
        press(home, rating, rating, stars="5")

        report.refresh_from_db()
        assert report.status == "resolved"
        page = home.get(report.get_absolute_url()).content.decode()
        for words in ("I come at noon.", "A new bulb and a new clock.", "the last word: solved"):
            assert words in page

    def test_sent_up_is_told_to_both_ends(self):
        place = staffed_county()
        report = file(place, at=timezone.now())
        act(signed_in(place.worker), report, "escalate", text="It belongs to the grid company.")

        report.refresh_from_db()
        (above,) = holders_of(report, at=timezone.now())

        assert "community.report_from_below" in told(Person.objects.get(pk=above))
        assert "community.report_sent_up" in told(report.reporter)

    def test_leaves_nothing_unread_with_those_who_have_acted(self):
        place = staffed_county()
        report = file(place, at=timezone.now())
        told(place.worker)
        assert place.worker.notifications.unread().exists()

        act(signed_in(place.worker), report, "accept")
        told(place.worker)

        assert not place.worker.notifications.unread().exists()
        assert report.reporter.notifications.unread().exists()

    def test_that_is_still_dark_is_handled_again(self):
        place = staffed_county()
        report = file(place, at=timezone.now())
        worker, home = signed_in(place.worker), signed_in(report.reporter)
        for key, text in (("accept", ""), ("take", ""), ("done", "Done.")):
            act(worker, report, key, text=text)

        again = reverse("community:not_solved", args=[report.number])
        press(home, again, again, text="It is still dark.")

        report.refresh_from_db()
        assert (report.status, report.reopen_count) == ("reopened", 1)
        assert "It is still dark." in worker.get(report.get_absolute_url()).content.decode()
        assert "community.report_reopened" in told(place.worker)
        act(worker, report, "take")

    def test_where_nobody_holds_the_office_goes_up_in_red(self):
        place = Staffed(county_with_a_village())
        member = place.somebody(Office.VILLAGE_COMMITTEE)
        report = file(place, at=timezone.now())

        inbox = signed_in(member).get(reverse("community:inbox")).content.decode()

        assert Report.objects.get().owner_level == Level.VILLAGE
        assert report.title in inbox
        assert 'data-level="red"' in inbox
        act(signed_in(member), report, "accept")
