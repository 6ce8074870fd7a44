"""Attaching photos that were uploaded before to the step they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from community.models import Photo, ReportPhoto, Step
from community.services.reports.refusals import PhotoNotYours, TooManyPhotos

PHOTOS_AT_MOST: Final = 6


def attach_photos(*, step: Step, photos: Sequence[Photo], captions: Sequence[str]) -> None:
    """Make uploaded photos part of a step, in their order.

    :raises TooManyPhotos: more than six.
    :raises PhotoNotYours: somebody else uploaded one, or it is part of a report already.
    """
    if len(photos) > PHOTOS_AT_MOST:
        raise TooManyPhotos(limit=PHOTOS_AT_MOST)
    keys = [photo.pk for photo in photos]
    free = (
        Photo.objects.select_for_update(of=("self",))
        .drafts()
        .filter(pk__in=keys, uploader=step.actor_id)
    )
    if len(set(free.values_list("pk", flat=True))) != len(keys):
        raise PhotoNotYours
    ReportPhoto.objects.bulk_create(
        ReportPhoto(
            report_id=step.report_id, step=step, photo=photo, position=position, caption=caption
        )
        for position, (photo, caption) in enumerate(zip_longest(photos, captions, fillvalue=""))
        if isinstance(photo, Photo)
    )
