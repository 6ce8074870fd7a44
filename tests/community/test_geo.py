"""Points, boundaries, and the two datums."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.geo import (
    CELL_UNITS,
    UNITS_PER_DEGREE,
    Point,
    Shape,
    cell_of,
    to_gcj02,
    to_wgs84,
    vertex,
)
from community.policies.boundaries import (
    BoundaryCrossesItself,
    BoundaryHasNoSurface,
    NotABoundary,
    NotOnEarth,
    RingNotClosed,
    TooManyCorners,
    objection_to_boundary,
)
from tests.factories import square


def polygon(*corners, holes=()):
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]], *holes]}


def shape_of(*corners):
    """Return a shape by corners in units."""
    return Shape(((tuple(corners),),))


def winding_says_inside(x, y, ring):
    """Tell by the winding number, another way than counting crossings (Sunday 2001), edges in."""
    turns = 0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        if ay <= y < by and side > 0:
            turns += 1
        elif by <= y < ay and side < 0:
            turns -= 1
    return turns != 0


class TestAShape:
    @pytest.mark.parametrize(
        ("lng", "lat", "is_inside"),
        [
            (120.845, 30.825, True),
            (120.84, 30.825, True),
            (120.845, 30.82, True),
            (120.84, 30.82, True),
            (120.85, 30.825, False),
            (120.845, 30.83, False),
            (120.85, 30.82, False),
            (120.84, 30.83, False),
            (120.8399999, 30.825, False),
            (120.8499999, 30.8299999, True),
        ],
    )
    def test_holds_its_west_and_south_edge_but_not_the_others(self, lng, lat, is_inside):
        shape = Shape.of(square(120.84, 30.82))

        assert shape.contains(*vertex(lng, lat)) is is_inside

    def test_has_holes_that_are_outside(self):
        hole = square(2, 2, side=2)["coordinates"][0]
        shape = Shape.of(polygon([0, 0], [6, 0], [6, 6], [0, 6], holes=[hole]))

        assert shape.contains(*vertex(1, 1))
        assert not shape.contains(*vertex(3, 3))
        assert shape.size == 2 * (36 - 4) * UNITS_PER_DEGREE**2

    def test_may_be_several_pieces(self):
        two = [square(0, 0, side=1)["coordinates"], square(5, 5, side=1)["coordinates"]]
        shape = Shape.of({"type": "MultiPolygon", "coordinates": two})

        assert shape.contains(*vertex(0.5, 0.5))
        assert shape.contains(*vertex(5.5, 5.5))
        assert not shape.contains(*vertex(3, 3))

    @given(
        st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=8),
        st.integers(0, 40),
        st.integers(0, 40),
    )
    def test_agrees_with_the_winding_number_where_it_is_convex(self, corners, x, y):
        hull = convex_hull(corners)
        if len(hull) < 3:
            return

        assert shape_of(*hull).contains(x, y) is winding_says_inside(x, y, hull)

    @given(
        st.integers(1, 39), st.integers(1, 39), st.integers(0, 39), st.integers(0, 39),
        st.sampled_from([(0, 0), (40, 0), (40, 40), (0, 40)]),
    )  # fmt: skip
    def test_shares_every_point_of_a_square_with_exactly_one_neighbour(self, mx, my, x, y, start):
        corners = [(0, 0), (40, 0), (40, 40), (0, 40)]
        pairs = zip(corners, (*corners[1:], corners[0]), strict=True)
        triangles = [shape_of(a, b, (mx, my)) for a, b in pairs]

        assert sum(triangle.contains(x, y) for triangle in triangles) == 1

    @given(st.integers(0, 200_000), st.integers(0, 200_000))
    def test_never_lacks_a_cell_that_one_of_its_points_lies_in(self, x, y):
        shape = shape_of((10, 5), (170_000, 30_000), (199_000, 180_000), (60_000, 90_000))

        assert not shape.contains(x, y) or cell_of(x, y) in set(shape.cells())

    def test_has_no_cells_in_the_middle_of_a_hole(self):
        side = 10 * CELL_UNITS
        outer = ((0, 0), (side, 0), (side, side), (0, side))
        inner = tuple((x // 2 + side // 4, y // 2 + side // 4) for x, y in outer)

        assert (5, 5) not in set(Shape(((outer, inner),)).cells())

    def test_tells_how_far_away_it_is_in_metres(self):
        shape = Shape.of(square(120.84, 30.82))

        one_minute_north = shape.distance_m(*vertex(120.845, 30.83 + 1 / 60))
        east = shape.distance_m(*vertex(120.86, 30.825))

        assert one_minute_north == pytest.approx(1853, abs=2)
        assert east == pytest.approx(0.01 * 111_195 * math.cos(math.radians(30.825)), abs=1)


class TestTheShiftedDatum:
    @pytest.mark.parametrize(
        ("wgs84", "gcj02"),
        [
            ((116.404, 39.915), (116.410244499, 39.916404282)),
            ((120.9, 30.85), (120.904122289, 30.847574595)),
            ((2.3522, 48.8566), (2.3522, 48.8566)),
        ],
    )
    def test_draws_fixed_points_where_phones_draw_them(self, wgs84, gcj02):
        assert to_gcj02(Point(*wgs84)) == pytest.approx(gcj02, abs=1e-8)

    @given(st.floats(73.6, 135), st.floats(18.2, 53.5))
    def test_can_be_undone_to_the_centimetre(self, lng, lat):
        back = to_wgs84(to_gcj02(Point(lng, lat)))

        assert math.hypot(back.lng - lng, back.lat - lat) * 111_195 < 0.01


class TestABoundary:
    @pytest.mark.parametrize(
        ("boundary", "refusal"),
        [
            (None, NotABoundary),
            ([], NotABoundary),
            ({"type": "Point", "coordinates": [1, 2]}, NotABoundary),
            ({"type": "Polygon", "coordinates": []}, NotABoundary),
            ({"type": "Polygon", "coordinates": [[["1", "2"]]]}, NotABoundary),
            ({"type": "MultiPolygon", "coordinates": [[]]}, NotABoundary),
            ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}, RingNotClosed),
            ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}, RingNotClosed),
            (polygon([0, 0], [181, 0], [1, 1]), NotOnEarth),
            (polygon([0, 0], [1, float("nan")], [1, 1]), NotOnEarth),
            (polygon([30.8, 120.8], [30.9, 120.8], [30.9, 120.9]), NotOnEarth),
            (polygon([0, 0], [1, 1], [2, 2]), BoundaryHasNoSurface),
            (polygon([0, 0], [2, 2], [2, 0], [0, 2.5]), BoundaryCrossesItself),
            (polygon([0, 0], [4, 0], [4, 2], [2, 0], [1, 0], [0, 2]), BoundaryCrossesItself),
            (polygon(*([0.001 * i, i % 2] for i in range(20_001))), TooManyCorners),
        ],
    )
    def test_is_refused_when_the_map_could_not_trust_it(self, boundary, refusal):
        assert isinstance(objection_to_boundary(boundary), refusal)

    @pytest.mark.parametrize(
        "boundary",
        [
            square(120.84, 30.82),
            polygon([0, 0, 5.5], [2, 0, 5.5], [2, 2, 5.5]),
            {"type": "MultiPolygon", "coordinates": [square(0, 0)["coordinates"]]},
        ],
    )
    def test_is_taken_when_it_is_sound(self, boundary):
        assert objection_to_boundary(boundary) is None


def convex_hull(corners):
    points = sorted(set(corners))
    return half(points)[:-1] + half(points[::-1])[:-1]


def half(points):
    chain = []
    for point in points:
        while len(chain) >= 2 and turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
