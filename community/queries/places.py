"""Where something is, and on what evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.geo import Point, vertex
from community.models import Area, Evidence, Kind, Person, Plate
from community.models.places import LEVELS
from community.queries.raster import Raster, current_raster

OUTSIDE_LIMIT_M: Final = 500.0
"""A phone at the county's edge may believe that it is across; farther out we say we cannot tell."""


@dataclass(frozen=True, kw_only=True)
class Placement:
    """The smallest area that something belongs to, and how we know."""

    area: Area
    evidence: Evidence
    accuracy_m: float | None = None
    """How far the point lies from the area: 0 inside it; None when no point was looked at."""

    @property
    def words(self) -> str:
        return str(self.evidence.label)


def locate(
    *,
    door_code: str | None = None,
    person: Person | None = None,
    point: Point | None = None,
    at: datetime,
) -> Placement | None:
    """Place something by the strongest evidence there is: door plate, household, position.

    Give only evidence that is about the thing: `person` when it is at that person's home, not
    when they merely report it. A point (WGS-84) in a gap belongs to the nearest area, within the
    village or town that holds it if there is one. None when nothing tells.
    """
    if door_code and (behind := _behind_door(door_code)):
        return Placement(area=behind, evidence=Evidence.DOOR_PLATE)
    if person and (household := person.household(at=at)):
        return Placement(area=household.micro_grid, evidence=Evidence.HOUSEHOLD)
    return _around(point) if point else None


def _behind_door(door_code: str) -> Area | None:
    found = Plate.objects.bearing(door_code).current()
    plate = found.select_related("household__micro_grid", "micro_grid").first()
    return plate.place if plate else None


def _around(point: Point) -> Placement | None:
    x, y = vertex(point.lng, point.lat)
    raster = current_raster()
    around = raster.containing(x, y)
    if around and around[0].is_leaf:
        return _placed(around[0].area_id, Evidence.POLYGON, 0.0)
    held_by = next((drawn for drawn in around if drawn.level > LEVELS[Kind.COUNTY]), None)
    return _nearest(
        raster,
        (x, y),
        path=held_by.path if held_by else None,
        limit_m=math.inf if around else OUTSIDE_LIMIT_M,
    )


def _nearest(
    raster: Raster, corner: tuple[int, int], *, path: str | None, limit_m: float
) -> Placement | None:
    found = raster.nearest(*corner, path=path, limit_m=limit_m)
    if found is None:
        return None
    drawn, distance = found
    return _placed(drawn.area_id, Evidence.NEAREST, round(distance, 1))


def _placed(area_id: int, evidence: Evidence, accuracy_m: float) -> Placement:
    area = Area.objects.get(pk=area_id)
    return Placement(area=area, evidence=evidence, accuracy_m=accuracy_m)
