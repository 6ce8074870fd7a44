"""What the first page and the tabs are composed of.

`community` may not import the apps above it, so it keeps a registry: whoever has something that
waits for a person, or something new in a village, registers a provider from its `home_providers`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, QuerySet, Window
from django.utils.functional import Promise

from community.models import Area, Person

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing that waits for this person: what it is, and the one button that does it."""

    title: Text
    note: Text
    icon: str
    url: str
    action: Text
    due_at: datetime | None = None
    """What is due first comes first; what has no deadline comes last."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The most pressing few of what waits, and how many there are in all."""

    rows: Sequence[Todo] = ()
    count: int = 0


def waiting_in(found: QuerySet[Any], limit: int, *, shown_as: Callable[[Any], Todo]) -> Waiting:
    """Answer with the first rows of an ordered queryset and its count, in one query."""
    rows = list(found.annotate(in_all=Window(Count("*")))[:limit])
    return Waiting(rows=[shown_as(row) for row in rows], count=rows[0].in_all if rows else 0)


@dataclass(frozen=True, kw_only=True)
class TodoProvider:
    """Something that can wait for people; `find` takes how many rows are wanted at most."""

    key: str
    find: Callable[[Person, datetime, int], Waiting]


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing that is new in a village."""

    title: Text
    note: Text
    icon: str
    url: str
    at: datetime
    tone: str = ""
    is_urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class NewsProvider:
    """Something that can be new: the newest few that concern an area, for a person or a guest."""

    key: str
    rows: Callable[[Area, Person | None, datetime, int], Sequence[News]]


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One of at most five doors at the bottom of the phone."""

    key: str
    label: Text
    icon: str
    url_name: str
    order: int
    offices: Collection[str] = ()
    """Only for those who hold one of these now; without any, for everybody."""

    badge: Callable[[Person, datetime], int] | None = None
    todos: str = ""
    """The provider that counts the same: the first page has asked it, and asks once."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A door on the home page: something people come to do. The main one is large."""

    key: str
    label: Text
    icon: str
    url_name: str
    order: int
    text: Text = ""
    is_main: bool = False
    is_for: Callable[[Person | None, datetime], bool] = lambda person, at: True


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How many of how many, in an area and a time: never bare, never a rank.

    "121 done, of 128 received": `count` and `total`, `out_of` is the rest of the sentence,
    `sentence` the whole of it for those who listen, `word` what the ring says.
    """

    title: Text
    count: int
    total: int
    out_of: Text
    sentence: Text
    word: Text
    notes: Sequence[Text] = ()
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureProvider:
    """One figure of an area, or None where there is nothing to count yet."""

    key: str
    figure: Callable[[Area, datetime], Figure | None]


@dataclass(frozen=True, kw_only=True)
class Drawer:
    """One line of the page 我的: something that is mine, or about me."""

    key: str
    label: Text
    note: Text
    icon: str
    url_name: str
    order: int
    is_for: Callable[[Person | None, datetime], bool] = lambda person, at: person is not None


PROVIDER_QUERIES: Final = 7
"""What all providers together may cost on one home page; one query each is the rule."""

TODO_PROVIDERS: dict[str, TodoProvider] = {}
NEWS_PROVIDERS: dict[str, NewsProvider] = {}
TABS: dict[str, Tab] = {}
ASKS: dict[str, Ask] = {}
DRAWERS: dict[str, Drawer] = {}
FIGURE_PROVIDERS: dict[str, FigureProvider] = {}


def register_todos(provider: TodoProvider) -> None:
    assert provider.key not in TODO_PROVIDERS, f"two providers are called {provider.key}"
    TODO_PROVIDERS[provider.key] = provider


def register_news(provider: NewsProvider) -> None:
    assert provider.key not in NEWS_PROVIDERS, f"two providers are called {provider.key}"
    NEWS_PROVIDERS[provider.key] = provider


def register_tab(tab: Tab) -> None:
    assert tab.key not in TABS, f"two tabs are called {tab.key}"
    TABS[tab.key] = tab


def register_ask(ask: Ask) -> None:
    assert ask.key not in ASKS, f"two asks are called {ask.key}"
    ASKS[ask.key] = ask


def register_figure(provider: FigureProvider) -> None:
    assert provider.key not in FIGURE_PROVIDERS, f"two providers are called {provider.key}"
    FIGURE_PROVIDERS[provider.key] = provider


def register_drawer(drawer: Drawer) -> None:
    assert drawer.key not in DRAWERS, f"two drawers are called {drawer.key}"
    DRAWERS[drawer.key] = drawer
