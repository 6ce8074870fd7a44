"""Who may hand in a photo, and who may look at one."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Person, Photo, ReportPhoto
from community.policies.registry import policy
from community.policies.reports import objection_to_reading

PHOTOS_A_DAY: Final = 120  # twenty reports of six


class TooManyPhotosToday(Refusal):
    reason = _(
        "You have sent %(most)d photos today. Please go on tomorrow, or call your grid worker."
    )


@policy("photo.upload", label=_("Hand in a photo: so many a day"))
def objection_to_uploading(person: Person, *, at: datetime) -> Refusal | None:
    since = start_of_day(at)
    if Photo.objects.of(person).filter(uploaded_at__gte=since).count() >= PHOTOS_A_DAY:
        return TooManyPhotosToday(most=PHOTOS_A_DAY)
    return None


def start_of_day(at: datetime) -> datetime:
    """Return the midnight, by the clock of the county, that `at` comes after."""
    local = timezone.localtime(at)
    return datetime.combine(local.date(), time.min, tzinfo=local.tzinfo)


class PhotoHidden(Refusal):
    reason = _("Only those who may read the report may see its photos.")


@policy("photo.see", label=_("See a photo of a private report"))
def objection_to_seeing(person: Person | None, photo: Photo, *, at: datetime) -> Refusal | None:
    """A photo is its uploader's own until a report takes it up; then it is seen with the report."""
    if person is not None and photo.uploader_id == person.pk:
        return None
    use = ReportPhoto.objects.filter(photo=photo).select_related("report__area").first()
    return PhotoHidden() if use is None else objection_to_reading(person, use.report, at=at)
