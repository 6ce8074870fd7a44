"""Boundaries as maps want them: small, and tagged with the state of the map."""

from __future__ import annotations

from typing import Any, Final

from community.geo import Shape
from community.models import Area, MapVersion

NEAR_M: Final = 5.0
DIGITS: Final = 6  # a tenth of a metre
FEATURES_MAX: Final = 500


def map_tag(within: int) -> str | None:
    """Return what changes whenever any boundary does, for one area's part of the map."""
    stamp = MapVersion.objects.values_list("stamp", flat=True).first()
    return f'"{stamp}:{within}"' if stamp else None


def boundaries_within(area: Area) -> dict[str, Any]:
    """Return an area and those directly within it that are drawn, the area itself first."""
    children = Area.objects.drawn().filter(parent=area).order_by("code", "pk")[:FEATURES_MAX]
    return {
        "type": "FeatureCollection",
        "features": [_feature(area, is_outer=True), *map(_feature, children)],
    }


def _feature(area: Area, *, is_outer: bool = False) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": area.pk,
        "properties": {
            "code": area.code,
            "name": area.name,
            "kind": area.kind,
            "is_outer": is_outer,
        },
        "geometry": _rounded(area.boundary),
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return value


def corners_outside_parent(area: Area) -> int:
    """Count the corners that lie more than a few metres outside the parent: worth a warning."""
    parent = area.parent
    if area.boundary is None or parent is None or parent.boundary is None:
        return 0
    outer, inner = Shape.of(parent.boundary), Shape.of(area.boundary)
    corners = [corner for ring in inner.rings for corner in ring]
    return sum(
        not outer.contains(*corner) and outer.distance_m(*corner) > NEAR_M for corner in corners
    )
