"""The area tree, its boundaries, and where a point belongs."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from community.geo import Point
from community.models import (
    Area,
    AreaCell,
    AreaChange,
    AuditEntry,
    Evidence,
    Kind,
    MapVersion,
    Office,
)
from community.policies.boundaries import BoundaryCrossesItself
from community.policies.places import CodeTaken, KindDoesNotFit, NotYourMap, WouldHoldItself
from community.queries.places import locate
from community.services.places import (
    grow_area,
    lay_map_anew,
    move_area,
    redraw_boundary,
    rename_area,
)
from tests.factories import (
    AreaFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    county_with_a_village,
    somebody_serving,
    square,
)
from tests.times import on_monday

NOW = on_monday("09:00")
INSIDE = Point(120.845, 30.825)


def draw(area, west, south, side=0.01):
    redraw_boundary(area=area, boundary=square(west, south, side), by=None, reason="", at=NOW)


@pytest.fixture
def line(db):
    """A village two squares wide, whose only micro-grid is the western one."""
    line = county_with_a_village()
    draw(line.county, 120.80, 30.80, side=0.2)
    draw(line.village, 120.84, 30.82, side=0.03)
    draw(line.micro_grid, 120.84, 30.82)
    return line


class TestTheTree:
    def test_grows_by_a_path_of_keys(self, db):
        county = grow_area(parent=None, kind=Kind.COUNTY, code="1", name="Qinghe", at=NOW)
        town = grow_area(parent=county, kind=Kind.TOWN, code="11", name="Taojing", at=NOW)

        assert town.path == f"{county.pk}/{town.pk}/"
        assert list(Area.objects.within(county).order_by("path")) == [county, town]

    def test_refuses_a_village_directly_under_the_county(self, line):
        with pytest.raises(KindDoesNotFit):
            grow_area(parent=line.county, kind=Kind.VILLAGE, code="x", name="x", at=NOW)

    def test_refuses_a_code_that_is_taken(self, line):
        code = line.town.code

        with pytest.raises(CodeTaken, match=line.town.name):
            grow_area(parent=line.county, kind=Kind.TOWN, code=code, name="x", at=NOW)

    def test_has_only_counties_at_its_root(self, db):
        with pytest.raises(IntegrityError, match="area_only_county_is_root"):
            AreaFactory(kind=Kind.TOWN)

    def test_gives_a_class_to_grids_only(self, db):
        with pytest.raises(IntegrityError, match="area_class_is_of_grids"):
            AreaFactory(grid_class="class_1")

    def test_is_changed_by_the_system_administrator_alone(self, line):
        clerk = somebody_serving(line.village, Office.VILLAGE_EDITOR)

        with pytest.raises(NotYourMap):
            rename_area(area=line.village, name="x", by=clerk, reason="x", at=NOW)

    def test_keeps_what_an_area_was_called_and_who_changed_it(self, line):
        admin = somebody_serving(line.county, Office.SYSTEM_ADMIN)
        old_name = line.village.name

        rename_area(area=line.village, name="Hetang", by=admin, reason="merger", at=NOW)

        change = AreaChange.objects.get(what="renamed")
        assert (change.before["name"], change.after["name"]) == (old_name, "Hetang")
        assert (change.actor_id, change.reason) == (admin.pk, "merger")
        assert AuditEntry.objects.get().act == "area.renamed"

    def test_moves_a_branch_with_all_that_grows_on_it(self, line):
        other = county_with_a_village(line.county)

        move_area(area=line.village, to=other.town, by=None, reason="merger", at=NOW)

        assert line.micro_grid in Area.objects.within(other.town)
        assert line.micro_grid not in Area.objects.within(line.town)
        line.micro_grid.refresh_from_db()
        assert line.micro_grid.ancestor_ids == [
            line.county.pk, other.town.pk, line.village.pk, line.grid.pk, line.micro_grid.pk,
        ]  # fmt: skip

    def test_cannot_move_an_area_into_itself(self, line):
        with pytest.raises(WouldHoldItself):
            move_area(area=line.grid, to=line.micro_grid, by=None, reason="", at=NOW)

    def test_takes_a_range_of_the_index_to_find_everything_within(self, line):
        within = str(Area.objects.within(line.town).query)

        assert "LIKE" not in within


class TestAPoint:
    def test_lies_in_the_smallest_area_that_holds_it(self, line):
        placement = locate(point=INSIDE, at=NOW)

        assert (placement.area, placement.evidence) == (line.micro_grid, Evidence.POLYGON)
        assert (placement.accuracy_m, placement.words) == (0.0, "By the position")

    def test_in_a_gap_belongs_to_the_nearest_within_the_same_village(self, line):
        other = county_with_a_village(line.county)
        draw(other.village, 120.871, 30.82)
        draw(other.micro_grid, 120.871, 30.82)

        placement = locate(point=Point(120.869, 30.825), at=NOW)

        assert (placement.area, placement.evidence) == (line.micro_grid, Evidence.NEAREST)
        assert placement.accuracy_m == pytest.approx(1814, abs=2)

    def test_in_no_village_belongs_to_the_nearest_of_all(self, line):
        other = county_with_a_village(line.county)
        draw(other.micro_grid, 120.90, 30.90)

        assert locate(point=Point(120.89, 30.89), at=NOW).area == other.micro_grid
        assert locate(point=Point(120.81, 30.81), at=NOW).area == line.micro_grid

    def test_just_outside_the_county_is_forgiven_and_far_outside_is_not(self, line):
        draw(line.county, 120.84, 30.82, side=0.03)

        assert locate(point=Point(120.8360, 30.825), at=NOW).area == line.micro_grid
        assert locate(point=Point(120.8340, 30.825), at=NOW) is None
        assert locate(point=Point(116.4, 39.9), at=NOW) is None

    def test_is_nowhere_on_an_empty_map(self, db):
        assert locate(point=INSIDE, at=NOW) is None

    def test_counts_less_than_a_household_and_that_less_than_a_door_plate(self, line):
        home, plate = HouseholdFactory(), HouseholdFactory()
        person = MembershipFactory(household=home).person

        by_plate = locate(door_code=plate.door_code, person=person, point=INSIDE, at=NOW)
        by_home = locate(person=person, point=INSIDE, at=NOW)
        by_point = locate(door_code="??????", person=PersonFactory(), point=INSIDE, at=NOW)

        assert (by_plate.area, by_plate.evidence) == (plate.micro_grid, Evidence.DOOR_PLATE)
        assert (by_home.area, by_home.evidence) == (home.micro_grid, Evidence.HOUSEHOLD)
        assert by_point.area == line.micro_grid

    @pytest.mark.parametrize("typed", ["7qkd3m", " 7QK D3M ", "７ＱＫＤ３Ｍ", "7QK-D3M"])
    def test_is_not_needed_for_a_door_code_however_it_is_typed(self, db, typed):
        household = HouseholdFactory(door_code="7QKD3M")

        assert locate(door_code=typed, at=NOW).area == household.micro_grid

    def test_is_found_in_two_queries_once_the_process_knows_the_cell(
        self, line, django_assert_max_num_queries
    ):
        locate(point=INSIDE, at=NOW)

        with django_assert_max_num_queries(2):
            locate(point=INSIDE, at=NOW)


class TestARedrawnBoundary:
    def test_counts_for_the_very_next_look_up(self, line):
        locate(point=INSIDE, at=NOW)

        draw(line.micro_grid, 120.85, 30.82)

        assert locate(point=INSIDE, at=NOW).evidence == Evidence.NEAREST

    def test_leaves_no_cell_of_the_old_one(self, line):
        draw(line.micro_grid, 120.95, 30.95, side=0.001)

        assert AreaCell.objects.filter(area=line.micro_grid).count() == 1

    def test_is_forgotten_with_the_transaction_that_is_undone(self, line):
        with transaction.atomic():
            draw(line.micro_grid, 120.85, 30.82)
            assert locate(point=INSIDE, at=NOW).evidence == Evidence.NEAREST
            transaction.set_rollback(True)
        MapVersion.objects.update(number=F("number") + 1)

        assert locate(point=INSIDE, at=NOW).evidence == Evidence.POLYGON

    def test_keeps_the_old_one_in_its_history(self, line):
        draw(line.micro_grid, 120.85, 30.82)

        change = AreaChange.objects.filter(area=line.micro_grid).latest("pk")
        assert change.before["boundary"] == square(120.84, 30.82)

    def test_is_refused_when_it_is_not_sound(self, line):
        bow_tie = [[0, 0], [2, 2], [2, 0], [0, 2.5], [0, 0]]

        with pytest.raises(BoundaryCrossesItself):
            redraw_boundary(
                area=line.grid,
                boundary={"type": "Polygon", "coordinates": [bow_tie]},
                by=None,
                reason="",
                at=NOW,
            )

    def test_can_be_laid_anew_from_what_is_stored(self, line):
        rows = AreaCell.objects.count()
        AreaCell.objects.all().delete()

        assert lay_map_anew() == rows
        assert locate(point=INSIDE, at=NOW).area == line.micro_grid


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestTwoConnections:
    def test_see_a_boundary_as_soon_as_it_is_committed(self):
        line = county_with_a_village()
        draw(line.county, 120.80, 30.80, side=0.2)
        draw(line.micro_grid, 120.84, 30.82)
        seen = [in_another_thread(lambda: locate(point=INSIDE, at=NOW).evidence)]

        with transaction.atomic():
            draw(line.micro_grid, 120.85, 30.82)
            seen.append(in_another_thread(lambda: locate(point=INSIDE, at=NOW).evidence))
        seen.append(in_another_thread(lambda: locate(point=INSIDE, at=NOW).evidence))

        assert seen == [Evidence.POLYGON, Evidence.POLYGON, Evidence.NEAREST]


def in_another_thread(act):
    """Run `act` in a thread with a database connection of its own, and return its result."""
    result = []

    def run():
        try:
            result.append(act())
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    return result[0]
