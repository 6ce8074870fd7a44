"""A topic in this process: who listens, and what was said lately."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import Final, Self

from community.hub.seats import Message, Seat

RING: Final = 1000


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has heard: the epoch in which a topic is counted, and the number in it.

    A new epoch begins whenever counting had to begin again (a restart, an emptied Redis), so that
    a number of the old one is never mistaken for one of the new.
    """

    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"

    @classmethod
    def parse(cls, text: object) -> Self | None:
        epoch, _colon, seq = str(text).rpartition(":")
        return cls(epoch, int(seq)) if epoch and seq.isdecimal() else None


class Room:
    """The listeners of one topic here, and the ring of its last thousand announcements."""

    __slots__ = ("empty_since", "epoch", "ring", "seats", "seq", "topic")

    def __init__(self, topic: str, at: Position) -> None:
        self.topic = topic
        self.epoch = at.epoch
        self.seq = at.seq
        self.ring: deque[tuple[int, Message]] = deque(maxlen=RING)
        self.seats: set[Seat] = set()
        self.empty_since: float | None = None

    @property
    def position(self) -> Position:
        return Position(self.epoch, self.seq)

    def hear(self, at: Position, text: str) -> None:
        """Keep an announcement and pass it on; one that was heard already is left out."""
        if at.epoch == self.epoch and at.seq <= self.seq:
            return
        if at.epoch != self.epoch:
            self.ring.clear()
        self.epoch, self.seq = at.epoch, at.seq
        message = Message.of(_envelope(self.topic, at, "frame", text))
        self.ring.append((at.seq, message))
        for seat in self.seats:
            seat.write(message)

    def missed(self, since: Position | None) -> list[Message] | None:
        """Return what came after `since`, or None when that is no longer known here."""
        if since is None or since.epoch != self.epoch or since.seq > self.seq:
            return None
        if since.seq == self.seq:
            return []
        if not self.ring or self.ring[0][0] > since.seq + 1:
            return None
        return [message for seq, message in self.ring if seq > since.seq]

    def snapshot(self, text: str, at: Position) -> Message:
        return Message.of(_envelope(self.topic, at, "snapshot", text))


def _envelope(topic: str, at: Position, word: str, text: str) -> str:
    return f'{{"topic":{json.dumps(topic)},"at":"{at}","{word}":{text}}}'
