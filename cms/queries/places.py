"""What the pages of places show besides their own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db.models import Count
from wagtail.models import Page

from cms.models import AreaPage
from community.home import NEWS_PROVIDERS, News
from community.models import Appointment, Area, Kind, Office, Person
from community.models.places import TOWN_KINDS, UNIT_KINDS

NOTICES: Final = "notices"
"""The key under which notices stand among the providers of news; pages list them themselves."""

SERVING: Final = (
    Office.VILLAGE_SECRETARY,
    Office.VILLAGE_COMMITTEE,
    Office.SUPERVISION_MEMBER,
    Office.VILLAGE_EDITOR,
    Office.MEDIATOR,
    Office.LEGAL_ADVISER,
    Office.GRID_LEADER,
    Office.GRID_WORKER,
    Office.TOWN_DISPATCHER,
    Office.TOWN_REVIEWER,
)
"""The offices a public page names, in the order in which people look for them."""


@dataclass(frozen=True, kw_only=True)
class Crumb:
    """One step of the way from the county down."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Servant:
    """Somebody in office as the public sees them: the shown name, the titles, never a number."""

    name: str
    titles: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MicroGridRow:
    """A micro-grid, who leads it, and how many of its households the platform knows."""

    area: Area
    leaders: tuple[str, ...]
    known_households: int


@dataclass(frozen=True, kw_only=True)
class GridRow:
    area: Area
    micro_grids: tuple[MicroGridRow, ...]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How much there is, and out of how many."""

    grids: int
    micro_grids: int
    led_micro_grids: int
    households: int
    known_households: int


@dataclass(frozen=True, kw_only=True)
class UnitLink:
    area: Area
    url: str


@dataclass(frozen=True, kw_only=True)
class TownLink:
    area: Area
    url: str
    units: tuple[UnitLink, ...]


def way_to(page: Page) -> list[AreaPage]:
    """Return the pages of areas from the county down to this page, each with its area."""
    above = AreaPage.objects.ancestor_of(page, inclusive=True)
    return list(above.select_related("area").order_by("path"))


def crumbs_of(pages: Sequence[AreaPage]) -> list[Crumb]:
    return [Crumb(name=page.area.name, url=page.get_url() or "") for page in pages]


def crumbs_above(page: AreaPage) -> list[Crumb]:
    """Return the areas above the page's own, the county first: their pages lie right above it."""
    crumbs: list[Crumb] = []
    area, url = page.area.parent, page.get_url() or ""
    while area is not None:
        url = url[: url.rindex("/", 0, -1) + 1]  # "/county/town/" → "/county/"
        crumbs.insert(0, Crumb(name=area.name, url=url))
        area = area.parent
    return crumbs


def news_of(area: Area, *, person: Person | None, at: datetime, limit: int) -> list[News]:
    """Return what is new there besides notices, the newest first."""
    providers = [provider for key, provider in NEWS_PROVIDERS.items() if key != NOTICES]
    found = [row for provider in providers for row in provider.rows(area, person, at, limit)]
    return sorted(found, key=lambda row: row.at, reverse=True)[:limit]


def serving(area: Area, *, at: datetime) -> list[Appointment]:
    """Return the appointments within an area that a public page may name."""
    held = Appointment.objects.current(at=at).inside(area).filter(person__is_active=True)
    shown = held.filter(office__in=(*SERVING, Office.MICRO_GRID_LEADER))
    return list(shown.select_related("person", "area").order_by("area__path", "pk"))


def servants_among(appointments: Sequence[Appointment]) -> list[Servant]:
    """Return one row a person, with all their titles, in the order of the offices."""
    named = [held for held in appointments if held.office in SERVING]
    named.sort(key=lambda held: (SERVING.index(Office(held.office)), held.area.path, held.pk))
    people: dict[int, list[Appointment]] = {}
    for held in named:
        people.setdefault(held.person_id, []).append(held)
    return [
        Servant(
            name=offices[0].person.display_name,
            titles=_titles(offices),
            areas=tuple(dict.fromkeys(o.area.name for o in offices if o.area.kind == Kind.GRID)),
        )
        for offices in people.values()
    ]


def _titles(offices: Sequence[Appointment]) -> tuple[str, ...]:
    """Return the titles, a title of one's own standing for the office's general name."""
    own = tuple(dict.fromkeys(held.title for held in offices if held.title))
    return own or tuple(dict.fromkeys(str(held.get_office_display()) for held in offices))


def grids_of(unit: Area, appointments: Sequence[Appointment]) -> list[GridRow]:
    """Return the grids with their micro-grids and who leads these."""
    inside = Area.objects.within(unit).filter(kind__in=(Kind.GRID, Kind.MICRO_GRID))
    inside = inside.annotate(known_households=Count("households"))
    leaders: dict[int, list[str]] = {}
    for held in appointments:
        if held.office == Office.MICRO_GRID_LEADER:
            leaders.setdefault(held.area_id, []).append(held.person.display_name)
    rows: dict[int, list[MicroGridRow]] = {}
    grids: list[Area] = []
    for area in inside.defer("boundary").order_by("code"):
        if area.kind == Kind.GRID:
            grids.append(area)
        else:
            row = MicroGridRow(
                area=area,
                leaders=tuple(leaders.get(area.pk, ())),
                known_households=getattr(area, "known_households", 0),
            )
            rows.setdefault(area.parent_id or 0, []).append(row)
    return [GridRow(area=grid, micro_grids=tuple(rows.get(grid.pk, ()))) for grid in grids]


def figures_of(unit: Area, grids: Sequence[GridRow]) -> Figures:
    """Return how much there is in a village."""
    micro_grids = [row for grid in grids for row in grid.micro_grids]
    return Figures(
        grids=len(grids),
        micro_grids=len(micro_grids),
        led_micro_grids=sum(bool(row.leaders) for row in micro_grids),
        households=unit.household_count,
        known_households=sum(row.known_households for row in micro_grids),
    )


def towns_of(county: Area) -> list[TownLink]:
    """Return the towns with their villages and the addresses of their pages."""
    wanted = (*TOWN_KINDS, *UNIT_KINDS)
    areas = list(Area.objects.within(county).filter(kind__in=wanted).order_by("code"))
    pages = AreaPage.objects.filter(area__in=[area.pk for area in areas]).order_by("pk")
    urls = {page.area_id: page.get_url() or "" for page in pages}
    towns = [area for area in areas if area.kind in TOWN_KINDS]
    units = sorted((a for a in areas if a.kind in UNIT_KINDS), key=lambda a: a.parent_id or 0)
    under = {key: list(rows) for key, rows in groupby(units, key=lambda a: a.parent_id)}
    return [
        TownLink(
            area=town,
            url=urls.get(town.pk, ""),
            units=tuple(
                UnitLink(area=unit, url=urls.get(unit.pk, "")) for unit in under.get(town.pk, ())
            ),
        )
        for town in towns
    ]
