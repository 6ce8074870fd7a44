"""Reports to read: those of a place, one's own, and one with its whole story."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community.auth import holds_back, person_of, second_factor_address
from community.components.lists import Choice, Filters, Pager
from community.components.reports import row_of
from community.components.telling import Empty
from community.here import here
from community.models import Report, ReportQuerySet
from community.queries.reports import topic_of
from community.views.report_view import view_of
from community.workflow import Family, Status, statuses

ROWS: Final = 20
FILTERS: Final = {
    "": None,
    "open": statuses(Family.OPEN, Family.PAUSED),
    "solved": statuses(Family.FIXED),
    "unsolved": (Status.CLOSED_UNRESOLVED, Status.DUPLICATE),
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what everybody may see of the place this visit is about."""
    now, place = timezone.now(), here(request, timezone.now()).area
    found = Report.objects.public()
    if place is not None:
        found = found.within(place)
    show = _chosen(request)
    labels = {
        "": _("All"),
        "open": _("In hand"),
        "solved": _("Solved"),
        "unsolved": _("Not solved"),
    }
    page = _page(request, _narrowed(found, show).order_by("-changed_at", "-pk"))
    context = {
        "place": place,
        "filters": _filters(labels, show),
        "rows": [row_of(report, at=now) for report in page],
        "pager": Pager(page=page, query=request.GET),
        "active_tab": "reports",
        "nothing": Empty(
            title=_("Nothing has been reported here yet"),
            text=_("When something is broken or in the way, take a photo and report it."),
        ),
    }
    return render(request, "community/reports/index.html", context)


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what this person reported, and what was reported for them."""
    now, person = timezone.now(), person_of(request)
    show = _chosen(request)
    labels = {"": _("All"), "open": _("In hand"), "solved": _("Solved")}
    own = Report.objects.concerning(person, at=now)
    page = _page(request, _narrowed(own, show).order_by("-filed_at", "-pk"))
    context = {
        "filters": _filters(labels, show),
        "rows": [row_of(report, at=now, is_own=True) for report in page],
        "pager": Pager(page=page, query=request.GET),
        "active_tab": "reports",
        "nothing": Empty(
            title=_("You have not reported anything yet"),
            text=_("A photo and a place are enough. You are told about every step."),
        ),
    }
    return render(request, "community/reports/mine.html", context)


@require_GET
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show one report: how it stands, what somebody can do now, and how it got here."""
    try:
        view = view_of(request, number, at=timezone.now())
    except Http404:
        if holds_back(request):  # it may be theirs to handle, once they have shown their key
            return redirect(second_factor_address(request))
        raise
    context = {
        "view": view,
        "active_tab": view.tab,
        "topic": topic_of(number),
        "key_address": second_factor_address(request) if holds_back(request) else "",
    }
    return render(request, "community/reports/detail.html", context)


def _chosen(request: HttpRequest) -> str:
    show = request.GET.get("show", "")
    return show if show in FILTERS else ""


def _narrowed(found: ReportQuerySet, show: str) -> ReportQuerySet:
    wanted = FILTERS[show]
    return found.filter(status__in=wanted) if wanted else found


def _page(request: HttpRequest, found: ReportQuerySet) -> Page[Report]:
    return Paginator(found.for_lists(), ROWS).get_page(request.GET.get("page"))


def _filters(labels: dict[str, str], show: str) -> Filters:
    return Filters(
        label=_("Filter"),
        choices=[
            Choice(label=label, url=Filters.url(show=key), is_chosen=key == show)
            for key, label in labels.items()
        ],
    )
