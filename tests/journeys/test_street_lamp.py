"""A resident reports a dark street lamp from the phone; the right grid worker has it at once."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, Route, expect

from community.models import Draft, Report, ReportPhoto
from community.models.photos import private_files
from tests.factories.community import HouseholdFactory, MembershipFactory, PersonFactory, square
from tests.factories.reports import CategoryFactory, SubcategoryFactory, file, staffed_county
from tests.photo_files import SECRET, photo_bytes, street
from tests.support.browser import DESKTOP

pytestmark = pytest.mark.browser

LAMP = {"latitude": 30.825, "longitude": 120.845, "accuracy": 12}
WORDS = "三天没亮了。晚上接孩子看不清台阶。"


def photo(name, seed=1):
    data = photo_bytes(image=street(2000, 1500, seed=seed))
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


@pytest.fixture
def county(live):
    """A staffed county around the lamp, with its areas drawn."""
    from community.services.places import redraw_boundary  # noqa: PLC0415
    from tests.times import on_monday  # noqa: PLC0415

    county = staffed_county()
    for area in (county.line.village, county.line.grid, county.line.micro_grid):
        redraw_boundary(
            area=area,
            boundary=square(120.84, 30.82),
            by=None,
            reason="first",
            at=on_monday("08:00"),
        )
    return county


@pytest.fixture
def lamp():
    return SubcategoryFactory(category=CategoryFactory(needs_photo=True))


@pytest.fixture
def resident(county):
    household = HouseholdFactory(micro_grid=county.line.micro_grid, door_code="K7M2QX")
    person = MembershipFactory(household=household).person
    person.lives_in = county.line.village
    person.save()
    return person


@pytest.fixture
def phone(new_context, sign_in, resident):
    """Open the resident's phone: `phone(java_script_enabled=False)`."""

    def open_phone(**kwargs) -> Page:
        context = new_context(geolocation=LAMP, permissions=["geolocation"], **kwargs)
        sign_in(context, resident)
        return context.new_page()

    return open_phone


def choose_kind(page, lamp):
    page.locator(f"label[for='kind-{lamp.category.code}']").click()
    page.locator("label.chip", has_text=lamp.name).click()


def assert_nothing_but_pixels():
    for use in ReportPhoto.objects.select_related("photo"):
        with private_files().open(use.photo.large.name) as kept:
            data = BytesIO(kept.read()).getvalue()
        assert SECRET not in data
        assert b"Exif" not in data


class TestAResident:
    def test_reports_the_lamp_in_three_pages(self, phone, lamp, county, shoot):
        page = phone()
        page.goto("/reports/new/")
        shoot(page, "filing-1-empty")

        page.locator("input[type=file][multiple]").set_input_files(
            [photo("1.jpg"), photo("2.jpg", 2)]
        )
        expect(page.locator(".photos__item a")).to_have_count(2)
        page.locator("[data-find]").click()
        page.locator("[name=consents_to_position]").check()
        page.locator("[data-find]").click()
        expect(page.locator("[data-part=place]")).to_contain_text(county.line.micro_grid.name)
        choose_kind(page, lamp)
        page.locator("#id_body").fill(WORDS)
        shoot(page, "filing-1-filled")
        page.locator(".footbar button").click()

        page.wait_for_url(re.compile("/check/$"))
        expect(page.locator(".public-frame")).to_contain_text("三天没亮了")
        shoot(page, "filing-2-check")
        page.locator(".footbar button[data-kind=primary]").dblclick()

        page.wait_for_url(re.compile("/filed/$"))
        expect(page.locator("h1")).to_be_visible()
        shoot(page, "filing-3-filed")
        report = Report.objects.get()
        assert report.area == county.line.micro_grid
        assert report.accuracy_m == LAMP["accuracy"]
        assert report.photos.count() == 2
        assert_nothing_but_pixels()

    def test_sets_a_pin_on_our_own_map_with_the_keyboard_alone(self, phone, county, shoot):
        page = phone()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/reports/new/")
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "leaflet" in url]

        page.locator("details:has(place-map) summary").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".place-map__area").first).to_be_attached()
        page.locator(".leaflet-container").focus()
        page.keyboard.press("ArrowUp")
        page.locator("[data-here]").focus()
        page.keyboard.press("Enter")

        expect(page.locator("[data-part=place]")).to_contain_text(county.line.micro_grid.name)
        expect(page.locator(".leaflet-marker-icon")).to_be_visible()
        shoot(page, "filing-1-map")
        assert not [
            url for url in asked if not url.startswith(("http://127.0.0.1", "blob:", "data:"))
        ]

    def test_reports_it_without_javascript(self, phone, lamp, county, shoot):
        page = phone(java_script_enabled=False)
        page.goto("/d/K7M2QX/")
        expect(page.locator("[data-part=place]")).to_contain_text(county.line.micro_grid.name)

        page.locator("input[type=file][multiple]").set_input_files([photo("1.jpg")])
        choose_kind(page, lamp)
        page.locator("#id_body").fill(WORDS)
        shoot(page, "filing-1-no-script")
        page.locator(".footbar button").click()
        page.wait_for_url(re.compile("/check/$"))
        page.locator(".footbar button[data-kind=primary]").click()
        page.wait_for_url(re.compile("/filed/$"))

        report = Report.objects.get()
        assert report.photos.count() == 1
        assert report.body == WORDS
        assert_nothing_but_pixels()

    def test_loses_no_photo_on_a_weak_network(self, phone, lamp, shoot, problems):
        page = phone()
        page.goto("/reports/new/")
        falls = iter([True, False])

        def weak(route: Route) -> None:
            if next(falls, False):
                route.abort()
            else:
                route.continue_()

        page.route("**/photos/", weak)
        page.locator("input[type=file][multiple]").set_input_files([photo("1.jpg")])
        again = page.locator("[data-state=stuck] button")
        expect(again).to_be_visible()
        shoot(page, "filing-1-weak-network")
        problems.clear()  # the browser says that the upload failed: we made it fail
        again.click()

        expect(page.locator(".photos__item a")).to_have_count(1)
        page.wait_for_load_state("networkidle")
        assert Draft.objects.get().photos.count() == 1

    def test_finds_everything_again_after_the_phone_died(self, phone, lamp):
        page = phone()
        page.goto("/reports/new/")
        page.locator("input[type=file][multiple]").set_input_files([photo("1.jpg")])
        expect(page.locator(".photos__item a")).to_have_count(1)
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.locator("#id_body").fill(WORDS)
        page.goto("about:blank")

        page.goto("/reports/new/")
        page.locator(".notice a", has_text=re.compile("接着报|Go on")).first.click()

        expect(page.locator("#id_body")).to_have_value(WORDS)
        expect(page.locator(".photos__item a")).to_have_count(1)


def file_by_the_plate(page, lamp):
    """Report the lamp at the resident's own door, and stay on the page of the report."""
    page.goto("/d/K7M2QX/")
    page.locator("input[type=file][multiple]").set_input_files([photo("1.jpg")])
    expect(page.locator(".photos__item a")).to_have_count(1)
    choose_kind(page, lamp)
    page.locator("#id_body").fill(WORDS)
    page.locator(".footbar button").click()
    page.wait_for_url(re.compile("/check/$"))
    page.locator(".footbar button[data-kind=primary]").click()
    page.wait_for_url(re.compile("/filed/$"))
    page.locator(".card[data-eave] a").click()
    page.wait_for_url(re.compile("/reports/R-"))


def handle(desk, report):
    """Accept it, take care of it, and say what was done, with a photo."""
    desk.goto(report.get_absolute_url())
    for act in ("accept", "take"):
        desk.locator(f"form[action$='/acts/{act}/'] button").click()
        desk.wait_for_load_state("networkidle")
    desk.locator("a[href$='/acts/done/']").first.click()
    desk.locator("textarea").fill("换了灯泡和时控开关，请您晚上再看看。")
    desk.locator("input[type=file]").set_input_files([photo("after.jpg", 3)])
    desk.locator("form button[data-kind=primary]").click()
    desk.wait_for_load_state("networkidle")


def rate(page):
    page.locator("a[href$='/rating/']").click()
    page.locator("input[name=stars][value='5']").check(force=True)
    page.locator("form button[data-kind=call]").click()
    page.wait_for_url(re.compile("/reports/R-[0-9-]+/$"))


class TestTheWholeChain:
    @pytest.fixture
    def desk(self, new_context, sign_in, county) -> Page:
        """The grid worker's screen."""
        context = new_context(viewport=DESKTOP)
        sign_in(context, county.worker)
        return context.new_page()

    def test_moves_nothing_in_an_inbox_that_is_open(self, desk, county, shoot):
        file(county, title="A lid is loose")
        desk.goto("/inbox/")
        expect(desk.locator("tbody tr")).to_have_count(1)

        file(county, title="The lamp is out", reporter=PersonFactory())

        button = desk.locator("[data-show]")
        expect(button).to_be_visible()
        expect(desk.locator(".stat__num").first).to_contain_text("2")
        expect(desk.locator("tbody tr")).to_have_count(1)
        shoot(desk, "chain-0-something-new")
        button.click()
        expect(desk.locator("tbody tr")).to_have_count(2)
        expect(button).to_be_hidden()

    def test_goes_from_the_dark_lamp_to_the_last_word(self, phone, desk, lamp, shoot):
        desk.goto("/inbox/")
        page = phone()
        file_by_the_plate(page, lamp)

        expect(desk.locator(".tool .badge")).to_be_visible()  # without a reload
        expect(desk.locator("tbody")).to_contain_text("三天没亮了")
        shoot(desk, "chain-1-inbox")
        report = Report.objects.get()
        handle(desk, report)
        shoot(desk, "chain-2-done")

        expect(page.locator(".tool .badge")).to_be_visible()  # without a reload
        expect(page.locator("[data-story]")).to_contain_text("换了灯泡和时控开关")
        shoot(page, "chain-2-something-new")
        page.locator("report-news a").click()
        shoot(page, "chain-3-your-turn")
        rate(page)
        shoot(page, "chain-4-closed")

        report.refresh_from_db()
        states = [step.to_status for step in report.steps.order_by("number")]
        assert states == ["submitted", "accepted", "handling", "done", "resolved"]
        assert_nothing_but_pixels()
