"""The demo county's areas, boundaries, villagers' groups and households."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from community.demo.context import areas, data, households
from community.models import Area, Household, Kind
from community.services.households import register_household
from community.services.places import found_group, grow_area, redraw_boundary

COPIED = ("name_en", "grid_class", "scope")
REASON = "demo county"


@transaction.atomic
def load(at: datetime) -> dict[str, Area]:
    """Grow the county, draw it and put up the door plates; what is there is left alone."""
    grown = areas()
    for row, kind, parent_code in _rows():
        if row["code"] not in grown:
            parent = grown[parent_code] if parent_code else None
            grown[row["code"]] = _grow(row, kind, parent, at=at)
        for group in row.get("village_groups", ()):
            found_group(village=grown[row["code"]], name=group)
    _draw(grown, at=at)
    _register(grown, at=at)
    return grown


def _rows() -> Iterator[tuple[dict[str, Any], str, str | None]]:
    """Every area of the file from the top down: its row, its kind, and its parent's code."""
    county = data("areas.yaml")["county"]
    yield county, Kind.COUNTY, None
    for town in data("areas.yaml")["towns"]:
        yield town, town["kind"], county["code"]
        for unit in town["units"]:
            yield unit, unit["kind"], town["code"]
            for grid in unit["grids"]:
                yield grid, Kind.GRID, unit["code"]
                for micro_grid in grid["micro_grids"]:
                    yield micro_grid, Kind.MICRO_GRID, grid["code"]


def _grow(row: dict[str, Any], kind: str, parent: Area | None, *, at: datetime) -> Area:
    more = {name: row[name] for name in COPIED if name in row}
    return grow_area(
        parent=parent,
        kind=kind,
        code=row["code"],
        name=row["name"],
        household_count=row.get("households", 0),
        at=at,
        **more,
    )


def _draw(grown: dict[str, Area], *, at: datetime) -> None:
    for feature in data("areas.geojson")["features"]:
        area, boundary = grown[feature["properties"]["code"]], feature["geometry"]
        if area.boundary is None:
            redraw_boundary(area=area, boundary=boundary, by=None, reason=REASON, at=at)
            area.boundary = boundary


def _register(grown: dict[str, Area], *, at: datetime) -> dict[str, Household]:
    registered = households()
    for row in data("areas.yaml")["households"]:
        if row["code"] in registered:
            continue
        micro_grid = grown[row["micro_grid"]]
        village, square_metres = micro_grid.unit(), row.get("ownership_area_m2")
        assert village is not None
        group = row.get("village_group")
        registered[row["code"]] = register_household(
            code=row["code"],
            address=row["address"],
            micro_grid=micro_grid,
            door_code=row["door_code"],
            village_group=found_group(village=village, name=group) if group else None,
            ownership_area_m2=Decimal(str(square_metres)) if square_metres else None,
            at=at,
        )
    return registered
