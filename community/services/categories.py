"""Report categories as reference data: taken from a table, then edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.models import Category, Handling, RouteStep, Subcategory

HANDLINGS: Mapping[str, str] = {
    "mediation": Handling.MEDIATION,
    "can_convert_to_proposal": Handling.CAN_BECOME_PROPOSAL,
}
NAMES_EN: Mapping[str, str] = {
    "C01": "Cleanliness",
    "C02": "Roads and public works",
    "C03": "Fire hazards",
    "C04": "Safety and rented homes",
    "C05": "Neighbours and family",
    "C06": "Housing estates",
    "C07": "Work and wages",
    "C08": "Education, health, welfare",
    "C09": "Farming and water",
    "C10": "Illegal building",
    "C11": "Public service",
    "C12": "Ideas and requests",
}


@transaction.atomic
def load_categories(*, table: Mapping[str, Any]) -> int:
    """Enter the categories of a table like `report_categories.yaml`, and return how many are new.

    A category that is there already is left as somebody may have edited it.
    """
    known = set(Category.objects.values_list("code", flat=True))
    new = [row for row in table["categories"] if row["code"] not in known]
    for position, row in enumerate(new, start=len(known)):
        _enter(row, position)
    return len(new)


def _enter(row: Mapping[str, Any], position: int) -> None:
    category = Category.objects.create(
        code=row["code"],
        name=row["name"],
        name_en=NAMES_EN.get(row["code"], ""),
        icon=row["icon"],
        position=position,
        **{key: part for which in ("accept", "finish", "hard") for key, part in _limit(row, which)},
        default_visibility=row["default_visibility"],
        priority=row.get("priority", "normal"),
        needs_photo=row.get("needs_photo", False),
        emergency_number=row.get("emergency_number", ""),
        handling=HANDLINGS.get(row.get("handling", ""), ""),
        skips_own_staff="conflict_rule" in row,
        note=row.get("note", ""),
    )
    priorities = {rule["sub"]: rule["priority"] for rule in row.get("priority_rules", ())}
    subs = {
        name: Subcategory.objects.create(
            category=category, name=name, position=number, priority=priorities.get(name, "")
        )
        for number, name in enumerate(row["subs"])
    }
    for step in row["route"]:
        _enter_step(category, subs, step)


def _enter_step(
    category: Category, subs: Mapping[str, Subcategory], step: Mapping[str, Any]
) -> None:
    level = step["level"]
    RouteStep.objects.create(
        category=category, level=level, department=step.get("department") or ""
    )
    for name, department in step.get("department_by_sub", {}).items():
        RouteStep.objects.create(
            category=category, subcategory=subs[name], level=level, department=department
        )


def _limit(row: Mapping[str, Any], which: str) -> list[tuple[str, Any]]:
    [(unit, amount)] = row["limits"][which].items()
    return [(f"{which}_unit", unit), (f"{which}_limit", amount)]
