"""`/healthz`: whether this process can do its work, for whoever restarts or routes around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community import hub
from community.models import EventRecord
from config.celery import app

LATE: Final = timedelta(minutes=5)
log = structlog.get_logger(__name__)


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def queue() -> bool:
    """Whether tasks can be handed over; a folder on this machine always can take them."""
    if settings.REDIS_URL:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    return True


def delivery() -> bool:
    """Whether somebody takes the tasks: no event has been waiting for long."""
    return not EventRecord.objects.due(at=timezone.now() - LATE).exists()


def sockets() -> bool:
    return all(one["is_connected"] for one in hub.health())


PARTS: Final[dict[str, Callable[[], bool]]] = {
    "database": database,
    "queue": queue,
    "delivery": delivery,
    "sockets": sockets,
}


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say which parts work; 503 when one does not. It names no reason, for it is public."""
    state = {name: works(name) for name in PARTS}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def works(name: str) -> bool:
    try:
        return PARTS[name]()
    except Exception:  # whatever is wrong with a part is what was asked
        log.exception("health.part_fails", part=name)
        return False
