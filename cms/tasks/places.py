from __future__ import annotations

from celery import shared_task

from cms.services.places import grow_pages


@shared_task(name="cms.tasks.grow_missing_pages")
def grow_missing_pages() -> None:
    """Give every new area its page."""
    grow_pages()
