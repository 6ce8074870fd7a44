"""Photos: taken in one by one by the page's script, and shown to those who may see them."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from community.auth import guest_or_person, holds_back, offices_of
from community.errors import Refusal
from community.models import Draft, DraftPhoto, Photo
from community.models.photos import private_files
from community.policies.photos import is_public, objection_to_seeing
from community.services import filing
from community.services.photos import SIZES
from community.views.filing import draft_of, photos_of

FOR_A_DAY: Final = f"private, max-age={60 * 60 * 24}, immutable"
NOT_AT_ALL: Final = "private, no-store"


@require_GET
def photo(request: HttpRequest, photo_id: UUID, size: str) -> HttpResponseBase:
    """Send a photo to somebody who may see it; to all others it does not exist.

    The address is no secret that protects anything: every request is asked again who it is. What
    is public may stay in the person's own browser for a day, and nothing anywhere else.
    """
    found = get_object_or_404(Photo.objects.select_related("use__report", "use__step"), pk=photo_id)
    if size not in SIZES or objection_to_seeing(
        guest_or_person(request),
        found,
        at=timezone.now(),
        offices=offices_of(request),
        as_resident=holds_back(request),
    ):
        raise Http404
    use = getattr(found, "use", None)
    response = _sent(getattr(found, size).name)
    response["Cache-Control"] = FOR_A_DAY if use and is_public(use) else NOT_AT_ALL
    return response


def _sent(name: str) -> HttpResponseBase:
    response: HttpResponseBase
    if settings.PRIVATE_FILES_PREFIX:  # the web server sends it, on our word
        response = HttpResponse(content_type="image/jpeg")
        response["X-Accel-Redirect"] = f"{settings.PRIVATE_FILES_PREFIX}{name}"
    else:
        try:
            response = FileResponse(private_files().open(name), content_type="image/jpeg")
        except FileNotFoundError:  # a restore without its files: the page shows the words instead
            raise Http404 from None
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_POST
def draft_photos(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Take in one photo for the page's script, or move one, and answer with its place in the list.

    422 with the reason in words when a photo is refused; the script shows it as it stands.
    """
    now = timezone.now()
    draft = draft_of(request, draft_id, now)
    if draft.report_id is not None:
        raise Http404
    draft = filing.begin_draft(draft=draft, at=now)
    act, _colon, which = request.POST.get("act", "").partition(":")
    try:
        if act == "remove":
            filing.remove_photo(draft=draft, photo_id=which)
        elif act == "first":
            filing.put_photo_first(draft=draft, photo_id=which)
        else:
            return _taken_in(request, draft, now)
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    return _list(request, photos_of(draft))


def _taken_in(request: HttpRequest, draft: Draft, now: datetime) -> HttpResponse:
    file = request.FILES.get("photos")
    if file is None:
        return HttpResponse(status=400)
    kept = filing.add_photo(
        draft=draft, file=file, at=now, photo_id=_uuid(request.POST.get("photo_id", ""))
    )
    return _list(request, [place for place in photos_of(draft) if place.photo_id == kept.pk])


def _list(request: HttpRequest, photos: list[DraftPhoto]) -> HttpResponse:
    return render(request, "community/filing/photos.html", {"photos": photos})


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
