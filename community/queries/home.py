"""The first page in plain data: what waits, what is new, what can be done, how much was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from django.urls import NoReverseMatch, reverse

from community.home import (
    ASKS,
    DRAWERS,
    FIGURE_PROVIDERS,
    NEWS_PROVIDERS,
    TODO_PROVIDERS,
    Ask,
    Drawer,
    Figure,
    News,
    Todo,
)
from community.models import Area, Person

TODOS_MAX: Final = 5
NEWS_MAX: Final = 6
FAR_AWAY: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Todos:
    """The most pressing few of what waits for somebody, and how many there are in all."""

    rows: Sequence[Todo]
    counts: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, kw_only=True)
class Door:
    ask: Ask
    url: str


def todos_of(person: Person, at: datetime) -> Todos:
    """Return what waits for the person, what is due first before the rest."""
    found = {key: provider.find(person, at, TODOS_MAX) for key, provider in TODO_PROVIDERS.items()}
    rows = sorted(
        chain.from_iterable(waiting.rows for waiting in found.values()),
        key=lambda todo: todo.due_at or FAR_AWAY,
    )
    counts = {key: waiting.count for key, waiting in found.items()}
    return Todos(rows=rows[:TODOS_MAX], counts=counts)


def news_of(area: Area, person: Person | None, at: datetime) -> list[News]:
    """Return what is new in the area: what is urgent first, then the newest."""
    found = chain.from_iterable(
        provider.rows(area, person, at, NEWS_MAX) for provider in NEWS_PROVIDERS.values()
    )
    return sorted(found, key=lambda news: (not news.is_urgent, -news.at.timestamp()))[:NEWS_MAX]


def figures_of(area: Area, at: datetime) -> list[Figure]:
    figures = (provider.figure(area, at) for provider in FIGURE_PROVIDERS.values())
    return [figure for figure in figures if figure is not None]


def doors_for(person: Person | None, at: datetime) -> list[Door]:
    """Return the doors that are open: those whose app is there and that are for this person."""
    asks = sorted(ASKS.values(), key=lambda ask: (not ask.is_main, ask.order))
    return [
        Door(ask=ask, url=url)
        for ask in asks
        if (url := _address(ask.url_name)) and ask.is_for(person, at)
    ]


def drawers_of(person: Person | None, at: datetime) -> list[tuple[Drawer, str]]:
    """Return the lines of the page 我的, each with its address."""
    return [
        (drawer, url)
        for drawer in sorted(DRAWERS.values(), key=lambda drawer: drawer.order)
        if (url := _address(drawer.url_name)) and drawer.is_for(person, at)
    ]


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:  # the app that fills it is not part of this site
        return ""
