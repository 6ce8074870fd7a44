"""How an announcement gets from where something was committed to every process's hub.

In the embedded set-up everything happens in one process, and the hub's loop is called. In the
county set-up a plain PUBLISH goes to Redis, from any process, also from Celery's workers; each
socket process keeps one connection that listens. A topic's number is given where all see it: in
the hub's own loop, or by Redis in the script that publishes.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterable
from functools import cache
from time import monotonic
from typing import Any, Final, Protocol

import redis
import redis.asyncio
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from community.hub.rooms import Position

PREFIX: Final = "linli:live:"
CONTROL: Final = "*"
"""The topic on which processes are told to hang up on somebody."""

SILENCE_SECONDS: Final = 10
REDIS_REST_SECONDS: Final = 5
NUMBER_AND_PUBLISH: Final = """
local epoch = redis.call('HGET', KEYS[1], '')
if not epoch then
  epoch = ARGV[3]
  redis.call('HSET', KEYS[1], '', epoch)
end
local seq = redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
redis.call('PUBLISH', KEYS[2], epoch .. ':' .. seq .. ' ' .. ARGV[2])
return seq
"""

log = structlog.get_logger(__name__)


class Listener(Protocol):
    """What a bus needs of a hub. All of it is called in the hub's own loop."""

    loop: asyncio.AbstractEventLoop

    def hear(self, topic: str, at: Position | None, text: str) -> None: ...
    def topics(self) -> Iterable[str]: ...
    def connected(self, *, after_a_gap: bool) -> None: ...


class LocalBus:
    """One process: announcements go straight to the loops in which its hubs live."""

    def __init__(self, hub: Listener) -> None:
        self.hub = hub
        self._rooms_opened = 0
        self._boot = secrets.token_hex(4)

    async def run(self) -> None:
        LOCAL_HUBS.add(self.hub)
        self.hub.connected(after_a_gap=False)
        try:
            await asyncio.Event().wait()
        finally:
            LOCAL_HUBS.discard(self.hub)

    async def subscribe(self, topic: str) -> Position:
        self._rooms_opened += 1
        return Position(f"{self._boot}-{self._rooms_opened}", 0)

    async def unsubscribe(self, topic: str) -> None:
        """Nothing is kept for a topic."""


LOCAL_HUBS: set[Listener] = set()


class RedisBus:
    """Many processes: one connection listens, to one channel for each topic that is heard here."""

    def __init__(self, hub: Listener) -> None:
        self.hub = hub
        self._client: Any = None
        self._pubsub: Any = None
        self._confirmed: dict[str, asyncio.Future[None]] = {}
        self._has_run = False

    async def run(self) -> None:
        """Listen until the connection is lost, which raises; whoever supervises calls again."""
        self._client = redis.asyncio.Redis.from_url(
            settings.REDIS_URL,
            # A reconnection behind our back would hide that announcements were missed.
            retry=Retry(NoBackoff(), 0),
            socket_connect_timeout=2,
        )
        try:
            self._pubsub = self._client.pubsub()
            topics = [CONTROL, *self.hub.topics()]
            await self._pubsub.subscribe(*(PREFIX + topic for topic in topics))
            self.hub.connected(after_a_gap=self._has_run)
            self._has_run = True
            await self._listen()
        finally:
            for waiting in self._confirmed.values():
                waiting.cancel()
            self._confirmed.clear()
            await self._pubsub.aclose()
            await self._client.aclose()

    async def subscribe(self, topic: str) -> Position:
        """Begin to hear a topic, and return where it stands: nothing falls between the two."""
        confirmed = self._confirmed.setdefault(topic, self.hub.loop.create_future())
        await self._pubsub.subscribe(PREFIX + topic)
        await asyncio.shield(confirmed)
        epoch, seq = await self._client.hmget(PREFIX, "", topic)
        return Position((epoch or b"none").decode(), int(seq or 0))

    async def unsubscribe(self, topic: str) -> None:
        await self._pubsub.unsubscribe(PREFIX + topic)

    async def _listen(self) -> None:
        is_silent = False
        while True:
            message = await self._pubsub.get_message(timeout=SILENCE_SECONDS)
            if message is None:
                if is_silent:
                    raise ConnectionError("Redis has not answered a ping.")
                is_silent = True
                await self._pubsub.ping()
                continue
            is_silent = False
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        topic = (message["channel"] or b"").decode().removeprefix(PREFIX)
        if message["type"] == "subscribe" and topic in self._confirmed:
            confirmed = self._confirmed.pop(topic)
            if not confirmed.done():
                confirmed.set_result(None)
        elif message["type"] == "message":
            at, _space, text = message["data"].decode().partition(" ")
            self.hub.hear(topic, Position.parse(at), text)


def bus_for(hub: Listener) -> LocalBus | RedisBus:
    return RedisBus(hub) if settings.REDIS_URL else LocalBus(hub)


def publish(topic: str, text: str) -> None:
    """Send ready-made JSON to everybody who listens to `topic`, from any thread or process.

    It never fails: the database is the truth, and a page that missed something asks again.
    """
    if settings.REDIS_URL:
        _publish_by_redis(topic, text)
        return
    for hub in list(LOCAL_HUBS):
        if not hub.loop.is_closed():
            hub.loop.call_soon_threadsafe(hub.hear, topic, None, text)


def publish_hang_up(*, person_id: int | None = None, session: str = "") -> None:
    """Have every process hang up on a person's sockets, or on those of one session."""
    publish(CONTROL, json.dumps({"person": person_id, "session": session}))


def _publish_by_redis(topic: str, text: str) -> None:
    global _redis_rests_until  # noqa: PLW0603 (one Redis, one process, one moment)
    if monotonic() < _redis_rests_until:
        return
    try:
        _script()(keys=[PREFIX, PREFIX + topic], args=[topic, text, secrets.token_hex(4)])
    except redis.RedisError as failure:
        _redis_rests_until = monotonic() + REDIS_REST_SECONDS
        log.warning("live_redis_down", fault=type(failure).__name__)


_redis_rests_until = 0.0


@cache
def _script() -> Any:
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=Retry(NoBackoff(), 1)
    )
    return client.register_script(NUMBER_AND_PUBLISH)
