"""A column of terms that both databases answer from an index.

PostgreSQL keeps the terms as a `tsvector` under GIN; SQLite keeps them as text, and an FTS5 table
without positions beside it, kept by triggers. Neither parses anything: terms are made by
`community.terms`, so that a question has the same answer on both. What Django cannot describe is
put in place after every migration, because a table that SQLite rebuilds loses its triggers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from community.terms import Term

TABLE: Final = "community_searchentry"

POSTGRESQL: Final = (f"CREATE INDEX IF NOT EXISTS search_terms ON {TABLE} USING gin (terms)",)
_GONE: Final = "INSERT INTO search_terms(search_terms, rowid, terms)"
_GONE_VALUES: Final = "VALUES ('delete', old.id, old.terms);"
_COME: Final = "INSERT INTO search_terms(rowid, terms) VALUES (new.id, new.terms);"
_FTS5: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_terms USING fts5(terms, detail=none,"
    f" content='{TABLE}', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
)
_CHANGE: Final = (
    f"CREATE TRIGGER search_terms_change AFTER UPDATE OF terms ON {TABLE}"
    f" BEGIN {_GONE} {_GONE_VALUES} {_COME} END"
)
SQLITE: Final = (
    _FTS5,
    "DROP TRIGGER IF EXISTS search_terms_come",
    "DROP TRIGGER IF EXISTS search_terms_go",
    "DROP TRIGGER IF EXISTS search_terms_change",
    f"CREATE TRIGGER search_terms_come AFTER INSERT ON {TABLE} BEGIN {_COME} END",
    f"CREATE TRIGGER search_terms_go AFTER DELETE ON {TABLE} BEGIN {_GONE} {_GONE_VALUES} END",
    _CHANGE,
)


class TermsField(models.TextField):  # type: ignore[type-arg]  # takes none when it runs
    """A set of terms (see `community.terms`): written as an iterable, asked with `__has`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(
        self,
        value: Iterable[str] | None,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002  # Django's
    ) -> str:
        form = "'{}'" if connection.vendor == "postgresql" else "{}"
        return " ".join(form.format(term) for term in sorted(value or ()))


@TermsField.register_lookup
class HasTerms(models.Lookup):
    """Whether all of some `Term`s are there."""

    lookup_name = "has"
    prepare_rhs = False
    rhs: tuple[Term, ...]

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        asked = " ".join(f'"{term.text}"{"*" if term.is_prefix else ""}' for term in self.rhs)
        key = f"{connection.ops.quote_name(self.lhs.alias)}.id"
        found = "SELECT rowid FROM search_terms WHERE search_terms MATCH %s"
        return f"{key} IN ({found})", (asked,)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        asked = " & ".join(f"'{term.text}'{':*' if term.is_prefix else ''}" for term in self.rhs)
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*params, asked)


def install(*, using: str) -> None:
    """Put in place what answers from the terms; called after each migration of `community`."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)
