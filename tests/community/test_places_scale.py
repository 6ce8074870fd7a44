"""The map at the size of a real county: 464 grids, 10,094 micro-grids (Jiashan)."""

from __future__ import annotations

import random
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.geo import Point
from community.models import Area, AreaCell, Evidence, Kind
from community.queries.places import locate
from community.services.places import lay_map_anew, redraw_boundary
from tests.factories import county_with_a_village, square
from tests.times import on_monday

NOW = on_monday("09:00")
COLUMNS, MICRO_GRIDS, GRIDS, SIDE = 101, 10_094, 464, 0.0025
WEST, SOUTH = 120.7, 30.7


def corner(number):
    row, column = divmod(number, COLUMNS)
    return round(WEST + column * SIDE, 4), round(SOUTH + row * SIDE, 4)


def boundary_of(number):
    """Return a square whose edges have ten corners each, as a surveyed boundary would."""
    west, south = corner(number)
    steps = [round(i * SIDE / 10, 5) for i in range(10)]
    ring = [
        *([west + s, south] for s in steps),
        *([west + SIDE, south + s] for s in steps),
        *([west + SIDE - s, south + SIDE] for s in steps),
        *([west, south + SIDE - s] for s in steps),
    ]
    ring = [[round(lng, 6), round(lat, 6)] for lng, lat in ring]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def settle():
    """Make the county's areas: the paths are made up here, because nothing is near them."""
    line = county_with_a_village()
    first = Area.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    grids = [
        Area(
            pk=first + n,
            kind=Kind.GRID,
            code=f"G{n:04d}",
            name=f"Grid {n}",
            parent=line.village,
            path=f"{line.village.path}{first + n}/",
        )
        for n in range(GRIDS)
    ]
    micro_grids = [
        Area(
            pk=first + GRIDS + n,
            kind=Kind.MICRO_GRID,
            code=f"M{n:05d}",
            name=f"Micro-grid {n}",
            parent=(grid := grids[n % GRIDS]),
            path=f"{grid.path}{first + GRIDS + n}/",
            boundary=boundary_of(n),
        )
        for n in range(MICRO_GRIDS)
    ]
    Area.objects.bulk_create([*grids, *micro_grids], batch_size=500)
    for area, side in ((line.county, 0.3), (line.town, 0.28), (line.village, 0.26)):
        Area.objects.filter(pk=area.pk).update(boundary=square(WEST, SOUTH, side))
    return line


@pytest.mark.slow
@pytest.mark.django_db
class TestACountyOfTenThousandMicroGrids:
    def test_is_laid_and_looked_up_in_few_queries(self, capsys):
        settle()
        started = perf_counter()
        rows = lay_map_anew()
        laid = perf_counter() - started
        chance = random.Random(7)
        numbers = [chance.randrange(MICRO_GRIDS) for _ in range(400)]

        cold, warm = look_up(numbers), look_up(numbers)
        edited = time_to_redraw()
        with CaptureQueriesContext(connection) as asked:
            far = locate(point=Point(WEST + 0.258, SOUTH + 0.1), at=NOW)

        assert far.evidence == Evidence.NEAREST
        assert len(asked) <= 8
        assert rows == AreaCell.objects.count() > MICRO_GRIDS
        with capsys.disabled():
            print(
                f"\n  {rows} rows laid in {laid:.1f} s; one boundary redrawn in {edited:.0f} ms;"
                f" look-up {cold:.2f} ms cold, {warm:.2f} ms warm (median)"
            )

    def test_finds_the_right_one_of_all(self):
        settle()
        lay_map_anew()
        chance = random.Random(8)

        for number in [chance.randrange(MICRO_GRIDS) for _ in range(50)]:
            west, south = corner(number)
            found = locate(point=Point(west, south), at=NOW)

            assert found.area.code == f"M{number:05d}"


def look_up(numbers):
    """Return the median of how long it took to place a point in each, in milliseconds."""
    taken = []
    for number in numbers:
        west, south = corner(number)
        started = perf_counter()
        locate(point=Point(west + 0.001, south + 0.001), at=NOW)
        taken.append(perf_counter() - started)
    return median(taken) * 1000


def time_to_redraw():
    area = Area.objects.get(code="M00007")
    started = perf_counter()
    redraw_boundary(area=area, boundary=boundary_of(7), by=None, reason="", at=NOW)
    return (perf_counter() - started) * 1000
