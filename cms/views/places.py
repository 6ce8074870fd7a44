"""The county, its towns, and the home of each village or community."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.components import AreaMap, MapArea, NoticeRow
from cms.models import AreaPage, CountyPage, NoticePage, PlainPage, TownPage, UnitPage
from cms.models.serving import serves
from cms.queries import places
from cms.queries.places import TownLink
from community.auth import guest_or_person
from community.models import Area

NOTICES_SHOWN: Final = 5
NEWS_SHOWN: Final = 5


@serves(CountyPage)
def county(request: HttpRequest, page: CountyPage) -> HttpResponse:
    towns = places.towns_of(page.area)
    return render(
        request,
        "cms/places/county.html",
        {
            "page": page,
            "area": page.area,
            "notices": _notices(request, page.area),
            "towns": towns,
            "unit_count": sum(len(town.units) for town in towns),
            "map": _map(page.area, towns),
            "pages": _plain_pages_of(page),
        },
    )


@serves(TownPage)
def town(request: HttpRequest, page: TownPage) -> HttpResponse:
    now, area = timezone.now(), page.area
    towns = places.towns_of(area)
    held = [held for held in places.serving(area, at=now) if held.area_id == area.pk]
    return render(
        request,
        "cms/places/town.html",
        {
            "page": page,
            "area": area,
            "crumbs": places.crumbs_above(page),
            "notices": _notices(request, area),
            "units": towns[0].units if towns else (),
            "map": _map(area, towns),
            "servants": places.servants_among(held),
        },
    )


@serves(UnitPage)
def unit(request: HttpRequest, page: UnitPage) -> HttpResponse:
    now, area = timezone.now(), page.area
    held = places.serving(area, at=now)
    grids = places.grids_of(area, held)
    return render(
        request,
        "cms/places/unit.html",
        {
            "page": page,
            "area": area,
            "crumbs": places.crumbs_above(page),
            "notices": _notices(request, area),
            "news": places.news_of(area, person=guest_or_person(request), at=now, limit=NEWS_SHOWN),
            "servants": places.servants_among(held),
            "grids": grids,
            "figures": places.figures_of(area, grids),
        },
    )


def _notices(request: HttpRequest, area: Area) -> list[NoticeRow]:
    now = timezone.now()
    found = NoticePage.objects.for_area(area, person=guest_or_person(request), at=now)
    return [
        NoticeRow(notice=notice, url=notice.get_url(), now=now, here=area.name)
        for notice in found.select_related("area").defer("body").urgent_first()[:NOTICES_SHOWN]
    ]


def _map(area: Area, towns: list[TownLink]) -> AreaMap:
    outlines = [MapArea(name=town.area.name, boundary=town.area.boundary) for town in towns]
    units = [
        MapArea(name=unit.area.name, boundary=unit.area.boundary, url=unit.url, is_on=True)
        for town in towns
        for unit in town.units
    ]
    return AreaMap(
        areas=(*outlines, *units), label=_("Map of %(area)s and its villages") % {"area": area}
    )


def _plain_pages_of(page: AreaPage) -> list[tuple[str, str]]:
    """Return title and address of the ordinary pages right below, as the editors put them."""
    return [
        (child.title, child.get_url())
        for child in PlainPage.objects.child_of(page).live().order_by("path")
    ]
