"""Write docs/reference/events.md from the events that are declared."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from community.queries.events import reference


class Command(BaseCommand):
    help = "Write docs/reference/events.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "reference" / "events.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(reference(), encoding="utf-8")
        self.stdout.write(f"{path.relative_to(settings.BASE_DIR)} written")
