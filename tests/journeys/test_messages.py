"""Messages on a phone and at a desk: the new comes by itself, the read is read everywhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from community.kinds import KINDS, Kind
from community.services.notifications import mark_read, notify
from tests.community.test_notifications import event
from tests.factories import PersonFactory
from tests.support.browser import DESKTOP
from tests.times import on_monday

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAMP, WEEDS, FAIR = "东浜埠头路灯三天没亮", "石桥下漂了一片水草", "春风集市和修补日"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    for kind in (
        Kind(
            key="test.done",
            icon="s-done",
            tone="warm",
            title="修好了吗？%(title)s",
            text="您评一句，这个圈就合上",
        ),
        Kind(key="test.seen", icon="s-seen", tone="water", title="网格员接手了：%(title)s"),
        Kind(
            key="test.fair",
            icon="calendar",
            tone="leaf",
            title="%(title)s",
            text="文化礼堂，周三 9:00",
        ),
    ):
        monkeypatch.setitem(KINDS, kind.key, kind)


@pytest.fixture
def resident():
    return PersonFactory(display_name="禾生", language="zh-hans")


def tell(person, kind: str, about: str, title: str) -> None:
    notify(
        persons=[person.pk],
        kind=kind,
        event=event(),
        group=about,
        path="/",
        facts={"title": title},
        at=on_monday("09:00"),
    )


def bell(page):
    return page.locator("live-badge .badge")


def test_what_is_new_comes_by_itself_and_reading_clears_it_everywhere(
    new_context, sign_in, resident, shoot, axe
):
    phone, desk = new_context().new_page(), new_context().new_page()
    desk.set_viewport_size(DESKTOP)
    for page in (phone, desk):
        sign_in(page, resident)
    phone.goto("/notifications/")
    desk.goto("/")
    shoot(phone, "messages-empty-390")

    tell(resident, "test.seen", "report:1", LAMP)
    expect(bell(phone)).to_have_text("1")
    expect(bell(desk)).to_have_text("1")
    expect(phone.locator(".told")).to_have_count(1)  # where nothing was, nothing can be moved

    tell(resident, "test.fair", "page:1", FAIR)
    tell(resident, "test.done", "report:2", WEEDS)
    tell(resident, "test.done", "report:1", LAMP)
    expect(bell(desk)).to_have_text("3")
    phone.locator("[data-show]").click()
    expect(phone.locator(".told")).to_have_count(3)
    expect(phone.locator(".told").first).to_contain_text("修好了吗？" + LAMP)
    shoot(phone, "messages-390")
    axe(phone)

    phone.locator(".told").nth(1).locator("form button").click()
    expect(bell(desk)).to_have_text("2")
    desk.goto("/notifications/")
    shoot(desk, "messages-1280")

    mark_read(person=resident, groups=None, at=on_monday("10:00"))

    for page in (phone, desk):
        expect(bell(page)).to_have_count(0)
        expect(page.locator(".told[data-unread]")).to_have_count(0)
        expect(page.locator(".told")).to_have_count(3)


def test_a_page_without_a_script_has_it_all(new_context, sign_in, resident):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, resident)
    tell(resident, "test.done", "report:2", WEEDS)
    tell(resident, "test.seen", "report:1", LAMP)

    page.goto("/notifications/")
    page.locator(".told").first.locator("form button").click()
    assert page.locator(".told[data-unread]").count() == 1
    page.get_by_text("全部标为已读").or_(page.get_by_text("Mark all as read")).click()

    assert page.locator(".told[data-unread]").count() == 0


@pytest.mark.parametrize("look", ["elder", "dark"])
def test_looks_right_in_large_type_and_in_the_dark(  # noqa: PLR0917 (each is a fixture)
    new_context, sign_in, resident, shoot, axe, look
):
    resident.elder_mode = look == "elder"
    resident.save(update_fields=["elder_mode"])
    page = new_context(color_scheme="dark" if look == "dark" else "light").new_page()
    sign_in(page, resident)
    for number, (kind, title) in enumerate(
        [("test.done", WEEDS), ("test.seen", LAMP), ("test.fair", FAIR)]
    ):
        tell(resident, kind, f"report:{number}", title)

    page.goto("/notifications/")

    shoot(page, f"messages-{look}-390")
    axe(page)
