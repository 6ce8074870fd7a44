"""The hub itself: rooms and seats of one event loop, fed by a bus, kept going by a supervisor."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any, Final

import structlog
from channels.db import database_sync_to_async
from django.utils import timezone

from community.hub.bus import CONTROL, bus_for
from community.hub.rooms import Position, Room
from community.hub.seats import GOODBYE, Message, Seat
from community.hub.sessions import ended, mark_of

LINGER_SECONDS: Final = 60
"""How long an empty room keeps its ring, for whoever comes back from a dead spot."""

SWEEP_SECONDS: Final = 15
SESSION_CHECK_SECONDS: Final = 60
RESTART_SECONDS_MIN: Final = 0.5
RESTART_SECONDS_MAX: Final = 10
JOIN_SECONDS_MAX: Final = 5
RESYNC: Final = Message.of('{"resync":true}')

log = structlog.get_logger(__name__)


class Hub:
    """Everything that is live in one process. All methods are called in its own loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.rooms: dict[str, Room] = {}
        self.seats: set[Seat] = set()
        self.restarts = 0
        self.is_connected = asyncio.Event()
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._bus = bus_for(self)
        self._tasks = [
            loop.create_task(self._supervised("bus", self._bus.run)),
            loop.create_task(self._supervised("sweep", self._sweep_on)),
        ]

    # --- what a consumer asks for ---------------------------------------------------------------

    def sit(self, seat: Seat) -> None:
        self.seats.add(seat)

    def rise(self, seat: Seat) -> None:
        """Forget a socket that has closed."""
        self.seats.discard(seat)
        for topic in list(seat.topics):
            self.leave(seat, topic)
        seat.stop()

    async def join(
        self,
        seat: Seat,
        topic: str,
        *,
        since: Position | None,
        snapshot: Callable[[], Awaitable[str]],
    ) -> None:
        """Let a seat hear a topic: first what it missed, or how things stand, then all that comes.

        :raises TimeoutError: the bus is down; the page is asked to come back later.
        """
        room = await asyncio.wait_for(self._open(topic), JOIN_SECONDS_MAX)
        messages = room.missed(since)
        while messages is None:
            stood = room.position
            text = await snapshot()
            later = room.missed(stood)
            if later is not None:  # else more was said meanwhile than the ring holds: look again
                messages = [room.snapshot(text, stood), *later]
        # From here to the end nothing is awaited, so nothing can be said in between.
        if seat.is_gone or seat not in self.seats:
            return
        for message in messages:
            seat.write(message)
        room.seats.add(seat)
        room.empty_since = None
        seat.topics.add(topic)

    def leave(self, seat: Seat, topic: str) -> None:
        seat.topics.discard(topic)
        room = self.rooms.get(topic)
        if room is not None:
            room.seats.discard(seat)
            if not room.seats:
                room.empty_since = self.loop.time()

    # --- what the bus tells ---------------------------------------------------------------------

    def hear(self, topic: str, at: Position | None, text: str) -> None:
        """Pass on an announcement; `at` is None where numbers are given here."""
        if topic == CONTROL:
            self._hang_up(**json.loads(text))
            return
        room = self.rooms.get(topic)
        if room is not None:
            room.hear(at or Position(room.epoch, room.seq + 1), text)

    def topics(self) -> Iterable[str]:
        return list(self.rooms)

    def connected(self, *, after_a_gap: bool) -> None:
        """Go on; after a gap nobody knows what was missed, so every page asks again."""
        self.is_connected.set()
        if after_a_gap:
            for room in self.rooms.values():
                room.ring.clear()
            for seat in list(self.seats):
                seat.write(RESYNC)

    # --- how it is ------------------------------------------------------------------------------

    def health(self) -> dict[str, Any]:
        return {
            "is_connected": self.is_connected.is_set(),
            "restarts": self.restarts,
            "rooms": len(self.rooms),
            "seats": len(self.seats),
        }

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    # --- how it keeps going ---------------------------------------------------------------------

    async def _open(self, topic: str) -> Room:
        if topic in self.rooms:
            return self.rooms[topic]
        if topic not in self._opening:
            self._opening[topic] = self.loop.create_task(self._subscribe(topic))
        return await asyncio.shield(self._opening[topic])

    async def _subscribe(self, topic: str) -> Room:
        try:
            await self.is_connected.wait()
            room = Room(topic, await self._bus.subscribe(topic))
            room.empty_since = self.loop.time()
            self.rooms[topic] = room
            return room
        finally:
            self._opening.pop(topic, None)

    def _hang_up(self, *, person: int | None, session: str) -> None:
        for seat in list(self.seats):
            is_theirs = person is not None and seat.person_id == person
            if is_theirs or (session and mark_of(seat.session) == session):
                seat.hang_up(GOODBYE)

    async def _sweep_on(self) -> None:
        checked_at = self.loop.time()
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now = self.loop.time()
            for topic, room in list(self.rooms.items()):
                empty_since = room.empty_since
                if empty_since is not None and now - empty_since > LINGER_SECONDS:
                    del self.rooms[topic]
                    await self._bus.unsubscribe(topic)
            if now - checked_at > SESSION_CHECK_SECONDS:
                checked_at = now
                await self.check_sessions()

    async def check_sessions(self) -> None:
        """Hang up on those whose session is over or whose account is closed."""
        theirs = [seat for seat in self.seats if seat.session]
        keys = {seat.session for seat in theirs}
        persons = {seat.person_id for seat in theirs if seat.person_id is not None}
        sessions_over, accounts_closed = await database_sync_to_async(ended)(
            keys, persons, at=timezone.now()
        )
        for seat in theirs:
            if seat.session in sessions_over or seat.person_id in accounts_closed:
                seat.hang_up(GOODBYE)

    async def _supervised(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        wait = RESTART_SECONDS_MIN
        while True:
            began = self.loop.time()
            try:
                await run()
            except Exception as failure:  # (a hub that stops is worse than any fault)
                if name == "bus":
                    self.is_connected.clear()
                self.restarts += 1
                log.exception("hub_restarts", part=name, fault=type(failure).__name__, wait=wait)
            await asyncio.sleep(wait)
            lasted = self.loop.time() - began > RESTART_SECONDS_MAX
            wait = RESTART_SECONDS_MIN if lasted else min(wait * 2, RESTART_SECONDS_MAX)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub_of_this_loop() -> Hub:
    """Return the hub of the running loop, begun with its first socket. A process has one loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for ended_loop in [old for old in _hubs if old.is_closed()]:
            del _hubs[ended_loop]
        _hubs[loop] = Hub(loop)
    return _hubs[loop]


def health() -> list[dict[str, Any]]:
    """Return how the hubs of this process are: none until somebody has opened a page."""
    return [hub.health() for loop, hub in list(_hubs.items()) if not loop.is_closed()]
