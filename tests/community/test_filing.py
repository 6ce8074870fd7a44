"""Filing a report over HTTP, as a phone without JavaScript does it."""

from __future__ import annotations

import gzip
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.geo import Point, to_gcj02
from community.models import Draft, Evidence, Photo, Report, Visibility
from community.services.filing import file_draft
from community.services.places import redraw_boundary
from tests.factories.community import (
    AgencyFactory,
    ChildFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    square,
)
from tests.factories.reports import CategoryFactory, SubcategoryFactory, file, staffed_county
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


def draw(area):
    """Give the area a boundary of a kilometre around the lamp."""
    redraw_boundary(
        area=area, boundary=square(120.84, 30.82), by=None, reason="first", at=timezone.now()
    )


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
        assert f"{county.worker} will take it up by" in done.content.decode()

    def test_begins_with_nothing_in_the_database(self, phone):
        phone.get(reverse("community:file_report"))

        assert not Draft.objects.exists()

    def test_files_once_however_often_it_is_sent(self, filing, lamp, county):
        filing.send(photos=[upload()], subcategory=lamp.pk, area=county.line.micro_grid.pk)

        for _tap in range(3):
            filing.client.post(filing.url("check_report"), {"visibility": "public"})

        assert Report.objects.count() == 1

    def test_leads_to_the_report_when_the_draft_is_opened_again(self, filing, lamp, county):
        filing.send(photos=[upload()], subcategory=lamp.pk, area=county.line.micro_grid.pk)
        filing.client.post(filing.url("check_report"), {"visibility": "public"})

        assert filing.client.get(filing.url()).url == filing.url("report_filed")
        assert filing.client.get(filing.url("draft_place")).url == filing.url("report_filed")
        assert filing.client.get(filing.url("check_report")).url == filing.url("report_filed")


class TestWhatIsEntered:
    def test_survives_a_mistake_with_its_photos(self, filing, lamp):
        answer = filing.send(
            photos=[upload()], subcategory=lamp.pk, body="The lamp", door_code="WRONG1"
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "No door plate has this code" in page
        assert "Please say where it is" in page
        assert "The lamp" in page
        assert "WRONG1" in page
        assert filing.draft.subcategory == lamp
        assert filing.draft.photos.count() == 1

    def test_survives_a_file_that_is_no_photo(self, filing):
        files = [upload(), upload("notes.jpg", b"not a photo"), upload()]

        answer = filing.send("photos", photos=files, body="The lamp")

        assert "not a photo we can read" in answer.content.decode()
        assert filing.draft.photos.count() == 2
        assert filing.draft.body == "The lamp"

    def test_may_be_too_long_and_is_not_lost_for_that(self, filing):
        answer = filing.send(body="x" * 1001)

        assert answer.status_code == 422
        assert "x" * 1001 in answer.content.decode()

    def test_is_offered_again_on_another_day(self, filing):
        filing.send("keep", body="The lamp at the jetty")

        page = filing.client.get(reverse("community:file_report")).content.decode()

        assert "You had begun something" in page
        assert "The lamp at the jetty" in page
        assert filing.url() in page

    def test_belongs_to_one_person(self, filing, client):
        filing.send("keep", body="The lamp")
        client.force_login(PersonFactory(), backend="django.contrib.auth.backends.ModelBackend")

        assert client.get(filing.url()).status_code == 404
        assert client.post(filing.url(), {"act": "keep", "body": "mine"}).status_code == 404
        assert client.get(filing.url("check_report")).status_code == 404

    def test_can_be_thrown_away_with_its_photos(self, filing):
        filing.send("photos", photos=[upload()])

        filing.client.post(filing.url("discard_draft"))

        assert not Draft.objects.exists()
        assert not Photo.objects.exists()

    def test_keeps_the_twenty_newest_drafts(self, phone):
        for _number in range(22):
            Filing(phone).send("keep", body="one more")

        assert Draft.objects.count() == 20


class TestAPhotoOfAReport:
    def test_cannot_be_put_into_another_draft_and_thrown_away_there(self, filing, lamp, county):
        """A phone that sends an old photo again must not take it from what has been filed."""
        filing.send(photos=[upload()], subcategory=lamp.pk, area=county.line.micro_grid.pk)
        filing.client.post(filing.url("check_report"), {"visibility": "public"})
        photo = Photo.objects.get()
        again = Filing(filing.client)

        sent = again.client.post(
            again.url("draft_photos"), {"photos": upload(), "photo_id": photo.pk}
        )
        again.client.post(again.url("discard_draft"))

        assert sent.status_code == 422
        assert "used already" in sent.content.decode()
        assert Photo.objects.get().use.report == Report.objects.get()


class TestAGuest:
    def test_comes_back_from_signing_in_to_what_was_entered(self, client, lamp, county, resident):
        filing = Filing(client)

        answer = filing.send(
            "sign-in", subcategory=lamp.pk, door_code="K7M2QX", body="The lamp at the jetty"
        )

        assert answer.url.startswith(reverse("account_login"))
        assert str(filing.id) in answer.url
        assert not Draft.objects.exists()

        client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
        page = filing.page()

        assert "The lamp at the jetty" in page
        assert filing.draft.person == resident
        assert filing.draft.area == county.line.micro_grid
        assert filing.draft.subcategory == lamp

    def test_leaves_no_more_in_the_session_than_the_form_takes(self, client, lamp):
        filing = Filing(client)

        filing.send("keep", body="x" * 100_000, place_note="y" * 100_000)

        assert len(str(client.session["filing"])) < 5_000

    def test_sends_no_photos(self, client):
        filing = Filing(client)

        filing.send("photos", photos=[upload()])
        answer = client.post(filing.url("draft_photos"), {"photos": upload()})

        assert answer.status_code == 302
        assert not Photo.objects.exists()


class TestThePlace:
    def test_comes_from_the_door_plate_that_was_scanned(self, phone, county):
        landing = phone.get("/d/K7M2QX/", follow=True)

        page = landing.content.decode()
        assert "By the door plate" in page
        assert county.line.micro_grid.name in page

    def test_is_asked_for_when_the_plate_is_not_in_use_any_more(self, phone):
        answer = phone.get("/d/NOBODY/")

        assert answer.status_code == 404
        assert "No plate has this code" in answer.content.decode()
        assert reverse("community:file_report") in answer.content.decode()

    @pytest.mark.parametrize("typed", ["K7M2QX", "k7m2qx", "https://linli.example/d/K7M2QX/"])
    def test_is_found_by_the_code_however_it_is_typed(self, filing, county, typed):
        filing.send("keep", door_code=typed)

        assert filing.draft.area == county.line.micro_grid
        assert filing.draft.evidence == Evidence.DOOR_PLATE

    def test_is_found_by_the_phone_with_how_exact_it_was(self, filing, county):
        draw(county.line.micro_grid)

        filing.send("keep", lat="30.825", lng="120.845", accuracy_m="12", datum="wgs84")

        assert filing.draft.area == county.line.micro_grid
        assert (filing.draft.lng, filing.draft.lat) == LAMP
        assert "By the phone&#x27;s position, about 12 m" in filing.page()

    def test_is_kept_in_wgs_84_whatever_the_device_speaks(self, filing, county):
        draw(county.line.micro_grid)
        lng, lat = to_gcj02(Point(*LAMP))

        filing.send("keep", lat=str(lat), lng=str(lng), datum="gcj02")

        assert filing.draft.lng == pytest.approx(LAMP[0], abs=1e-6)
        assert filing.draft.lat == pytest.approx(LAMP[1], abs=1e-6)
        assert filing.draft.datum == "gcj02"

    def test_is_refused_outside_the_county(self, filing, county):
        draw(county.line.micro_grid)

        answer = filing.send(lat="39.9", lng="116.4")

        assert "outside the county" in answer.content.decode()
        assert filing.draft.area is None

    def test_is_the_one_that_was_said_last(self, filing, county):
        draw(county.line.micro_grid)
        filing.send("keep", lat="30.825", lng="120.845")

        filing.send("keep", lat="30.825", lng="120.845", area=county.line.micro_grid.pk)

        assert filing.draft.evidence == Evidence.CHOSEN
        assert filing.draft.lat is None

    def test_can_be_the_own_home(self, filing, county):
        filing.send("keep", area="home")

        assert filing.draft.area == county.line.micro_grid
        assert filing.draft.evidence == Evidence.HOUSEHOLD

    def test_can_be_reached_down_the_tree(self, filing, county):
        filing.send("list", body="The lamp")
        line = county.line

        for area in (line.county, line.town, line.village, line.grid):
            page = filing.client.get(filing.url("draft_place"), {"in": area.pk}).content.decode()
        assert line.micro_grid.name in page
        filing.client.post(filing.url("draft_place"), {"area": line.micro_grid.pk})

        assert filing.draft.area == line.micro_grid
        assert filing.draft.body == "The lamp"


class TestBeforeItIsSent:
    @pytest.fixture
    def ready(self, filing, lamp, county):
        def get_ready(**entries):
            entries = {"area": county.line.micro_grid.pk, "subcategory": lamp.pk, **entries}
            filing.send(photos=[upload()], **entries)
            return filing

        return get_ready

    def check(self, filing):
        return filing.client.get(filing.url("check_report")).content.decode()

    def test_numbers_that_point_to_a_person_are_masked_and_pointed_out(self, ready):
        page = self.check(ready(body="Please ring me. I am at 13812345678 all day."))

        public, told = page.split("There is a number in your words")
        assert "138********" in public
        assert "13812345678" in told

    def test_the_exact_place_is_not_in_what_the_public_will_see(self, ready):
        page = self.check(ready(place_note="by the steps of number 7"))

        public, _, rest = page.partition("What those who handle it also see")
        assert "number 7" not in public
        assert "number 7" in rest

    def test_it_can_be_made_private(self, ready):
        filing = ready()

        filing.client.post(filing.url("check_report"), {"visibility": "private"})

        assert Report.objects.get().visibility == Visibility.PRIVATE

    def test_a_photo_is_asked_for_where_one_is_needed(self, filing, lamp, county):
        answer = filing.send(subcategory=lamp.pk, area=county.line.micro_grid.pk)

        assert answer.status_code == 422
        assert "one photo is needed" in answer.content.decode()

    def test_nothing_missing_can_be_skipped_by_the_address(self, filing, lamp):
        filing.send("keep", subcategory=lamp.pk)

        answer = filing.client.post(filing.url("check_report"), {"visibility": "public"})

        assert answer.url == filing.url()
        assert not Report.objects.exists()

    def test_danger_is_sent_to_the_telephone_first(self, filing):
        fire = SubcategoryFactory(category=CategoryFactory(emergency_number="119"))

        page = filing.send("keep", subcategory=fire.pk).content.decode()

        assert 'href="tel:119"' in page

    def test_twenty_reports_a_day_are_enough(self, ready, resident, county, monkeypatch):
        monkeypatch.setattr("community.policies.filing.REPORTS_A_DAY", 1)
        file(county, reporter=resident, category=CategoryFactory(), at=timezone.now())
        filing = ready()

        page = self.check(filing)
        answer = filing.client.post(filing.url("check_report"), {"visibility": "public"})

        assert "You have filed 1 reports today" in page
        assert "You have filed 1 reports today" in answer.content.decode()
        assert Report.objects.count() == 1
        assert filing.draft.report is None

    def test_it_can_be_for_somebody_without_a_phone(self, ready, resident):
        principal = AgencyFactory(agent=resident).principal
        filing = ready()

        filing.client.post(
            filing.url("check_report"), {"visibility": "private", "on_behalf_of": principal.pk}
        )

        assert Report.objects.get().on_behalf_of == principal

    def test_it_is_not_for_just_anybody(self, ready):
        filing, stranger = ready(), PersonFactory()

        filing.client.post(
            filing.url("check_report"), {"visibility": "private", "on_behalf_of": stranger.pk}
        )

        assert Report.objects.get().on_behalf_of is None

    def test_a_child_is_told_to_ask_the_guardian(self, client, lamp, resident):
        child = ChildFactory(phone="+8610099777777")
        client.force_login(child, backend="django.contrib.auth.backends.ModelBackend")
        filing = Filing(client)
        filing.send(photos=[upload()], subcategory=lamp.pk, door_code="K7M2QX")

        answer = client.post(filing.url("check_report"), {"visibility": "public"})

        assert "You are not 18 yet" in answer.content.decode()
        assert not Report.objects.exists()


class TestTheSameMatter:
    def reported(self, county, sort, **given):
        return file(
            county,
            category=sort.category,
            subcategory=sort,
            title="Dark at the jetty, call 13911112222",
            at=given.pop("at", timezone.now()),
            photos=[],
            **given,
        )

    def page(self, filing, county, sort, **place):
        place = place or {"area": county.line.micro_grid.pk}
        return filing.send("keep", subcategory=sort.pk, **place).content.decode()

    @pytest.mark.parametrize(
        ("days_ago", "visibility", "is_shown"),
        [(13, "public", True), (15, "public", False), (1, "private", False)],
    )
    def test_is_shown_when_it_is_recent_and_public(
        self, filing, county, *, days_ago, visibility, is_shown
    ):
        sort = SubcategoryFactory()
        filed_at = timezone.now() - timedelta(days=days_ago)
        self.reported(county, sort, visibility=visibility, at=filed_at)

        page = self.page(filing, county, sort)

        assert ("Dark at the jetty" in page) == is_shown
        assert "13911112222" not in page

    def test_is_of_the_same_sort(self, filing, county):
        sort, other = SubcategoryFactory(), SubcategoryFactory(name="路面破损")
        self.reported(county, sort)

        assert "Dark at the jetty" not in self.page(filing, county, other)

    def test_says_the_same_wherever_in_the_micro_grid_one_asks(self, filing, county):
        """A pin that is moved about must not find the exact place of somebody's report."""
        sort = SubcategoryFactory()
        draw(county.line.micro_grid)
        self.reported(county, sort, point=LAMP)

        here = self.page(filing, county, sort, lng=LAMP[0], lat=LAMP[1])
        there = self.page(filing, county, sort, lng=LAMP[0], lat=LAMP[1] + 0.004)

        for page in (here, there):
            assert "Dark at the jetty" in page
            assert "m from this place" not in page


class TestTheCost:
    def test_of_the_first_page_is_small_and_does_not_grow(
        self, filing, county, django_assert_max_num_queries
    ):
        for _number in range(5):
            SubcategoryFactory()
        filing.send("photos", photos=[upload(), upload(), upload()], body="The lamp")

        with django_assert_max_num_queries(12):
            filing.client.get(filing.url())

    def test_of_filing_with_routing_and_history_is_at_most_25_statements(
        self, filing, lamp, county
    ):
        filing.send(photos=[upload()], subcategory=lamp.pk, area=county.line.micro_grid.pk)
        draft = filing.draft

        with CaptureQueriesContext(connection) as captured:
            file_draft(draft=draft, at=timezone.now())

        savepoints = ("SAVEPOINT", "RELEASE")
        asked = [query["sql"] for query in captured if not query["sql"].startswith(savepoints)]
        assert len(asked) <= 25, "\n".join(sql[:150] for sql in asked)

    def test_of_the_first_load_is_under_a_hundred_kilobytes(self, filing, lamp):
        page = filing.client.get(reverse("community:file_report")).content
        addresses = set(re.findall(rb'(?:href|src)="(/static/[^"#]+)', page))
        names = {address.decode().removeprefix("/static/") for address in addresses}

        sizes = {name: len(gzip.compress(Path(find(name)).read_bytes())) for name in names}

        assert sum(sizes.values()) + len(gzip.compress(page)) < 100_000
        assert not [name for name in names if "leaflet" in name]
