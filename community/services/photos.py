"""Keeping photos, and letting go of those that came to nothing."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from community.models import Person, Photo
from community.models.photos import private_files
from community.photos import Bytes, PreparedPhoto, prepare
from community.policies.photos import objection_to_uploading

SIZES: Final = ("large", "medium", "small")


def keep_photo(
    *, uploader: Person, file: Bytes, at: datetime, photo_id: UUID | None = None
) -> Photo:
    """Keep a photo as its uploader's own, until something takes it up; the original goes.

    A phone on a weak network sends the same photo again: with the same `photo_id` it is given
    the photo that is there. Not one transaction: drawing it anew takes a third of a second, in
    which nobody else should have to wait.

    :raises TooManyPhotosToday: more than anybody needs.
    :raises NotAPhoto: see `community.photos.prepare` for this and its like.
    """
    photo_id = photo_id or uuid.uuid4()
    if known := Photo.objects.of(uploader).filter(pk=photo_id).first():
        return known
    if objection := objection_to_uploading(uploader, at=at):
        raise objection
    prepared = prepare(file)
    try:
        return _stored(prepared, uploader=uploader, at=at, photo_id=photo_id)
    except IntegrityError:  # sent twice at once: the other one is there now, if it is theirs
        known = Photo.objects.of(uploader).filter(pk=photo_id).first()
        return known or _stored(prepared, uploader=uploader, at=at, photo_id=uuid.uuid4())


@transaction.atomic
def forget_photo(*, photo: Photo) -> None:
    """Delete a photo that belongs to nothing, and its files once that is certain."""
    names = [getattr(photo, size).name for size in SIZES]
    photo.delete()
    transaction.on_commit(partial(_delete_files, names))


@transaction.atomic
def _stored(prepared: PreparedPhoto, *, uploader: Person, at: datetime, photo_id: UUID) -> Photo:
    photo = Photo(
        pk=photo_id,
        uploader=uploader,
        uploaded_at=at,
        width=prepared.width,
        height=prepared.height,
    )
    for size in SIZES:
        getattr(photo, size).save(f"{size}.jpg", ContentFile(getattr(prepared, size)), save=False)
    try:
        photo.save(force_insert=True)
    except IntegrityError:
        _delete_files([getattr(photo, size).name for size in SIZES])
        raise
    return photo


def _delete_files(names: list[str]) -> None:
    for name in names:
        private_files().delete(name)
