"""What a phone wrote without a network, and how each kind of it is taken in.

A concept that can be written offline registers a kind here, from its module in `outbox_kinds/`. A
kind must be idempotent by the item's id, for a phone that never heard the answer asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from django.utils.crypto import salted_hmac

from community.models import Person, Plate
from community.photos import Bytes

SALT: Final = "community.outbox"
MARK_LENGTH: Final = 16


class State(StrEnum):
    """What became of an item; the phone's script knows the same words."""

    ACCEPTED = "accepted"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"
    """It stays on the phone, to be mended."""

    SIGN_IN = "sign_in"
    """Nobody is signed in, or somebody else than who wrote it."""

    LATER = "later"
    """Nothing is wrong with it, but not now."""


class Reason(NamedTuple):
    """Why not, in words for the person, and beside which field; "" is the whole."""

    field: str
    words: str


@dataclass(frozen=True, kw_only=True)
class SentPhoto:
    """A photo by the id that the phone chose; without a file it is thought to be here already."""

    id: UUID
    file: Bytes | None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that was written on the phone."""

    kind: str
    id: UUID
    fields: Mapping[str, str]
    photos: Sequence[SentPhoto] = ()
    behind: Callable[[str], Plate | None]
    """Looks a door code up for whoever hands the item in, who may be guessing."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one item: `url` leads to it, or to where it can be mended online."""

    state: State
    title: str = ""
    number: str = ""
    url: str = ""
    reasons: Sequence[Reason] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`take_in` does it or says why not; `find` says what became of an item, if it is here."""

    key: str
    take_in: Callable[[Person, Item, datetime], Outcome]
    find: Callable[[Person, UUID], Outcome | None]


KINDS: Final[dict[str, Kind]] = {}


def register_kind(kind: Kind) -> None:
    assert kind.key not in KINDS, f"two kinds are called {kind.key}"
    KINDS[kind.key] = kind


def mark_of(person: Person | None) -> str:
    """Return what a phone remembers a person by: it tells nobody who they are. "" is a guest."""
    if person is None:
        return ""
    return salted_hmac(SALT, str(person.pk)).hexdigest()[:MARK_LENGTH]
