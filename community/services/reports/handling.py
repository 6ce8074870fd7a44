"""What office holders do with a report: take it in, hand it on, get it done, or say why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from community.models import Act, Office, Person, Photo, Report
from community.policies.reports import capacities
from community.queries.routing import (
    Destination,
    desk_of,
    destination_for,
    places_to_dispatch_to,
    with_reasons,
)
from community.services.reports import clocks
from community.services.reports.advance import (
    Given,
    advance,
    capacity,
    hand_on,
    locked,
    write_step,
)
from community.services.reports.refusals import (
    NobodyAbove,
    NobodyThere,
    OtherReportNeeded,
    ReasonNeeded,
    StepNotPossible,
)
from community.workflow import OWNER_EVENTS, SUPPLEMENT_DAYS, Event, Status

POOL_DAYS: Final = 1
"""For how long a report stays open to helpers before it goes back to who opened it."""


@transaction.atomic
def accept(
    *, report: Report, by: Person, at: datetime, text: str = "", seen_version: int | None = None
) -> Report:
    """Take a report in: from now on the time to get it done runs."""
    given = Given(by=by, at=at, text=text, seen_version=seen_version)
    return advance(report=report, target=Status.ACCEPTED, given=given)


@transaction.atomic
def take_on(
    *, report: Report, by: Person, at: datetime, text: str = "", seen_version: int | None = None
) -> Report:
    """Begin to handle a report oneself; of several who want an open one, the first has it."""
    report = locked(report=report, seen_version=seen_version)
    given = Given(by=by, at=at, text=text, to=_helper(report, by, at))
    return advance(report=report, target=Status.HANDLING, given=given)


@transaction.atomic
def dispatch(
    *,
    report: Report,
    by: Person,
    to: Destination,
    text: str,
    at: datetime,
    seen_version: int | None = None,
) -> Report:
    """Send a report to another office, with a reason.

    :raises NobodyThere: nobody holds that office, or it is out of reach.
    """
    offices = capacities(by, report, at=at)
    within_reach = {
        (place.office, place.area.pk, place.department)
        for place in places_to_dispatch_to(report, offices=offices, at=at)
    }
    if (to.office, to.area.pk, to.department) not in within_reach:
        raise NobodyThere
    reason = {"code": "dispatched", "office": str(by), "area": to.area.name}
    given = Given(by=by, at=at, text=text, seen_version=seen_version, to=with_reasons(to, reason))
    return advance(report=report, target=Status.DISPATCHED, given=given)


@transaction.atomic
def open_to_helpers(
    *, report: Report, by: Person, text: str, at: datetime, seen_version: int | None = None
) -> Report:
    """Let volunteers and mediators take a report; a day later it comes back."""
    until = at + timedelta(days=POOL_DAYS)
    given = Given(by=by, at=at, text=text, seen_version=seen_version, expected_at=until)
    return advance(report=report, target=Status.POOLED, given=given)


@transaction.atomic
def take_back(
    *,
    report: Report,
    by: Person | None,
    text: str,
    at: datetime,
    seen_version: int | None = None,
) -> Report:
    """Take a report back from the helpers, or a wrongly joined one out again."""
    given = Given(by=by, at=at, text=text, seen_version=seen_version)
    return advance(report=report, target=Status.ACCEPTED, given=given)


@transaction.atomic
def finish(
    *,
    report: Report,
    by: Person,
    text: str,
    photos: Sequence[Photo],
    at: datetime,
    captions: Sequence[str] = (),
    seen_version: int | None = None,
) -> Report:
    """Say that it is done, with words and a photo; the resident has the last word."""
    given = Given(
        by=by, at=at, text=text, photos=photos, captions=captions, seen_version=seen_version
    )
    return advance(report=report, target=Status.DONE, given=given)


@transaction.atomic
def check_failed(
    *, report: Report, by: Person, text: str, at: datetime, seen_version: int | None = None
) -> Report:
    """Send what was called done back to who handled it: a look showed that it is not."""
    given = Given(by=by, at=at, text=text, seen_version=seen_version)
    return advance(report=report, target=Status.HANDLING, given=given)


@transaction.atomic
def ask_reporter(
    *, report: Report, by: Person, text: str, at: datetime, seen_version: int | None = None
) -> Report:
    """Ask the resident for something; the clock stands still until they answer."""
    until = at + timedelta(days=SUPPLEMENT_DAYS)
    given = Given(by=by, at=at, text=text, seen_version=seen_version, expected_at=until)
    return advance(report=report, target=Status.AWAITING_REPORTER, given=given)


@transaction.atomic
def resume(
    *,
    report: Report,
    by: Person | None,
    text: str,
    at: datetime,
    seen_version: int | None = None,
) -> Report:
    """Go on with a report that was on hold."""
    given = Given(by=by, at=at, text=text, seen_version=seen_version)
    return advance(report=report, target=Status.HANDLING, given=given)


@transaction.atomic
def merge(
    *,
    report: Report,
    into: Report | None,
    by: Person,
    text: str,
    at: datetime,
    seen_version: int | None = None,
) -> Report:
    """Join a report to another one about the same matter, whose answer counts for both.

    :raises OtherReportNeeded: there is no other report, or it has itself been joined or withdrawn.
    """
    if into is None or into.pk == report.pk:
        raise OtherReportNeeded
    # Both rows, always in the same order: two reports are never joined to each other at once.
    keys = Report.objects.select_for_update().filter(pk__in=[report.pk, into.pk])
    statuses = dict(keys.order_by("pk").values_list("pk", "status"))
    if statuses[into.pk] in (Status.DUPLICATE, Status.WITHDRAWN):
        raise OtherReportNeeded
    given = Given(by=by, at=at, text=text, seen_version=seen_version, merged_into=into)
    return advance(report=report, target=Status.DUPLICATE, given=given)


@transaction.atomic
def escalate(
    *,
    report: Report,
    by: Person | None,
    text: str,
    at: datetime,
    seen_version: int | None = None,
) -> Report:
    """Send a report one level up: the state stays, the owner changes, the reason is written down.

    :raises ReasonNeeded: somebody, not the clock, does it without a reason.
    :raises NobodyAbove: there is no higher office that anybody holds.
    """
    report = locked(report=report, seen_version=seen_version)
    event = OWNER_EVENTS[Event.ESCALATED]
    if report.status not in event.sources:
        raise StepNotPossible(status=report.get_status_display(), target=Event.ESCALATED.label)
    given = Given(by=by, at=at, text=text, to=level_above(report=report, at=at, by=by))
    office = capacity(report=report, who=event.who, given=given)
    if not text.strip():
        raise ReasonNeeded
    if given.to is None:
        raise NobodyAbove
    return lift(report=report, given=given, office=office)


def lift(*, report: Report, given: Given, office: str) -> Report:
    """Hand a locked report to the level above, as an act of its own."""
    assert given.to is not None
    hand_on(report=report, to=given.to, at=given.at)
    given = replace(given, act=Act.ESCALATED)
    if report.status == Status.SUBMITTED:
        clocks.restart_accept_clock(report=report, at=given.at)
    return write_step(report=report, source=report.status, office=office, given=given)


def level_above(*, report: Report, at: datetime, by: Person | None) -> Destination | None:
    """Return the nearest office above the one that has the report now, if anybody holds one."""
    found = destination_for(
        category=report.category,
        subcategory=report.subcategory,
        area=report.area,
        at=at,
        about_level=report.about_level,
        above=report.owner_level,
    )
    code = "sent_up" if by else "sent_up_by_clock"
    return found and with_reasons(found, {"code": code, "level": report.owner_level})


def _helper(report: Report, by: Person, at: datetime) -> Destination | None:
    """Return a helper as the new owner of a report that is open to helpers."""
    if report.status != Status.POOLED:
        return None
    offices = capacities(by, report, at=at) & {Office.MEDIATOR, Office.VOLUNTEER}
    if not offices:
        return None
    return desk_of(min(offices), report.area, person=by)
