"""The pages as readers see them: what is shown to whom, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from cms.models import AreaPage, Audience, FrontPage, UnitPage, Urgency
from cms.queries.places import servants_among, serving
from cms.services.places import grow_page, grow_pages
from community.home import NEWS_PROVIDERS
from community.models import Area, Household, Kind, Office
from tests.factories import (
    AppointmentFactory,
    AreaFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
    square,
)
from tests.factories.cms import a_notice, a_plain_page, page_of

pytestmark = pytest.mark.django_db

BUDGET = 11


@pytest.fixture
def line():
    line = county_with_a_village()
    page_of(line.village)
    return line


@pytest.fixture
def resident(line):
    return MembershipFactory(household=HouseholdFactory(micro_grid=line.micro_grid)).person


class TestTheSite:
    def test_has_its_root_before_any_area_is_entered(self):
        assert Site.objects.get().root_page.specific == FrontPage.objects.get()
        assert not Page.find_problems()[0]

    def test_grows_a_page_for_every_area_once(self):
        line = county_with_a_village()

        assert grow_pages() == 3
        assert grow_pages() == 0
        assert AreaPage.objects.get(area=line.village).specific_class is UnitPage
        assert Page.find_problems() == ([], [], [], [], [])

    def test_uses_the_code_as_address_where_nobody_chose_one(self):
        line = county_with_a_village()

        grow_pages()

        assert AreaPage.objects.get(area=line.county).get_url() == f"/{line.county.code}/"

    def test_keeps_the_pictures_of_a_village_below_those_of_its_town(self, line):
        town, village = (AreaPage.objects.get(area=a) for a in (line.town, line.village))

        assert village.collection.is_child_of(town.collection)

    @pytest.mark.parametrize("path", ["/no-such-place/", "/linli/", "/x/y/z/"])
    def test_answers_404_for_what_is_not_there(self, client, path):
        assert client.get(path).status_code == 404


class TestTheCountyPage:
    def test_lists_its_towns_and_villages_and_draws_them(self, client, line):
        Area.objects.filter(pk=line.village.pk).update(boundary=square(120.9, 30.8))

        answer = client.get(page_of(line.county).get_url())

        assert line.town.name in answer.content.decode()
        assert page_of(line.village).get_url() in answer.content.decode()
        assert "map__area" in answer.content.decode()

    def test_stands_without_a_town(self, client):
        county = AreaFactory(kind=Kind.COUNTY)

        assert client.get(grow_page(area=county).get_url()).status_code == 200

    def test_costs_the_same_however_many_villages(
        self, client, line, django_assert_max_num_queries
    ):
        for _ in range(5):
            page_of(county_with_a_village(county=line.county).village)
        url = page_of(line.county).get_url()
        client.get(url)

        with django_assert_max_num_queries(BUDGET):
            client.get(url)


class TestTheVillagePage:
    def test_names_those_in_office_as_the_public_knows_them(self, client, line):
        person = PersonFactory(name="Full Name", display_name="Neighbour Qi")
        AppointmentFactory(
            person=person, office=Office.VILLAGE_SECRETARY, area=line.village, title="Secretary"
        )

        text = client.get(page_of(line.village).get_url()).content.decode()

        assert "Neighbour Qi" in text
        assert "Secretary" in text
        assert "Full Name" not in text
        assert person.phone not in text

    def test_names_a_person_with_two_offices_once(self, line):
        person = somebody_serving(line.village, Office.VILLAGE_COMMITTEE)
        AppointmentFactory(person=person, office=Office.MEDIATOR, area=line.village)

        [servant] = servants_among(serving(line.village, at=timezone.now()))

        assert len(servant.titles) == 2

    def test_does_not_name_volunteers_or_auditors(self, line):
        somebody_serving(line.village, Office.POINTS_AUDITOR)
        somebody_serving(line.village, Office.VOLUNTEER)

        assert servants_among(serving(line.village, at=timezone.now())) == []

    def test_says_how_many_households_out_of_how_many(self, client, line):
        Area.objects.filter(pk=line.village.pk).update(household_count=612)
        HouseholdFactory.create_batch(3, micro_grid=line.micro_grid)

        figures = client.get(page_of(line.village).get_url()).context["figures"]

        assert (figures.known_households, figures.households) == (Household.objects.count(), 612)

    @pytest.mark.parametrize("who", ["guest", "resident"])
    def test_costs_the_same_however_much_there_is(
        self, client, line, resident, who, django_assert_max_num_queries
    ):
        for _ in range(8):
            a_notice(line.village, starts_at=timezone.now(), audience=Audience.RESIDENTS)
            a_notice(line.grid, starts_at=timezone.now())
            somebody_serving(line.village, Office.VILLAGE_COMMITTEE)
            AreaFactory(kind=Kind.MICRO_GRID, parent=line.grid)
        if who == "resident":
            client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
        url = page_of(line.village).get_url()
        client.get(url)

        with django_assert_max_num_queries(BUDGET):
            client.get(url)


class TestTheListOfNotices:
    def test_leaves_out_what_is_for_residents_when_a_guest_asks(self, client, line):
        a_notice(line.village, title="For us alone", audience=Audience.RESIDENTS)

        text = client.get(reverse("cms:notices", args=[line.village.code])).content.decode()

        assert "For us alone" not in text

    def test_shows_past_ones_when_asked_for_them(self, client, line):
        now = timezone.now()
        a_notice(
            line.village,
            title="Was yesterday",
            starts_at=now - timedelta(days=2),
            ends_at=now - timedelta(days=1),
        )
        url = reverse("cms:notices", args=[line.village.code])

        assert "Was yesterday" not in client.get(url).content.decode()
        assert "Was yesterday" in client.get(url, {"show": "past"}).content.decode()

    @pytest.mark.parametrize("page", ["0", "x", "99", "-1"])
    def test_takes_any_page_number(self, client, line, page):
        url = reverse("cms:notices", args=[line.village.code])

        assert client.get(url, {"page": page}).status_code == 200

    def test_answers_404_for_a_place_that_is_not_there(self, client):
        assert client.get("/notices/nowhere/").status_code == 404

    def test_costs_the_same_for_fifty(self, client, line, django_assert_max_num_queries):
        for _ in range(25):
            a_notice(line.village, starts_at=timezone.now())
        url = reverse("cms:notices", args=[line.village.code])
        client.get(url)

        with django_assert_max_num_queries(BUDGET):
            client.get(url)


class TestTheNoticePage:
    def test_says_urgent_in_a_word_and_a_shape(self, client, line):
        notice = a_notice(line.village, urgency=Urgency.URGENT)

        text = client.get(notice.get_url()).content.decode()

        assert "i-stop" in text
        assert 'class="urgent"' in text

    def test_that_is_for_residents_shows_a_guest_not_even_its_title(self, client, line):
        notice = a_notice(line.village, title="For us alone", audience=Audience.RESIDENTS)

        answer = client.get(notice.get_url())

        assert answer.status_code == 403
        assert "For us alone" not in answer.content.decode()
        assert reverse("account_login") in answer.content.decode()

    def test_that_is_for_residents_is_shown_to_one(self, client, line, resident):
        notice = a_notice(line.village, title="For us alone", audience=Audience.RESIDENTS)
        client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")

        assert "For us alone" in client.get(notice.get_url()).content.decode()

    def test_that_has_not_begun_is_shown_to_its_editor_alone(self, client, line):
        notice = a_notice(line.village, starts_at=timezone.now() + timedelta(days=1))
        editor = somebody_serving(line.village, Office.VILLAGE_EDITOR)

        assert client.get(notice.get_url()).status_code == 404
        client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(notice.get_url()).status_code == 200

    def test_that_is_a_draft_is_not_there(self, client, line):
        assert client.get(a_notice(line.village, live=False).get_url()).status_code == 404

    def test_that_is_over_says_so(self, client, line):
        now = timezone.now()
        notice = a_notice(
            line.village, starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1)
        )

        assert client.get(notice.get_url()).context["is_over"]

    def test_stays_within_its_budget(self, client, line, django_assert_max_num_queries):
        url = a_notice(line.village).get_url()
        client.get(url)

        with django_assert_max_num_queries(BUDGET):
            client.get(url)


def served(client, document):
    """The status of the answer to a file's address; what it sends is read to the end."""
    answer = client.get(document.url)
    if answer.streaming:
        answer.getvalue()
        answer.close()
    return answer.status_code


class TestAnAttachment:
    @pytest.fixture
    def document(self, line):
        return get_document_model().objects.create(
            title="Plan",
            file=ContentFile(b"%PDF-1.4", name="plan.pdf"),
            collection=page_of(line.village).collection,
        )

    def carried_by(self, line, document, audience):
        body = [("attachment", {"document": document, "title": "Plan"})]
        return a_notice(line.village, audience=audience, body=body)

    def test_of_a_public_notice_is_public(self, client, line, document):
        self.carried_by(line, document, Audience.EVERYONE)

        assert served(client, document) == 200

    def test_of_a_residents_notice_is_not(self, client, line, document, resident):
        self.carried_by(line, document, Audience.RESIDENTS)

        assert served(client, document) == 403
        client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
        assert served(client, document) == 200

    def test_that_no_page_carries_is_seen_by_its_editor_alone(self, client, line, document):
        editor = somebody_serving(line.village, Office.VILLAGE_EDITOR)

        assert served(client, document) == 403
        client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
        assert served(client, document) == 200


class TestAnOrdinaryPage:
    def test_shows_its_body(self, client, line):
        page = a_plain_page(line.village)

        assert "Who we are" in client.get(page.get_url()).content.decode()


class TestNewsOnTheHomePage:
    def test_begins_with_what_is_urgent(self, line):
        now = timezone.now()
        a_notice(line.village, title="Urgent", urgency=Urgency.URGENT)
        a_notice(line.village, title="Newer", starts_at=now)

        rows = NEWS_PROVIDERS["notices"].rows(line.village, None, now, 5)

        assert [(row.title, row.is_urgent) for row in rows] == [("Urgent", True), ("Newer", False)]

    def test_keeps_residents_notices_from_guests(self, line, resident):
        a_notice(line.village, audience=Audience.RESIDENTS)
        rows = NEWS_PROVIDERS["notices"].rows

        assert rows(line.village, None, timezone.now(), 5) == []
        assert len(rows(line.village, resident, timezone.now(), 5)) == 1


class TestTheDemo:
    @pytest.mark.slow
    def test_gives_every_village_something_to_read(self, client):
        call_command("load_demo", verbosity=0)

        for page in UnitPage.objects.all():
            answer = client.get(page.get_url())
            assert answer.status_code == 200
            assert answer.context["notices"]
        for title in ("关于邻里园", "长辈怎么用", "隐私说明", "帮助"):
            assert client.get(Page.objects.get(title=title).get_url()).status_code == 200
