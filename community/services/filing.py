"""A report on its way: kept while it is being written, filed once, forgotten when left alone.

A photo is drawn anew before a transaction begins, because that takes a third of a second in which
nobody else should have to wait; everything else here is one transaction an act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from community.models import PHOTOS_MOST, Area, Draft, DraftPhoto, Photo, Report, ReportPhoto
from community.photos import Bytes
from community.policies.filing import (
    DraftIsFull,
    objection_to_another_report,
    what_is_missing,
)
from community.services.photos import forget_photo, keep_photo
from community.services.reports import file_report
from community.services.reports.refusals import PhotoNotYours

DRAFTS_MOST: Final = 20
ENTERED: Final = tuple(
    field.name
    for field in Draft._meta.concrete_fields
    if field.name not in {"id", "person", "created_at", "report"}
)
"""What a draft's owner enters: a save that comes late must not undo that it was filed."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a draft is: the area, how that is known, and how exact the phone was."""

    area: Area
    evidence: str
    accuracy_m: int | None


@transaction.atomic
def begin_draft(*, draft: Draft, at: datetime) -> Draft:
    """Keep a draft that may be there already: a phone sends two photos at the same time.

    Of one person's drafts the newest twenty are kept.
    """
    begun, is_new = Draft.objects.get_or_create(
        pk=draft.pk, defaults={"person": draft.person, "created_at": at, "changed_at": at}
    )
    assert begun.person_id == draft.person_id, "the page has looked whose it is"
    if is_new:
        others = Draft.objects.of(draft.person).open().order_by("-changed_at", "-pk")
        for surplus in others[DRAFTS_MOST : DRAFTS_MOST + 5]:
            discard_draft(draft=surplus)
    return begun


@transaction.atomic
def keep_draft(*, draft: Draft, at: datetime) -> Draft:
    """Save what has been entered so far."""
    begin_draft(draft=draft, at=at)
    draft.changed_at = at
    draft.save(force_update=True, update_fields=ENTERED)
    return draft


def add_photo(*, draft: Draft, file: Bytes, at: datetime, photo_id: UUID | None = None) -> Photo:
    """Keep a photo and put it last in the draft; the same `photo_id` again changes nothing.

    :raises DraftIsFull: the draft has six.
    :raises PhotoNotYours: it is part of a report already.
    :raises Refusal: one of `keep_photo`.
    """
    _refuse_a_seventh(draft, photo_id)
    photo = keep_photo(uploader=draft.person, file=file, at=at, photo_id=photo_id)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.report_id is not None:
            return photo  # sent again after the report was filed, which has it
        if ReportPhoto.objects.filter(photo=photo).exists():
            raise PhotoNotYours
        if not DraftPhoto.objects.filter(photo=photo).exists():
            _refuse_a_seventh(draft, photo_id)
            DraftPhoto.objects.create(draft=draft, photo=photo, position=draft.photos.count())
    return photo


def _refuse_a_seventh(draft: Draft, photo_id: UUID | None) -> None:
    there = set(draft.photos.values_list("photo_id", flat=True))
    if len(there - {photo_id}) >= PHOTOS_MOST:
        raise DraftIsFull(most=PHOTOS_MOST)


@transaction.atomic
def remove_photo(*, draft: Draft, photo_id: str) -> None:
    """Take a photo out of the draft and delete it; one that is gone already is no mistake."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    places = list(draft.photos.select_related("photo").order_by("position", "pk"))
    gone = [place for place in places if str(place.photo_id) == photo_id]
    _renumber([place for place in places if place not in gone])
    for place in gone:
        place.delete()
        forget_photo(photo=place.photo)


@transaction.atomic
def put_photo_first(*, draft: Draft, photo_id: str) -> None:
    """Have a photo lead: it is the one that lists show."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    places = list(draft.photos.order_by("position", "pk"))
    _renumber(sorted(places, key=lambda place: (str(place.photo_id) != photo_id, place.position)))


def _renumber(places: list[DraftPhoto]) -> None:
    for position, place in enumerate(places):
        place.position = position
    DraftPhoto.objects.bulk_update(places, ["position"])


@transaction.atomic
def discard_draft(*, draft: Draft) -> None:
    """Delete a draft with its photos; what has been filed keeps its photos."""
    places = list(draft.photos.select_related("photo"))
    draft.delete()
    for place in places:
        forget_photo(photo=place.photo)


@transaction.atomic
def file_draft(*, draft: Draft, at: datetime) -> Report:
    """Make a report of the draft, once: a second tap is given the same report.

    :raises KindMissing: see `policies.filing` for this and its like; first what the page asks
        for first.
    :raises TooManyReportsToday: more than anybody needs.
    :raises Refusal: one of `file_report`.
    """
    # A second tap waits here. What is joined is as it was before it waited, so `report` may still
    # be empty then; `file_report` finds it by the draft's key all the same.
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("person", "category", "subcategory", "area", "on_behalf_of", "report")
        .get(pk=draft.pk)
    )
    if draft.report is not None:
        return draft.report
    places = list(draft.photos.select_related("photo").order_by("position", "pk"))
    for missing in what_is_missing(draft, photo_count=len(places)):
        raise missing
    if objection := objection_to_another_report(draft.person, at=at):
        raise objection
    draft.report = _report_of(draft, [place.photo for place in places], at)
    draft.save(update_fields=["report"])
    draft.photos.all().delete()  # the report has them now
    return draft.report


def _report_of(draft: Draft, photos: list[Photo], at: datetime) -> Report:
    assert draft.category is not None, "what_is_missing asked for it"
    assert draft.area is not None, "what_is_missing asked for it"
    has_point = draft.lng is not None and draft.lat is not None
    return file_report(
        reporter=draft.person,
        client_id=draft.pk,
        category=draft.category,
        subcategory=draft.subcategory,
        title=draft.title,
        body=draft.body,
        placement=Placed(area=draft.area, evidence=draft.evidence, accuracy_m=draft.accuracy_m),
        photos=photos,
        point=(draft.lng, draft.lat) if has_point else None,  # type: ignore[arg-type]
        place_note=draft.place_note,
        visibility=draft.shown_to,
        on_behalf_of=draft.on_behalf_of,
        hides_name=draft.hides_name,
        about_level=draft.about_level,
        at=at,
    )
