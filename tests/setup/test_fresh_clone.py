"""Two commands on a fresh machine: a clone, an empty home, a path nobody would choose."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from tests.setup.running import Running, environment, free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
]

FIRST_SECONDS_MAX = 900
FIRST_LOAD_BYTES_MAX = 100_000
PSS_KB_MAX = 200_000
HASHED = re.compile(r'"(/static/[^"#]+)')
DOOR = re.compile(r'<form[^>]* action="(/demo/people/\d+/)"')
MINE = "/accounts/sessions/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("fresh") / "我的 文件" / "邻里 园"
    command = ["git", "-c", "safe.directory=*", "clone", "-q", settings.BASE_DIR, target]
    subprocess.run(command, check=True, env=environment(HOME=str(tmp_path_factory.mktemp("home"))))
    return target


@pytest.fixture
def run(clone, tmp_path) -> Iterator[object]:
    started: list[Running] = []

    def make_run() -> Running:
        port = free_port()
        command = ["make", "--no-print-directory", "run", f"PORT={port}"]
        home = str(tmp_path)
        started.append(Running(command, cwd=clone, data=clone / "var", port=port, HOME=home))
        return started[-1]

    yield make_run
    for running in started:
        running.clear_away()


@pytest.fixture
def visitor() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=60) as client:
        yield client


def enter_the_demo(guest: httpx.Client) -> None:
    page = guest.get("/demo/")
    door, token = DOOR.search(page.text), TOKEN.search(page.text)
    assert door, "the demo has doors"
    answer = guest.post(door[1], data={"csrfmiddlewaretoken": token[1]})
    assert answer.status_code == httpx.codes.FOUND, answer.text[:500]


class TestAFreshClone:
    def test_serves_the_demo_county_and_keeps_its_data(self, run, visitor):
        first = run()
        first_seconds = first.wait_until_it_answers(FIRST_SECONDS_MAX)
        guest = visitor
        guest.base_url = first.url
        enter_the_demo(guest)
        home = guest.get("/")

        assert "/demo/" in first.words, "the screen says where to sign in"
        assert "Traceback" not in first.words
        assert first.pss_kb <= PSS_KB_MAX
        assert size_of_first_load(guest, home) <= FIRST_LOAD_BYTES_MAX
        assert first.end() == 0

        second = run()
        second_seconds = second.wait_until_it_answers(FIRST_SECONDS_MAX)
        guest.base_url = second.url

        assert guest.get(MINE).status_code == httpx.codes.OK, "the session of the first run stands"
        assert second_seconds < first_seconds / 2
        assert second.end() == 0
        print(f"first {first_seconds:.0f} s, again {second_seconds:.1f} s")


def size_of_first_load(client: httpx.Client, page: httpx.Response) -> int:
    """Return the bytes that travel before the page is there: itself, styles, scripts, icons."""
    total = int(page.headers["Content-Length"])
    for path in set(HASHED.findall(page.text)):
        file = client.get(path, headers={"Accept-Encoding": "br, gzip"})
        assert "immutable" in file.headers["Cache-Control"], path
        total += int(file.headers["Content-Length"])
    return total
