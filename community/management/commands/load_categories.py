"""Enter the report categories into a database that lacks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandParser

from community.services.categories import load_categories

TABLE = Path(__file__).resolve().parents[2] / "demo_data" / "report_categories.yaml"


class Command(BaseCommand):
    help = "Enter report categories, their routes and limits; those that are there stay as edited."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", nargs="?", default=str(TABLE), help="a YAML file")

    def handle(self, *args: Any, **options: Any) -> None:
        table = yaml.safe_load(Path(options["table"]).read_text(encoding="utf-8"))
        new = load_categories(table=table)
        self.stdout.write(f"{new} categories entered.")
