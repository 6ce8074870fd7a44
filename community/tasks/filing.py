"""Letting go of drafts that nobody came back to, and of photos that came to nothing."""

from datetime import timedelta
from typing import Final

from celery import shared_task
from django.utils import timezone

from community.models import Draft, Photo
from community.services.filing import discard_draft
from community.services.photos import forget_photo

BATCH: Final = 500
DRAFT_KEPT: Final = timedelta(days=14)
STRAY_PHOTO_KEPT: Final = timedelta(days=2)
"""Longer than anybody takes between handing a photo in and sending the form it is for."""


@shared_task(name="community.tasks.tidy_drafts")
def tidy_drafts() -> None:
    """Find drafts left alone for two weeks, and photos that neither a draft nor a report has."""
    now = timezone.now()
    drafts = Draft.objects.left_alone_since(now - DRAFT_KEPT).order_by("changed_at", "pk")
    for draft_id in drafts.values_list("pk", flat=True)[:BATCH]:
        discard_draft_left_alone.delay(draft_id=str(draft_id))
    strays = Photo.objects.drafts().filter(draft_use=None)
    strays = strays.uploaded_before(now - STRAY_PHOTO_KEPT).order_by("uploaded_at", "pk")
    for photo_id in strays.values_list("pk", flat=True)[:BATCH]:
        forget_stray_photo.delay(photo_id=str(photo_id))


@shared_task(name="community.tasks.discard_draft_left_alone")
def discard_draft_left_alone(*, draft_id: str) -> None:
    """Delete one draft; one that is gone, or was taken up again, is left alone."""
    since = timezone.now() - DRAFT_KEPT
    if draft := Draft.objects.left_alone_since(since).filter(pk=draft_id).first():
        discard_draft(draft=draft)


@shared_task(name="community.tasks.forget_stray_photo")
def forget_stray_photo(*, photo_id: str) -> None:
    """Delete one photo, if nothing has taken it up meanwhile."""
    if photo := Photo.objects.drafts().filter(draft_use=None, pk=photo_id).first():
        forget_photo(photo=photo)
