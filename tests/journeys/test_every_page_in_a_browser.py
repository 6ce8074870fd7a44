"""Every page in a real browser: nothing sticks out, everything can be hit, read and heard."""

from __future__ import annotations

import io
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page, Route, expect

from community.models import Person
from tests.factories.community import county_with_a_village
from tests.journeys.test_every_page import PERSONAS, device_of, told
from tests.support.accessibility import violations
from tests.support.browser import DESKTOP, PHONE
from tests.support.pages import crawl
from tests.support.pieces import pieces_of
from tests.support.sizes import sticks_out, too_small

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROWEST = {"width": 320, "height": 640}
"""A 5-inch phone with large text, and 1280 pixels at 400 % (WCAG 1.4.10)."""


def worth_a_look(persona: str, known: set[str]) -> list[str]:
    """Return the addresses where this persona meets a piece that nobody has been shown yet.

    One person's list of reports is made of the same pieces as another's: it is measured once. A
    page that has a button, a tag, a field or a state more than all before it is measured again,
    whole. `known` grows by what is returned; large type has pieces of its own, since it changes
    the size of all of them.
    """
    addresses = []
    for page in crawl(device_of(persona)):
        size = "large" if "data-elder" in page.html.partition("<head")[0] else "normal"
        pieces = {f"{size}: {each}" for each in pieces_of(page.html)}
        if not pieces <= known:
            known |= pieces
            addresses.append(page.address)
    return addresses


@pytest.fixture
def county() -> None:
    """Two villages and nothing else: enough for what is the same on every page."""
    line = county_with_a_village()
    other = county_with_a_village(line.county).village
    other.name = "White Egret"
    other.save(update_fields=["name"])


@pytest.fixture
def guest(live, county, new_context) -> Page:
    return new_context().new_page()


def as_the_web_server_does(route: Route) -> None:
    """Answer for published pictures, which in production do not pass through the program."""
    name = unquote(urlsplit(route.request.url).path).removeprefix(settings.MEDIA_URL)
    route.fulfill(path=settings.MEDIA_ROOT / name)


def test_every_page_can_be_seen_hit_read_and_heard(live, new_context, sign_in):
    """At 320 pixels and on a desk, in light and in dark, with the fingers and with the ears."""
    call_command("load_demo", stdout=io.StringIO())
    faults, known = [], set[str]()
    for persona, phone in PERSONAS.items():
        page = new_context().new_page()
        page.route(f"**{settings.MEDIA_URL}**", as_the_web_server_does)
        if phone:
            sign_in(page, Person.objects.get(phone=phone))
        for address in worth_a_look(persona, known):
            page.set_viewport_size(NARROWEST)
            page.goto(address)
            found = sticks_out(page) + too_small(page)
            page.set_viewport_size(DESKTOP)
            found += [f"on a desk: {fault}" for fault in sticks_out(page)]
            page.set_viewport_size(PHONE)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found += [f"in {scheme}: {fault}" for fault in violations(page)]
            faults += [(persona, address, fault) for fault in found]
        page.context.close()

    assert not faults, told(faults)


class TestWithTheKeyboard:
    def test_the_first_stop_leads_past_the_bar(self, guest):
        page = guest
        page.goto("/")

        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()

        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()

    def test_the_village_switch_opens_and_closes(self, guest):
        page = guest
        page.goto("/")
        summary = page.locator(".switch summary")

        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".switch__menu")).to_be_visible()
        page.keyboard.press("Escape")

        expect(page.locator(".switch__menu")).to_be_hidden()
        expect(summary).to_be_focused()

    def test_what_is_focused_is_ringed(self, guest):
        page = guest
        page.goto("/")

        for _stop in range(4):
            page.keyboard.press("Tab")

        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 3


class TestWithoutScripts:
    @pytest.fixture
    def page(self, live, county, new_context):
        return new_context(java_script_enabled=False).new_page()

    def test_the_village_is_changed(self, page):
        page.goto("/")

        page.locator(".switch summary").click()
        page.get_by_role("button", name="White Egret").click()

        expect(page.locator(".switch__now")).to_contain_text("White Egret")

    def test_large_type_is_one_tap(self, page):
        page.goto("/styleguide/")

        page.locator("button[name=elder_mode]").click()

        expect(page.locator("html[data-elder]")).to_be_attached()
        assert page.url.endswith("/styleguide/")

    def test_another_language_is_one_tap(self, page):
        page.goto("/styleguide/")

        page.get_by_role("button", name="English").click()

        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_dark_is_dark_when_it_was_chosen(guest):
    page = guest
    page.emulate_media(color_scheme="light")
    page.goto("/me/preferences/")

    page.locator("label", has=page.locator("input[value=dark]")).click()
    page.locator("main form button[data-kind=primary]").click()

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(15, 22, 21)"
    expect(page.locator(".messages")).to_be_visible()


def test_nothing_moves_for_those_who_asked_for_rest(guest):
    page = guest
    page.goto("/styleguide/")

    quick = page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--slow').trim()"
    )
    assert quick in ("0ms", "0s")
