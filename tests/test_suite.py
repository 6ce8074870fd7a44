"""The ground the suite stands on: if this does not hold, no other test means anything."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import websockets
from django.contrib.auth.models import Permission
from django.db import connection

from community.models import Person
from config.celery import app
from tests.support.worker import Worker


class TestATestThatCommits:
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("time", ["first", "second"])
    def test_leaves_nothing_behind_and_takes_nothing_away(self, time):
        assert not Person.objects.exists()
        assert Permission.objects.exists(), "what migrations made is still there"

        Person.objects.create(display_name="Lin")
        Permission.objects.all().delete()


@pytest.mark.django_db
class TestATestThatRollsBack:
    @pytest.mark.parametrize("time", ["first", "second"])
    def test_leaves_nothing_behind(self, time):
        assert not Person.objects.exists()

        Person.objects.create(display_name="Lin")


class TestTheLiveServer:
    def test_answers_with_this_tests_data(self, live):
        answer = httpx.get(f"{live.url}/static/look/tokens.css")

        assert answer.status_code == 200

    async def test_lets_sockets_through_to_channels(self, live):
        with pytest.raises(websockets.InvalidStatus):
            async with asyncio.timeout(5), websockets.connect(f"{live.ws_url}/nowhere/"):
                pass
        live.faults.lines.clear()


class TestABrowser:
    def test_opens_a_page_in_chinese_on_a_phone(self, page):
        page.goto("/static/look/icons.svg")

        assert page.evaluate("navigator.language") == "zh-CN"
        assert page.viewport_size == {"width": 390, "height": 844}

    def test_may_use_the_database_while_it_is_open(self, page, sign_in):
        person = Person.objects.create(display_name="Lin")

        sign_in(page, person)

        assert [c["name"] for c in page.context.cookies()] == ["sessionid"]

    def test_reports_what_it_disliked(self, page, problems, live):
        page.goto("/static/look/icons.svg")
        page.evaluate("console.error('no')")

        assert problems[0].startswith("console: no")
        problems.clear()


class TestARealWorker:
    def test_takes_tasks_from_redis(self, worker: Worker):
        assert app.control.inspect(timeout=1).ping()
        assert connection.vendor == "postgresql"
