"""What must hold before a process serves, and how it refuses when it does not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connections

from community.triggers import TriggersMissing, assert_armed

Message = MutableMapping[str, Any]


def look_once() -> None:
    """Look whether history is guarded, and leave no connection behind in this thread."""
    try:
        assert_armed()
    finally:
        connections.close_all()


async def lifespan(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Start only on a database that guards its history; the server prints why it does not."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            try:
                await sync_to_async(look_once)()
            except TriggersMissing as reason:
                await send({"type": "lifespan.startup.failed", "message": str(reason)})
                return
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return


def check_worker(**signal: Any) -> None:
    """Called by Celery as a worker starts: what is raised here stops it."""
    try:
        assert_armed()
    except TriggersMissing as reason:
        raise SystemExit(str(reason)) from None
