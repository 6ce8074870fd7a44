"""The audit as it is read and taken out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from community.kinds import Text
from community.models import Area, AuditEntry, Office, Person
from community.models.places import path_range

FIELDS: Final = (
    "id", "at", "actor_id", "office", "act", "subject_type", "subject_id", "area_id", "reason",
    "facts",
)  # fmt: skip
CHUNK: Final = 2000


@dataclass(frozen=True, kw_only=True)
class Act:
    """An entry with the names that its ids stand for today; an erased person has none."""

    entry: AuditEntry
    actor: str
    office: Text
    area: str

    @property
    def subject(self) -> str:
        try:
            kind = str(apps.get_model(self.entry.subject_type)._meta.verbose_name)
        except (LookupError, ValueError):  # the table of an older program
            kind = self.entry.subject_type.partition(".")[2]
        return f"{kind} {self.entry.subject_id}"

    @property
    def facts(self) -> str:
        known = {name: value for name, value in self.entry.facts.items() if value is not None}
        return ", ".join(f"{name}: {value}" for name, value in known.items())


def chosen(
    *, since: date, until: date, act: str = "", area: Area | None = None
) -> QuerySet[AuditEntry]:
    """Return the entries of these days, both included, newest first."""
    entries = AuditEntry.objects.filter(
        at__gte=_midnight(since), at__lt=_midnight(until + timedelta(days=1))
    )
    if act:
        entries = entries.filter(act__startswith=act)
    if area is not None:
        low, high = path_range(area.path)
        inside = Area.objects.filter(path__gte=low, path__lt=high)
        entries = entries.filter(area_id__in=inside.values("pk"))
    return entries.order_by("-at", "-pk")


def named(entries: Iterable[AuditEntry]) -> list[Act]:
    """Return a page of entries with their names, in two queries however many there are."""
    entries = list(entries)
    persons = Person.objects.in_bulk([entry.actor_id for entry in entries if entry.actor_id])
    areas = Area.objects.defer("boundary").in_bulk(
        [entry.area_id for entry in entries if entry.area_id]
    )
    return [
        Act(
            entry=entry,
            actor=str(persons.get(entry.actor_id or 0, "")),
            office=Office(entry.office).label if entry.office in Office.values else entry.office,
            area=str(areas.get(entry.area_id or 0, "")),
        )
        for entry in entries
    ]


def as_json_lines(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    """Yield each entry as one line of JSON: ids as they are kept, and moments in ISO 8601."""
    for row in _rows(entries):
        yield json.dumps(row, ensure_ascii=False) + "\n"


def as_csv(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    """Yield a table for a spreadsheet, which is told its encoding and given no formulas to run."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(FIELDS)
    for row in _rows(entries):
        facts = json.dumps(row["facts"], ensure_ascii=False) if row["facts"] else ""
        yield writer.writerow([_harmless(value) for value in ({**row, "facts": facts}).values()])


class _Line:
    """What `csv` writes to: it gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _rows(entries: QuerySet[AuditEntry]) -> Iterator[dict[str, Any]]:
    for entry in entries.values(*FIELDS).iterator(chunk_size=CHUNK):
        yield {**entry, "at": timezone.localtime(entry["at"]).isoformat()}


def _harmless(value: object) -> object:
    """Keep a spreadsheet from running what somebody typed as a reason."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
