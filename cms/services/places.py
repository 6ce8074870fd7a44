"""Growing the pages that follow the area tree."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from wagtail.models import Collection

from cms.models import AreaPage, CountyPage, FrontPage, TownPage, UnitPage
from community.models import Area, Kind

PAGE_TYPES: Final[dict[str, type[AreaPage]]] = {
    Kind.COUNTY: CountyPage,
    Kind.TOWN: TownPage,
    Kind.SUBDISTRICT: TownPage,
    Kind.VILLAGE: UnitPage,
    Kind.COMMUNITY: UnitPage,
}


@transaction.atomic
def grow_page(*, area: Area, slug: str = "") -> AreaPage:
    """Return the page of `area`, grown under its parent's page if it is not there yet.

    Its address is `slug` or else the area's code; its pictures get a collection of their own.
    """
    front = FrontPage.objects.select_for_update(of=("self",)).get()
    page = AreaPage.objects.filter(area=area).first()
    if page is not None:
        specific: AreaPage = page.specific
        return specific
    parent = AreaPage.objects.get(area=area.parent) if area.parent else None
    holder = parent.collection if parent else Collection.get_first_root_node()
    grown = PAGE_TYPES[area.kind](
        title=area.name,
        slug=slug or area.code,
        area=area,
        collection=holder.add_child(name=area.name),
    )
    (parent or front).add_child(instance=grown)
    grown.save_revision(clean=False).publish()
    return grown


@transaction.atomic
def grow_pages() -> int:
    """Grow every page that an area lacks, from the county down; return how many were missing."""
    bare = Area.objects.filter(kind__in=PAGE_TYPES, page=None).order_by("path")
    return len([grow_page(area=area) for area in bare.select_related("parent")])
