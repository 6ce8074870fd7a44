"""Searching: what was found, and how many of what there are, as one reader may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db.models import Case, Count, Value, When
from django.utils.functional import cached_property

from community.models.search import SearchEntry, SearchQuerySet
from community.search import SOURCES, Reader
from community.terms import Wanted

Key = TypeVar("Key")

SUGGESTIONS: Final = 8
DAYS: Final[dict[str, int]] = {"week": 7, "month": 30, "year": 365}
"""The times one can narrow to: each holds those before it."""

ROWS_FOR_SUGGESTIONS: Final = SUGGESTIONS * 3


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """To what a reader has narrowed the search; blank or None: not at all."""

    kind: str = ""
    village: int | None = None
    state: str = ""
    since: str = ""


@dataclass(frozen=True)
class Group:
    """How many were found that agree in everything one can narrow to."""

    kind: str
    village: int | None
    village_name: str
    stands: str
    age: str
    count: int

    def fits(self, narrowing: Narrowing) -> bool:
        ages = tuple(DAYS)
        return (
            narrowing.kind in ("", self.kind)
            and narrowing.village in (None, self.village)
            and narrowing.state in ("", self.stands)
            and (not narrowing.since or self.age in ages[: ages.index(narrowing.since) + 1])
        )


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The answer to one question: every number in it counts only what this reader may read."""

    wanted: Wanted
    groups: Sequence[Group]
    entries: SearchQuerySet
    narrowing: Narrowing

    @cached_property
    def total(self) -> int:
        return sum(group.count for group in self.groups if group.fits(self.narrowing))

    @cached_property
    def is_any(self) -> bool:
        """Whether anything was found before narrowing."""
        return bool(self.groups)

    def kinds(self) -> Counter[str]:
        return self._counted(replace(self.narrowing, kind=""), lambda group: group.kind)

    def states(self) -> Counter[str]:
        return self._counted(replace(self.narrowing, state=""), lambda group: group.stands)

    def villages(self) -> Counter[tuple[int | None, str]]:
        wide = replace(self.narrowing, village=None)
        return self._counted(wide, lambda group: (group.village, group.village_name))

    def times(self) -> dict[str, int]:
        """Return how many are at most so old; the times overlap."""
        return {
            since: sum(g.count for g in self.groups if g.fits(replace(self.narrowing, since=since)))
            for since in DAYS
        }

    def _counted(self, wide: Narrowing, key: Callable[[Group], Key]) -> Counter[Key]:
        counts: Counter[Key] = Counter()
        for group in self.groups:
            if group.fits(wide):
                counts[key(group)] += group.count
        return counts


def search(wanted: Wanted, *, reader: Reader, narrowing: Narrowing) -> Findings:
    """Find what a question stands in, the best first: one query here, one when rows are read."""
    found = readable_entries(reader).matching(wanted)
    rows = _narrowed(found, narrowing, reader.at).best_first(wanted).select_related("area", "unit")
    return Findings(
        wanted=wanted,
        groups=_groups(found, reader.at),
        entries=rows.defer("terms", "folded", "folded_title", "area__boundary", "unit__boundary"),
        narrowing=narrowing,
    )


def suggest(typed: str, *, reader: Reader) -> list[SearchEntry]:
    """Return the few things whose title has what was typed so far, each title once."""
    wanted = Wanted.in_words(typed, is_typing=True)
    if not wanted:
        return []
    found = readable_entries(reader).matching(wanted).titled(wanted).best_first(wanted)
    titles: dict[str, SearchEntry] = {}
    for entry in found.only("kind", "title", "url")[:ROWS_FOR_SUGGESTIONS]:
        titles.setdefault(entry.title, entry)
    return list(titles.values())[:SUGGESTIONS]


def readable_entries(reader: Reader) -> SearchQuerySet:
    """Return what this reader may find: the start of every question, also of those that count."""
    return SearchEntry.objects.among(
        {kind: source.readable(reader) for kind, source in SOURCES.items()}
    )


def _groups(found: SearchQuerySet, at: datetime) -> list[Group]:
    young = [
        When(at__gt=at - timedelta(days=days), then=Value(name)) for name, days in DAYS.items()
    ]
    counted = (
        found.telling_state(at=at)
        .annotate(age=Case(*young, default=Value("")))
        .values_list("kind", "unit", "unit__name", "stands", "age")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [
        Group(kind, unit, name or "", stands, age, count)
        for kind, unit, name, stands, age, count in counted
    ]


def _narrowed(found: SearchQuerySet, narrowing: Narrowing, at: datetime) -> SearchQuerySet:
    if narrowing.kind:
        found = found.filter(kind=narrowing.kind)
    if narrowing.village is not None:
        found = found.filter(unit=narrowing.village)
    if narrowing.state:
        found = found.standing(narrowing.state, at=at)
    if narrowing.since:
        found = found.filter(at__gt=at - timedelta(days=DAYS[narrowing.since]))
    return found
