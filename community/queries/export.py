"""Everything that is kept about one person, as they may take it with them (个人信息保护法 art. 45).

Every table that belongs to a person is found through Django's own model registry, so a concept that
is added later is in the export from its first day. Tables in which a person acted on somebody
else's matter are that person's data and not in it: they point here with ``related_name="+"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import models

from community.models import Person

NEVER: Final = frozenset({"account.emailaddress", "mfa.authenticator"})
"""Tables that hold keys."""

SECRET: Final = frozenset({"data", "password", "session_key"})
ROWS_MOST: Final = 5_000
"""Of one table: more than a person can come by, and little enough for one answer."""


def export_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return every row about `person`, by table, as plain data."""
    tables = {"community.person": [_plain(person)]}
    for label, rows in _tables_of(person):
        tables[label] = [_plain(row) for row in rows.order_by("pk")[:ROWS_MOST]]
    return {label: rows for label, rows in sorted(tables.items()) if rows}


def _tables_of(person: Person) -> Iterator[tuple[str, models.QuerySet[Any]]]:
    for relation in Person._meta.related_objects:
        model = relation.related_model
        label = model._meta.label_lower
        if label in NEVER or relation.many_to_many:
            continue
        name = relation.field.name
        yield f"{label}.{name}", model._default_manager.filter(**{name: person})


def _plain(row: models.Model) -> dict[str, Any]:
    fields = row._meta.concrete_fields
    return {
        field.attname: _value(field.value_from_object(row))
        for field in fields
        if field.name not in SECRET
    }


def _value(value: Any) -> Any:
    """Return what JSON can say; a file is its name."""
    return str(value) if isinstance(value, models.fields.files.FieldFile) else value
