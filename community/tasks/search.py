"""Keeping what can be found whole: once a night, by the clock."""

from celery import shared_task

from community.search import SOURCES
from community.services.search import reindex


@shared_task(name="community.tasks.reindex_search")
def reindex_search() -> None:
    """Write every kind anew, each in its own task: what no saving told us (areas, moved pages)."""
    for kind in SOURCES:
        reindex_kind.delay(kind=kind)


@shared_task(name="community.tasks.reindex_kind")
def reindex_kind(*, kind: str) -> None:
    for _kind, _count in reindex(kinds=[kind]):
        pass
