"""The one table of a report's life, tried pair by pair and office by office."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import yaml
from django.db import transaction

import community
from community.errors import Refusal
from community.management.commands import document_report_states
from community.models import Office
from community.policies.reports import ReportNotYours
from community.services.reports.advance import Given, advance
from community.services.reports.refusals import StepNotPossible
from community.workflow import (
    APPROVERS,
    EDGES,
    OVER,
    OWNER_EVENTS,
    RATING_DAYS,
    REOPEN_DAYS,
    REOPEN_MAX,
    REOPEN_WHEN_LTE,
    REPORTER,
    STATES,
    SYSTEM,
    Level,
    Need,
    Status,
    edge_between,
)
from tests.factories.reports import (
    OFFICES,
    CategoryFactory,
    PhotoFactory,
    as_it_stands,
    file,
    staffed_county,
)
from tests.times import on_monday

TABLE = yaml.safe_load(
    (Path(community.__file__).parent / "demo_data" / "report_categories.yaml").read_text()
)


class TestTheTable:
    """It says what `report_categories.yaml` says."""

    def test_has_the_same_states_with_the_same_clocks(self):
        written = {
            row["code"]: (row["type"], row["clock"] or "")
            for row in TABLE["status_machine"]["states"]
        }

        ours = {s.status.value: (s.family.value, s.clock.value) for s in STATES.values()}
        assert ours == written

    def test_has_the_same_edges_for_the_same_people_with_the_same_needs(self):
        written = {
            (row["from"], row["to"]): (set(row["who"]), set(row["needs"]), row.get("event", ""))
            for row in TABLE["status_machine"]["edges"]
        }

        ours = {
            (edge.source.value, edge.target.value): (
                set(edge.who),
                {need.value for need in edge.needs},
                str(edge.event),
            )
            for edge in EDGES
        }
        assert ours == written

    def test_has_the_same_changes_of_owner(self):
        written = {
            row["code"]: (set(row["in"]), set(row["who"]), set(row["needs"]), row.get("limit"))
            for row in TABLE["status_machine"]["events"]
        }

        ours = {
            str(event): (set(e.sources), set(e.who), {n.value for n in e.needs}, e.limit)
            for event, e in OWNER_EVENTS.items()
        }
        assert ours == written

    def test_has_the_same_approvers_and_limits(self):
        machine = TABLE["status_machine"]

        assert {lv.value: set(who) for lv, who in APPROVERS.items()} == {
            level: set(who) for level, who in machine["approvers"].items()
        }
        assert machine["reopen"] == {
            "max": REOPEN_MAX,
            "window_days": REOPEN_DAYS,
            "after_max": "escalated",
        }
        assert TABLE["evaluation"]["window_days"] == RATING_DAYS
        assert TABLE["evaluation"]["reopen_when_lte"] == REOPEN_WHEN_LTE

    def test_names_only_offices_there_are(self):
        named = {office for edge in EDGES for office in edge.who} - {REPORTER, SYSTEM}

        assert named <= set(Office.values)

    def test_leads_out_of_every_state_but_withdrawal(self):
        stuck = set(Status) - {edge.source for edge in EDGES}

        assert stuck == {Status.WITHDRAWN}


def owner_for(role: str, status: str) -> dict:
    """Whose task a report is, so that this role answers for it."""
    level = {
        Office.GRID_WORKER: Level.GRID,
        Office.GRID_LEADER: Level.GRID,
        Office.TOWN_DISPATCHER: Level.TOWN,
        Office.TOWN_HANDLER: Level.TOWN,
        Office.COUNTY_HANDLER: Level.COUNTY,
    }.get(role, Level.VILLAGE)
    if role in (REPORTER, SYSTEM):
        return {"owner_level": Level.GRID, "owner_office": Office.GRID_WORKER}
    if role == Office.VOLUNTEER and status == Status.POOLED:
        return {"owner_level": Level.GRID, "owner_office": Office.GRID_WORKER}
    office = {
        Office.GRID_LEADER: Office.GRID_WORKER,
        Office.VILLAGE_SECRETARY: Office.VILLAGE_COMMITTEE,
    }.get(role, role)
    departments = {Office.TOWN_HANDLER: "Works", Office.COUNTY_HANDLER: "Housing"}
    return {
        "owner_level": level,
        "owner_office": office,
        "owner_department": departments.get(role, ""),
    }


@pytest.mark.django_db
class TestEveryPair:
    """What the table does not list is refused to everybody; what it lists works."""

    def test_is_refused_to_everybody_unless_it_is_listed(self):
        place = staffed_county()
        report = file(place)
        everybody = [place.somebody(office) for office in OFFICES] + [report.reporter, None]
        wrong = []
        for source in Status:
            _state(place, report, (Office.GRID_WORKER, None), source, back=Status.ACCEPTED)
            for target, by in product(Status, everybody):
                if edge_between(source, target) is None:
                    outcome = _advance(report, target, by)
                    if outcome != "no such step":
                        wrong.append((str(source), str(target), str(by), outcome))

        assert wrong == []

    def test_is_open_to_exactly_the_offices_it_is_listed_for(self):
        place = staffed_county()
        category = CategoryFactory(needs_photo=True)
        reporter = place.somebody(Office.VILLAGE_REP)
        report = file(
            place,
            category=category,
            reporter=reporter,
            photos=[PhotoFactory(uploader=reporter)],
        )
        people = {role: place.somebody(role) for role in OFFICES} | {REPORTER: reporter}
        photos = {role: [PhotoFactory(uploader=person)] for role, person in people.items()}
        wrong = []
        for edge, role in product(EDGES, (*OFFICES, REPORTER, SYSTEM)):
            by = people.get(role)
            point = transaction.savepoint()
            _state(place, report, (role, by), edge.source, back=edge.target)
            outcome = _advance(report, edge.target, by, photos.get(role, []), place.leader)
            transaction.savepoint_rollback(point)
            if outcome != ("done" if role in edge.who else "not theirs"):
                wrong.append((str(edge.source), str(edge.target), str(role), outcome))

        assert wrong == []


def _state(place, report, who, source, back="") -> None:
    """Put the report into a state in which this role answers for it."""
    role, by = who
    owner = owner_for(role, source)
    owner["owner_area"] = place.area_of(owner["owner_office"])
    owner["owner"] = by if owner["owner_office"] == Office.VOLUNTEER else None
    as_it_stands(
        report,
        status=source,
        merged_into=report,
        finish_due_at=on_monday("17:00"),
        over_at=on_monday("09:30") if source in OVER else None,
        resumes_as=back if source == Status.AWAITING_REPORTER else "",
        **owner,
    )


def _advance(report, target, by, photos=(), approver=None) -> str:
    """Try one step, and say what came of it."""
    given = Given(
        by=by,
        at=on_monday("10:00"),
        text="Because.",
        photos=photos,
        approved_by=approver,
        merged_into=report,
    )
    try:
        advance(report=report, target=target, given=given)
    except StepNotPossible:
        return "no such step"
    except ReportNotYours:
        return "not theirs"
    except Refusal as refusal:
        return refusal.code
    return "done"


class TestNeeds:
    def test_are_text_photo_and_approval(self):
        assert {need for edge in EDGES for need in edge.needs} == set(Need)


class TestTheReferencePage:
    def test_says_what_the_table_says(self):
        written = document_report_states.PAGE.read_text(encoding="utf-8")

        assert written == document_report_states.page()
