"""The hub: who hears what, what a page that was away is given, and who is hung up on."""

from __future__ import annotations

import asyncio
import json

import pytest

from community.hub import SLOW, Position, Seat, publish, publish_hang_up
from community.hub import hub as hub_module
from community.hub.hub import Hub
from community.hub.rooms import RING, Room
from community.hub.seats import QUEUE_FRAMES_MAX, transport_behind


class Phone:
    """A socket without a transport: it keeps what it is sent, and can stop reading."""

    def __init__(self, hub: Hub, *, person_id: int | None = None, session: str = "") -> None:
        self.got: list[dict] = []
        self.closed: int | None = None
        self.reads = asyncio.Event()
        self.reads.set()
        self.hub = hub
        self.seat = Seat(self.send, person_id=person_id, session=session)
        hub.sit(self.seat)

    async def send(self, message: dict) -> None:
        await self.reads.wait()
        if message["type"] == "websocket.close":
            self.closed = message["code"]
        else:
            self.got.append(json.loads(message["text"]))

    async def join(self, topic: str = "test:1", since: Position | None = None, stands=0) -> None:
        async def snapshot() -> str:
            return json.dumps({"stands": stands})

        await self.hub.join(self.seat, topic, since=since, snapshot=snapshot)
        await settle()

    @property
    def heard(self) -> list:
        return [message.get("frame", message.get("snapshot")) for message in self.got]

    @property
    def at(self) -> Position | None:
        return Position.parse(self.got[-1]["at"])


async def settle() -> None:
    """Let everything that was called have its turn."""
    for _turn in range(5):
        await asyncio.sleep(0)


async def say(number: int, topic: str = "test:1") -> None:
    publish(topic, json.dumps({"n": number}))
    await settle()


@pytest.fixture
async def hub(settings):
    settings.REDIS_URL = ""
    hub = Hub(asyncio.get_running_loop())
    await hub.is_connected.wait()
    yield hub
    for seat in list(hub.seats):
        hub.rise(seat)
    await hub.stop()
    await settle()


class TestAPageThatListens:
    async def test_is_told_how_things_stand_and_then_what_comes(self, hub):
        phone = Phone(hub)

        await phone.join(stands=7)
        await say(1)
        await say(2)

        assert phone.heard == [{"stands": 7}, {"n": 1}, {"n": 2}]

    async def test_hears_only_what_it_joined(self, hub):
        phone = Phone(hub)
        await phone.join("test:1")

        await say(1, topic="test:2")

        assert phone.heard == [{"stands": 0}]

    async def test_hears_no_more_after_leaving(self, hub):
        phone = Phone(hub)
        await phone.join()

        hub.leave(phone.seat, "test:1")
        await say(1)

        assert phone.heard == [{"stands": 0}]

    async def test_can_count_that_nothing_is_missing(self, hub):
        phone = Phone(hub)
        await phone.join()

        for number in range(3):
            await say(number)

        numbers = [Position.parse(message["at"]).seq for message in phone.got]
        assert numbers == [0, 1, 2, 3]

    async def test_misses_nothing_that_is_said_while_it_is_told_how_things_stand(self, hub):
        phone = Phone(hub)

        async def slow_snapshot() -> str:
            await say(1)
            await say(2)
            return '{"stands":0}'

        await hub.join(phone.seat, "test:1", since=None, snapshot=slow_snapshot)
        await say(3)

        assert phone.heard == [{"stands": 0}, {"n": 1}, {"n": 2}, {"n": 3}]

    async def test_is_sent_nothing_when_it_closed_meanwhile(self, hub):
        phone = Phone(hub)

        async def closing_snapshot() -> str:
            hub.rise(phone.seat)
            return "{}"

        await hub.join(phone.seat, "test:1", since=None, snapshot=closing_snapshot)
        await say(1)

        assert phone.got == []
        assert hub.rooms["test:1"].seats == set()


class TestAPageThatWasAway:
    async def test_is_told_only_what_it_missed(self, hub):
        before, after = Phone(hub), Phone(hub)
        await before.join()
        await say(1)
        left_at = before.at
        hub.rise(before.seat)
        await say(2)
        await say(3)

        await after.join(since=left_at)

        assert after.heard == [{"n": 2}, {"n": 3}]

    async def test_is_told_nothing_when_it_missed_nothing(self, hub):
        phone = Phone(hub)
        await phone.join()
        await say(1)
        left_at = phone.at
        hub.leave(phone.seat, "test:1")

        await phone.join(since=left_at)

        assert phone.heard == [{"stands": 0}, {"n": 1}]

    async def test_is_told_how_things_stand_when_it_was_away_too_long(self, hub):
        stayed, returned = Phone(hub), Phone(hub)
        await stayed.join()
        start = stayed.at
        for number in range(RING + 1):
            hub.hear("test:1", None, f'{{"n":{number}}}')
        await settle()

        await returned.join(since=start, stands="now")

        assert returned.heard == [{"stands": "now"}]

    @pytest.mark.parametrize(
        "since", [Position("another epoch", 1), Position("another epoch", 0), None]
    )
    async def test_is_told_how_things_stand_when_counting_began_again(self, hub, since):
        phone = Phone(hub)
        await Phone(hub).join()
        await say(1)

        await phone.join(since=since)

        assert phone.heard == [{"stands": 0}]

    async def test_cannot_claim_to_have_heard_the_future(self, hub):
        first, liar = Phone(hub), Phone(hub)
        await first.join()

        await liar.join(since=Position(first.at.epoch, 99))

        assert liar.heard == [{"stands": 0}]

    async def test_finds_the_ring_for_a_minute_and_then_no_more(self, hub, monkeypatch):
        phone = Phone(hub)
        await phone.join()
        await say(1)
        left_at = phone.at
        hub.leave(phone.seat, "test:1")
        assert "test:1" in hub.rooms

        monkeypatch.setattr(hub_module, "LINGER_SECONDS", -1)
        monkeypatch.setattr(hub_module, "SWEEP_SECONDS", 0)
        sweep = asyncio.create_task(hub._sweep_on())
        await settle()
        sweep.cancel()

        assert "test:1" not in hub.rooms
        await phone.join(since=left_at)
        assert phone.heard[-1] == {"stands": 0}

    @pytest.mark.parametrize("nonsense", ["", "7", "a:b", "a:-1", ":", ":1", None, 7, {"a": 1}])
    async def test_may_send_nonsense_for_a_position(self, nonsense):
        assert Position.parse(nonsense) is None


class TestAPageThatDoesNotRead:
    async def test_is_hung_up_on_and_keeps_nobody_waiting(self, hub):
        slow, quick = Phone(hub), Phone(hub)
        await slow.join()
        await quick.join()
        slow.reads.clear()

        for number in range(QUEUE_FRAMES_MAX + 2):
            await say(number)
        slow.reads.set()
        await settle()

        assert slow.closed == SLOW
        assert len(quick.got) == QUEUE_FRAMES_MAX + 3
        assert quick.closed is None


class TestHangingUp:
    async def test_closes_every_page_of_a_person(self, hub):
        theirs, also_theirs, another = Phone(hub, person_id=7), Phone(hub, person_id=7), Phone(hub)

        publish_hang_up(person_id=7)
        await settle()

        assert (theirs.closed, also_theirs.closed, another.closed) == (4401, 4401, None)

    async def test_closes_the_pages_of_one_session(self, hub):
        phone, tablet = (
            Phone(hub, person_id=7, session="on the phone"),
            Phone(hub, person_id=7, session="on the tablet"),
        )

        publish_hang_up(session=hub_module.mark_of("on the phone"))
        await settle()

        assert (phone.closed, tablet.closed) == (4401, None)

    async def test_leaves_guests_alone(self, hub):
        guest = Phone(hub)

        publish_hang_up(session=hub_module.mark_of(None))
        await settle()

        assert guest.closed is None


class TestAfterAGap:
    async def test_every_page_is_asked_to_come_for_everything(self, hub):
        phone = Phone(hub)
        await phone.join()
        await say(1)
        left_at = phone.at

        hub.connected(after_a_gap=True)
        await settle()

        assert phone.got[-1] == {"resync": True}
        await phone.join(since=Position(left_at.epoch, 0))
        assert phone.heard[-1] == {"stands": 0}


class TestAHub:
    async def test_begins_again_when_a_part_of_it_fails(self, hub, monkeypatch):
        monkeypatch.setattr(hub_module, "RESTART_SECONDS_MIN", 0)
        runs = []

        async def fails_once() -> None:
            runs.append(1)
            if len(runs) == 1:
                raise ConnectionError
            await asyncio.Event().wait()

        part = asyncio.create_task(hub._supervised("bus", fails_once))
        await settle()
        part.cancel()

        assert len(runs) == 2
        assert hub.health() == {"is_connected": False, "restarts": 1, "rooms": 0, "seats": 0}

    async def test_asks_a_page_to_come_back_while_it_is_not_connected(self, hub, monkeypatch):
        monkeypatch.setattr(hub_module, "JOIN_SECONDS_MAX", 0.05)
        hub.is_connected.clear()

        with pytest.raises(TimeoutError):
            await Phone(hub).join()

    async def test_finds_no_transport_where_there_is_none(self):
        async def send(message: dict) -> None: ...

        assert transport_behind(send) is None


class TestARoom:
    def test_leaves_out_what_it_has_heard(self):
        room = Room("test:1", Position("e", 5))

        room.hear(Position("e", 5), "{}")
        room.hear(Position("e", 4), "{}")

        assert room.seq == 5
        assert not room.ring

    def test_begins_again_with_a_new_epoch(self):
        room = Room("test:1", Position("e", 5))
        room.hear(Position("e", 6), "{}")

        room.hear(Position("f", 1), "{}")

        assert [seq for seq, _message in room.ring] == [1]
        assert room.missed(Position("e", 6)) is None

    def test_knows_nothing_before_it_opened(self):
        room = Room("test:1", Position("e", 5))
        room.hear(Position("e", 6), "{}")

        assert room.missed(Position("e", 4)) is None
        assert room.missed(Position("e", 5)) is not None
