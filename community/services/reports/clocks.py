"""The two deadlines of a report: when somebody must have accepted it, and when it must be done.

A clock runs in working time unless its limit is counted in hours by the clock on the wall. While
the platform waits for the resident, or for weather and money, it stands still: a pause is kept,
and what was left of the time goes on afterwards. Yellow and orange are shares of the whole limit,
so a pause moves them as it moves the deadline, and never counts them anew on what is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from community.models import Category, Pause, Priority, Report, current_calendar
from community.workflow import Clock, Status, clock_of
from community.worktime import Calendar, Deadline, deadline

YELLOW: Final = 0.5
ORANGE: Final = 0.8
"""Shares of the time after which a report is nearly due, and very nearly."""

FIRST_REPLY: Final[Mapping[str, Mapping[str, int]]] = {
    Priority.EMERGENCY: {"minutes": 30},
    Priority.URGENT: {"hours": 2},
    Priority.NORMAL: {"work_hours": 8},
}
"""Whatever the category allows, somebody looks within this time (`report_categories.yaml`)."""

ONE_MINUTE: Final = timedelta(minutes=1)
BY_THE_WALL: Final = frozenset({"hours", "minutes"})


def start_clocks(*, report: Report, at: datetime) -> None:
    """Set what a new report promises, and start the clock until it is accepted."""
    calendar = current_calendar()
    limit = _accept_limit(report, at, calendar)
    due = deadline(at, limit, calendar)
    hard = deadline(at, _limit(report.category, "hard"), calendar)
    report.accept_due_at, report.hard_due_at = due.at, hard.at
    report.is_certain = due.is_certain and hard.is_certain
    report.escalate_at = due.at
    _run(report, at, due, limit, calendar)


def restart_accept_clock(*, report: Report, at: datetime) -> None:
    """Give the level above its own time to accept; the promise to the resident stays."""
    calendar = current_calendar()
    report.escalate_at = deadline(at, _accept_limit(report, at, calendar), calendar).at


def turn_clock(*, report: Report, source: str, at: datetime) -> None:
    """Let the right clock run for a report that has just moved from `source` to its status."""
    was, runs = clock_of(source), clock_of(report.status)
    if runs is Clock.NONE:
        _stop(report)
    elif _begins_anew(report, was, runs):
        start_finish_clock(report=report, at=at)
    elif runs is not was:
        _resume(report, at)


def _begins_anew(report: Report, was: Clock, runs: Clock) -> bool:
    is_first = was is Clock.ACCEPT or report.finish_due_at is None
    return runs is Clock.FINISH and (is_first or report.status == Status.REOPENED)


def start_finish_clock(*, report: Report, at: datetime) -> None:
    """Count anew until the report must be done: once accepted, and once reopened."""
    calendar = current_calendar()
    limit = _limit(report.category, "finish")
    due = deadline(at, limit, calendar)
    report.finish_due_at = max(due.at, report.finish_due_at or due.at)
    report.is_certain = due.is_certain
    report.escalate_at = None
    _run(report, at, due, limit, calendar)


def pause(*, report: Report, at: datetime) -> None:
    """Let the clock stand still for as long as the report waits for something outside."""
    Pause.objects.create(report=report, status=report.status, starts_at=at)


def end_pause(*, report: Report, at: datetime) -> Pause | None:
    """End the pause that runs, if one does."""
    running = Pause.objects.filter(report=report, ends_at=None).first()
    if running:
        running.ends_at = at
        running.save(update_fields=["ends_at"])
    return running


def _stop(report: Report) -> None:
    """Let no clock run. Yellow and orange stay, because they tell how much of the time was used."""
    report.due_at = report.escalate_at = None


def _resume(report: Report, at: datetime) -> None:
    """Go on with what was left when the clock stopped; what was overdue stays overdue."""
    calendar = current_calendar()
    is_accept = clock_of(report.status) is Clock.ACCEPT
    due_at = report.accept_due_at if is_accept else report.finish_due_at
    assert due_at is not None
    limit = _accept_limit(report, at, calendar) if is_accept else _limit(report.category, "finish")
    wait = Wait(_stopped_at(report, at), at, None if BY_THE_WALL & limit.keys() else calendar)
    report.due_at = wait.after(due_at)
    report.yellow_at = report.yellow_at and wait.after(report.yellow_at)
    report.orange_at = report.orange_at and wait.after(report.orange_at)
    if is_accept:
        report.accept_due_at = report.escalate_at = report.due_at
    else:
        report.finish_due_at = report.due_at


@dataclass(frozen=True)
class Wait:
    """A time in which a clock stood still. Without a calendar it runs by the clock on the wall."""

    starts_at: datetime
    ends_at: datetime
    calendar: Calendar | None

    def after(self, moment: datetime) -> datetime:
        """Return when that moment comes after the wait; what had come before it stays."""
        if moment <= self.starts_at:
            return moment
        if self.calendar is None:
            return self.ends_at + (moment - self.starts_at)
        left = self.calendar.between(self.starts_at, moment)
        return max(moment, self.calendar.add(self.ends_at, minutes=left // ONE_MINUTE).at)


def _stopped_at(report: Report, at: datetime) -> datetime:
    """Return when the clock last stopped: at the last pause, or when the work was called done."""
    last = Pause.objects.filter(report=report).order_by("-starts_at", "-pk").first()
    paused_at = last.starts_at if last else None
    moments = [moment for moment in (paused_at, report.done_at, report.over_at) if moment]
    return max(moments, default=at)


def _run(
    report: Report, at: datetime, due: Deadline, limit: Mapping[str, int], calendar: Calendar
) -> None:
    report.due_at = due.at
    report.yellow_at = _share(YELLOW, at, due.at, limit, calendar)
    report.orange_at = _share(ORANGE, at, due.at, limit, calendar)


def _share(
    share: float, at: datetime, due_at: datetime, limit: Mapping[str, int], calendar: Calendar
) -> datetime:
    if due_at <= at:
        return due_at
    if BY_THE_WALL & limit.keys():
        return at + (due_at - at) * share
    minutes = int(calendar.between(at, due_at) / ONE_MINUTE * share)
    return min(calendar.add(at, minutes=minutes).at, due_at)


def _limit(category: Category, which: str) -> dict[str, int]:
    unit, amount = getattr(category, f"{which}_unit"), getattr(category, f"{which}_limit")
    return {str(unit): amount}


def _accept_limit(report: Report, at: datetime, calendar: Calendar) -> Mapping[str, int]:
    """Return the shorter of the category's limit and the priority's."""
    limits = (_limit(report.category, "accept"), FIRST_REPLY[report.priority])
    return min(limits, key=lambda limit: deadline(at, limit, calendar).at)
