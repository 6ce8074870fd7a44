"""Keeping the working-time calendar: the official arrangement, brought in as it was announced."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from django.db import transaction

from community.models.worktime import HolidayYear, SpecialDay

OFFICIAL: Final = Path(__file__).parent.parent / "reference" / "holidays.yaml"


@transaction.atomic
def load_official_years() -> list[int]:
    """Add the announced years that are not there yet, and return them; edited ones stay edited."""
    added = []
    for entry in yaml.safe_load(OFFICIAL.read_text(encoding="utf-8")):
        year, is_new = HolidayYear.objects.get_or_create(
            year=entry["year"],
            defaults={"notice": entry["notice"], "announced_on": entry["announced_on"]},
        )
        if is_new:
            SpecialDay.objects.bulk_create(_days(year, entry))
            added.append(year.year)
    return added


def _days(year: HolidayYear, entry: dict[str, Any]) -> list[SpecialDay]:
    days_off = [
        SpecialDay(year=year, date=day, name=holiday["name"])
        for holiday in entry["holidays"]
        for day in _from_to(holiday["from"], holiday["to"])
    ]
    worked = [SpecialDay(year=year, date=day, is_working=True) for day in entry["make_up_days"]]
    return days_off + worked


def _from_to(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
