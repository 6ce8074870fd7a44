"""The map as every process remembers it: which areas a point may lie in, by cell of the raster.

A process keeps what it has read together with the stamp of the map, and compares stamps before
every look-up: one row. An edited boundary therefore counts for the very next request, whichever
process answers it, and nobody has to be told.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from community.geo import CELL_UNITS, METRES_PER_UNIT, UNITS_PER_DEGREE, Cell, Shape, cell_of
from community.models import Area, AreaCell, MapVersion
from community.models.places import path_range

CELLS_REMEMBERED: Final = 2_000
WIDEST_WINDOW: Final = 128
"""In cells to each side: half a degree, more than any county is wide."""


@dataclass(frozen=True)
class Drawn:
    """An area as the map needs it."""

    area_id: int
    path: str
    level: int
    is_leaf: bool
    """Nothing smaller is drawn within it."""
    shape: Shape

    @property
    def rank(self) -> tuple[int, int, int]:
        """The smallest first; of two that are the same, the lower in the tree."""
        return self.shape.size, -self.level, self.area_id


@dataclass(frozen=True)
class Raster:
    """What one process remembers of one state of the map."""

    stamp: uuid.UUID | None
    areas: dict[int, Drawn] = field(default_factory=dict)
    cells: dict[Cell, tuple[Drawn, ...]] = field(default_factory=dict)

    def containing(self, x: int, y: int) -> list[Drawn]:
        """Every area that the point lies in, the smallest first."""
        return [drawn for drawn in self._candidates(cell_of(x, y)) if drawn.shape.contains(x, y)]

    def nearest(
        self, x: int, y: int, *, path: str | None, limit_m: float
    ) -> tuple[Drawn, float] | None:
        """The leaf below `path` whose boundary is nearest, and its distance; none beyond the limit.

        Looks in a window around the point that doubles until nothing outside it can be nearer.
        """
        cell_m = CELL_UNITS * METRES_PER_UNIT * math.cos(math.radians(y / UNITS_PER_DEGREE))
        reach = 1
        while reach <= WIDEST_WINDOW:
            leaves = self._leaves_around(cell_of(x, y), reach, path)
            ranked = ((drawn.shape.distance_m(x, y), drawn.rank, drawn) for drawn in leaves)
            distance, _rank, best = min(ranked, default=(math.inf, None, None))
            if distance <= reach * cell_m or reach * cell_m >= limit_m:
                return (best, distance) if best and distance <= limit_m else None
            reach *= 2
        return None

    def _candidates(self, cell: Cell) -> tuple[Drawn, ...]:
        if (found := self.cells.get(cell)) is None:
            rows = AreaCell.objects.filter(cell_x=cell[0], cell_y=cell[1])
            drawn = self._read(rows.values_list("area_id", flat=True))
            found = tuple(sorted(drawn, key=lambda area: area.rank))
            if len(self.cells) < CELLS_REMEMBERED:
                self.cells[cell] = found
        return found

    def _leaves_around(self, cell: Cell, reach: int, path: str | None) -> list[Drawn]:
        rows = AreaCell.objects.filter(
            cell_x__range=(cell[0] - reach, cell[0] + reach),
            cell_y__range=(cell[1] - reach, cell[1] + reach),
        )
        if path is not None:
            low, high = path_range(path)
            rows = rows.filter(area__path__gte=low, area__path__lt=high)
        return [d for d in self._read(set(rows.values_list("area_id", flat=True))) if d.is_leaf]

    def _read(self, area_ids: Iterable[int]) -> list[Drawn]:
        wanted = list(area_ids)
        unknown = [pk for pk in wanted if pk not in self.areas]
        if unknown:
            rows = Area.objects.drawn().filter(pk__in=unknown).telling_leaves()
            for area in rows:
                is_leaf = area.is_leaf  # type: ignore[attr-defined]  # annotated
                assert area.boundary is not None, "only what is drawn was asked for"
                shape = Shape.of(area.boundary)
                self.areas[area.pk] = Drawn(area.pk, area.path, area.level, is_leaf, shape)
        return [self.areas[pk] for pk in wanted if pk in self.areas]


_remembered = Raster(stamp=None)


def current_raster() -> Raster:
    """Return what this process remembers of the map, or a blank if the map has changed since."""
    global _remembered  # noqa: PLW0603 (the one memory of the process, replaced as a whole)
    stamp = MapVersion.objects.values_list("stamp", flat=True).first()
    raster = _remembered
    if stamp is None or raster.stamp != stamp:
        raster = Raster(stamp=stamp)
        _remembered = raster
    return raster
