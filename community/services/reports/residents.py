"""What residents do with their own report after it is filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from community.models import Act, Office, Person, Photo, Rating, Report, Step
from community.queries.routing import desk_of
from community.services.reports.advance import Given, advance, locked
from community.services.reports.handling import level_above, lift
from community.services.reports.refusals import (
    AlreadyRated,
    HandledByYourself,
    NoMoreReopening,
    StepNotPossible,
    TooLateToReopen,
)
from community.workflow import REOPEN_DAYS, REOPEN_MAX, REPORTER, Status


@transaction.atomic
def withdraw(
    *, report: Report, by: Person, at: datetime, text: str = "", seen_version: int | None = None
) -> Report:
    """Take a report back; once somebody is working on it, with a reason."""
    given = Given(by=by, at=at, text=text, seen_version=seen_version)
    return advance(report=report, target=Status.WITHDRAWN, given=given)


@transaction.atomic
def supplement(
    *,
    report: Report,
    by: Person,
    text: str,
    at: datetime,
    photos: Sequence[Photo] = (),
    captions: Sequence[str] = (),
    seen_version: int | None = None,
) -> Report:
    """Give what was asked for; the report goes back to where it was, and its clock goes on."""
    report = locked(report=report, seen_version=seen_version)
    if report.status != Status.AWAITING_REPORTER:
        raise StepNotPossible(status=report.get_status_display(), target=Act.SUPPLEMENTED.label)
    given = Given(by=by, at=at, text=text, photos=photos, captions=captions, act=Act.SUPPLEMENTED)
    return advance(report=report, target=report.resumes_as, given=given)


@transaction.atomic
def rate(
    *,
    report: Report,
    by: Person,
    stars: int,
    at: datetime,
    result: int | None = None,
    speed: int | None = None,
    attitude: int | None = None,
    text: str = "",
    seen_version: int | None = None,
) -> Report:
    """Rate the handling, once for every time it was handled; with this the report is solved.

    :raises AlreadyRated: it was rated.
    :raises HandledByYourself: the rater did the work.
    """
    report = locked(report=report, seen_version=seen_version)
    if report.ratings.filter(round=report.reopen_count, stars__isnull=False).exists():
        raise AlreadyRated
    if Step.objects.filter(report=report, to_status=Status.DONE, actor=by).exists():
        raise HandledByYourself
    report = advance(report=report, target=Status.RESOLVED, given=Given(by=by, at=at))
    Rating.objects.create(
        report=report,
        round=report.reopen_count,
        at=at,
        stars=stars,
        result=result,
        speed=speed,
        attitude=attitude,
        text=text.strip(),
    )
    return report


@transaction.atomic
def say_not_solved(
    *,
    report: Report,
    by: Person,
    text: str,
    at: datetime,
    photos: Sequence[Photo] = (),
    captions: Sequence[str] = (),
    seen_version: int | None = None,
) -> Report:
    """Have a report handled again, with a reason; after the second time it goes one level up too.

    :raises TooLateToReopen: it has been over for longer than the window.
    :raises NoMoreReopening: it has been handled again often enough, and there is no level above.
    """
    report = locked(report=report, seen_version=seen_version)
    if report.over_at and at > report.over_at + timedelta(days=REOPEN_DAYS):
        raise TooLateToReopen(days=REOPEN_DAYS)
    above = None
    if report.reopen_count >= REOPEN_MAX:
        above = level_above(report=report, at=at, by=by)
        if above is None:
            raise NoMoreReopening(times=report.reopen_count)
    given = Given(by=by, at=at, text=text, photos=photos, captions=captions)
    report.reopen_count += 1
    report.save(update_fields=["reopen_count"])
    report = advance(report=report, target=Status.REOPENED, given=_with_an_office(report, given))
    if above:
        again = Given(by=by, at=at, text=text, to=above)
        report = lift(report=report, given=again, office=REPORTER)
    return report


def _with_an_office(report: Report, given: Given) -> Given:
    """A volunteer's work is done: what comes back goes to the village, not to a neighbour."""
    if report.owner_office != Office.VOLUNTEER:
        return given
    return replace(given, to=desk_of(Office.VILLAGE_COMMITTEE, report.area))
