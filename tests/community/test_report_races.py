"""Two people at once: one is first, the other is told; a double tap is one report."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from community.errors import Refusal
from community.models import Report, Step
from community.services import reports
from tests.factories.community import PersonFactory
from tests.factories.reports import CategoryFactory, file, staffed_county
from tests.times import on_monday

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def at_once(*acts):
    """Run every act in a thread of its own, all starting together; refusals are answers."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


class TestTwoAtOnce:
    def test_never_join_two_reports_to_each_other(self):
        place = staffed_county()
        one, other = file(place), file(place)

        def join(report, into):
            return lambda: (
                reports.merge(
                    report=report,
                    into=into,
                    by=place.dispatcher,
                    text="Same",
                    at=on_monday("09:10"),
                ).status
            )

        outcomes = at_once(join(one, other), join(other, one))

        assert sorted(outcomes) == ["duplicate", "other_report_needed"]

    def test_accept_a_report_once(self):
        place = staffed_county()
        report = file(place)

        def accept_as(person):
            return lambda: reports.accept(
                report=report, by=person, at=on_monday("09:10"), seen_version=1
            )

        outcomes = at_once(accept_as(place.worker), accept_as(place.leader))

        assert outcomes.count("report_has_moved_on") == 1
        assert Step.objects.filter(report=report, to_status="accepted").count() == 1

    def test_file_a_double_tap_once(self):
        place, reporter, client_id = staffed_county(), PersonFactory(), uuid4()
        category = CategoryFactory()

        def tap():
            return file(place, reporter=reporter, client_id=client_id, category=category).pk

        first, second = at_once(tap, tap)

        assert first == second
        assert Report.objects.count() == 1

    def test_never_get_the_same_number(self):
        place, category = staffed_county(), CategoryFactory()
        reporters = [PersonFactory() for _each in range(6)]

        def filing(reporter):
            return lambda: file(place, reporter=reporter, category=category).number

        numbers = at_once(*map(filing, reporters))

        assert sorted(numbers) == [f"R-202603-{n:04d}" for n in range(1, 7)]

    def test_take_an_open_report_once(self):
        place = staffed_county()
        report = reports.accept(report=file(place), by=place.worker, at=on_monday("09:10"))
        report = reports.open_to_helpers(
            report=report, by=place.leader, text="Hands.", at=on_monday("09:20")
        )

        def take_as(office):
            person = place.somebody(office)
            return lambda: reports.take_on(
                report=report, by=person, at=on_monday("09:30"), seen_version=report.version
            )

        outcomes = at_once(take_as("volunteer"), take_as("mediator"))

        assert outcomes.count("report_has_moved_on") == 1
