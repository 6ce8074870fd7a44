"""Random walks through the life of a report never break what always holds."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.errors import Refusal
from community.models import Pause, Report
from community.services import reports
from community.services.reports.advance import Given, advance
from community.workflow import EDGES, ONGOING, OVER, REPORTER, SYSTEM, edge_between
from tests.factories.reports import OFFICES, file, staffed_county
from tests.times import on_monday

pytestmark = pytest.mark.django_db

moves = st.tuples(
    st.sampled_from(sorted({edge.target.value for edge in EDGES} | {"escalate"})),
    st.sampled_from([*OFFICES, REPORTER, SYSTEM]),
    st.integers(min_value=1, max_value=3000),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(walk=st.lists(moves, min_size=6, max_size=25))
def test_what_always_holds_holds_after_every_act(walk):
    place = staffed_county()
    report = file(place, at=on_monday("09:00"))
    twin = file(place, category=report.category)
    at = on_monday("09:00")
    due = report.finish_due_at

    for target, role, minutes in walk:
        at += timedelta(minutes=minutes)
        before = report.status
        by = None if role == SYSTEM else report.reporter if role == REPORTER else None
        by = by if role in (REPORTER, SYSTEM) else place.somebody(role)
        try:
            report = _act(report, target, (by, at), place.leader, twin)
        except Refusal:
            report = Report.objects.get(pk=report.pk)

        assert (
            target == "escalate" or before == report.status or edge_between(before, report.status)
        )
        assert (report.over_at is not None) == (report.status in OVER)
        assert report.owner_office
        assert report.owner_area_id
        assert not due or not report.finish_due_at or report.finish_due_at >= due
        due = report.finish_due_at
        open_pauses = Pause.objects.filter(report=report, ends_at=None).count()
        assert open_pauses == (report.status in ("awaiting_reporter", "suspended"))
        assert report.status in (*ONGOING, *OVER)
        numbers = list(report.steps.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, report.version + 1))
        chain = list(report.steps.order_by("number").values_list("from_status", "to_status"))
        assert all(a[1] == b[0] for a, b in pairwise(chain))


def _act(report, target, who, leader, twin) -> Report:
    by, at = who
    if target == "escalate":
        return reports.escalate(report=report, by=by, text="Up.", at=at)
    given_ = Given(by=by, at=at, text="So.", approved_by=leader, merged_into=twin, expected_at=at)
    return advance(report=report, target=target, given=given_)
