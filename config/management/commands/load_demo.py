"""Load the demo county: through the same services that users call, in the order life would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from cms import demo as pages
from community.demo import consent, people, places, reports
from community.models import Area

STEPS: Final[tuple[tuple[str, Callable[[datetime], object]], ...]] = (
    ("places", places.load),
    ("people", people.load),
    ("consents", consent.load),
    ("pages", pages.load),
    ("reports", reports.load),
)
"""What is loaded, in order: a word for the progress line, and the function that does it."""


class Command(BaseCommand):
    help = "Load the demo county into an empty database; a county that is there is left alone."

    @transaction.atomic  # stopped half-way, it is as if it had never begun
    def handle(self, *args: Any, **options: Any) -> None:
        if Area.objects.exists():
            return
        now = timezone.now()
        for label, load in STEPS:
            self.stdout.write(f"  {label} …", ending="")
            self.stdout.flush()
            load(now)
            self.stdout.write(" ok")
