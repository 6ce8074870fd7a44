"""A report that was written without a network.

It goes the way of a draft: what arrives is kept before it is judged, under the id that the phone
chose. So a refused item can be mended on the phone, or online in the draft with the map and the
list; whichever comes first is filed, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from community.errors import Refusal
from community.forms.filing import AT_HOME, DraftForm
from community.models import Area, Draft, Kind, Person, Report, Visibility
from community.outbox import Item, Outcome, Reason, SentPhoto, State, register_kind
from community.outbox import Kind as OutboxKind
from community.policies.filing import (
    KindMissing,
    PhotoMissing,
    PlaceMissing,
    TooManyReportsToday,
    what_is_missing,
)
from community.policies.photos import TooManyPhotosToday
from community.queries.filing import catalogue
from community.services import filing

FIELD_OF: Final[dict[type[Refusal], str]] = {
    KindMissing: "subcategory",
    PlaceMissing: "area",
    PhotoMissing: "photos",
}


def take_in(person: Person, item: Item, at: datetime) -> Outcome:
    """File a report, or keep it as a draft and say what it lacks."""
    if known := find(person, item.id):
        return known
    draft = Draft.objects.filter(pk=item.id).first()
    if draft is None:
        draft = Draft(pk=item.id, person=person, created_at=at, changed_at=at)
    elif draft.person_id != person.pk:
        return Outcome(state=State.SIGN_IN)
    outcome = _judged(draft, item, at)
    if outcome.state == State.REFUSED:  # unless the same item, sent twice at once, has come first
        return find(person, item.id) or outcome
    return outcome


def find(person: Person, item_id: UUID) -> Outcome | None:
    """Say that it has been filed, by the phone or in the draft online."""
    report = Report.objects.filter(reporter=person, client_id=item_id).first()
    return None if report is None else _arrived(report, State.ALREADY_THERE)


def _judged(draft: Draft, item: Item, at: datetime) -> Outcome:
    form = _entered(draft, item, at)
    reasons = [Reason(_named(name), str(words[0])) for name, words in form.errors.items()]
    try:
        reasons += _take_photos(draft, item.photos, at)
        missing = [] if reasons else what_is_missing(draft, photo_count=draft.photos.count())
        reasons += [Reason(FIELD_OF.get(type(one), ""), str(one)) for one in missing]
        return _refused(draft, reasons) if reasons else _filed(draft, at)
    except (TooManyReportsToday, TooManyPhotosToday) as refusal:
        return Outcome(state=State.LATER, reasons=[Reason("", str(refusal))])
    except Refusal as refusal:
        return _refused(draft, [Reason("", str(refusal))])


def _entered(draft: Draft, item: Item, at: datetime) -> DraftForm:
    """Enter what was written into the draft and keep it, whatever it lacks."""
    chosen = item.fields.get("area", "")
    areas = Area.objects.filter(kind=Kind.MICRO_GRID).select_related("parent")
    grids = list(areas.filter(pk=int(chosen))) if _is_key(chosen) else []
    entries = dict(item.fields)
    if not grids and chosen != AT_HOME:
        entries["area"] = ""  # the map has been redrawn since: the place is asked for again
    form = DraftForm(
        entries, draft=draft, person=draft.person, kinds=catalogue(), micro_grids=grids, at=at
    )
    form.is_valid()
    form.enter()
    if item.fields.get("visibility") in Visibility.values:
        draft.visibility = item.fields["visibility"]
    filing.keep_draft(draft=draft, at=at)
    return form


def _is_key(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) < 19  # noqa: PLR2004 fits an id


def _named(field: str) -> str:
    return "" if field == "__all__" else field


def _take_photos(draft: Draft, photos: Sequence[SentPhoto], at: datetime) -> list[Reason]:
    """Let the draft have the photos that the item has; a photo that cannot be kept is named."""
    reasons = []
    kept = {str(photo.id) for photo in photos}
    for place in draft.photos.all():
        if str(place.photo_id) not in kept:
            filing.remove_photo(draft=draft, photo_id=str(place.photo_id))
    for number, photo in enumerate(photos, start=1):
        if photo.file is None:
            continue
        try:
            filing.add_photo(draft=draft, file=photo.file, at=at, photo_id=photo.id)
        except TooManyPhotosToday:
            raise
        except Refusal as refusal:
            words = _("Photo %(number)d: %(reason)s") % {"number": number, "reason": refusal}
            reasons.append(Reason("photos", words))
    return reasons


def _filed(draft: Draft, at: datetime) -> Outcome:
    return _arrived(filing.file_draft(draft=draft, at=at), State.ACCEPTED)


def _arrived(report: Report, state: State) -> Outcome:
    return Outcome(
        state=state, title=report.title, number=report.number, url=report.get_absolute_url()
    )


def _refused(draft: Draft, reasons: Sequence[Reason]) -> Outcome:
    url = reverse("community:draft", args=[draft.pk])
    return Outcome(state=State.REFUSED, title=draft.title, url=url, reasons=reasons)


register_kind(OutboxKind(key="report", take_in=take_in, find=find))
