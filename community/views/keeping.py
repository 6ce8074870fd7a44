"""Forms that come with photos."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest

from community.forms.refusals import refusals_shown_on
from community.models import Person, Photo
from community.services.photos import keep_photo
from community.services.reports.photos import PHOTOS_AT_MOST


def photos_kept(request: HttpRequest, person: Person, form: Form, *, at: datetime) -> list[Photo]:
    """Return the photos of a form that was sent: those kept before, and the new ones.

    A photo becomes a draft on the server before anything else is looked at, so that a mistake in
    the text never costs a photo. One that cannot be read is told of on the form.
    """
    if request.method != "POST":
        return []
    kept = _kept_before(request, person)
    for file in request.FILES.getlist("photos")[: PHOTOS_AT_MOST - len(kept)]:
        with refusals_shown_on(form):
            kept.append(keep_photo(uploader=person, file=BytesIO(file.read()), at=at))
    return kept


def _kept_before(request: HttpRequest, person: Person) -> list[Photo]:
    keys = []
    for text in request.POST.getlist("photo")[:PHOTOS_AT_MOST]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    found = {photo.pk: photo for photo in Photo.objects.of(person).drafts().filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]
