"""Static files with their content in their name, compressed once: kept by browsers for ever.

`make run` and the county serve the same files the same way. Where nothing has been collected (the
tests, a development server), addresses are plain and files come from where they are written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.apps import StaticFiles


class CollectedStaticFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        stored: str = super().stored_name(name) if self.hashed_files else name
        return stored


def collect_static_files() -> None:
    """Collect and compress them, when any has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / "collected"
    now = fingerprint()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != now:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True, skip_checks=True)
        stamp.write_text(now, encoding="utf-8")


def fingerprint() -> str:
    """Return what changes when any static file does: all names, sizes and moments of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(StaticFiles.ignore_patterns):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
