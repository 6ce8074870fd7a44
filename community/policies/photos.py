"""Who may hand in a photo, and who may look at one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Appointment, Person, Photo, Report, ReportPhoto
from community.policies.registry import policy

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
def objection_to_seeing(
    person: Person | None,
    photo: Photo,
    *,
    at: datetime,
    offices: Sequence[Appointment] | None = None,
    as_resident: bool = False,
) -> Refusal | None:
    """A photo is its uploader's own until a report takes it up; then it is seen as the page is.

    With a public step of a public report it is for everybody, else for the report's parties.
    `offices` and `as_resident` as in `ReportQuerySet.visible_to`.
    """
    if person is not None and photo.uploader_id == person.pk:
        return None
    use: ReportPhoto | None = getattr(photo, "use", None)
    if use is None:
        return PhotoHidden()
    if is_public(use):
        return None
    found = Report.objects.filter(pk=use.report_id)
    is_party = person is not None and (
        found.of_parties(person, at=at, offices=offices, as_resident=as_resident).exists()
    )
    return None if is_party else PhotoHidden()


def is_public(use: ReportPhoto) -> bool:
    return use.report.is_public and not use.step.is_private
