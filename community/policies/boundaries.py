"""What a boundary must be like before the map trusts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.geo import Shape, Vertex

CORNERS_MAX: Final = 20_000
_RING_MIN: Final = 4


class NotABoundary(Refusal):
    reason = _("A boundary is a GeoJSON Polygon or MultiPolygon. Please check what you pasted.")


class RingNotClosed(Refusal):
    reason = _("Every ring needs at least three corners and must end where it begins.")


class NotOnEarth(Refusal):
    reason = _("Corners are longitude and latitude in degrees of WGS-84, in this order.")


class TooManyCorners(Refusal):
    reason = _("The boundary has more than %(most)s corners. Please simplify it first.")


class BoundaryCrossesItself(Refusal):
    reason = _("The boundary crosses itself near %(lng)s, %(lat)s. Please draw it again there.")


class BoundaryHasNoSurface(Refusal):
    reason = _("The boundary encloses nothing.")


def objection_to_boundary(boundary: Any) -> Refusal | None:
    """Say what is wrong with a boundary somebody wants to draw (RFC 7946, section 3.1.6)."""
    try:
        rings = list(_rings(boundary))
    except (KeyError, TypeError, ValueError):
        return NotABoundary()
    if not rings:
        return NotABoundary()
    if sum(map(len, rings)) > CORNERS_MAX:
        return TooManyCorners(most=CORNERS_MAX)
    if any(len(ring) < _RING_MIN or ring[0] != ring[-1] for ring in rings):
        return RingNotClosed()
    if not all(_is_on_earth(lng, lat) for ring in rings for lng, lat in ring):
        return NotOnEarth()
    return _objection_to_shape(Shape.of(boundary))


def _objection_to_shape(shape: Shape) -> Refusal | None:
    if shape.size <= 0:
        return BoundaryHasNoSurface()
    if (corner := _crossing(shape)) is not None:
        return BoundaryCrossesItself(lng=f"{corner[0] / 1e7:.5f}", lat=f"{corner[1] / 1e7:.5f}")
    return None


def _rings(boundary: Any) -> Iterator[list[tuple[float, float]]]:
    if boundary["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError
    polygons = boundary["coordinates"]
    for polygon in polygons if boundary["type"] == "MultiPolygon" else [polygons]:
        if not polygon:
            raise ValueError
        for ring in polygon:
            yield [(_number(lng), _number(lat)) for lng, lat, *_height in ring]


def _number(value: Any) -> float:
    if not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _is_on_earth(lng: float, lat: float) -> bool:
    return -180 <= lng <= 180 and -90 < lat < 90  # noqa: PLR2004 (degrees)


def _crossing(shape: Shape) -> Vertex | None:
    """Return a corner near which two edges cross or lie on each other, sweeping from the west."""
    edges = sorted((min(a, b), max(a, b)) for a, b in shape.edges() if a != b)
    open_edges: list[tuple[Vertex, Vertex]] = []
    for edge in edges:
        open_edges = [other for other in open_edges if other[1][0] >= edge[0][0]]
        if any(_cross(edge, other) for other in open_edges):
            return edge[0]
        open_edges.append(edge)
    return None


def _cross(first: tuple[Vertex, Vertex], second: tuple[Vertex, Vertex]) -> bool:
    """Whether two edges share more than an end: exact in whole numbers."""
    (a, b), (c, d) = first, second
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if not any(sides):  # on one line: they overlap if more than an end is common
        return max(a, c) < min(b, d)
    return sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0


def _side(a: Vertex, b: Vertex, c: Vertex) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)
