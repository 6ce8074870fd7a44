"""The second and third page of filing: see what will be public, send, and hear what follows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.auth import guest_or_person, person_of
from community.components.filing import place_line, public_view
from community.components.lists import Moment, Timeline
from community.components.reports import ring_of
from community.forms.filing import AreaForm, SendingForm
from community.masking import traces
from community.models import Area, Draft, Evidence, Kind, Report
from community.policies.filing import objection_to_another_report, what_is_missing
from community.policies.reports import objection_to_filing
from community.queries.filing import principals_of, similar_to, who_takes_up
from community.services import filing
from community.templatetags.look import in_words
from community.views.filing import draft_of, photos_of, refusals_on
from community.views.given import key_given


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show what will be public and take the last word before it is sent."""
    now, person = timezone.now(), person_of(request)
    draft = draft_of(request, draft_id, now)
    if draft.report_id is not None:
        return redirect("community:report_filed", draft_id)
    photos = photos_of(draft)
    if any(what_is_missing(draft, photo_count=len(photos))):
        return redirect("community:draft", draft_id)
    form = SendingForm(request.POST or None, draft=draft, principals=principals_of(person, at=now))
    if form.is_valid():
        form.enter()
        filing.keep_draft(draft=draft, at=now)
        with refusals_on(form):
            filing.file_draft(draft=draft, at=now)
            return redirect("community:report_filed", draft_id)
    objection = objection_to_another_report(person, at=now) or objection_to_filing(
        person, at=now, on_behalf_of=draft.on_behalf_of
    )
    context = {
        "draft": draft,
        "form": form,
        "objection": objection if request.method == "GET" else None,
        "public": public_view(draft, [place.photo for place in photos]),
        "place": place_line(draft),
        "similar": similar_to(draft, at=now),
        "traces": traces(f"{draft.body}\n{draft.title}"),
    }
    status = 422 if form.errors else 200
    return render(request, "community/filing/check.html", context, status=status)


@login_required
@require_GET
def filed(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Say that it has arrived, who will take it up by when, and where to follow it."""
    person = person_of(request)
    draft = get_object_or_404(Draft.objects.of(person), pk=draft_id, report__isnull=False)
    report = Report.objects.for_lists().get(draft=draft)
    context = {
        "report": report,
        "promise": _promise(report, timezone.now()),
        "ring": ring_of(report, is_rated=False, you=False),
        "timeline": Timeline(items=_what_follows(report)),
    }
    return render(request, "community/filing/filed.html", context)


def _promise(report: Report, at: datetime) -> str:
    """Say who will take it up, and by when."""
    holder = who_takes_up(report, at=at)
    words = {
        "office": report.get_owner_office_display(),
        "name": holder or report.owner_area,
        "when": in_words(
            timezone.localtime(report.accept_due_at), "", timezone.localtime(at).date()
        ),
    }
    promised = _("%(office)s %(name)s will take it up by %(when)s.") % words
    if report.is_certain:
        return promised
    return f"{promised} {_('The holidays of that time are not published yet.')}"


def _what_follows(report: Report) -> list[Moment]:
    return [
        Moment(title=_("You reported it"), at=report.filed_at),
        Moment(
            title=_("It is taken up"),
            note=_("You are told at once, here and in your messages."),
            state="next",
        ),
        Moment(title=_("It is handled, with an answer and a photo"), state="next"),
        Moment(title=_("You have the last word"), note=_("Then the ring closes."), state="next"),
    ]


@login_required
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Go down the tree of areas, page by page, to the micro-grid where it is."""
    now = timezone.now()
    draft = draft_of(request, draft_id, now)
    if draft._state.adding:  # noqa: SLF001  Django's documented way to know
        raise Http404
    if draft.report_id is not None:
        return redirect("community:report_filed", draft_id)
    form = AreaForm(request.POST or None)
    if form.is_valid():
        draft.area, draft.evidence, draft.door_code = form.cleaned_data["area"], Evidence.CHOSEN, ""
        draft.lng = draft.lat = draft.accuracy_m = None
        filing.keep_draft(draft=draft, at=now)
        return redirect("community:draft", draft_id)
    within = _area_of(request.GET.get("in", ""))
    areas = Area.objects.filter(parent=within).defer("boundary").order_by("code", "pk")
    context = {"draft": draft, "within": within, "areas": areas, "leaf": Kind.MICRO_GRID}
    return render(request, "community/filing/place.html", context)


def _area_of(key: str) -> Area | None:
    """Return the area to look into: the one in the address, else the county."""
    areas = Area.objects.defer("boundary").select_related("parent")
    found = areas.filter(pk=key_given(key)).first()
    return found or areas.filter(kind=Kind.COUNTY).order_by("pk").first()


@require_POST
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away, with its photos."""
    draft = draft_of(request, draft_id, timezone.now())
    if guest_or_person(request) is not None and not draft._state.adding:  # noqa: SLF001
        filing.discard_draft(draft=draft)
    messages.success(request, _("The draft is gone, and so are its photos."))
    return redirect("community:file_report")
