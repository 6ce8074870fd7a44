"""Which office answers for a matter: by category and place, from the bottom up, with reasons.

The first level of the category's route at which somebody holds the office gets the report. Every
turn on the way is kept as a reason, so that "why this office" is a fact and not a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from community.models import Appointment, Area, Category, Handling, Kind, Office, Person, Report
from community.models.categories import Subcategory
from community.workflow import LEVELS, OFFICE_LEVELS, Level

KINDS_OF: Final[dict[Level, tuple[str, ...]]] = {
    Level.GRID: (Kind.GRID,),
    Level.VILLAGE: (Kind.VILLAGE, Kind.COMMUNITY),
    Level.TOWN: (Kind.TOWN, Kind.SUBDISTRICT),
    Level.COUNTY: (Kind.COUNTY,),
}
DISPATCHER: Final = Office.TOWN_DISPATCHER

Reason = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Destination:
    """Whose task a report becomes, and why."""

    level: Level
    office: str
    area: Area
    department: str = ""
    person: Person | None = None
    is_fallback: bool = False
    reasons: tuple[Reason, ...] = ()


def destination_for(
    *,
    category: Category,
    subcategory: Subcategory | None,
    area: Area,
    at: datetime,
    about_level: str = "",
    above: str = "",
) -> Destination | None:
    """Return the lowest office on the route that somebody holds, or None: there is none at all.

    `about_level` is the level whose own staff the matter is about: it and what is below it are
    left out. `above` leaves out what is not higher than that level.
    """
    chain = areas_of_levels(area)
    departments = _departments(category, subcategory)
    held = _offices_held(chain.values(), at=at)
    reasons: list[Reason] = []
    if not above:
        reasons.append(_start(category, subcategory, departments))
    is_fallback = False
    for level in _levels_to_try(departments, above=above):
        if about_level and LEVELS.index(level) <= LEVELS.index(Level(about_level)):
            reasons.append({"code": "about_own_staff", "level": level})
            continue
        if level not in chain:
            reasons.append({"code": "place_too_wide", "level": level, "area": area.name})
            continue
        for office, at_area in _receivers(level, category, chain, about_level=about_level):
            if (office, at_area.pk) in held:
                found = {"code": "found", "level": level, "office": office, "area": at_area.name}
                return Destination(
                    level=level,
                    office=office,
                    area=at_area,
                    is_fallback=is_fallback,
                    reasons=(*reasons, found),
                )
        reasons.append({"code": "nobody_there", "level": level, "area": chain[level].name})
        is_fallback = True
    return None


def last_resort(destination: Destination | None, area: Area) -> Destination:
    """Return the town's desk, held or not, where no office on the route is held by anybody."""
    if destination:
        return destination
    chain = areas_of_levels(area)
    level = Level.TOWN if Level.TOWN in chain else Level.COUNTY
    return Destination(
        level=level,
        office=DISPATCHER,
        area=chain[level],
        is_fallback=True,
        reasons=({"code": "nobody_anywhere", "level": level, "area": chain[level].name},),
    )


def areas_of_levels(area: Area) -> dict[Level, Area]:
    """Return the areas around `area`, itself included, by level."""
    around = {place.kind: place for place in Area.objects.containing(area)}
    return {
        level: around[kind] for level, kinds in KINDS_OF.items() for kind in kinds if kind in around
    }


def desk_of(office: str, area: Area, *, person: Person | None = None) -> Destination:
    """Return an office over `area` as a destination: a helper's, or who it goes back to."""
    level = OFFICE_LEVELS[office]
    return Destination(level=level, office=office, area=areas_of_levels(area)[level], person=person)


def places_to_dispatch_to(
    report: Report, *, offices: Iterable[str], at: datetime
) -> list[Destination]:
    """Return where somebody in `offices` may send a report, each with somebody who holds it.

    A town's desk reaches every department of the town and the county; those below it reach their
    own grid and village. Who the matter is about is never among them.
    """
    chain = areas_of_levels(report.area)
    reach = LEVELS if DISPATCHER in offices else (Level.GRID, Level.VILLAGE)
    if report.about_level:
        reach = tuple(level for level in reach if _is_above(level, report.about_level))
    wanted = [area for level, area in chain.items() if level in reach]
    rows = (
        Appointment.objects.current(at=at)
        .filter(area__in=wanted, office__in=DISPATCHED_TO)
        .select_related("area")
        .order_by("pk")
    )
    found = {
        (row.office, row.area_id, row.department): Destination(
            level=OFFICE_LEVELS[row.office],
            office=row.office,
            area=row.area,
            department=row.department,
        )
        for row in rows
    }
    return sorted(
        found.values(),
        key=lambda to: (LEVELS.index(to.level), DISPATCHED_TO.index(to.office), to.department),
    )


DISPATCHED_TO: Final = (
    Office.GRID_WORKER,
    Office.VILLAGE_COMMITTEE,
    Office.MEDIATOR,
    Office.TOWN_HANDLER,
    Office.COUNTY_HANDLER,
)


def departments_for(report: Report) -> dict[Level, str]:
    """Return the department that knows about a matter at each level of its route."""
    return _departments(report.category, report.subcategory)


def _departments(category: Category, subcategory: Subcategory | None) -> dict[Level, str]:
    """Return the levels of the route in order, each with its department."""
    steps: dict[Level, str] = {}
    for step in category.route.order_by("pk"):
        if step.subcategory_id is None:
            steps.setdefault(Level(step.level), step.department)
        elif subcategory and step.subcategory_id == subcategory.pk:
            steps[Level(step.level)] = step.department
    return {level: steps[level] for level in LEVELS if level in steps}


def _levels_to_try(departments: Mapping[Level, str], *, above: str) -> list[Level]:
    """The route first; where it ends too low, the levels above it; never a level below it."""
    levels = [level for level in LEVELS if not above or _is_above(level, above)]
    on_route = [level for level in levels if level in departments]
    beyond = [level for level in levels if not on_route or _is_above(level, on_route[-1])]
    return [*on_route, *(level for level in beyond if level not in on_route)]


def _is_above(level: str, other: str) -> bool:
    return LEVELS.index(Level(level)) > LEVELS.index(Level(other))


def _receivers(
    level: Level, category: Category, chain: Mapping[Level, Area], *, about_level: str
) -> list[tuple[str, Area]]:
    """Return who takes reports in at a level, best first."""
    here = chain[level]
    match level:
        case Level.GRID:
            return [(Office.GRID_WORKER, here), (Office.GRID_LEADER, here)]
        case Level.VILLAGE if category.handling == Handling.MEDIATION:
            return [(Office.MEDIATOR, here), (Office.VILLAGE_COMMITTEE, here)]
        case Level.VILLAGE:
            return [(Office.VILLAGE_COMMITTEE, here)]
        case Level.TOWN:
            return [(DISPATCHER, here)]
        case Level.COUNTY if Level.TOWN in chain and about_level != Level.TOWN:
            # Few counties have a desk of their own; then the town's desk sends it on.
            return [(DISPATCHER, here), (DISPATCHER, chain[Level.TOWN])]
    return [(DISPATCHER, here)]


def _offices_held(areas: Iterable[Area], *, at: datetime) -> set[tuple[str, int]]:
    return set(
        Appointment.objects.current(at=at)
        .filter(area__in=list(areas), office__in=list(OFFICE_LEVELS))
        .values_list("office", "area_id")
    )


def _start(
    category: Category, subcategory: Subcategory | None, departments: Mapping[Level, str]
) -> Reason:
    level = next(iter(departments), Level.GRID)
    return {"code": "starts", "what": (subcategory or category).name, "level": level}


def with_reasons(destination: Destination, *first: Reason) -> Destination:
    """Return the destination with reasons put before its own."""
    return replace(destination, reasons=(*first, *destination.reasons))


def explain(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the reasons of a stored decision as sentences in the reader's language."""
    sentences = []
    for reason in reasons:
        facts = dict(reason)
        if "level" in facts:
            facts["level"] = Level(facts["level"]).label
        if facts.get("office") in Office.values:  # else it names the person who chose
            facts["office"] = Office(facts["office"]).label
        code = facts["code"]
        if code == "placed":
            code = f"placed_{facts['evidence']}"
        sentences.append(str(_sentence(code)) % facts)
    return sentences


def _sentence(code: str) -> str:
    sentences = {
        "placed_door_plate": _("The door plate says that it is in %(area)s."),
        "placed_household": _("It is in %(area)s, where the household lives."),
        "placed_polygon": _("The place lies within the boundary of %(area)s."),
        "placed_nearest": _("The place lies nearest to %(area)s."),
        "placed_chosen": _("%(area)s was chosen from the list."),
        "starts": _("“%(what)s” begins with this level: %(level)s."),
        "about_own_staff": _(
            "It is about the staff themselves, so this level was left out: %(level)s."
        ),
        "place_too_wide": _(
            "The place is only known as %(area)s, so this level was left out: %(level)s."
        ),
        "nobody_there": _("Nobody holds the office in %(area)s now, so it went further up."),
        "nobody_anywhere": _("Nobody on the way up holds the office now; %(area)s was told."),
        "found": _("The office that answers for it: %(office)s, %(area)s."),
        "sent_up": _("It was sent up from this level: %(level)s."),
        "sent_up_by_clock": _("Nobody accepted it in time, so it went one level up."),
        "dispatched": _("Sent on by: %(office)s, %(area)s."),
        "returned": _("It went back to the office that had sent it on: %(office)s, %(area)s."),
    }
    return sentences.get(code, sentences["placed_chosen"] if code.startswith("placed_") else "")
