"""`make demo-reset`: the demo county as it was on its first day."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.data import DataInUse, bring_up_to_date, claimed, start_over
from config.trouble import explained


class Command(BaseCommand):
    help = "Forget what was done in the demo county, and load it anew. Asks nothing."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO or connection.vendor != "sqlite":
            raise CommandError("只能重置演示数据。 Only the demo county can be started over.")
        try:
            with claimed(settings.DATA_DIR):
                start_over()
                bring_up_to_date(self.stdout.write)
        except DataInUse as refusal:
            raise CommandError(str(refusal)) from None
        except Exception as error:
            if line := explained(error, settings.DATA_DIR):
                raise CommandError(line) from None
            raise
        self.stdout.write("演示县已恢复原样。 The demo county is as new.")
