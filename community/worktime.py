"""Working time: when an office is at work, and when a limit counted in its hours or days ends.

Pure arithmetic on a calendar that somebody else has read. Limits in days follow the Civil Code
(民法典): the day on which the period begins does not count (art. 201), and where there are business
hours the last day ends when they end (art. 203). Limits in minutes run only while the office is
open. A year whose holidays are not published yet has plain weekdays, and what depends on it says
so: we never guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")  # no summer time since 1991
MONDAY, FRIDAY = 1, 5
ONE_DAY: Final = timedelta(days=1)
NOTHING: Final = timedelta()
YEARS_AT_MOST: Final = 20

Span = tuple[time, time]
"""From opening, included, to closing, excluded, on one day."""

Hours = Mapping[int, tuple[Span, ...]]
"""ISO weekday (1 is Monday) → the day's spans, in order and apart. A missing day is a day off."""

WORKDAY: Final[tuple[Span, ...]] = ((time(8, 30), time(17, 30)),)
PLAIN_HOURS: Final[Hours] = dict.fromkeys(range(MONDAY, FRIDAY + 1), WORKDAY)


@dataclass(frozen=True)
class Deadline:
    """A moment that something is due, and whether it can still move.

    It can when it was counted across a year whose holidays were not published: show 未公布.
    """

    at: datetime
    is_certain: bool = True


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """An office's hours, the county's holidays (节假日), and the make-up workdays (调休)."""

    hours: Hours = field(default_factory=lambda: PLAIN_HOURS)
    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    """Days at a weekend on which the office works the hours of a Monday."""

    published: frozenset[int] = frozenset()
    """The years whose arrangement the State Council has published."""

    def __post_init__(self) -> None:
        if not any(self.hours.values()):
            raise ValueError("An office that is never open has no deadlines.")
        for spans in self.hours.values():
            moments = [moment for span in spans for moment in span]
            if moments != sorted(set(moments)):
                raise ValueError("Spans of a day follow one another and do not touch.")
        if self.holidays & self.make_up_days:
            raise ValueError("A day is either a holiday or a workday.")

    def is_workday(self, day: date) -> bool:
        return bool(self._spans(day))

    def is_working(self, at: datetime) -> bool:
        """Whether the office is open at that moment: from opening on, until closing."""
        local = at.astimezone(SHANGHAI)
        return any(opens <= local < closes for opens, closes in self._open_on(local.date()))

    def add(self, start: datetime, *, minutes: int = 0, days: int = 0) -> Deadline:
        """Return when so much working time after `start` has passed: minutes, or whole days.

        Nothing added is `start` itself, even outside hours.
        """
        if minutes < 0 or days < 0 or (minutes and days):
            raise ValueError("A limit is a number of minutes or of days, not both, not negative.")
        start = start.astimezone(SHANGHAI)
        if days:
            end = self._after_days(start.date(), days)
        elif minutes:
            end = self._after(start, timedelta(minutes=minutes))
        else:
            end = start
        return Deadline(end, self._is_certain(start, end))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; none when `end` comes first."""
        start, end = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
        total, day = NOTHING, start.date()
        while day <= end.date():
            for opens, closes in self._open_on(day):
                total += max(min(closes, end) - max(opens, start), NOTHING)
            day += ONE_DAY
        return total

    def _after(self, start: datetime, left: timedelta) -> datetime:
        for day in self._days_from(start.date()):
            for opens, closes in self._open_on(day):
                open_now = max(opens, start)
                if closes <= open_now:
                    continue
                if left <= closes - open_now:
                    return open_now + left
                left -= closes - open_now
        raise AssertionError("a calendar with hours reaches every limit")

    def _after_days(self, start: date, days: int) -> datetime:
        for day in self._days_from(start + ONE_DAY):
            days -= self.is_workday(day)
            if not days:
                return self._open_on(day)[-1][1]
        raise AssertionError("a calendar with workdays reaches every limit")

    def _is_certain(self, start: datetime, end: datetime) -> bool:
        return all(year in self.published for year in range(start.year, end.year + 1))

    def _days_from(self, day: date) -> Iterator[date]:
        last = day + timedelta(days=366 * YEARS_AT_MOST)
        while day < last:
            yield day
            day += ONE_DAY

    def _open_on(self, day: date) -> list[tuple[datetime, datetime]]:
        return [
            (
                datetime.combine(day, opens, tzinfo=SHANGHAI),
                datetime.combine(day, closes, tzinfo=SHANGHAI),
            )
            for opens, closes in self._spans(day)
        ]

    def _spans(self, day: date) -> tuple[Span, ...]:
        if day in self.holidays:
            return ()
        if day in self.make_up_days:
            return self.hours.get(day.isoweekday()) or self._hours_of_a_workday()
        return self.hours.get(day.isoweekday(), ())

    def _hours_of_a_workday(self) -> tuple[Span, ...]:
        return next(spans for _weekday, spans in sorted(self.hours.items()) if spans)


def deadline(start: datetime, limit: Mapping[str, int], calendar: Calendar) -> Deadline:
    """Return when a limit of the category table ends: ``{"work_hours": 4}``, ``{"work_days": 3}``.

    ``hours`` and ``minutes`` run by the clock on the wall, at night and on holidays too.

    :raises ValueError: the limit has another unit, or not exactly one.
    """
    match list(limit.items()):
        case [("work_hours", hours)]:
            return calendar.add(start, minutes=hours * 60)
        case [("work_days", days)]:
            return calendar.add(start, days=days)
        case [("hours", hours)]:
            return Deadline(start.astimezone(SHANGHAI) + timedelta(hours=hours))
        case [("minutes", minutes)]:
            return Deadline(start.astimezone(SHANGHAI) + timedelta(minutes=minutes))
    raise ValueError(f"Not a limit: {dict(limit)}")
