"""The kinds of thing that the platform tells people, and the words for each.

A notification keeps only facts; its words are made when it is read, in the reader's language, so
a reader who switches to English reads yesterday's notifications in English too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of notification: its sign, and its words with ``%(named)s`` places for facts."""

    key: str
    icon: str
    """A name of our sprite without its ``i-``."""

    title: Text
    text: Text = ""
    tone: str = "water"
    """``leaf``, ``water``, ``gold``, ``warm`` (your turn) or ``brick``."""


KINDS: dict[str, Kind] = {}
UNKNOWN: Final = Kind(key="unknown", icon="info", title=_("There is something new."))


def register_kind(kind: Kind) -> Kind:
    """Make a kind known; concepts call this beside the events that cause it."""
    assert kind.key not in KINDS, f"two kinds are called {kind.key}"
    KINDS[kind.key] = kind
    return kind


def kind_of(key: str) -> Kind:
    """Return the kind of that name; a kind that has gone still has words for what it left."""
    return KINDS.get(key, UNKNOWN)


def words(text: Text, facts: Mapping[str, Any]) -> str:
    """Return `text` in the active language with its places filled; a lacking fact stays empty."""
    return str(text) % _Lenient(facts)


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
