"""The audit and the events that were not delivered: who sees them, and what they can do."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from community import triggers
from community.audit import record
from community.models import AuditEntry, EventRecord, Notification, Office
from community.policies.events import NeedsAReason, NotASystemAdmin, NotDead
from community.publishing import EventGivenUp, deliver_event, publish
from community.services.audit import purge
from community.services.events import drop_event, retry_event
from tests.factories import AreaFactory, PersonFactory, county_with_a_village, somebody_serving
from tests.support.keys import enter

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def signed_in(person, *, has_second_factor=True) -> Client:
    return enter(Client(), person, has_second_key=has_second_factor)


@pytest.fixture
def county():
    return AreaFactory()


@pytest.fixture
def auditor(county):
    return signed_in(somebody_serving(county, Office.SECURITY_AUDITOR))


@pytest.fixture
def admin(county):
    return somebody_serving(county, Office.SYSTEM_ADMIN)


def entries_of(response) -> list[dict]:
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


class TestTheAudit:
    @pytest.mark.parametrize(
        ("office", "may"),
        [
            (Office.SECURITY_AUDITOR, True),
            (Office.PRIVACY_OFFICER, True),
            (Office.SYSTEM_ADMIN, False),
            (Office.VILLAGE_SECRETARY, False),
        ],
    )
    def test_is_read_by_the_auditors_alone(self, county, office, may):
        client = signed_in(somebody_serving(county, office))

        page = client.get("/audit/")

        assert ("Only the security auditor" in page.content.decode()) is not may
        assert client.post("/audit/export/", {"form": "csv"}).status_code == (200 if may else 409)

    def test_asks_for_a_second_factor(self, county):
        holder = somebody_serving(county, Office.SECURITY_AUDITOR)
        client = signed_in(holder, has_second_factor=False)

        assert client.get("/audit/").status_code == 302
        assert client.post("/audit/export/", {"form": "csv"}).status_code == 302

    def test_shows_who_did_what_with_the_names_of_today(self, auditor, county):
        worker = somebody_serving(county)
        record(
            actor=worker,
            act="household.admit",
            subject=county,
            at=NOW,
            area=county,
            office=Office.GRID_WORKER,
            reason="at the door",
            household=7,
        )

        page = auditor.get("/audit/").content.decode()

        for word in ("household.admit", str(worker), "Grid worker", str(county), "at the door"):
            assert word in page

    def test_can_be_narrowed_to_days_an_act_and_an_area(self, auditor):
        here, elsewhere = county_with_a_village(), county_with_a_village()
        for area, act, at in (
            (here.grid, "household.admit", NOW),
            (elsewhere.grid, "household.admit", NOW),
            (here.grid, "claim.refuse", NOW),
            (here.grid, "household.admit", NOW - timedelta(days=100)),
        ):
            record(actor=None, act=act, subject=area, at=at, area=area)

        asked = {"act": "household", "area": here.village.code}
        page = auditor.get("/audit/", asked)

        assert [act.entry.area_id for act in page.context["acts"]] == [here.grid.pk]

    @pytest.mark.parametrize(
        ("asked", "answer"),
        [
            ({"since": "2026-03-02", "until": "2026-03-01"}, "The last day lies before the first"),
            ({"since": "yesterday"}, "Enter a valid date"),
            ({"area": "Atlantis"}, "There is no area of that name or code"),
        ],
    )
    def test_says_what_is_wrong_with_a_question(self, auditor, asked, answer):
        page = auditor.get("/audit/", asked)

        assert page.status_code == 200
        assert answer in page.content.decode()
        assert auditor.post("/audit/export/", {**asked, "form": "csv"}).status_code == 400

    def test_costs_the_same_for_one_entry_and_for_fifty(
        self, auditor, county, django_assert_max_num_queries
    ):
        for _number in range(60):
            worker = PersonFactory()
            record(actor=worker, act="x", subject=county, at=NOW, area=county)

        auditor.get("/audit/")  # the first page of a visit also writes down that it began

        with django_assert_max_num_queries(12):
            auditor.get("/audit/")


class TestTakingTheAuditOut:
    def test_is_itself_an_entry(self, auditor, county):
        record(actor=None, act="household.admit", subject=county, at=NOW)

        auditor.post("/audit/export/", {"form": "csv", "act": "household"})

        entry = AuditEntry.objects.get(act="audit.export")
        assert entry.office == Office.SECURITY_AUDITOR
        assert entry.facts["acts"] == "household"
        assert entry.facts["form"] == "csv"

    def test_gives_lines_of_json(self, auditor, county):
        record(actor=None, act="household.admit", subject=county, at=NOW, reason="门口", count=2)

        response = auditor.post("/audit/export/", {"form": "jsonl", "act": "household"})

        [entry] = entries_of(response)
        assert entry["act"] == "household.admit"
        assert entry["reason"] == "门口"
        assert entry["facts"] == {"count": 2}

    def test_gives_a_table_that_runs_no_formulas(self, auditor, county):
        record(actor=None, act="household.admit", subject=county, at=NOW, reason="=1+1")

        response = auditor.post("/audit/export/", {"form": "csv", "act": "household"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        [row] = csv.DictReader(io.StringIO(text))
        assert row["reason"] == "'=1+1"
        assert row["act"] == "household.admit"

    def test_in_an_unknown_form_is_refused(self, auditor):
        assert auditor.post("/audit/export/", {"form": "exe"}).status_code == 400
        assert not AuditEntry.objects.filter(act="audit.export").exists()


class TestThePurge:
    def test_deletes_what_is_past_retention_and_says_so(self, county):
        old = record(actor=None, act="x", subject=county, at=NOW - timedelta(days=401))
        record(actor=None, act="y", subject=county, at=NOW - timedelta(days=399))

        assert purge(at=NOW) == 1

        acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
        assert acts == ["y", "audit.purge"]
        note = AuditEntry.objects.get(act="audit.purge")
        assert note.facts["entries"] == 1
        assert note.subject_id == str(old.pk)

    def test_does_nothing_and_says_nothing_when_nothing_is_old(self, county):
        record(actor=None, act="y", subject=county, at=NOW)

        assert purge(at=NOW) == 0
        assert AuditEntry.objects.count() == 1

    def test_leaves_the_guards_in_place(self, county):
        record(actor=None, act="x", subject=county, at=NOW - timedelta(days=401))

        purge(at=NOW)

        assert triggers.missing() == []

    def test_never_keeps_less_than_the_law_asks(self, settings):
        settings.AUDIT_RETENTION_DAYS = 179

        with pytest.raises(ImproperlyConfigured, match="180"):
            purge(at=NOW)


@pytest.fixture
def dead() -> EventRecord:
    event = publish(EventGivenUp(at=NOW, event_id="7", event_name="test.bell_rung"))
    EventRecord.objects.filter(pk=event.pk).update(dead_at=NOW, last_error="the rope broke")
    event.refresh_from_db()
    return event


class TestTheEventsThatWereNotDelivered:
    def test_are_seen_by_system_administrators_alone(self, admin, auditor, dead):
        assert "the rope broke" in signed_in(admin).get("/events/").content.decode()
        assert auditor.get("/events/").status_code == 409

    def test_are_told_to_the_system_administrators(self, admin):
        told = publish(EventGivenUp(at=NOW, event_id="7", event_name="test.bell_rung"))

        deliver_event(event_id=str(told.pk))

        notification = Notification.objects.get(person=admin)
        assert notification.path == "/events/"
        assert notification.facts == {"event_name": "test.bell_rung"}

    def test_can_be_tried_again(self, admin, dead, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            signed_in(admin).post(f"/events/{dead.pk}/retry/")

        dead.refresh_from_db()
        assert dead.dead_at is None
        assert dead.delivered_at is not None
        assert AuditEntry.objects.get().act == "event.retry"

    def test_can_be_let_go_with_a_reason(self, admin, dead):
        client = signed_in(admin)

        client.post(f"/events/{dead.pk}/drop/", {"reason": "the bell is gone"})

        dead.refresh_from_db()
        assert dead.dropped_at is not None
        entry = AuditEntry.objects.get()
        assert (entry.act, entry.reason) == ("event.drop", "the bell is gone")
        assert "Everything was delivered" in client.get("/events/").content.decode()

    def test_stay_when_there_is_no_reason(self, admin, dead):
        page = signed_in(admin).post(f"/events/{dead.pk}/drop/", {"reason": " "})

        assert "Please write why" in page.content.decode()
        with pytest.raises(NeedsAReason):
            drop_event(record=dead, by=admin, reason=" ", at=NOW)
        dead.refresh_from_db()
        assert dead.dropped_at is None

    def test_are_nobody_else_s_to_mend(self, dead):
        stranger = PersonFactory()

        with pytest.raises(NotASystemAdmin):
            retry_event(record=dead, by=stranger, at=NOW)
        with pytest.raises(NotASystemAdmin):
            drop_event(record=dead, by=stranger, reason="so", at=NOW)

    def test_are_mended_once(self, admin, dead):
        drop_event(record=dead, by=admin, reason="so", at=NOW)

        with pytest.raises(NotDead):
            retry_event(record=dead, by=admin, at=NOW)

    def test_leave_nothing_when_all_is_well(self, admin):
        assert "Everything was delivered" in signed_in(admin).get("/events/").content.decode()
