"""Tables that are only ever added to, and the triggers that see to it on both engines.

``@append_only`` on a model is all it takes. The triggers are (re)installed after every migration,
because Django's SQLite `alter_field` rebuilds a table and drops its triggers silently; every
process asks `missing` before it starts to serve. They refuse UPDATE for ever; DELETE is let through
only inside `disarmed`, which exists for the scheduled purge and for the tests' flush.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import truncate_name

ModelT = TypeVar("ModelT", bound=type[models.Model])

NAME_LENGTH: Final = 30  # Kingbase
APPEND_ONLY: list[type[models.Model]] = []

POSTGRESQL_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION linli_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' AND TG_TABLE_NAME = ANY (
        string_to_array(current_setting('linli.disarmed', true), ',')
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRESQL_TRIGGERS: Final = {
    "no_update": "BEFORE UPDATE ON {table} FOR EACH ROW",
    "no_delete": "BEFORE DELETE ON {table} FOR EACH ROW",
    "no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}
SQLITE_TRIGGERS: Final = {
    "no_update": "BEFORE UPDATE ON {table}",
    "no_delete": "BEFORE DELETE ON {table}",
    # INSERT OR REPLACE deletes without firing the trigger above.
    "no_replace": "BEFORE INSERT ON {table}"
    " WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})",
}


class TriggersMissing(Exception):
    """The database would let history be changed: nothing may run on it."""


def append_only(model: ModelT) -> ModelT:
    """Have the database refuse to change or delete rows of the decorated model."""
    APPEND_ONLY.append(model)
    return model


def install(*, using: str, **_signal: Any) -> None:
    """Put every trigger in place, as new; called after each migration of `community`."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for model in _present(connection):
            for kind in _kinds(connection):
                cursor.execute(_drop(connection, model, kind))
                cursor.execute(_create(connection, model, kind))


def missing(*, using: str = "default") -> list[str]:
    """Return the names of the triggers that should be there and are not."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    expected = [_name(model, kind) for model in _present(connection) for kind in _kinds(connection)]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in expected if name not in there]


def assert_armed(*, using: str = "default") -> None:
    """Refuse to go on without the triggers.

    :raises TriggersMissing: some are not there; `manage.py migrate` puts them back.
    """
    if names := missing(using=using):
        raise TriggersMissing(f"Run manage.py migrate: no trigger {', '.join(names)}.")


@contextmanager
def disarmed(*tables: type[models.Model], using: str = "default") -> Iterator[None]:
    """Let rows of `tables` be deleted inside the block, in one transaction and by nobody else.

    PostgreSQL is told by a setting that ends with the transaction. SQLite has no such setting, but
    one writer: the triggers are dropped and made again within its transaction, so that a crash
    brings them back and no other connection ever sees them gone.
    """
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ",".join(model._meta.db_table for model in tables)
            cursor.execute("SELECT set_config('linli.disarmed', %s, true)", [names])
            yield
            cursor.execute("SELECT set_config('linli.disarmed', '', true)")
            return
        present = [model for model in tables if model in _present(connection)]
        for model in present:
            cursor.execute(_drop(connection, model, "no_delete"))
        yield
        for model in present:
            cursor.execute(_drop(connection, model, "no_delete"))
            cursor.execute(_create(connection, model, "no_delete"))


@register(Tags.database)
def check_triggers(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Report history that could be changed (`manage.py check --database default`)."""
    return [
        Error(
            f"The trigger {name} is missing from {using}.",
            hint="Run manage.py migrate, which installs it.",
            id="community.E001",
        )
        for using in databases or []
        for name in missing(using=using)
    ]


def _present(connection: BaseDatabaseWrapper) -> list[type[models.Model]]:
    tables = set(connection.introspection.table_names())
    return [model for model in APPEND_ONLY if model._meta.db_table in tables]


def _kinds(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return POSTGRESQL_TRIGGERS if connection.vendor == "postgresql" else SQLITE_TRIGGERS


def _name(model: type[models.Model], kind: str) -> str:
    return truncate_name(f"{model._meta.db_table}_{kind}", NAME_LENGTH)


def _drop(connection: BaseDatabaseWrapper, model: type[models.Model], kind: str) -> str:
    on = f" ON {_quoted(connection, model)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {connection.ops.quote_name(_name(model, kind))}{on}"


def _create(connection: BaseDatabaseWrapper, model: type[models.Model], kind: str) -> str:
    key = model._meta.pk
    assert key is not None
    assert key.column is not None
    when = _kinds(connection)[kind].format(
        table=_quoted(connection, model), key=connection.ops.quote_name(key.column)
    )
    body = (
        "EXECUTE FUNCTION linli_append_only()"
        if connection.vendor == "postgresql"
        else f"BEGIN SELECT RAISE(ABORT, '{model._meta.db_table} is append-only'); END"
    )
    return f"CREATE TRIGGER {connection.ops.quote_name(_name(model, kind))} {when} {body}"


def _quoted(connection: BaseDatabaseWrapper, model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
