"""Filing a report in three pages: photograph, check, send. Here is the first.

Every post keeps what was entered before anything is judged, so that no mistake costs a word or a
photo. Without JavaScript each button is a post and comes back; with it the same addresses answer
with the parts of the page that changed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from community.auth import guest_or_person, person_of
from community.components.filing import place_line
from community.errors import Refusal
from community.forms.filing import DraftForm
from community.here import here
from community.models import BODY_MOST, PHOTOS_MOST, ConsentText, Datum, Draft, DraftPhoto, Purpose
from community.policies.filing import KindMissing, PhotoMissing, PlaceMissing, what_is_missing
from community.queries.consent import has_consent, text_in_force
from community.queries.filing import catalogue, micro_grids_of, open_drafts, similar_to
from community.services import filing
from community.services.consent import give_consent
from community.views.guessing import plate_behind

WAITING: Final = "filing"
"""Where a guest's entries wait in the session until they have signed in."""

ENTRY_MOST: Final = BODY_MOST + 200
"""How much of a field waits there: a little more than fits, so that the form still says so."""

FIELD_OF: Final[dict[type[Refusal], str]] = {
    KindMissing: "category",
    PlaceMissing: "area",
    PhotoMissing: "photos",
}
"""Beside which part of the page it is said that something is missing."""


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """Show the first page, empty; `?door=` fills in the place. Nothing is kept until it is sent."""
    now = timezone.now()
    person = guest_or_person(request)
    draft = Draft(pk=uuid.uuid4(), person=person, created_at=now, changed_at=now)
    entries = {"door_code": request.GET["door"]} if "door" in request.GET else None
    form = first_form(request, draft, now, entries)
    if form.is_valid():
        form.enter()
    return _first_page(request, form, earlier=open_drafts(person))


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show or take in the first page."""
    now = timezone.now()
    found = draft_of(request, draft_id, now)
    if found.report_id is not None:
        return redirect("community:report_filed", draft_id)
    if request.method == "GET":
        return _first_page(request, first_form(request, found, now))
    form = first_form(request, found, now, request.POST)
    form.is_valid()
    form.enter()
    if guest_or_person(request) is None:
        return _answer_guest(request, form)
    with refusals_on(form):
        _note_consent(request, form)
    filing.keep_draft(draft=found, at=now)
    for file in request.FILES.getlist("photos"):
        with refusals_on(form, "photos"):
            filing.add_photo(draft=found, file=file, at=now)
    act, _colon, which = request.POST.get("act", "check").partition(":")
    return ACTS.get(act, _stay)(request, form, which)


def _stay(request: HttpRequest, form: DraftForm, which: str) -> HttpResponse:
    if form.errors:
        return _first_page(request, form, status=422)
    return redirect("community:draft", form.draft.pk)


def _keep(request: HttpRequest, form: DraftForm, which: str) -> HttpResponse:
    """Answer the page's own saving with the parts that follow from what was entered."""
    return render(request, "community/filing/parts.html", _beside(form))


def _go_to_check(request: HttpRequest, form: DraftForm, which: str) -> HttpResponse:
    count = form.draft.photos.count()
    for missing in what_is_missing(form.draft, photo_count=count):
        form.add_error(FIELD_OF.get(type(missing)), str(missing))
    if form.errors:
        return _first_page(request, form, status=422)
    return redirect("community:check_report", form.draft.pk)


def _go_to_list(request: HttpRequest, form: DraftForm, which: str) -> HttpResponse:
    return redirect("community:draft_place", form.draft.pk)


def _remove(request: HttpRequest, form: DraftForm, which: str) -> HttpResponse:
    filing.remove_photo(draft=form.draft, photo_id=which)
    return _stay(request, form, which)


def _put_first(request: HttpRequest, form: DraftForm, which: str) -> HttpResponse:
    filing.put_photo_first(draft=form.draft, photo_id=which)
    return _stay(request, form, which)


ACTS: Final[dict[str, Callable[[HttpRequest, DraftForm, str], HttpResponse]]] = {
    "keep": _keep,
    "check": _go_to_check,
    "list": _go_to_list,
    "remove": _remove,
    "first": _put_first,
}
"""What the buttons of the first page do, by what stands before the colon in their value."""


def draft_of(request: HttpRequest, draft_id: UUID, at: datetime) -> Draft:
    """Return the draft of this address: the person's own, or a new one that is not kept yet.

    What they entered as a guest is theirs as soon as they come back signed in.
    """
    person = guest_or_person(request)
    kept = (
        Draft.objects.select_related("category", "subcategory", "area__parent", "person", "report")
        .defer("area__boundary", "area__parent__boundary")
        .filter(pk=draft_id)
        .first()
    )
    if kept is not None:
        if kept.person_id != getattr(person, "pk", None):
            raise Http404
        return kept
    draft = Draft(pk=draft_id, person=person, created_at=at, changed_at=at)
    if entries := _waiting_entries(request, draft_id):
        form = first_form(request, draft, at, entries)
        form.is_valid()
        form.enter()
        if person is not None:
            del request.session[WAITING]
            filing.keep_draft(draft=draft, at=at)
    return draft


def _waiting_entries(request: HttpRequest, draft_id: UUID) -> dict[str, str]:
    waiting = request.session.get(WAITING, {})
    entries: dict[str, str] = waiting.get("entries", {})
    return entries if waiting.get("draft") == str(draft_id) else {}


def _answer_guest(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Keep a guest's entries in their session, and lead them through signing in and back."""
    entries = {
        name: request.POST.get(name, "")[:ENTRY_MOST] for name in form.fields if name != "photos"
    }
    request.session[WAITING] = {"draft": str(form.draft.pk), "entries": entries}
    if request.POST.get("act") == "keep":
        return _keep(request, form, "")
    back = reverse("community:draft", args=[form.draft.pk])
    return redirect_to_login(back, login_url=settings.LOGIN_URL)


def first_form(request: HttpRequest, draft: Draft, at: datetime, entries: Any = None) -> DraftForm:
    """Return the form of the first page for a draft, with what was entered or as it stands."""
    return DraftForm(
        entries,
        draft=draft,
        person=guest_or_person(request),
        kinds=catalogue(),
        micro_grids=micro_grids_of(here(request, at).area),
        behind=partial(plate_behind, request),
        at=at,
    )


def _first_page(
    request: HttpRequest, form: DraftForm, *, earlier: Sequence[Draft] = (), status: int = 200
) -> HttpResponse:
    context = {
        **_beside(form),
        "photos": photos_of(form.draft),
        "most": PHOTOS_MOST,
        "earlier": earlier,
        "kinds": form.kinds,
        "kind_now": form["category"].value(),
        "area_choices": form.area_groups,
        "area_now": form["area"].value() or "",
        "datum": Datum.WGS84,
        "location_text": _location_text(request, form.at),
        "unit": here(request, form.at).area,
        "map_tiles": settings.MAP_TILES,
        "map_attribution": settings.MAP_ATTRIBUTION,
    }
    return render(request, "community/filing/first.html", context, status=status)


def _location_text(request: HttpRequest, at: datetime) -> ConsentText | None:
    """Return the text that somebody has to agree to before the phone's position is read, if any."""
    person = guest_or_person(request)
    if person is None or has_consent(person, Purpose.LOCATION, at=at):
        return None
    return text_in_force(Purpose.LOCATION, at=at)


def _note_consent(request: HttpRequest, form: DraftForm) -> None:
    if not form.cleaned_data.get("consents_to_position"):
        return
    person, text = person_of(request), text_in_force(Purpose.LOCATION, at=form.at)
    give_consent(person=person, text=text, by=person, at=form.at)


def _beside(form: DraftForm) -> dict[str, Any]:
    """Return what the page says about what was entered: the place, dangers, the same matter."""
    draft = form.draft
    return {
        "form": form,
        "draft": draft,
        "place": place_line(draft),
        "similar": similar_to(draft, at=form.at),
    }


def photos_of(draft: Draft) -> list[DraftPhoto]:
    if draft._state.adding:  # noqa: SLF001  Django's documented way to know
        return []
    return list(draft.photos.select_related("photo").order_by("position", "pk"))


@contextmanager
def refusals_on(form: Form, field: str | None = None) -> Iterator[None]:
    """Show a refusal beside a field of the form, or above it."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(field, str(refusal))
