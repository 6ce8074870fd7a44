"""Photos that people hand in, re-encoded and without metadata.

A photo is kept before it belongs to anything: the upload is a draft on the server, so that a
mistake in a form never costs somebody six photos. Who may look at one follows from what it is
attached to; until then, only who uploaded it.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.models.people import Person


def _path(photo: Photo, filename: str) -> str:
    return f"photos/{photo.uploaded_at:%Y/%m}/{photo.pk}/{filename}"


def private_files() -> Storage:
    """Where photos lie: outside every public folder, because who may see one is a question."""
    return storages["private"]


class PhotoQuerySet(models.QuerySet["Photo"]):
    def of(self, uploader: Person) -> Self:
        return self.filter(uploader=uploader)

    def drafts(self) -> Self:
        """Keep the photos that are not attached to a report yet."""
        return self.filter(use=None)

    def uploaded_before(self, moment: datetime) -> Self:
        return self.filter(uploaded_at__lt=moment)


class Photo(models.Model):
    """One photo in three sizes. The name on the disk is random and tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploader = models.ForeignKey(Person, models.PROTECT, related_name="photos")
    uploaded_at = models.DateTimeField()
    large = models.FileField(upload_to=_path, storage=private_files, max_length=160)
    medium = models.FileField(upload_to=_path, storage=private_files, max_length=160)
    small = models.FileField(upload_to=_path, storage=private_files, max_length=160)
    width = models.PositiveIntegerField(_("width of the large size (pixels)"))
    height = models.PositiveIntegerField(_("height of the large size (pixels)"))

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = (
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(height__gt=0), name="photo_has_a_size"
            ),
        )
        indexes = (models.Index(fields=["uploader", "uploaded_at"], name="photo_of_uploader"),)
