"""How long a report still has, in words and by shape."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community.components.marks import Due
from community.models import Report
from community.workflow import Clock, Status, clock_of


def due_of(report: Report, *, at: datetime) -> Due | None:
    """Return how long a report still has, in words and by shape; None where nothing runs."""
    if report.due_at is None:
        return _due_of_waiting(report)
    if clock_of(report.status) is Clock.NONE:
        return None
    return Due(level_of(report, at=at), _due_text(report, report.due_at, at=at))


def level_of(report: Report, *, at: datetime) -> str:
    """Return the level of a deadline: red when over, orange past 80 %, yellow past 50 %."""
    if report.due_at is None:
        return ""
    steps = ((report.due_at, "red"), (report.orange_at, "orange"), (report.yellow_at, "yellow"))
    return next((level for moment, level in steps if moment and moment <= at), "")


def _due_of_waiting(report: Report) -> Due | None:
    if report.status == Status.SUSPENDED and report.expected_at:
        return Due("", _("On hold until %(day)s") % {"day": day_of(report.expected_at)})
    if report.status == Status.AWAITING_REPORTER:
        return Due("", _("Waiting for the resident"))
    if report.status == Status.DONE:
        return Due("", _("Waiting for the rating"))
    return None


def _due_text(report: Report, due_at: datetime, *, at: datetime) -> str:
    is_accept = clock_of(report.status) is Clock.ACCEPT
    if due_at <= at:
        return _overdue_text(at - due_at, is_accept=is_accept)
    left = due_at - at
    if left < timedelta(hours=1):
        minutes = max(1, int(left / timedelta(minutes=1)))
        one, many = (
            ("%(n)d minute left to accept", "%(n)d minutes left to accept")
            if is_accept
            else ("%(n)d minute left", "%(n)d minutes left")
        )
        return ngettext(one, many, minutes) % {"n": minutes}
    words = _("Accept by %(moment)s") if is_accept else _("Done by %(moment)s")
    return words % {"moment": moment_of(due_at, at=at)}


def _overdue_text(late: timedelta, *, is_accept: bool) -> str:
    days, hours = late.days, max(1, int(late / timedelta(hours=1)))
    if is_accept:
        if days:
            return ngettext(
                "Not accepted, %(n)d day late", "Not accepted, %(n)d days late", days
            ) % {"n": days}
        return ngettext(
            "Not accepted, %(n)d hour late", "Not accepted, %(n)d hours late", hours
        ) % {"n": hours}
    if days:
        return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
    return ngettext("%(n)d hour overdue", "%(n)d hours overdue", hours) % {"n": hours}


def day_of(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), pgettext("date format, this year", "j F"))


def moment_of(moment: datetime, *, at: datetime) -> str:
    """Return a moment that is to come: the clock alone when it is today."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localtime(at).date():
        return _("today %(clock)s") % {"clock": f"{local:%H:%M}"}
    return pgettext("a moment", "%(day)s %(clock)s") % {
        "day": day_of(moment),
        "clock": f"{local:%H:%M}",
    }
