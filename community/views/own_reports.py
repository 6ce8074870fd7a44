"""What residents say about their own report: that it is solved or not, more, or nothing any more.

Each is a page of its own that works without a script, and says what will happen.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from community.auth import person_of
from community.forms.refusals import refusals_shown_on
from community.forms.reports import RatingForm, TextForm
from community.services import reports
from community.views.keeping import photos_kept
from community.views.report_view import ReportView, view_of
from community.workflow import REOPEN_WHEN_LTE, REPORTER, Need, Status, edge_between


@login_required
def rating(request: HttpRequest, number: str) -> HttpResponse:
    """Rate the handling. Few stars ask whether the matter should be taken up again."""
    now, person = timezone.now(), person_of(request)
    view = _own(request, number)
    initial = {"version": view.report.version}
    form = RatingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_shown_on(form):
            reports.rate(
                report=view.report,
                by=person,
                at=now,
                seen_version=given["version"],
                **{key: given[key] for key in ("stars", "result", "speed", "attitude", "text")},
            )
        if form.is_valid():
            if given["stars"] <= REOPEN_WHEN_LTE:
                messages.success(request, _("Noted. Should it be handled again?"))
                return redirect("community:not_solved", number)
            messages.success(request, _("Thank you. The ring is closed."))
            return redirect("community:report", number)
    return _answer(request, "rating", view, form, is_open=view.may_rate)


@login_required
def not_solved(request: HttpRequest, number: str) -> HttpResponse:
    """Have it handled again, with a reason and perhaps a photo."""
    now, person = timezone.now(), person_of(request)
    view = _own(request, number)
    form = TextForm(
        request.POST or None,
        initial={"version": view.report.version},
        label=_("What is still not right"),
        hint=_("Everybody who can see the report can read this."),
    )
    photos = photos_kept(request, person, form, at=now)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            reports.say_not_solved(
                report=view.report,
                by=person,
                at=now,
                text=form.cleaned_data["text"],
                photos=photos,
                seen_version=form.cleaned_data["version"],
            )
        if form.is_valid():
            messages.success(request, _("It is being handled again. You are told how it goes on."))
            return redirect("community:report", number)
    return _answer(request, "not_solved", view, form, is_open=view.may_say_not_solved, kept=photos)


@login_required
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Give what was asked for."""
    now, person = timezone.now(), person_of(request)
    view = _own(request, number)
    form = TextForm(
        request.POST or None,
        initial={"version": view.report.version},
        label=_("Your answer"),
        hint=_("Only those who handle it can read this."),
    )
    photos = photos_kept(request, person, form, at=now)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            reports.supplement(
                report=view.report,
                by=person,
                at=now,
                text=form.cleaned_data["text"],
                photos=photos,
                seen_version=form.cleaned_data["version"],
            )
        if form.is_valid():
            messages.success(request, _("Sent. It goes on from here."))
            return redirect("community:report", number)
    return _answer(request, "supplement", view, form, is_open=view.may_supplement, kept=photos)


@login_required
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """Take a report back; once somebody is at it, with a reason."""
    now, person = timezone.now(), person_of(request)
    view = _own(request, number)
    edge = edge_between(view.report.status, Status.WITHDRAWN)
    form = TextForm(
        request.POST or None,
        initial={"version": view.report.version},
        label=_("Your reason"),
        is_required=edge is not None and Need.TEXT in edge.needs,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            reports.withdraw(
                report=view.report,
                by=person,
                at=now,
                text=form.cleaned_data["text"],
                seen_version=form.cleaned_data["version"],
            )
        if form.is_valid():
            messages.success(request, _("Withdrawn. Nobody but you and the office sees it now."))
            return redirect("community:my_reports")
    return _answer(request, "withdrawal", view, form, is_open=view.may_withdraw)


def _own(request: HttpRequest, number: str) -> ReportView:
    """Return the report as its resident sees it; for everybody else the page does not exist."""
    view = view_of(request, number, at=timezone.now())
    if REPORTER not in view.roles:
        raise Http404
    return view


def _answer(
    request: HttpRequest,
    which: str,
    view: ReportView,
    form: object,
    *,
    is_open: bool,
    kept: object = (),
) -> HttpResponse:
    """Show the form; when the step is not open any more, say so and keep what was typed."""
    is_refused = request.method == "POST"
    context = {
        "view": view,
        "form": form,
        "is_open": is_open or is_refused,
        "kept": kept,
        "active_tab": "reports",
    }
    status = 409 if is_refused else 200
    return render(request, f"community/reports/{which}.html", context, status=status)
