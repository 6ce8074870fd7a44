"""What the clock does with reports that nobody moved in time. Running it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from community.models import Rating, Report
from community.services.reports.advance import Given, advance, locked
from community.services.reports.handling import escalate, level_above
from community.workflow import Status


@transaction.atomic
def escalate_unaccepted(*, report: Report, at: datetime) -> None:
    """Send a report that nobody accepted in time one level up; at the top it only stays red."""
    report = locked(report=report, seen_version=None)
    if report.status != Status.SUBMITTED or report.escalate_at is None or report.escalate_at > at:
        return
    if level_above(report=report, at=at, by=None) is None:
        report.escalate_at = None
        report.save(update_fields=["escalate_at"])
        return
    escalate(report=report, by=None, text=_words("unaccepted"), at=at)


@transaction.atomic
def close_unrated(*, report: Report, at: datetime) -> None:
    """Close a report that was not rated in time: recorded as not rated, which is no praise."""
    report = locked(report=report, seen_version=None)
    if report.status != Status.DONE or report.rating_due_at is None or report.rating_due_at > at:
        return
    report = advance(report=report, target=Status.RESOLVED, given=Given(by=None, at=at))
    Rating.objects.create(report=report, round=report.reopen_count, at=at)


@transaction.atomic
def move_on_after_waiting(*, report: Report, at: datetime) -> None:
    """End a wait whose time is up: for the resident, for better weather, for a helper."""
    report = locked(report=report, seen_version=None)
    target = AFTER_WAITING.get(report.status)
    if target is None or report.expected_at is None or report.expected_at > at:
        return
    given = Given(by=None, at=at, text=_words(report.status))
    advance(report=report, target=target, given=given)


AFTER_WAITING = {
    Status.AWAITING_REPORTER.value: Status.CLOSED_UNRESOLVED,
    Status.SUSPENDED.value: Status.HANDLING,
    Status.POOLED.value: Status.ACCEPTED,
}


def _words(what: str) -> str:
    """What the clock writes into the history, in the language of the place."""
    with translation.override("zh-hans"):
        return {
            "unaccepted": _("Nobody accepted it in time."),
            Status.AWAITING_REPORTER: _("Nothing was added within 15 days."),
            Status.SUSPENDED: _("The day until which it was on hold has come."),
            Status.POOLED: _("No helper took it in time."),
        }[what]
