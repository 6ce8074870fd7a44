"""Keeping what can be found in step with its originals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from community.models import Area
from community.models.places import LEVELS, UNIT_KINDS, Kind
from community.models.search import SearchEntry
from community.search import SOURCE_OF, SOURCES, TEXT_MOST, Document, Source
from community.terms import folded, terms_of

BATCH: Final = 200
KEY: Final = ("kind", "object_id")
WRITTEN_AS: Final = "_search_document"
"""Where an object remembers as what it was last written."""

COPIED: Final = tuple(
    field.name
    for field in SearchEntry._meta.concrete_fields
    if not field.primary_key and field.name not in KEY
)


def keep_findable(*, original: Model) -> None:
    """Bring the entry of something up to date, in the transaction that changes it.

    One that is saved again as it was is not written again.
    """
    source = SOURCE_OF[type(original)]
    document = source.document(original)
    if getattr(original, WRITTEN_AS, None) != document:
        _write(source, {original.pk: document})
        setattr(original, WRITTEN_AS, document)


def forget(*, original: Model) -> None:
    """Let something that is deleted no longer be found."""
    kind = SOURCE_OF[type(original)].kind
    SearchEntry.objects.filter(kind=kind, object_id=original.pk).delete()


def reindex(*, kinds: Iterable[str] = ()) -> Iterator[tuple[str, int]]:
    """Write every entry anew, kind by kind, and drop those without an original.

    In batches of their own transactions, so that nobody waits; it may be stopped and run again.
    Yields how many of which kind are there.
    """
    for kind in kinds or tuple(SOURCES):
        source = SOURCES[kind]
        count = 0
        for batch in _batches(source):
            _write(source, {original.pk: source.document(original) for original in batch})
            count += len(batch)
        gone = SearchEntry.objects.filter(kind=kind).exclude(
            object_id__in=source.originals().order_by().values("pk")
        )
        gone.delete()
        yield kind, count


def _batches(source: Source) -> Iterator[list[Any]]:
    after = 0
    while batch := list(source.originals().filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield batch
        after = batch[-1].pk


@transaction.atomic
def _write(source: Source, documents: Mapping[int, Document]) -> None:
    above = _areas_above(documents.values())
    entries = [_entry(source.kind, pk, found, above) for pk, found in documents.items()]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=KEY, update_fields=COPIED
    )


def _areas_above(documents: Iterable[Document]) -> dict[int, Area]:
    keys = {key for found in documents for key in found.area.ancestor_ids}
    return Area.objects.only("name", "kind").in_bulk(keys)


def _entry(kind: str, pk: int, found: Document, above: dict[int, Area]) -> SearchEntry:
    """Return the entry of a document; it is found by its town and village, too, but not the county.

    Every document is the county's: its name would tell nothing apart.
    """
    places = [above[key] for key in found.area.ancestor_ids]
    unit = next((place for place in places if place.kind in UNIT_KINDS), None)
    names = [place.name for place in places if 0 < LEVELS[place.kind] <= LEVELS[Kind.VILLAGE]]
    form = folded("\n".join((found.title, found.text[:TEXT_MOST], found.also, *names)))
    return SearchEntry(
        kind=kind,
        object_id=pk,
        area=found.area,
        unit=unit,
        state=found.state,
        at=found.at,
        ends_at=found.ends_at,
        url=found.url,
        title=found.title,
        text=found.text[:TEXT_MOST],
        folded_title=folded(found.title),
        folded=form,
        terms=terms_of(form),
    )
