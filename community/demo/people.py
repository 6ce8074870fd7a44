"""The demo county's people: where they live, whom they act for, and the offices they hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from community.demo.context import areas, data, households, people, phone_of
from community.models import Area, Household, Office, Person, kinds_for
from community.models.places import UNIT_KINDS
from community.services.appointments import appoint
from community.services.care import name_agent, name_guardian
from community.services.households import admit
from community.services.people import enter_person

SINCE: Final = timedelta(days=365)
"""Everybody has lived there, and held their offices, for a year when the demo begins."""

EVIDENCE: Final = "当面说好，微网格长在场"


@transaction.atomic
def load(at: datetime) -> dict[str, Person]:
    """Enter everybody of the data file; whoever is there is left alone."""
    since, placed, homes, entered = at - SINCE, areas(), households(), people()
    rows = data("people.yaml")["people"]
    for row in (row for row in rows if row["id"] not in entered):
        entered[row["id"]] = _enter(row, placed, homes, at=since)
    for row in rows:
        _relate(row, entered, at=since)
        _appoint(row, entered[row["id"]], placed, homes, at=since)
    return entered


def _enter(
    row: dict[str, Any], placed: dict[str, Area], homes: dict[str, Household], *, at: datetime
) -> Person:
    home, unit = homes.get(row["household"]), _unit_of(row, placed, homes)
    person = enter_person(
        name=row["name"],
        display_name=row["display_name"],
        gender=row["gender"],
        phone=phone_of(row),
        born_on=date.fromisoformat(row["born_on"]),
        residence=row["residence"],
        registered_in=unit if row["registered"] else None,
        lives_in=unit if row["residence"] != "staff_only" else None,
        elder_mode=row.get("elder_mode", False),
        at=at,
    )
    if home:
        admit(household=home, person=person, is_head="household_head" in row["roles"], at=at)
    return person


def _relate(row: dict[str, Any], entered: dict[str, Person], *, at: datetime) -> None:
    person = entered[row["id"]]
    if "guardian" in row:
        name_guardian(ward=person, guardian=entered[row["guardian"]], at=at)
    if "agent" in row:
        name_agent(principal=person, agent=entered[row["agent"]], evidence=EVIDENCE, at=at)


def _appoint(
    row: dict[str, Any],
    person: Person,
    placed: dict[str, Area],
    homes: dict[str, Household],
    *,
    at: datetime,
) -> None:
    """Appoint to every role of the row that is an office, where it is not held already."""
    held = set(person.appointments.values_list("office", "area", "department"))
    for role in (role for role in row["roles"] if role in Office.values):
        departments = row.get("departments", ()) if role.endswith("_handler") else ()
        for area in _areas_of(row, role, placed, homes):
            for department in departments or ("",):
                if (role, area.pk, department) in held:
                    continue
                appoint(
                    person=person,
                    office=role,
                    area=area,
                    department=department,
                    title=row.get("title", ""),
                    starts_at=at,
                    at=at,
                )


def _areas_of(
    row: dict[str, Any], office: str, placed: dict[str, Area], homes: dict[str, Household]
) -> Iterator[Area]:
    """Over which areas somebody holds an office: of those the row names, the right level."""
    kinds = kinds_for(office)
    named = (row.get("micro_grid"), row.get("grid"), row.get("town"), row.get("unit"))
    codes = [code for code in (*named, *row.get("grids", ())) if code]
    yield from (placed[code] for code in codes if placed[code].kind in kinds)
    if any(placed[code].kind in kinds for code in codes):
        return
    if kinds == UNIT_KINDS and (unit := _unit_of(row, placed, homes)):
        yield unit
    elif "county" in kinds:
        yield placed[data("areas.yaml")["county"]["code"]]


def _unit_of(
    row: dict[str, Any], placed: dict[str, Area], homes: dict[str, Household]
) -> Area | None:
    """The village of the row: the one it names, that of the household, or that of the grid."""
    if home := homes.get(row["household"]):
        return home.micro_grid.unit()
    codes = (row.get("unit"), row.get("grid"), *row.get("grids", ()))
    return next((placed[code].unit() for code in codes if code), None)
