"""Reports as pages need them: one with its history, an inbox with its counts, the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Avg, Count, Max, Prefetch, Q

from community.models import (
    Appointment,
    ApprovalRequest,
    Area,
    Office,
    Person,
    Report,
    ReportPhoto,
    ReportQuerySet,
    Step,
)
from community.workflow import APPROVERS, OFFICE_LEVELS, OVER, TO_BE_HANDLED, Level, Status

RATINGS_AT_LEAST: Final = 5
"""Fewer ratings are not shown to those who were rated: they could tell who gave them."""

GOOD: Final = 4


def report_as_seen_by(
    person: Person | None,
    number: str,
    *,
    at: datetime,
    offices: Sequence[Appointment] | None = None,
    as_resident: bool = False,
) -> Report | None:
    """Return the report of that number, or None: there is none that this person may see."""
    return (
        Report.objects.visible_to(person, at=at, offices=offices, as_resident=as_resident)
        .for_pages()
        .filter(number=number)
        .first()
    )


def history_of(report: Report) -> list[Step]:
    """Return the steps of a report, oldest first, with who, why and photos: two queries."""
    photos = ReportPhoto.objects.select_related("photo").order_by("position", "pk")
    return list(
        report.steps.select_related(
            "actor", "acted_for", "approved_by", "owner_area", "owner", "routing"
        )
        .prefetch_related(Prefetch("photos", queryset=photos))
        .order_by("number")
    )


def waiting_request(report: Report) -> ApprovalRequest | None:
    return (
        report.approval_requests.filter(decided_at=None)
        .select_related("asked_by")
        .order_by("pk")
        .first()
    )


@dataclass(frozen=True, kw_only=True)
class InboxCounts:
    """How many are behind each chip of an inbox, and what its two figures say."""

    mine: int
    soon: int
    waiting: int
    over: int
    to_accept: int
    in_hand: int
    overdue: int
    on_hold: int
    reopened: int
    fallback: int
    all: int


def inbox_counts(tasks: ReportQuerySet, *, at: datetime) -> InboxCounts:
    """Count an inbox in one query."""
    to_handle = Q(status__in=TO_BE_HANDLED)
    return InboxCounts(
        **tasks.aggregate(
            mine=Count("pk", filter=to_handle | Q(status=Status.SUSPENDED)),
            soon=Count("pk", filter=to_handle & Q(yellow_at__lte=at)),
            waiting=Count("pk", filter=Q(status__in=WAITING)),
            over=Count("pk", filter=Q(status__in=OVER)),
            to_accept=Count("pk", filter=Q(status=Status.SUBMITTED)),
            in_hand=Count("pk", filter=to_handle & ~Q(status=Status.SUBMITTED)),
            overdue=Count("pk", filter=to_handle & Q(due_at__lt=at)),
            on_hold=Count("pk", filter=Q(status=Status.SUSPENDED)),
            reopened=Count("pk", filter=Q(status=Status.REOPENED)),
            all=Count("pk", filter=~Q(status__in=OVER)),
            fallback=Count("pk", filter=to_handle & Q(is_fallback=True)),
        )
    )


WAITING: Final = (Status.AWAITING_REPORTER, Status.DONE)

SHOWN: Final = {
    "mine": Q(status__in=(*TO_BE_HANDLED, Status.SUSPENDED)),
    "waiting": Q(status__in=WAITING),
    "over": Q(status__in=OVER),
}


def inbox_rows(tasks: ReportQuerySet, show: str, *, at: datetime) -> ReportQuerySet:
    """Return what is behind a chip: the most pressing first, what is over by its end."""
    if show == "soon":
        return tasks.soon_due(at=at).for_pages().order_by("due_at", "pk")
    rows = tasks.filter(SHOWN[show]).for_pages()
    if show == "over":
        return rows.order_by("-over_at", "-pk")
    return rows.order_by("due_at", "changed_at", "pk")


def open_requests(offices: Sequence[Appointment]) -> list[ApprovalRequest]:
    """Return what waits for agreement among the reports that these offices answer for."""
    return list(
        ApprovalRequest.objects.filter(
            decided_at=None, report__in=Report.objects.answered_for_by(offices)
        )
        .select_related("report__category", "asked_by")
        .order_by("asked_at", "pk")[:REQUESTS_SHOWN]
    )


REQUESTS_SHOWN: Final = 50


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a place did in a month, with the bad beside the good: always out of how many."""

    received: int
    over: int
    overdue: int
    reopened: int
    rated: int
    asked: int
    average: float | None
    good: int


def figures_of(area: Area, *, since: datetime, at: datetime) -> Figures:
    """Count what was received in an area since then, and what became of it: one query."""
    received = Report.objects.within(area).filter(filed_at__gte=since, filed_at__lte=at)
    counts = received.exclude(status=Status.WITHDRAWN).aggregate(
        received=Count("pk", distinct=True),
        over=Count("pk", distinct=True, filter=Q(status__in=OVER)),
        overdue=Count("pk", distinct=True, filter=Q(status__in=TO_BE_HANDLED, due_at__lt=at)),
        reopened=Count("pk", distinct=True, filter=Q(reopen_count__gt=0)),
        asked=Count("ratings"),
        rated=Count("ratings__stars"),
        average=Avg("ratings__stars"),
        good=Count("ratings", filter=Q(ratings__stars__gte=GOOD)),
    )
    if counts["rated"] < RATINGS_AT_LEAST:
        counts["average"] = None
    return Figures(**counts)


def residents_of(report: Report, *, at: datetime) -> set[int]:
    """Return whose matter it is: the principal's, and of those who act for them now (ids).

    Of a public report also those whose own report was joined to it.
    """
    matters = [report]
    if report.is_public:
        matters += report.merged.filter(status=Status.DUPLICATE)
    principals = {matter.principal_id for matter in matters}
    others = Person.objects.representing(principals, at=at)
    return {*principals, *others.values_list("pk", flat=True)}


def topic_of(number: str) -> str:
    """What the open pages of one report listen to."""
    return f"report:{number}"


def standing(report: Report) -> dict[str, Any]:
    """How a report stands, as its open pages hear it: no words, and nobody named."""
    return {"version": report.version, "status": str(report.status)}


def inbox_topic(area_id: int) -> str:
    """What the open inboxes of the offices of an area listen to."""
    return f"inbox:{area_id}"


def inbox_standing(changed_at: datetime | None) -> dict[str, Any]:
    """How the inboxes of an area stand: when something in them changed last."""
    return {"changed_at": changed_at.timestamp() if changed_at else 0}


def last_change_in(area_id: int) -> datetime | None:
    """Return when a report last changed that an office of this area has."""
    found = Report.objects.filter(owner_area=area_id).aggregate(last=Max("changed_at"))
    changed_at: datetime | None = found["last"]
    return changed_at


def holders_of(report: Report, *, at: datetime) -> set[int]:
    """Return whose task it is: the person who took it, else all who hold the office (ids).

    Who took it and has left office since is not told any more; whoever came after is.
    """
    if report.owner and report.owner.serves(report.area, at=at, offices=tuple(OFFICE_LEVELS)):
        return {report.owner.pk}
    held = Appointment.objects.current(at=at).filter(
        area=report.owner_area_id,
        office=report.owner_office,
        department=report.owner_department,
    )
    return set(held.values_list("person", flat=True))


def approvers_of(report: Report, *, at: datetime) -> set[int]:
    """Return who may agree to a step at the level that has the report (ids)."""
    held = (
        Appointment.objects.current(at=at)
        .over(report.area)
        .filter(office__in=APPROVERS[Level(report.owner_level)])
        .filter(~Q(office__in=HANDLERS) | Q(department=report.owner_department))
    )
    return set(held.values_list("person", flat=True))


HANDLERS: Final = (Office.TOWN_HANDLER, Office.COUNTY_HANDLER)
