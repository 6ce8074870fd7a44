"""The area tree: county › town or subdistrict › village or community › grid › micro-grid.

An area's `path` lists the keys from the county down to itself (``"1/7/52/"``), so that one range
of the index answers "everything within"; a boundary is GeoJSON in WGS-84, and `AreaCell` keeps
for every cell of a coarse raster which areas a point in it may lie in.
"""

from __future__ import annotations

import uuid
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from community.triggers import append_only


class Kind(models.TextChoices):
    """What an area is in the county's order, from the top down."""

    COUNTY = "county", _("County")
    TOWN = "town", _("Town")
    SUBDISTRICT = "subdistrict", _("Subdistrict")
    VILLAGE = "village", _("Village")
    COMMUNITY = "community", _("Community")
    GRID = "grid", _("Grid")
    MICRO_GRID = "micro_grid", _("Micro-grid")


LEVELS: Final[dict[str, int]] = {
    Kind.COUNTY: 0,
    Kind.TOWN: 1,
    Kind.SUBDISTRICT: 1,
    Kind.VILLAGE: 2,
    Kind.COMMUNITY: 2,
    Kind.GRID: 3,
    Kind.MICRO_GRID: 4,
}
UNIT_KINDS: Final = (Kind.VILLAGE, Kind.COMMUNITY)
TOWN_KINDS: Final = (Kind.TOWN, Kind.SUBDISTRICT)


class GridClass(models.TextChoices):
    DEDICATED = "dedicated", _("Dedicated grid")
    CLASS_1 = "class_1", _("Class 1 grid")
    CLASS_2 = "class_2", _("Class 2 grid")
    CLASS_3 = "class_3", _("Class 3 grid")


class Evidence(models.TextChoices):
    """What tells where something is, the strongest first; kept with whatever is placed by it."""

    DOOR_PLATE = "door_plate", _("By the door plate")
    HOUSEHOLD = "household", _("By your household")
    POLYGON = "polygon", _("By the position")
    NEAREST = "nearest", _("Nearest to the position")
    CHOSEN = "chosen", _("Chosen from the list")


def path_range(path: str) -> tuple[str, str]:
    """Return the bounds between which every path below `path` sorts: ``low <= p < high``.

    A range is what both engines answer from the index; ``startswith`` scans on SQLite.
    """
    return path, path[:-1] + chr(ord(path[-1]) + 1)


class AreaQuerySet(models.QuerySet["Area"]):
    def within(self, area: Area) -> Self:
        low, high = path_range(area.path)
        return self.filter(path__gte=low, path__lt=high)

    def containing(self, area: Area) -> Self:
        """Keep the area itself and everything above it."""
        return self.filter(pk__in=area.ancestor_ids)

    def units(self) -> Self:
        return self.filter(kind__in=UNIT_KINDS)

    def drawn(self) -> Self:
        return self.filter(boundary__isnull=False)

    def telling_leaves(self) -> Self:
        """Annotate `is_leaf`: whether nothing that lies within the area is drawn."""
        low = models.OuterRef("path")
        high = Concat(low, models.Value("z"))  # beyond any digit, whatever the collation
        inner = Area.objects.drawn().filter(path__gt=low, path__lt=high)
        return self.annotate(is_leaf=~models.Exists(inner))


class Area(models.Model):
    """One place in the county's order that somebody answers for."""

    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    code = models.CharField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=60, unique=True, editable=False)
    grid_class = models.CharField(_("grid class"), max_length=9, choices=GridClass, blank=True)
    scope = models.CharField(_("what it covers"), max_length=60, blank=True)
    household_count = models.PositiveIntegerField(_("households"), default=0)
    boundary = models.JSONField(_("boundary (GeoJSON, WGS-84)"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=Kind.COUNTY, parent=None)
                | (~Q(kind=Kind.COUNTY) & Q(parent__isnull=False)),
                name="area_only_county_is_root",
            ),
            models.CheckConstraint(
                condition=Q(grid_class="") | Q(kind=Kind.GRID), name="area_class_is_of_grids"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def ancestor_ids(self) -> list[int]:
        """The keys from the county down to this area itself."""
        return [int(key) for key in self.path.split("/") if key]

    @property
    def level(self) -> int:
        return LEVELS[self.kind]

    def ancestors(self) -> AreaQuerySet:
        """The county, and so on down to this area itself."""
        return Area.objects.containing(self).order_by("path")

    def unit(self) -> Area | None:
        """The village or community this area is or lies in; None above that level."""
        return self.ancestors().units().first()

    def contains(self, other: Area) -> bool:
        """Whether `other` is this area or lies within it."""
        return other.path.startswith(self.path)


class VillageGroup(models.Model):
    """A villagers' group (村民小组): the statutory unit that holds group meetings."""

    village = models.ForeignKey(Area, models.PROTECT, related_name="village_groups")
    name = models.CharField(_("name"), max_length=20)

    class Meta:
        verbose_name = _("village group")
        verbose_name_plural = _("village groups")
        constraints = (
            models.UniqueConstraint(fields=["village", "name"], name="village_group_name_once"),
        )

    def __str__(self) -> str:
        return self.name


@append_only
class AreaChange(models.Model):
    """How an area was before and after a change: only ever added to.

    The person is an opaque id, as in the audit: erasing somebody leaves the history whole.
    """

    class What(models.TextChoices):
        GROWN = "grown", _("Added to the tree")
        RENAMED = "renamed", _("Renamed")
        REDRAWN = "redrawn", _("Boundary redrawn")
        MOVED = "moved", _("Moved under another area")

    area = models.ForeignKey(Area, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=7, choices=What)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    actor_id = models.BigIntegerField(null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of an area")
        verbose_name_plural = _("changes of areas")
        indexes = (models.Index(fields=["area", "at"], name="area_change_by_time"),)


class AreaCell(models.Model):
    """One cell of the raster, and one area that a point in it may lie in."""

    cell_x = models.IntegerField()
    cell_y = models.IntegerField()
    area = models.ForeignKey(Area, models.CASCADE, related_name="cells")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cell_x", "cell_y", "area"], name="area_cell_once"),
        )


class MapVersion(models.Model):
    """How often boundaries have changed: every process compares it before it trusts its memory."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0)
    stamp = models.UUIDField(default=uuid.uuid4)
    """Unlike the number never used twice, not after a rollback nor in a database made anew."""

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="map_version_is_one_row"),)
