"""The pages in a real browser: nothing refused by the policy, nothing out of reach."""

from __future__ import annotations

import pytest

from cms.models import Urgency
from community.models import Area
from tests.factories import county_with_a_village, square
from tests.factories.cms import a_notice, a_plain_page, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses():
    line = county_with_a_village()
    Area.objects.filter(pk=line.village.pk).update(boundary=square(120.9, 30.8))
    notice = a_notice(
        line.village,
        urgency=Urgency.URGENT,
        body=[("heading", "Way round"), ("contact", {"name": "Desk", "phone": "0000-1"})],
    )
    pages = [page_of(area) for area in (line.county, line.town, line.village)]
    return [
        *(page.get_url() for page in (*pages, notice, a_plain_page(line.village))),
        f"/notices/{line.village.code}/",
        f"/notices/{line.village.code}/?show=past",
    ]


class TestTheirPages:
    def test_can_be_read_by_everyone(self, page, axe, addresses):
        for address in addresses:
            page.goto(address)

            axe(page)
