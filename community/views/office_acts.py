"""The acts of office holders, one page each, and what somebody else has to agree to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from community.auth import person_of, second_factor_required
from community.forms.acts import ACTS, ActForm
from community.forms.refusals import refusals_shown_on
from community.forms.reports import DecisionForm, DispatchForm, HoldForm, MergeForm, TextForm
from community.models import Person, Photo, Report
from community.policies.reports import objection_to_approving
from community.queries.reports import report_as_seen_by
from community.queries.routing import places_to_dispatch_to
from community.services import reports
from community.views.keeping import photos_kept
from community.views.report_view import ReportView, view_of
from community.workflow import REPORTER, Need


@second_factor_required
def act(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Take one step with a report; what somebody else did meanwhile is shown, not undone."""
    now, person, spec = timezone.now(), person_of(request), ACTS.get(key)
    view = view_of(request, number, at=now)
    if spec is None or not view.roles - {REPORTER}:
        raise Http404
    form = form_of(spec, view, request, at=now)
    photos = photos_kept(request, person, form, at=now)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            CALLS[key](view.report, person, now, form, photos)
        if form.is_valid():
            messages.success(request, _said(spec, view.report))
            return redirect(_next_page(view.report, person, at=now))
    return _answer(request, view, spec, form, photos)


def form_of(spec: ActForm, view: ReportView, request: HttpRequest, *, at: datetime) -> TextForm:
    """Return the form of an act, filled with what was sent."""
    common: dict[str, Any] = {
        "data": request.POST or None,
        "initial": {"version": view.report.version},
        "label": spec.label,
        "hint": spec.hint,
        "is_required": Need.TEXT in spec.needs(view.report),
    }
    if spec.key == "dispatch":
        places = places_to_dispatch_to(view.report, offices=view.roles, at=at)
        return DispatchForm(places=places, **common)
    return {"hold": HoldForm, "merge": MergeForm}.get(spec.key, TextForm)(**common)


Call = Callable[[Report, Person, datetime, Any, list[Photo]], object]


def _plain(service: Callable[..., object]) -> Call:
    def call(report: Report, by: Person, at: datetime, form: Any, photos: list[Photo]) -> object:
        given = form.cleaned_data
        return service(
            report=report, by=by, at=at, text=given["text"], seen_version=given["version"]
        )

    return call


def _done(report: Report, by: Person, at: datetime, form: Any, photos: list[Photo]) -> object:
    given = form.cleaned_data
    return reports.finish(
        report=report,
        by=by,
        at=at,
        text=given["text"],
        photos=photos,
        seen_version=given["version"],
    )


def _dispatch(report: Report, by: Person, at: datetime, form: Any, photos: list[Photo]) -> object:
    given = form.cleaned_data
    return reports.dispatch(
        report=report,
        by=by,
        at=at,
        to=form.destination,
        text=given["text"],
        seen_version=given["version"],
    )


def _merge(report: Report, by: Person, at: datetime, form: Any, photos: list[Photo]) -> object:
    given = form.cleaned_data
    return reports.merge(
        report=report,
        by=by,
        at=at,
        into=report_as_seen_by(by, given["into"], at=at),
        text=given["text"],
        seen_version=given["version"],
    )


def _asked(key: str) -> Call:
    target = ACTS[key].target
    assert target is not None

    def call(report: Report, by: Person, at: datetime, form: Any, photos: list[Photo]) -> object:
        given = form.cleaned_data
        return reports.ask_for_approval(
            report=report,
            target=target,
            by=by,
            at=at,
            text=given["text"],
            expected_at=given.get("until"),
            seen_version=given["version"],
        )

    return call


CALLS: Final[Mapping[str, Call]] = {
    "accept": _plain(reports.accept),
    "take": _plain(reports.take_on),
    "done": _done,
    "dispatch": _dispatch,
    "pool": _plain(reports.open_to_helpers),
    "back": _plain(reports.take_back),
    "ask": _plain(reports.ask_reporter),
    "escalate": _plain(reports.escalate),
    "hold": _asked("hold"),
    "resume": _plain(reports.resume),
    "recheck": _plain(reports.check_failed),
    "merge": _merge,
    "return": _asked("return"),
    "close": _asked("close"),
}


@second_factor_required
def approval(request: HttpRequest, number: str) -> HttpResponse:
    """Agree to a step that somebody else asked for, or do not."""
    now, person = timezone.now(), person_of(request)
    view = view_of(request, number, at=now)
    wish = view.request
    if wish is None:
        messages.info(request, _("There is nothing to decide any more."))
        return redirect("community:report", number)
    if objection_to_approving(person, view.report, asked_by=wish.asked_by, at=now):
        raise Http404
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_shown_on(form):
            reports.decide(
                request=wish,
                by=person,
                is_approved=given["decision"] == "yes",
                reason=given["reason"],
                at=now,
            )
        if form.is_valid():
            messages.success(request, _("Decided. The person who asked is told."))
            return redirect("community:inbox")
    context = {"view": view, "wish": wish, "form": form, "active_tab": "inbox"}
    status = 409 if request.method == "POST" else 200
    return render(request, "community/reports/approval.html", context, status=status)


def _answer(
    request: HttpRequest, view: ReportView, spec: ActForm, form: TextForm, photos: list[Photo]
) -> HttpResponse:
    is_open = spec.is_open_to(view.report, view.roles)
    if request.method != "POST" and not is_open:
        messages.info(
            request,
            _("This is “%(status)s” now, so that step is not there any more.")
            % {"status": view.report.get_status_display()},
        )
        return redirect("community:report", view.report.number)
    needs = spec.needs(view.report)
    context = {
        "view": view,
        "spec": spec,
        "form": form,
        "kept": photos,
        "takes_photos": spec.key == "done",
        "needs_photo": Need.PHOTO in needs and view.report.category.needs_photo,
        "needs_approval": Need.APPROVAL in needs,
        "active_tab": "inbox",
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "community/reports/act.html", context, status=status)


def _said(spec: ActForm, report: Report) -> str:
    if Need.APPROVAL in spec.needs(report):
        return _("Asked. It happens as soon as somebody else agrees.")
    return {
        "accept": _("Accepted. The resident has been told."),
        "take": _("It is yours. The resident has been told."),
        "done": _("Done. Now the resident has the last word."),
        "dispatch": _("Sent on, with your reason."),
        "escalate": _("Sent up, with your reason."),
        "ask": _("Asked. The time stands still until they answer."),
    }.get(spec.key, _("Noted."))


def _next_page(report: Report, person: Person, *, at: datetime) -> str:
    """Stay with the report while it is still theirs to see, else go back to the inbox."""
    still = report_as_seen_by(person, report.number, at=at)
    return still.get_absolute_url() if still else "community:inbox"
