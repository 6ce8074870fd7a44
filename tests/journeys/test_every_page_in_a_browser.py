"""Every page in a real browser: nothing sticks out, everything can be hit, read and heard."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from community.models import Person
from tests.journeys.test_every_page import PERSONAS, device_of, told
from tests.support.accessibility import violations
from tests.support.browser import DESKTOP
from tests.support.pages import crawl
from tests.support.sizes import sticks_out, too_small

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROWEST = {"width": 320, "height": 640}
"""A 5-inch phone with large text, and 1280 pixels at 400 % (WCAG 1.4.10)."""


def one_of_each(persona: str) -> list[str]:
    """Return one address of every kind of page that this persona can come to."""
    by_route: dict[str, str] = {}
    for page in crawl(device_of(persona)):
        by_route.setdefault(page.route, page.address)
    return list(by_route.values())


@pytest.fixture
def looking(new_context, sign_in, live):
    """`looking(persona)`: a page, signed in as one of the demo's people."""
    call_command("load_demo", stdout=io.StringIO())

    def look(persona: str, **kwargs: object) -> Page:
        page = new_context(**kwargs).new_page()
        if PERSONAS[persona]:
            sign_in(page, Person.objects.get(phone=PERSONAS[persona]))
        return page

    return look


def visits(look, personas: Iterable[str], **kwargs: object):
    """Yield each persona's page at one address of every kind."""
    for persona in personas:
        page = look(persona, **kwargs)
        for address in one_of_each(persona):
            page.goto(address)
            yield persona, address, page


def test_nothing_sticks_out_or_is_too_small(looking):
    faults = []
    for persona, address, page in visits(looking, PERSONAS):
        page.set_viewport_size(NARROWEST)
        faults += [(persona, address, fault) for fault in sticks_out(page) + too_small(page)]
        page.set_viewport_size(DESKTOP)
        faults += [(persona, f"{address} (desktop)", fault) for fault in sticks_out(page)]

    assert not faults, told(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(looking, scheme):
    faults, seen = [], set()
    for persona, address, page in visits(looking, PERSONAS, color_scheme=scheme):
        large = page.evaluate("document.documentElement.hasAttribute('data-elder')")
        if (key := (address, large, address == "/" and persona)) in seen:
            continue
        seen.add(key)
        faults += [(persona, address, fault) for fault in violations(page)]

    assert not faults, told(faults)


class TestWithTheKeyboard:
    def test_the_first_stop_leads_past_the_bar(self, looking):
        page = looking("resident")
        page.goto("/")

        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()

        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()

    def test_the_village_switch_opens_and_closes(self, looking):
        page = looking("resident")
        page.goto("/")
        summary = page.locator(".switch summary")

        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".switch__menu")).to_be_visible()
        page.keyboard.press("Escape")

        expect(page.locator(".switch__menu")).to_be_hidden()
        expect(summary).to_be_focused()

    def test_what_is_focused_is_ringed(self, looking):
        page = looking("guest")
        page.goto("/")

        for _stop in range(4):
            page.keyboard.press("Tab")

        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 3


class TestWithoutScripts:
    @pytest.fixture
    def page(self, looking):
        return looking("guest", java_script_enabled=False)

    def test_the_village_is_changed(self, page):
        page.goto("/")

        page.locator(".switch summary").click()
        page.get_by_role("button", name="白鹭村").click()

        expect(page.locator(".switch__now")).to_contain_text("白鹭村")

    def test_large_type_is_one_tap(self, page):
        page.goto("/styleguide/")

        page.locator("button[name=elder_mode]").click()

        expect(page.locator("html[data-elder]")).to_be_attached()
        assert page.url.endswith("/styleguide/")

    def test_another_language_is_one_tap(self, page):
        page.goto("/styleguide/")

        page.get_by_role("button", name="English").click()

        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_dark_is_dark_when_it_was_chosen(looking):
    page = looking("guest", color_scheme="light")
    page.goto("/me/preferences/")

    page.locator("label", has=page.locator("input[value=dark]")).click()
    page.locator("main form button[data-kind=primary]").click()

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(15, 22, 21)"
    expect(page.locator(".messages")).to_be_visible()


def test_nothing_moves_for_those_who_asked_for_rest(looking):
    page = looking("guest")
    page.goto("/styleguide/")

    quick = page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--slow').trim()"
    )
    assert quick in ("0ms", "0s")
