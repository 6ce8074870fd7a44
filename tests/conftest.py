"""What every test may ask for, and what is done about tests that cannot run here.

The fixtures `live`, `worker`, `page`, `new_context`, `sign_in`, `shoot` and `axe` are in
`tests/support/`; docs/testing.md tells how to use them.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import translation

from community.models import EventRecord
from community.publishing import ANY, SUBSCRIBERS
from tests.support import database
from tests.support.machine import chromium, database_name, missing

pytest_plugins = [
    "tests.support.accessibility",
    "tests.support.live",
    "tests.support.browser",
    "tests.support.demo",
    "tests.support.worker",
]

IN_CI = os.environ.get("CI", "").lower() == "true"
LEFT_OUT: pytest.StashKey[Counter[str]] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()


def pytest_report_header(config: pytest.Config) -> list[str]:
    redis = "with Redis" if django_settings.REDIS_URL else "without Redis"
    return [f"database: {database_name()}, {redis}; browser: {chromium() or 'none'}"]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what a test needs by what it asks for, early enough for `-m` to select by it."""
    if {"page", "new_context"} & set(item.fixturenames):
        item.add_marker("browser")
    if "worker" in item.fixturenames:
        item.add_marker("postgres")
        item.add_marker("redis")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's loop, once started, runs until the session ends."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers():
        if (lacking := missing(mark.name)) is None:
            continue
        if IN_CI:
            pytest.fail(f"{lacking} is missing, and CI skips nothing", pytrace=False)
        item.config.stash[LEFT_OUT][lacking] += 1
        pytest.skip(f"needs {lacking}")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for lacking, number in config.stash[LEFT_OUT].items():
        line = f"NOT RUN: {number} tests need {lacking}; `make test` brings it."
        terminalreporter.write_line(line, yellow=True, bold=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Give this run a database of its own, and put it back after every test that commits."""
    ours = database.database_of_this_run()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        ours.provide()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: ours.restore())
        yield
        ours.discard()


@pytest.fixture(scope="session", autouse=True)
def _media_folder() -> Iterator[None]:
    yield
    shutil.rmtree(django_settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def base_url() -> None:
    """There is none for the session: each phone is given the address of the live server."""


@pytest.fixture(autouse=True)
def _english() -> None:
    """A page that spoke Chinese leaves the thread in Chinese; every test starts in English."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _a_minute_later() -> None:
    """Nothing is left of what the test before had the process remember for a minute."""
    caches["minute"].clear()


@pytest.fixture(autouse=True)
def _nobody_has_guessed(monkeypatch) -> None:
    """Let each test begin with no wrong door code counted; the cache outlives a test."""
    monkeypatch.setattr("community.services.guessing.SALT", uuid4().hex)


@pytest.fixture
def heard(db, monkeypatch) -> list[EventRecord]:
    """Return the list to which every event is added as it is delivered."""
    records: list[EventRecord] = []
    monkeypatch.setitem(SUBSCRIBERS, ANY, [*SUBSCRIBERS[ANY], records.append])
    return records
