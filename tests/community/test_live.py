"""Open pages that hear what happens: through the real server, over real sockets."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from community import live as live_module
from community.hub.hub import _hubs
from community.kinds import KINDS, Kind
from community.models import Person
from community.services.notifications import mark_read
from tests.community.test_notifications import tell
from tests.factories import PersonFactory
from tests.times import on_monday

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 5


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    kind = Kind(key="test.lamp_fixed", icon="s-done", title="Fixed: %(title)s")
    monkeypatch.setitem(KINDS, kind.key, kind)


class Page:
    """An open page: its socket, and what it hears."""

    def __init__(self, socket) -> None:
        self.socket = socket

    async def next(self) -> dict:
        return json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE))

    async def join(self, topic="me", **since) -> dict:
        await self.socket.send(json.dumps({"join": topic, **since}))
        return await self.next()

    async def closed_with(self) -> int:
        await asyncio.wait_for(self.socket.wait_closed(), PATIENCE)
        return self.socket.close_code


def session_of(person: Person) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


@asynccontextmanager
async def page_of(live, session: str | None, *, origin: str | None = None):
    headers = {"Cookie": f"sessionid={session}"} if session else {}
    async with connect(
        f"{live.ws_url}/live/",
        additional_headers=headers,
        origin=origin or live.url,
        compression=None,
    ) as socket:
        yield Page(socket)


def in_thread(function):
    """Run Django code as a request would: in a thread with a connection of its own."""

    def run(*args, **options):
        try:
            return function(*args, **options)
        finally:
            connection.close()

    return sync_to_async(run, thread_sensitive=False)


class TestTheNumberOfMessages:
    async def test_is_told_at_once_and_when_it_changes(self, live):
        person = await in_thread(PersonFactory)()
        session = await in_thread(session_of)(person)

        async with page_of(live, session) as page:
            assert await page.join() == {"asked": "me", "topic": f"person:{person.pk}"}
            assert (await page.next())["snapshot"] == {"unread": 0}
            await in_thread(tell)(person)
            assert (await page.next())["frame"] == {"unread": 1}
            await in_thread(tell)(person, about="report:8")
            assert (await page.next())["frame"] == {"unread": 2}

    async def test_is_cleared_everywhere_by_reading_anywhere(self, live):
        person = await in_thread(PersonFactory)()
        sessions = [await in_thread(session_of)(person) for _device in range(2)]
        await in_thread(tell)(person)

        async with page_of(live, sessions[0]) as phone, page_of(live, sessions[1]) as desk:
            for page in (phone, desk):
                await page.join()
                assert (await page.next())["snapshot"] == {"unread": 1}
            await in_thread(mark_read)(person=person, groups=None, at=on_monday("10:00"))

            assert (await phone.next())["frame"] == {"unread": 0}
            assert (await desk.next())["frame"] == {"unread": 0}

    async def test_is_nobody_else_s_business(self, live):
        person, neighbour = await in_thread(PersonFactory)(), await in_thread(PersonFactory)()
        session = await in_thread(session_of)(neighbour)

        async with page_of(live, session) as page:
            await page.join()
            await page.next()
            await in_thread(tell)(person)
            await in_thread(tell)(neighbour)

            assert (await page.next())["topic"] == f"person:{neighbour.pk}"

    async def test_carries_no_words(self, live):
        person = await in_thread(PersonFactory)()
        session = await in_thread(session_of)(person)

        async with page_of(live, session) as page:
            await page.join()
            await page.next()
            await in_thread(tell)(person)

            assert set(await page.next()) == {"topic", "at", "frame"}

    async def test_is_caught_up_with_after_a_dead_spot(self, live):
        person = await in_thread(PersonFactory)()
        session = await in_thread(session_of)(person)
        async with page_of(live, session) as page:
            await page.join()
            left_at = (await page.next())["at"]
        await in_thread(tell)(person)

        async with page_of(live, session) as page:
            await page.join(since=left_at)

            assert (await page.next())["frame"] == {"unread": 1}

    async def test_is_not_told_of_what_is_undone(self, live):
        person = await in_thread(PersonFactory)()
        session = await in_thread(session_of)(person)

        def tell_and_undo():
            with transaction.atomic():
                tell(person)
                transaction.set_rollback(True)

        async with page_of(live, session) as page:
            await page.join()
            await page.next()
            await in_thread(tell_and_undo)()
            await in_thread(tell)(person, about="report:9")

            assert (await page.next())["frame"] == {"unread": 1}


class TestAGuest:
    async def test_may_connect_and_hears_nothing_personal(self, live):
        async with page_of(live, None) as page:
            answer = await page.join()

        assert answer["asked"] == "me"
        assert answer["refusal"]["code"] == "not_signed_in"


class TestAPageFromElsewhere:
    async def test_is_not_let_in(self, live):
        for origin in ("https://elsewhere.example", "null", "http://127.0.0.1:1"):
            with pytest.raises(InvalidStatus, match="403"):
                await page_of(live, None, origin=origin).__aenter__()


class TestNonsense:
    async def test_closes_the_socket_and_breaks_nothing(self, live):
        for sent in ("", "{", "[]", "7", '{"join":7}', '{"leave":"me"}', "x" * 3000, b"\x00"):
            async with page_of(live, None) as page:
                await page.socket.send(sent)

                assert await page.closed_with() == 1003, sent

    async def test_is_refused_when_it_asks_for_what_is_not_there(self, live):
        async with page_of(live, None) as page:
            answer = await page.join("points:7")

        assert answer["refusal"]["code"] == "unknown"


class TestTheEndOfASession:
    async def test_closes_its_pages_and_no_others(self, live):
        person = await in_thread(PersonFactory)()
        phone, desk = [await in_thread(session_of)(person) for _device in range(2)]

        async with page_of(live, phone) as leaving, page_of(live, desk) as staying:
            await leaving.join()
            await leaving.next()
            await staying.join()
            await staying.next()
            await in_thread(lambda: Session.objects.get(session_key=phone).delete())()

            assert await leaving.closed_with() == 4401
            await in_thread(tell)(person)
            assert (await staying.next())["frame"] == {"unread": 1}

    async def test_is_noticed_when_it_merely_expires(self, live):
        person = await in_thread(PersonFactory)()
        session = await in_thread(session_of)(person)

        async with page_of(live, session) as page:
            await page.join()
            await page.next()
            await in_thread(lambda: Session.objects.update(expire_date=on_monday("00:00")))()
            check_sessions_everywhere()

            assert await page.closed_with() == 4401

    async def test_is_noticed_when_the_account_is_closed(self, live):
        person = await in_thread(PersonFactory)()
        session = await in_thread(session_of)(person)

        async with page_of(live, session) as page:
            await page.join()
            await page.next()
            await in_thread(lambda: Person.objects.update(is_active=False))()
            check_sessions_everywhere()

            assert await page.closed_with() == 4401

    async def test_comes_with_being_hung_up_on(self, live):
        person = await in_thread(PersonFactory)()
        session = await in_thread(session_of)(person)

        async with page_of(live, session) as page:
            await page.join()
            await page.next()
            await in_thread(live_module.hang_up)(person_id=person.pk)

            assert await page.closed_with() == 4401


def check_sessions_everywhere() -> None:
    """What happens every minute, now."""
    for loop, hub in list(_hubs.items()):
        if not loop.is_closed() and hub.seats:
            asyncio.run_coroutine_threadsafe(hub.check_sessions(), loop)
