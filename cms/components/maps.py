"""A small map of boundaries, drawn on the server from GeoJSON: no tiles, no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

from django.utils.functional import Promise
from laces.components import Component

WIDTH: Final = 360
MARGIN: Final = 6

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class MapArea:
    """One area on the map: its boundary as GeoJSON in WGS-84, its name, where its name leads."""

    name: str
    boundary: dict[str, Any] | None
    url: str = ""
    is_on: bool = False


@dataclass(frozen=True, kw_only=True)
class AreaMap(Component):
    """The areas of a county or town as they lie; the list beside it says the same in words."""

    template_name = "cms/components/area_map.html"

    areas: Sequence[MapArea]
    label: str | Promise

    def get_context_data(self, parent_context: object = None) -> dict[str, Any]:
        drawn = [(area, list(_rings(area.boundary))) for area in self.areas if area.boundary]
        points = [point for _area, rings in drawn for ring in rings for point in ring]
        if not points:
            return {"shapes": [], "label": self.label}
        sheet = _Sheet(points)
        shapes = [sheet.shape(area, rings) for area, rings in drawn]
        return {
            "shapes": shapes,
            "label": self.label,
            "width": WIDTH,
            "height": sheet.height,
        }


class _Sheet:
    """The paper: degrees to units, north up, a degree of longitude shortened as it is there."""

    def __init__(self, points: Sequence[Point]) -> None:
        lngs, lats = zip(*points, strict=True)
        self.west, self.north = min(lngs), max(lats)
        self.narrowing = cos(radians((min(lats) + max(lats)) / 2))
        spread = max((max(lngs) - self.west) * self.narrowing, 1e-9)
        self.scale = (WIDTH - 2 * MARGIN) / spread
        self.height = round((self.north - min(lats)) * self.scale + 2 * MARGIN)

    def at(self, point: Point) -> Point:
        lng, lat = point
        return (
            round((lng - self.west) * self.narrowing * self.scale + MARGIN, 1),
            round((self.north - lat) * self.scale + MARGIN, 1),
        )

    def shape(self, area: MapArea, rings: Sequence[Sequence[Point]]) -> dict[str, Any]:
        drawn = [[self.at(point) for point in ring] for ring in rings]
        path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "z" for ring in drawn)
        xs, ys = zip(*drawn[0], strict=True)
        return {
            "area": area,
            "path": path,
            "x": round((min(xs) + max(xs)) / 2, 1),
            "y": round((min(ys) + max(ys)) / 2, 1),
        }


def _rings(geometry: dict[str, Any] | None) -> Iterator[list[Point]]:
    """Yield the rings of a Polygon or MultiPolygon (a Feature's geometry is taken out of it)."""
    geometry = (geometry or {}).get("geometry", geometry) or {}
    polygons = geometry.get("coordinates", [])
    if geometry.get("type") == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        for ring in polygon:
            yield [(point[0], point[1]) for point in ring]
