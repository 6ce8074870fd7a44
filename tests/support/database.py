"""The database of a test run: a private copy of one that the migrations made.

Migrating from nothing takes ten seconds; copying what they made takes none. So the first run
builds a template whose name carries a fingerprint of everything that shapes it, every run (and
every xdist worker) gets a copy of its own, and a test that committed gets a fresh copy behind it:
that keeps the rows and triggers that migrations made, which Django's flush would lose.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

TEMPLATES_KEPT = 4
SHAPING = ("migrations/*.py", "models/*.py", "models.py", "apps.py", "fulltext.py", "triggers.py")


def fingerprint() -> str:
    """Return what tells one migrated database from another: the code and packages that made it."""
    digest = hashlib.sha256()
    digest.update(repr((settings.LANGUAGE_CODE, settings.INSTALLED_APPS)).encode())
    for name in sorted(f"{d.metadata['Name']} {d.version}" for d in distributions()):
        digest.update(name.encode())
    for app in apps.get_app_configs():
        if settings.BASE_DIR in Path(app.path).parents:
            for path in sorted(p for glob in SHAPING for p in Path(app.path).glob(glob)):
                digest.update(path.relative_to(app.path).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def database_of_this_run() -> SqliteCopy | PostgresCopy:
    kind = SqliteCopy if connection.vendor == "sqlite" else PostgresCopy
    return kind(fingerprint(), settings.TEST_RUN)


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteCopy:
    """A file of its own, so that threads and a live server see the same rows."""

    def __init__(self, fingerprint: str, run: str) -> None:
        self.folder = settings.DATA_DIR / "test-db"
        self.template = self.folder / f"template-{fingerprint}.sqlite3"
        self.path = self.folder / f"run-{run}.sqlite3"

    def provide(self) -> None:
        with _one_at_a_time(self.folder):
            self._sweep()
            if not self.template.exists():
                unfinished = self.folder / "unfinished.sqlite3"
                _remove(unfinished)
                _use(str(unfinished))
                _migrate()
                unfinished.rename(self.template)
            self.template.touch()
        _use(str(self.path))
        self.restore()

    def restore(self) -> None:
        """Make it as the migrations left it; other connections see that as one change."""
        source = sqlite3.connect(f"{self.template.as_uri()}?mode=ro", uri=True)
        target = sqlite3.connect(self.path, timeout=20)
        try:
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)
        finally:
            source.close()
            target.close()

    def discard(self) -> None:
        connection.close()
        _remove(self.path)

    def _sweep(self) -> None:
        """Remove what killed runs left, and templates of long ago."""
        for path in self.folder.glob("run-*.sqlite3"):
            if not _is_alive(path.stem.split("-")[1]):
                _remove(path)
        templates = sorted(self.folder.glob("template-*.sqlite3"), key=lambda p: p.stat().st_mtime)
        for path in templates[:-TEMPLATES_KEPT]:
            _remove(path)


class PostgresCopy:
    """A database of its own on the server that DATABASE_URL names."""

    def __init__(self, fingerprint: str, run: str) -> None:
        self.template = f"linli_template_{fingerprint}"
        self.name = f"linli_test_{run.replace('-', '_')}"

    def provide(self) -> None:
        with _one_at_a_time(settings.DATA_DIR / "test-db"):
            if not self._exists(self.template):
                self._run('DROP DATABASE IF EXISTS "linli_unfinished"')
                self._run('CREATE DATABASE "linli_unfinished"')
                _use("linli_unfinished")
                _migrate()
                self._run(f'ALTER DATABASE "linli_unfinished" RENAME TO "{self.template}"')
        _use(self.name)
        self.restore()

    def restore(self) -> None:
        connection.close()
        self._run(
            f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
            f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}" STRATEGY file_copy',
        )

    def discard(self) -> None:
        connection.close()
        self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def _run(self, *statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
