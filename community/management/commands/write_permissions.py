"""Write the permission table into the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from community.demo.permissions import table

PAGE: Final = Path("docs/reference/permissions.md")


class Command(BaseCommand):
    help = "Try every policy on every office, and write who may do what."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / PAGE
        path.write_text(table(timezone.now()), encoding="utf-8")
        self.stdout.write(f"wrote {PAGE}")
