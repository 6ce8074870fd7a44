"""Points, boundaries and the raster that finds them: pure geometry, no database.

Coordinates are WGS-84 degrees outside and whole numbers of 1e-7° (about a centimetre) inside, so
that every test is exact: two areas that share an edge never both hold a point on it, and never
both miss it. Edges are half-open: west and south belong to the area, east and north do not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple, Self

UNITS_PER_DEGREE: Final = 10_000_000
CELL_UNITS: Final = 40_000
"""A cell of the raster is 0.004° wide: about 380 by 440 m, half a dozen micro-grids of a town."""
METRES_PER_UNIT: Final = 6_371_008.8 * math.pi / 180 / UNITS_PER_DEGREE

Vertex = tuple[int, int]
Cell = tuple[int, int]
Ring = tuple[Vertex, ...]
"""The corners in order; the last is joined to the first and not repeated."""


class Point(NamedTuple):
    """A place on the earth, in degrees of WGS-84."""

    lng: float
    lat: float


def vertex(lng: float, lat: float) -> Vertex:
    return round(lng * UNITS_PER_DEGREE), round(lat * UNITS_PER_DEGREE)


def cell_of(x: int, y: int) -> Cell:
    return x // CELL_UNITS, y // CELL_UNITS


@dataclass(frozen=True)
class Shape:
    """A boundary: every ring of every polygon, holes included (a point in a hole is outside)."""

    polygons: tuple[tuple[Ring, ...], ...]
    """Of each polygon its outer ring, then its holes."""

    @classmethod
    def of(cls, boundary: dict[str, Any]) -> Self:
        """Read a GeoJSON Polygon or MultiPolygon that `community.boundaries` has approved."""
        several = boundary["type"] == "MultiPolygon"
        polygons = boundary["coordinates"] if several else [boundary["coordinates"]]
        return cls(
            tuple(
                tuple(tuple(vertex(lng, lat) for lng, lat, *_ in ring[:-1]) for ring in polygon)
                for polygon in polygons
            )
        )

    @cached_property
    def rings(self) -> tuple[Ring, ...]:
        return tuple(ring for polygon in self.polygons for ring in polygon)

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """West, south, east and north of it all."""
        xs = [x for ring in self.rings for x, _y in ring]
        ys = [y for ring in self.rings for _x, y in ring]
        return min(xs), min(ys), max(xs), max(ys)

    @cached_property
    def size(self) -> int:
        """Twice the surface in square units: only good for telling which of two is smaller."""
        return sum(
            _size(outer) - sum(_size(hole) for hole in holes) for outer, *holes in self.polygons
        )

    def edges(self) -> Iterator[tuple[Vertex, Vertex]]:
        for ring in self.rings:
            yield from zip(ring, (*ring[1:], ring[0]), strict=True)

    def contains(self, x: int, y: int) -> bool:
        """Whether a ray to the east crosses the boundary an odd number of times."""
        west, south, east, north = self.box
        if not (west <= x < east and south <= y < north):
            return False
        return sum(_is_crossed(x, y, a, b) for a, b in self.edges()) % 2 == 1

    def distance_m(self, x: int, y: int) -> float:
        """How far the nearest point of the boundary is, in metres."""
        east_m = METRES_PER_UNIT * math.cos(math.radians(y / UNITS_PER_DEGREE))
        corners = (
            (
                ((ax - x) * east_m, (ay - y) * METRES_PER_UNIT),
                ((bx - x) * east_m, (by - y) * METRES_PER_UNIT),
            )
            for (ax, ay), (bx, by) in self.edges()
        )
        return min(_distance_to_origin(a, b) for a, b in corners)

    def cells(self) -> Iterator[Cell]:
        """Every cell of the raster that a point of the shape may lie in."""
        crossed = self._cells_crossed()
        west, south, east, north = self.box
        for cy in range(south // CELL_UNITS, north // CELL_UNITS + 1):
            is_inside: bool | None = None
            for cx in range(west // CELL_UNITS, east // CELL_UNITS + 1):
                if (cx, cy) in crossed:
                    is_inside = None
                    yield cx, cy
                    continue
                if is_inside is None:  # between two crossed cells of a row nothing changes
                    is_inside = self.contains(cx * CELL_UNITS, cy * CELL_UNITS)
                if is_inside:
                    yield cx, cy

    def _cells_crossed(self) -> set[Cell]:
        crossed: set[Cell] = set()
        for (ax, ay), (bx, by) in self.edges():
            (west, east), (south, north) = sorted((ax, bx)), sorted((ay, by))
            crossed.update(
                (cx, cy)
                for cx in range(west // CELL_UNITS, east // CELL_UNITS + 1)
                for cy in range(south // CELL_UNITS, north // CELL_UNITS + 1)
            )
        return crossed


def _size(ring: Ring) -> int:
    corners = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in corners))


def _is_crossed(x: int, y: int, a: Vertex, b: Vertex) -> bool:
    """Whether the ray from (x, y) to the east crosses the edge; exact, whatever its direction."""
    if (a[1] > y) == (b[1] > y):
        return False
    (ax, ay), (bx, by) = sorted((a, b), key=lambda corner: corner[1])
    return (bx - ax) * (y - ay) > (x - ax) * (by - ay)


def _distance_to_origin(a: tuple[float, float], b: tuple[float, float]) -> float:
    (ax, ay), (bx, by) = a, b
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return math.hypot(ax + share * dx, ay + share * dy)


# --- The shifted datum of Chinese phone maps -----------------------------------------------------

_AXIS: Final = 6378245.0  # Krasovsky 1940, the ellipsoid that GCJ-02 is computed on
_ECCENTRICITY: Final = 0.00669342162296594323
_CHINA: Final = (72.004, 0.8293, 137.8347, 55.8271)


def to_gcj02(point: Point) -> Point:
    """Return where a Chinese phone map draws a WGS-84 point; outside China nothing moves."""
    west, south, east, north = _CHINA
    if not (west <= point.lng <= east and south <= point.lat <= north):
        return point
    d_lng, d_lat = _shift(point.lng - 105.0, point.lat - 35.0)
    phi = math.radians(point.lat)
    magic = 1 - _ECCENTRICITY * math.sin(phi) ** 2
    lat_radius = _AXIS * (1 - _ECCENTRICITY) / (magic * math.sqrt(magic))
    lng_radius = _AXIS / math.sqrt(magic) * math.cos(phi)
    return Point(
        point.lng + math.degrees(d_lng / lng_radius), point.lat + math.degrees(d_lat / lat_radius)
    )


def to_wgs84(point: Point) -> Point:
    """Undo `to_gcj02`: there is no formula, so approach it until nothing moves (< 1 mm)."""
    guess = point
    for _step in range(6):
        drawn = to_gcj02(guess)
        guess = Point(guess.lng + point.lng - drawn.lng, guess.lat + point.lat - drawn.lat)
    return guess


def _shift(x: float, y: float) -> tuple[float, float]:
    """Return the shift in metres to the east and to the north."""

    def waves(*terms: tuple[float, float]) -> float:
        return sum(height * math.sin(turn * math.pi) for height, turn in terms) * 2 / 3

    ripple = waves((20, 6 * x), (20, 2 * x))
    root = math.sqrt(abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east += waves((20, x), (40, x / 3), (150, x / 12), (300, x / 30))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north += waves((20, y), (40, y / 3), (160, y / 12), (320, y / 30))
    return east, north
