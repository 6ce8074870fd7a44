"""The frame around every page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community import context_processors
from community.home import Tab
from tests.factories.community import (
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
)

pytestmark = pytest.mark.django_db

HERE = "/here/"
LARGE_TYPE = "/me/large-type/"
PREFERENCES = "/me/preferences/"
LANGUAGE = "/language/"


def place_in(response) -> str:
    """Return the name in the village switch."""
    page = response.content.decode()
    return page.split('class="switch__now"')[1].split("<span>")[1].split("</span>")[0]


class TestTheVillageSwitch:
    def test_begins_with_where_the_person_lives(self, client):
        line = county_with_a_village()
        other = county_with_a_village(line.county)
        person = MembershipFactory(household__micro_grid=line.micro_grid).person
        client.force_login(person)

        page = client.get("/").content.decode()

        assert place_in(client.get("/")) == line.village.name
        menu = page.split("switch__menu")[1]
        assert menu.index(line.village.name) < menu.index(other.village.name)
        assert menu.index(other.village.name) < menu.index(line.county.name)

    def test_offers_the_areas_somebody_answers_for(self, client):
        line = county_with_a_village()
        client.force_login(somebody_serving(line.grid))

        assert place_in(client.get("/")) == line.grid.name

    @pytest.mark.parametrize("is_guest", [True, False])
    def test_keeps_what_was_chosen(self, client, is_guest):
        line = county_with_a_village()
        other = county_with_a_village(line.county)
        if not is_guest:
            client.force_login(PersonFactory(lives_in=line.village))

        client.post(HERE, {"area": other.village.code})

        assert place_in(client.get("/")) == other.village.name

    def test_shows_a_guest_the_county_first(self, client):
        line = county_with_a_village()

        assert place_in(client.get("/")) == line.county.name

    @pytest.mark.parametrize("key", ["", "x", "\0", "9" * 5000])
    def test_knows_no_other_places(self, client, key):
        county_with_a_village()

        assert client.post(HERE, {"area": key}).status_code == 404

    def test_forgets_a_place_that_is_gone(self, client):
        line = county_with_a_village()
        session = client.session
        session["here"] = 999_999
        session.save()

        assert place_in(client.get("/")) == line.county.name

    def test_leads_to_all_places_when_there_are_many(self, client):
        line = county_with_a_village()
        for _each in range(20):
            county_with_a_village(line.county)

        page = client.get("/").content.decode()

        assert "All villages and communities" in page
        assert page.count('name="area"') <= 13

    def test_has_a_page_with_every_village(self, client):
        line = county_with_a_village()
        others = [county_with_a_village(line.county) for _each in range(20)]

        page = client.get(HERE).content.decode()

        assert all(other.village.name in page for other in others)


class TestLargeType:
    def test_is_kept_for_the_person_on_every_device(self, client):
        person = PersonFactory()
        client.force_login(person)

        client.post(LARGE_TYPE, {"elder_mode": "1"})

        person.refresh_from_db()
        assert person.elder_mode
        assert "data-elder" in client.get("/").content.decode()

    def test_is_kept_for_a_guest_while_the_visit_lasts(self, client):
        client.post(LARGE_TYPE, {"elder_mode": "1"})
        assert "data-elder" in client.get("/").content.decode()

        client.post(LARGE_TYPE, {"elder_mode": "0"})
        assert "data-elder" not in client.get("/").content.decode()

    def test_comes_back_to_the_page_where_it_was_tapped(self, client):
        answer = client.post(LARGE_TYPE, {"elder_mode": "1", "next": "/styleguide/?x=1"})

        assert answer.url == "/styleguide/?x=1"

    @pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/", ""])
    def test_never_leads_away_from_the_site(self, client, path):
        answer = client.post(LARGE_TYPE, {"elder_mode": "1", "next": path})

        assert answer.url == "/"

    def test_leads_home_when_the_address_is_opened_by_hand(self, client):
        assert client.get(LARGE_TYPE).url == "/"


class TestPreferences:
    CHOICE = {"elder_mode": "1", "theme": "dark", "language": "zh-hans"}

    def test_are_kept_for_the_person(self, client):
        person = PersonFactory()
        client.force_login(person)

        client.post(PREFERENCES, self.CHOICE)

        person.refresh_from_db()
        assert (person.elder_mode, person.theme, person.language) == (True, "dark", "zh-hans")

    def test_are_kept_for_a_guest(self, client):
        client.post(PREFERENCES, self.CHOICE)

        page = client.get("/").content.decode()
        assert 'lang="zh-CN" data-elder' in page
        assert 'dark.css">' in page

    @pytest.mark.parametrize("theme", ["auto", "light", "dark"])
    def test_link_the_night_as_was_chosen(self, client, theme):
        client.post(PREFERENCES, {**self.CHOICE, "theme": theme})

        page = client.get("/").content.decode()

        assert ('dark.css"' in page) == (theme != "light")
        assert ("prefers-color-scheme: dark" in page) == (theme == "auto")

    def test_say_what_is_wrong_and_keep_the_rest(self, client):
        page = client.post(PREFERENCES, {**self.CHOICE, "theme": "pink"}).content.decode()

        assert "field__error" in page
        assert 'value="zh-hans" required id="id_language_0" checked' in page or "checked" in page


class TestLanguage:
    def test_is_the_browsers_until_somebody_chooses(self, client):
        assert 'lang="zh-CN"' in client.get("/", headers={"accept-language": "zh"}).content.decode()
        assert 'lang="en"' in client.get("/", headers={"accept-language": "en"}).content.decode()

    def test_is_kept_once_it_is_chosen(self, client):
        client.post(LANGUAGE, {"language": "zh-hans", "next": "/"})

        page = client.get("/", headers={"accept-language": "en"})

        assert page.headers["Content-Language"] == "zh-hans"
        assert 'lang="zh-CN"' in page.content.decode()

    def test_is_one_that_we_speak(self, client):
        client.post(LANGUAGE, {"language": "fr", "next": "/"})

        assert 'lang="en"' in client.get("/").content.decode()

    def test_goes_with_the_person(self, client):
        client.force_login(PersonFactory(language="zh-hans"))

        assert 'lang="zh-CN"' in client.get("/").content.decode()


class TestTabs:
    @pytest.fixture
    def tabs(self, monkeypatch):
        tabs = {
            f"t{n}": Tab(
                key=f"t{n}", label=f"T{n}", icon="home", url_name="community:home", order=n
            )
            for n in range(7)
        }
        monkeypatch.setattr(context_processors, "TABS", tabs)
        return tabs

    def test_are_five_at_most(self, client, tabs):
        assert client.get("/").content.decode().count("tabbar__item") == 5

    def test_have_numbers_only_for_persons(self, client, tabs):
        tabs["t0"] = Tab(
            key="t0",
            label="Inbox",
            icon="bell",
            url_name="community:home",
            order=0,
            badge=lambda person, at: 120,
        )

        assert 'class="badge"' not in client.get("/").content.decode()
        client.force_login(PersonFactory())
        assert "99+" in client.get("/").content.decode()

    def test_mark_the_one_that_is_open(self, client):
        page = client.get(reverse("community:home")).content.decode()

        assert page.count('aria-current="page"') == 1
