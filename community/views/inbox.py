"""The inbox of office holders: what is their task, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community.auth import offices_of, person_of, second_factor_required
from community.components.deadlines import due_of
from community.components.lists import Choice, Filters, Pager
from community.components.marks import StatusMark
from community.models import Appointment, ApprovalRequest, Person, Report
from community.policies.reports import offices_answering
from community.queries.reports import (
    SHOWN,
    InboxCounts,
    inbox_counts,
    inbox_rows,
    inbox_topic,
    open_requests,
)
from community.views.report_view import ReportView, view_as
from community.workflow import OFFICE_LEVELS, Status

ROWS: Final = 50
AREAS: Final = 6
"""Of how many areas an open page hears; a socket has eight topics."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table."""

    report: Report
    status: StatusMark
    due: object
    is_chosen: bool


class CountedPaginator(Paginator[Report]):
    """A paginator that is told how many there are: the chips have counted them already."""

    def __init__(self, rows: object, per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)  # type: ignore[arg-type]  # the stubs want a Sized list
        self._count = count

    @cached_property
    def count(self) -> int:
        return self._count


@second_factor_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the tasks of the offices somebody holds; who holds none has nothing to see here."""
    now, person = timezone.now(), person_of(request)
    offices = [held for held in offices_of(request) if held.office in OFFICE_LEVELS]
    if not offices:
        return redirect("community:home")
    mine = Report.objects.tasks_of(person, at=now)
    counts = inbox_counts(mine, at=now)
    show = request.GET.get("show", "mine")
    show = show if show in (*SHOWN, "soon") else "mine"
    rows = CountedPaginator(inbox_rows(mine, show, at=now), ROWS, count=getattr(counts, show))
    page = rows.get_page(request.GET.get("page"))
    chosen = _chosen(request, page)
    wishes = open_requests(offices)
    context = {
        "places": _places(offices),
        "counts": counts,
        "filters": _filters(counts, show),
        "show": show,
        "lines": [_line(report, chosen, at=now) for report in page],
        "pager": Pager(page=page, query=request.GET),
        "view": _pane(person, chosen, offices, wishes, at=now) if chosen else None,
        "wishes": [wish for wish in wishes if wish.asked_by_id != person.pk],
        "active_tab": "inbox",
        "now": now,
        "topics": " ".join(dict.fromkeys(inbox_topic(held.area_id) for held in offices[:AREAS])),
        "since": now.timestamp(),
    }
    return render(request, "community/reports/inbox.html", context)


def _chosen(request: HttpRequest, page: Page[Report]) -> Report | None:
    """Return the report beside the list: the one asked for, else the first."""
    asked = request.GET.get("report", "")
    rows = list(page)
    return next((row for row in rows if row.number == asked), rows[0] if rows else None)


def _pane(
    person: Person,
    chosen: Report,
    offices: list[Appointment],
    wishes: list[ApprovalRequest],
    *,
    at: datetime,
) -> ReportView:
    roles = offices_answering(chosen, offices)
    request = next((wish for wish in wishes if wish.report_id == chosen.pk), None)
    return view_as(person, chosen, roles=roles, request=request, at=at)


def _line(report: Report, chosen: Report | None, *, at: datetime) -> Line:
    return Line(
        report=report,
        status=StatusMark(report.status, is_yours=report.status == Status.REOPENED),
        due=due_of(report, at=at),
        is_chosen=report == chosen,
    )


def _places(offices: list[Appointment]) -> str:
    names = dict.fromkeys(
        f"{held.area.name} {held.department or held.get_office_display()}" for held in offices
    )
    return "　".join(list(names)[:4])


def _filters(counts: InboxCounts, show: str) -> Filters:
    labels = {
        "mine": _("To do"),
        "soon": _("Due soon"),
        "waiting": _("Waiting for the resident"),
        "over": _("Finished"),
    }
    return Filters(
        label=_("Filter"),
        choices=[
            Choice(
                label=label,
                url=Filters.url(show=key),
                count=getattr(counts, key),
                is_chosen=key == show,
            )
            for key, label in labels.items()
        ],
    )
