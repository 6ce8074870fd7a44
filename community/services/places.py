"""Growing the area tree, and drawing its boundaries.

Whoever changes an area is named with the reason, and how it was before is kept. Where `by` is
None the county's own data are being loaded, before anybody has an account.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from community import audit
from community.events.places import BoundaryRedrawn
from community.geo import Shape
from community.models import Area, AreaCell, AreaChange, Kind, MapVersion, Person, VillageGroup
from community.policies.boundaries import objection_to_boundary
from community.policies.places import (
    MAP_KEEPERS,
    CodeTaken,
    WouldHoldItself,
    objection_to_changing_areas,
    objection_to_place_in_tree,
)
from community.publishing import publish

BATCH: Final = 2_000


@transaction.atomic
def grow_area(
    *,
    parent: Area | None,
    kind: str,
    code: str,
    name: str,
    at: datetime,
    by: Person | None = None,
    **more: Any,
) -> Area:
    """Add an area under `parent`; without a parent it is the county.

    :raises NotYourMap: `by` may not change the tree.
    :raises KindDoesNotFit: that kind of area cannot lie directly under `parent`.
    :raises CodeTaken: another area has that code.
    """
    if parent is not None:
        _refuse_unless_allowed(by, parent, at=at)
        if objection := objection_to_place_in_tree(kind, str(Kind(kind).label), parent):
            raise objection
    if other := Area.objects.filter(code=code).first():
        raise CodeTaken(area=other, code=code)
    area = Area(parent=parent, kind=kind, code=code, name=name, path=f"new:{code}", **more)
    area.save()
    area.path = f"{parent.path if parent else ''}{area.pk}/"
    area.save(update_fields=["path"])
    after = {"code": code, "name": name, "path": area.path}
    _write_down(area, AreaChange.What.GROWN, before={}, after=after, by=by, at=at)
    return area


@transaction.atomic
def rename_area(
    *, area: Area, name: str, by: Person | None, reason: str, at: datetime, name_en: str = ""
) -> None:
    """Give an area another name; what it was called stays in its history."""
    area = Area.objects.select_for_update().get(pk=area.pk)
    _refuse_unless_allowed(by, area, at=at)
    before = {"name": area.name, "name_en": area.name_en}
    area.name, area.name_en = name, name_en or area.name_en
    area.save(update_fields=["name", "name_en"])
    after = {"name": area.name, "name_en": area.name_en}
    what = AreaChange.What.RENAMED
    _write_down(area, what, before=before, after=after, by=by, reason=reason, at=at)


@transaction.atomic
def redraw_boundary(
    *, area: Area, boundary: dict[str, Any], by: Person | None, reason: str, at: datetime
) -> None:
    """Draw the boundary of an area anew; it counts for the very next look-up in every process.

    :raises Refusal: one of `policies.boundaries`, when the map could not trust it.
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    _refuse_unless_allowed(by, area, at=at)
    if objection := objection_to_boundary(boundary):
        raise objection
    before, after = {"boundary": area.boundary}, {"boundary": boundary}
    area.boundary = boundary
    area.save(update_fields=["boundary"])
    _lay_cells([area])
    _stamp_map()
    what = AreaChange.What.REDRAWN
    _write_down(area, what, before=before, after=after, by=by, reason=reason, at=at)
    publish(BoundaryRedrawn(at=at, actor_id=by.pk if by else None, area_id=area.pk))


@transaction.atomic
def move_area(*, area: Area, to: Area, by: Person | None, reason: str, at: datetime) -> None:
    """Put an area, with all that lies within it, under another parent.

    :raises WouldHoldItself: `to` lies within the area.
    :raises KindDoesNotFit: the area is not one level below `to`.
    """
    locked = Area.objects.select_for_update().order_by("pk").in_bulk([area.pk, to.pk])
    area, to = locked[area.pk], locked[to.pk]
    _refuse_unless_allowed(by, area, at=at)
    if area.contains(to):
        raise WouldHoldItself(area=area)
    if objection := objection_to_place_in_tree(area.kind, area.get_kind_display(), to):
        raise objection
    before, after = area.path, f"{to.path}{area.pk}/"
    subtree = Area.objects.within(area)
    subtree.update(path=Concat(Value(after), Substr("path", len(before) + 1)))
    Area.objects.filter(pk=area.pk).update(parent=to)
    _stamp_map()
    was, now = {"path": before}, {"path": after}
    what = AreaChange.What.MOVED
    _write_down(area, what, before=was, after=now, by=by, reason=reason, at=at)


@transaction.atomic
def found_group(*, village: Area, name: str) -> VillageGroup:
    """Enter a villagers' group (村民小组); one that is there is given back."""
    group, _created = VillageGroup.objects.get_or_create(village=village, name=name)
    return group


@transaction.atomic
def lay_map_anew() -> int:
    """Write the raster of the whole county again, and return how many rows it has.

    For boundaries that came by another way than `redraw_boundary`: a bulk load, a restore.
    """
    _lay_cells(list(Area.objects.drawn().only("pk", "boundary").order_by("pk")))
    _stamp_map()
    return AreaCell.objects.count()


def _lay_cells(areas: list[Area]) -> None:
    AreaCell.objects.filter(area__in=[area.pk for area in areas]).delete()
    AreaCell.objects.bulk_create(
        (
            AreaCell(cell_x=x, cell_y=y, area=area)
            for area in areas
            if area.boundary
            for x, y in Shape.of(area.boundary).cells()
        ),
        batch_size=BATCH,
    )


def _stamp_map() -> None:
    """Tell every process that what it remembers is old; last, because writers queue here."""
    MapVersion.objects.get_or_create(pk=1)
    MapVersion.objects.update(number=F("number") + 1, stamp=uuid.uuid4())


def _refuse_unless_allowed(by: Person | None, area: Area, *, at: datetime) -> None:
    if by is not None and (objection := objection_to_changing_areas(by, area, at=at)):
        raise objection


def _write_down(
    area: Area,
    what: AreaChange.What,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
    by: Person | None,
    reason: str = "",
    at: datetime,
) -> None:
    AreaChange.objects.create(
        area=area,
        what=what,
        before=before,
        after=after,
        actor_id=by.pk if by else None,
        reason=reason,
        at=at,
    )
    if by is not None:
        audit.record(
            actor=by,
            act=f"area.{what}",
            subject=area,
            area=area,
            office=by.office_over(area, at=at, offices=MAP_KEEPERS),
            reason=reason,
            at=at,
        )
