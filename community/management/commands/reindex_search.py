"""Write what can be found anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.search import SOURCES
from community.services.search import reindex


class Command(BaseCommand):
    help = "Write the search index anew: after an upgrade, or after areas were renamed or moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", choices=[*SOURCES, []], help="only these kinds")

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in reindex(kinds=options["kinds"]):
            self.stdout.write(f"{kind}: {count}")
