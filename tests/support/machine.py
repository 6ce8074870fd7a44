"""What is here to test with, and what a test lacks."""

from __future__ import annotations

import shutil
import sqlite3

from django.conf import settings
from django.db import connection


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def database_name() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return "PostgreSQL"


def missing(needs: str) -> str | None:
    """Return what a test with the marker `needs` lacks on this run, or None."""
    if needs == "postgres" and connection.vendor != "postgresql":
        return "PostgreSQL"
    if needs == "redis" and not settings.REDIS_URL:
        return "Redis"
    if needs == "browser" and chromium() is None:
        return "Chromium"
    return None
