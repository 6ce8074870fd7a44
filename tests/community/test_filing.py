"""Filing a report over HTTP, as a phone without JavaScript does it."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from community.models import Draft, Evidence, Report
from tests.factories.community import (
    HouseholdFactory,
    MembershipFactory,
)
from tests.factories.reports import CategoryFactory, SubcategoryFactory, staffed_county
from tests.photo_files import upload

pytestmark = pytest.mark.django_db

LAMP = (120.845, 30.825)


@pytest.fixture
def county():
    return staffed_county()


@pytest.fixture
def lamp():
    """The sort of matter that needs a photo."""
    return SubcategoryFactory(category=CategoryFactory(needs_photo=True))


@pytest.fixture
def resident(county):
    household = HouseholdFactory(micro_grid=county.line.micro_grid, door_code="K7M2QX")
    person = MembershipFactory(household=household).person
    person.lives_in = county.line.village
    person.save()
    return person


@pytest.fixture
def phone(client, resident):
    client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
    return client


class Filing:
    """One report on its way: the address of its first page, and what is typed there."""

    def __init__(self, client):
        self.client = client
        self.id = uuid.uuid4()

    def url(self, name="draft"):
        return reverse(f"community:{name}", args=[self.id])

    def send(self, act="check", **entries):
        return self.client.post(self.url(), {"act": act, **entries})

    def page(self):
        return self.client.get(self.url()).content.decode()

    @property
    def draft(self):
        return Draft.objects.get(pk=self.id)


@pytest.fixture
def filing(phone):
    return Filing(phone)


class TestTheWholeWay:
    def test_goes_from_a_photo_to_a_number_without_a_script(self, filing, lamp, county, resident):
        first = filing.client.get(reverse("community:file_report"))
        assert b"Take a photo" in first.content

        sent = filing.send(
            photos=[upload(), upload("second.heic")],
            subcategory=lamp.pk,
            area=county.line.micro_grid.pk,
            body="Out for three days. Nobody sees the steps.",
        )
        assert sent.url == filing.url("check_report")
        check = filing.client.get(sent.url).content.decode()
        assert "Out for three days" in check
        done = filing.client.post(sent.url, {"visibility": "public"}, follow=True)

        report = Report.objects.get()
        assert report.reporter == resident
        assert report.title == "Out for three days"
        assert report.area == county.line.micro_grid
        assert report.evidence == Evidence.CHOSEN
        assert report.photos.count() == 2
        assert report.client_id == filing.id
        assert report.number in done.content.decode()
        assert "will take it up by" in done.content.decode()

    def test_begins_with_nothing_in_the_database(self, phone):
        phone.get(reverse("community:file_report"))

        assert not Draft.objects.exists()
