"""A process that would let history be changed does not start."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection

from community import triggers
from community.models import AuditEntry
from config.start import check_worker, lifespan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unguarded():
    with connection.cursor() as cursor:
        cursor.execute(triggers._drop(connection, AuditEntry, "no_update"))


async def started() -> list[dict]:
    """Return what the server is told when it starts, and is stopped again."""
    told: list[dict] = []
    asked: asyncio.Queue[dict] = asyncio.Queue()
    for word in ("startup", "shutdown"):
        asked.put_nowait({"type": f"lifespan.{word}"})

    async def send(message: dict) -> None:
        told.append(message)

    await lifespan({"type": "lifespan"}, asked.get, send)
    return told


class TestAServer:
    async def test_starts_on_a_guarded_database(self):
        told = await started()

        assert [message["type"] for message in told] == [
            "lifespan.startup.complete",
            "lifespan.shutdown.complete",
        ]

    async def test_says_why_it_does_not_start(self, unguarded):
        [refused] = await started()

        assert refused["type"] == "lifespan.startup.failed"
        assert "Run manage.py migrate" in refused["message"]


class TestAWorker:
    def test_starts_on_a_guarded_database(self):
        check_worker()

    def test_says_why_it_does_not_start(self, unguarded):
        with pytest.raises(SystemExit, match="Run manage"):
            check_worker()
