"""A real Chromium, as a phone in Chinese, that complains about everything it dislikes.

Fixtures of pytest-playwright, made ours: Debian's Chromium, our locale and size, and every
console error, script error and CSP violation fails the test that caused it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, WebError

from community.models import Person
from tests.support.keys import enter
from tests.support.live import LiveServer
from tests.support.machine import chromium

FLAGS = (
    "--no-sandbox",  # root has none, and the pages are our own
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
OURS = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "viewport": PHONE,
    "reduced_motion": "reduce",
    "service_workers": "block",  # what a page needs, not what was kept of the one before
}
"""What a phone is unless a test says otherwise."""

PATIENCE_MS = 10_000
SHOTS: Path = settings.BASE_DIR / "var" / "shots"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": list(FLAGS)}


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    # Playwright's loop runs in this thread until the session ends, and Django then refuses every
    # query for fear of blocking it. Browser tests are sorted last, so nothing else is affected.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield playwright
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def problems() -> list[str]:
    """What the browser disliked so far; a test that provokes something takes it out again."""
    return []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], live: LiveServer, problems: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """One more phone: `new_context(viewport=DESKTOP, java_script_enabled=False, …)`."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def on_error(error: WebError) -> None:
        problems.append(f"script: {error.error}")

    def open_context(**kwargs: Any) -> BrowserContext:
        context = new_context(**{**OURS, "base_url": live.url, **kwargs})
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", on_console)
        context.on("weberror", on_error)
        return context

    yield open_context
    assert not problems, "the browser complains:\n" + "\n".join(problems)


@pytest.fixture
def sign_in(live: LiveServer) -> Callable[[BrowserContext | Page, Person], None]:
    """`sign_in(page, person)`: give the browser a session of theirs, without the pages for it.

    An office holder has shown the second key.
    """

    def give_session(where: BrowserContext | Page, person: Person) -> None:
        client = enter(Client(), person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context = where.context if isinstance(where, Page) else where
        context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live.url, "httpOnly": True}]
        )

    return give_session


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """`shoot(page, "report-list")`: keep a picture of the page in var/shots."""

    def take(page: Page, name: str, **kwargs: Any) -> Path:
        path = SHOTS / f"{name}.png"
        page.screenshot(path=path, **{"full_page": True, **kwargs})
        return path

    return take
