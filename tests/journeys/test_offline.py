"""Three reports from a place without a network, and everything that may go wrong on the way.

Told in a real Chromium with a profile on disk, so that what the phone keeps outlives its tabs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from community.models import Draft, Report
from community.outbox import mark_of
from tests.factories.community import HouseholdFactory, MembershipFactory, PersonFactory
from tests.factories.reports import CategoryFactory, SubcategoryFactory, staffed_county
from tests.photo_files import street
from tests.support.browser import FLAGS, PATIENCE_MS, PHONE
from tests.support.live import LiveServer
from tests.support.machine import chromium

pytestmark = pytest.mark.browser

FORM = "/reports/new/offline/"


@pytest.fixture
def resident(live):
    household = HouseholdFactory(micro_grid=staffed_county().line.micro_grid, door_code="K7M2QX")
    SubcategoryFactory(category=CategoryFactory(needs_photo=True))
    return MembershipFactory(household=household).person


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "lamp.jpg"
    street(1200, 900).save(path, "JPEG")
    return path


@pytest.fixture
def phone(
    live: LiveServer, playwright: Playwright, tmp_path
) -> Iterator[Callable[..., BrowserContext]]:
    """`phone()`: take the phone in hand, again and again; its profile stays."""
    opened: list[BrowserContext] = []

    def take(**kwargs: Any) -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium(),
            args=list(FLAGS),
            **{"base_url": live.url, "viewport": PHONE, "locale": "en", **kwargs},
        )
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context

    yield take
    for context in opened:
        context.close()


def come_in(context: BrowserContext, live: LiveServer, person) -> None:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live.url}
    context.add_cookies([{**cookie, "httpOnly": True, "expires": 2_000_000_000}])


def until(page: Page, told: str) -> None:
    """Wait until the page says so; Playwright's own way of it needs an eval that we forbid."""
    give_up_at = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(told):
        assert time.monotonic() < give_up_at, f"never: {told}"
        page.wait_for_timeout(50)


def ready(context: BrowserContext, live: LiveServer, person) -> Page:
    """Open the site once with a network, as the phone does before it is carried away."""
    come_in(context, live, person)
    page = context.pages[0]
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    return page


def write(page: Page, words: str, photo: Path | None, door_code: str = "K7M2QX") -> None:
    if photo is not None:
        page.locator("input[type=file][multiple]").set_input_files(photo)
        expect(page.locator("#offline .photos__item")).to_have_count(1)
    page.fill("#id_door_code", door_code)
    page.locator(".kind > .chip").first.click()
    page.locator(".kind__sorts .chip:visible").first.click()
    page.fill("#id_body", words)
    page.locator(".footbar button").click()


def states(page: Page) -> list[str]:
    return page.locator(".outbox-item [data-state]").evaluate_all(
        "all => all.map(one => one.dataset.state)"
    )


def expect_states(page: Page, *wanted: str) -> None:
    expect(page.locator(".outbox-item")).to_have_count(len(wanted))
    for index, state in enumerate(wanted):
        mark = page.locator(".outbox-item [data-state]").nth(index)
        expect(mark).to_have_attribute("data-state", state, timeout=20_000)


def test_three_reports_are_kept_through_a_killed_tab_and_filed_once_each(
    phone, live, resident, photo
):
    context = phone()
    page = ready(context, live, resident)

    context.set_offline(True)
    page.goto("/reports/new/")
    expect(page.locator("offline-form [data-offline]")).to_be_visible()
    for number in (1, 2, 3):
        write(page, f"Lamp {number} is out.", photo)
        expect(page.locator(".outbox-item")).to_have_count(number)
    assert states(page) == ["waiting"] * 3
    assert page.locator("outbox-count [data-number]").text_content() == "3"
    page.close(run_before_unload=False)
    context.close()

    context = phone(offline=True)
    page = context.pages[0]
    page.goto("/")
    expect(page.locator("outbox-count")).to_be_visible()
    expect(page.locator("outbox-count [data-number]")).to_have_text("3")
    assert not Report.objects.exists()
    context.set_offline(False)

    page.goto(FORM)
    expect_states(page, "arrived", "arrived", "arrived")
    reports = Report.objects.order_by("body")
    assert [report.body for report in reports] == [f"Lamp {n} is out." for n in (1, 2, 3)]
    assert [report.photos.count() for report in reports] == [1, 1, 1]
    assert {report.reporter for report in reports} == {resident}


def test_a_kept_page_says_when_it_is_from_and_another_page_that_it_is_not_there(
    phone, live, resident
):
    context = phone()
    page = ready(context, live, resident)
    page.goto("/")
    until(page, "caches.open('pages').then(p => p.match('/')).then(Boolean)")

    context.set_offline(True)
    page.goto("/")
    line = page.locator("[data-stale]")
    expect(line).to_contain_text("You see the page as it was kept at")
    assert page.locator("main input[name=csrfmiddlewaretoken]").evaluate_all(
        "all => all.every(one => one.value === '')"
    )
    page.goto("/me/")
    expect(page.locator("h1")).to_have_text("There is no network here")
    page.goto("/d/K7M2QX/")
    expect(page.locator("#id_door_code")).to_have_value("K7M2QX")


def test_a_report_whose_answer_was_lost_is_filed_once(phone, live, resident, photo):
    context = phone()
    page = ready(context, live, resident)
    lost = []

    def lose_the_first_answer(route):
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    context.route("**/outbox/", lose_the_first_answer)
    page.goto(FORM)
    write(page, "The lamp is out.", photo)

    expect_states(page, "arrived")
    assert lost == [200]
    assert Report.objects.count() == 1


def test_a_refused_report_can_be_changed_and_sent(phone, live, resident, photo):
    context = phone()
    page = ready(context, live, resident)
    page.goto(FORM)
    write(page, "The lamp is out.", photo, door_code="ZZZZZZ")
    expect_states(page, "refused")
    expect(page.locator(".outbox-item__reasons")).to_contain_text("No door plate has this code")
    expect(page.locator("outbox-count")).to_have_attribute("data-state", "refused")

    page.locator('[data-act="edit"]').click()
    expect(page.locator("#id_body")).to_have_value("The lamp is out.")
    expect(page.locator("#offline .photos__item")).to_have_count(1)
    page.fill("#id_door_code", "K7M2QX")
    page.locator(".footbar button").click()

    expect_states(page, "arrived")
    assert Report.objects.get().photos.count() == 1


def test_nothing_is_sent_as_somebody_else_on_a_shared_phone(phone, live, resident, photo):
    context = phone()
    page = ready(context, live, resident)
    context.set_offline(True)
    page.goto(FORM)
    write(page, "The lamp is out.", photo)
    expect_states(page, "waiting")
    context.set_offline(False)
    context.clear_cookies()
    neighbour = PersonFactory()
    come_in(context, live, neighbour)

    page.goto("/")
    page.goto(FORM)
    expect(page.locator("[data-of-others]")).to_contain_text("never in another name")
    expect(page.locator(".outbox-item")).to_have_count(0)
    expect(page.locator("outbox-count")).to_be_hidden()
    assert not Report.objects.exists()
    assert not Draft.objects.exists()

    context.clear_cookies()
    come_in(context, live, resident)
    page.goto("/")
    page.goto(FORM)
    expect_states(page, "arrived")
    assert Report.objects.get().reporter == resident


def test_what_was_kept_of_the_pages_goes_with_the_person(phone, live, resident):
    context = phone()
    page = ready(context, live, resident)
    page.goto("/")
    until(page, "caches.open('pages').then(p => p.match('/')).then(Boolean)")
    context.clear_cookies()

    page.goto("/me/")  # leads a guest to sign in
    until(page, "caches.open('pages').then(p => p.match('/')).then(kept => kept === undefined)")
    owner = page.evaluate("caches.open('pages').then(p => p.match('/__who')).then(r => r.text())")

    assert owner == "guest"
    assert owner != mark_of(resident)


@pytest.mark.parametrize("has_locks", [True, False], ids=["locks", "lease"])
def test_two_tabs_send_a_report_once(phone, live, resident, photo, has_locks):
    context = phone()
    if not has_locks:
        context.add_init_script("delete Navigator.prototype.locks;")
    sent = []
    context.on("request", lambda one: one.method == "POST" and sent.append(one.url))
    first = ready(context, live, resident)
    second = context.new_page()
    context.set_offline(True)
    first.goto(FORM)
    second.goto(FORM)
    write(first, "The lamp is out.", photo)
    expect_states(second, "waiting")

    context.set_offline(False)
    expect_states(first, "arrived")
    expect_states(second, "arrived")

    assert Report.objects.count() == 1
    assert len([url for url in sent if url.endswith("/outbox/")]) == 1


def test_the_usual_form_is_kept_when_the_network_goes(phone, live, resident, photo):
    context = phone()
    page = ready(context, live, resident)
    page.goto("/reports/new/")
    page.locator("photo-picker input[multiple]").set_input_files(photo)
    expect(page.locator("[data-photos] [value^=remove]")).to_have_count(1)
    page.locator("summary", has_text="Door code or list").click()
    page.fill("#id_door_code", "K7M2QX")
    page.locator(".kind > .chip").first.click()
    page.locator(".kind__sorts .chip:visible").first.click()
    page.fill("#id_body", "The lamp is out.")
    context.set_offline(True)

    page.locator(".footbar button").click()
    expect_states(page, "waiting")
    context.set_offline(False)
    expect_states(page, "arrived")

    report = Report.objects.get()
    assert report.photos.count() == 1
    assert report.body == "The lamp is out."
