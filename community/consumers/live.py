"""One open page that listens: it joins topics and hears them through the hub.

What a page sends: ``{"join": "me", "since": "<at>"}`` and ``{"leave": "me"}``. What it gets: what
it asked for is called from now on (``{"asked": "me", "topic": "person:7"}``) or why not
(``{"asked": "me", "refusal": {"code", "reason"}}``); then how things stand and what comes
(``{"topic", "at", "snapshot" | "frame"}``); and ``{"resync": true}`` when it should join again
without `since`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.utils import timezone, translation

from community.errors import Refusal
from community.hub import TRY_LATER, Position, Seat, TopicKind, hub_of_this_loop, topic_kind
from community.hub.seats import Message
from community.models import Person

TOPICS_MAX: Final = 8
MESSAGE_LENGTH_MAX: Final = 2000
NO_LAYER: Final = "none: the hub carries everything"


class LiveConsumer(AsyncWebsocketConsumer):
    """A seat at the hub. It has no channel of its own (docs/adr/0060)."""

    channel_layer_alias = NO_LAYER
    seat: Seat | None = None
    person: Person | None

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Not the parent's: it hops through a thread on every message, to close old connections.
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        if not is_same_origin(self.scope["headers"]):
            await self.close()
            return
        user = self.scope["user"]
        self.person = user if user.is_authenticated else None
        self.asked: dict[str, str] = {}
        await self.accept()
        self.hub = hub_of_this_loop()
        self.seat = Seat(
            self.base_send,
            person_id=self.person.pk if self.person else None,
            session=self.scope["session"].session_key or "",
        )
        self.hub.sit(self.seat)

    async def disconnect(self, code: int) -> None:
        if self.seat is not None:
            self.hub.rise(self.seat)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        match understood(text_data):
            case {"join": str(asked), "since": since}:
                await self.join(asked, since)
            case {"join": str(asked)}:
                await self.join(asked, None)
            case {"leave": str(asked)} if asked in self.asked:
                assert self.seat is not None
                self.hub.leave(self.seat, self.asked.pop(asked))
            case _:
                await self.close(code=1003)

    async def join(self, asked: str, since: object) -> None:
        assert self.seat is not None
        if len(self.asked) >= TOPICS_MAX and asked not in self.asked:
            await self.close(code=1008)
            return
        try:
            kind, rest = topic_kind(asked)
            topic = await self.in_their_language(kind.admit, rest)
        except Refusal as refusal:
            self.say(asked=asked, refusal={"code": refusal.code, "reason": str(refusal)})
            return
        self.asked[asked] = topic
        self.say(asked=asked, topic=topic)
        try:
            await self.hub.join(
                self.seat,
                topic,
                since=Position.parse(since),
                snapshot=partial(self.snapshot, kind, topic),
            )
        except TimeoutError:
            self.seat.hang_up(TRY_LATER)

    def say(self, **facts: Any) -> None:
        """Tell this page alone."""
        assert self.seat is not None
        self.seat.write(Message.of(json.dumps(facts, ensure_ascii=False)))

    async def snapshot(self, kind: TopicKind, topic: str) -> str:
        frame = await self.in_their_language(kind.snapshot, topic)
        return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))

    @database_sync_to_async
    def in_their_language(self, answer: Any, about: str) -> Any:
        language = self.person.language if self.person else ""
        with translation.override(language or settings.LANGUAGE_CODE):
            return answer(self.person, about, timezone.now())


def is_same_origin(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the page that connects is one of ours.

    A browser sends cookies along from any page, and says where that page is from. The list of
    allowed hosts is no help where it is ``*``, as it is on a laptop in the village office.
    """
    found = dict(headers)
    origin = urlsplit(found.get(b"origin", b"").decode("latin-1")).netloc
    return bool(origin) and origin == found.get(b"host", b"").decode("latin-1")


def understood(text: str | None) -> Any:
    """Return what was sent, or None for what is not even JSON or far too long."""
    if text is None or len(text) > MESSAGE_LENGTH_MAX:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
