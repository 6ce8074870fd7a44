"""Open pages about reports: what they hear, and who is let in."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.services import reports
from tests.community.test_live import in_thread, page_of, session_of
from tests.factories import PersonFactory
from tests.factories.reports import file, staffed_county

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(live):
    return staffed_county()


class TestTheOpenPageOfAReport:
    async def test_hears_of_every_step_and_no_words(self, live, place):
        report = await in_thread(file)(place, visibility="private")
        session = await in_thread(session_of)(report.reporter)

        async with page_of(live, session) as page:
            await page.join(f"report:{report.number}")
            assert (await page.next())["snapshot"] == {"version": 1, "status": "submitted"}
            await in_thread(reports.accept)(report=report, by=place.worker, at=timezone.now())

            assert (await page.next())["frame"] == {"version": 2, "status": "accepted"}

    async def test_is_for_those_who_may_read_it(self, live, place):
        report = await in_thread(file)(place, visibility="private")
        for person in (await in_thread(PersonFactory)(), None):
            session = await in_thread(session_of)(person) if person else None

            async with page_of(live, session) as page:
                answer = await page.join(f"report:{report.number}")

            assert answer["refusal"]["code"] == "report_hidden"

    async def test_of_a_report_that_is_not_there_is_refused_alike(self, live, place):
        session = await in_thread(session_of)(place.worker)

        async with page_of(live, session) as page:
            answer = await page.join("report:R-209901-0001")

        assert answer["refusal"]["code"] == "report_hidden"


class TestAnOpenInbox:
    async def test_hears_that_something_came_and_that_it_went(self, live, place):
        session = await in_thread(session_of)(place.worker)

        async with page_of(live, session) as page:
            await page.join(f"inbox:{place.line.grid.pk}")
            assert (await page.next())["snapshot"] == {"changed_at": 0}
            now = timezone.now()
            report = await in_thread(file)(place, at=now)
            assert (await page.next())["frame"] == {"changed_at": now.timestamp()}
            later = timezone.now()
            await in_thread(reports.escalate)(
                report=report, by=place.worker, text="Not ours.", at=later
            )

            assert (await page.next())["frame"] == {"changed_at": later.timestamp()}

    @pytest.mark.parametrize("rest", ["{village}", "nonsense", ""])
    async def test_is_for_the_offices_of_its_area(self, live, place, rest):
        session = await in_thread(session_of)(place.worker)

        async with page_of(live, session) as page:
            answer = await page.join(f"inbox:{rest.format(village=place.line.village.pk)}")

        assert answer["refusal"]["code"] == "report_not_yours"
