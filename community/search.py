"""What can be searched: each kind of thing says how it is found and who may read it.

`community` may not import the apps above it, so it keeps a registry: an app registers a source
for each kind from its `searchables`. Permission is the source's own question on its own table and
becomes part of every query: rows, counts and suggestions alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from community.models import Appointment, Area, Person
from community.models.search import State

TEXT_MOST: Final = 20_000
"""As much of a text is found, in characters: the longest rules of a village are half of it."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who searches, with the offices whose work this session may see, and when."""

    person: Person | None
    offices: Sequence[Appointment]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Document:
    """One thing as it is found. `text` is shown in pieces, so it holds what its page shows to all.

    `also` is what it is found by besides (a number), and not shown.
    """

    title: str
    text: str
    url: str
    area: Area
    at: datetime | None
    state: State = State.CURRENT
    ends_at: datetime | None = None
    also: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of thing that can be found. `originals` brings along what `document` reads."""

    kind: str
    label: str | Promise
    icon: str
    order: int
    models: Sequence[type[Model]]
    originals: Callable[[], QuerySet[Any]]
    document: Callable[[Any], Document]
    readable: Callable[[Reader], QuerySet[Any]]


SOURCES: dict[str, Source] = {}
SOURCE_OF: dict[type[Model], Source] = {}


def register_source(source: Source) -> None:
    assert source.kind not in SOURCES, f"two sources are called {source.kind}"
    SOURCES[source.kind] = source
    SOURCE_OF.update(dict.fromkeys(source.models, source))


def sources() -> list[Source]:
    return sorted(SOURCES.values(), key=lambda source: source.order)
