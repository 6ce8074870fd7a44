"""What the demo county is looked up by: the codes of its data files.

Steps of the demo find what earlier steps made by asking the database, so each can also run alone
(a test, an upgrade of a county that is there); the data files are read once a process.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from community.models import Area, Household, Person

DATA = Path(__file__).resolve().parent.parent / "demo_data"


def read(text: str) -> Any:
    """Return what a YAML file says; by libyaml, which takes a tenth of the time."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


@cache
def data(name: str) -> Any:
    """Return one of the data files, read once; treat it as read-only."""
    text = (DATA / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith("json") else read(text)


def areas() -> dict[str, Area]:
    """The areas of the demo by their code: ``"339901101201-01-01"``."""
    return {area.code: area for area in Area.objects.all()}


def households() -> dict[str, Household]:
    """The households of the demo by their code: ``"H-HT-0001"``."""
    codes = [row["code"] for row in data("areas.yaml")["households"]]
    rows = Household.objects.filter(code__in=codes).select_related("micro_grid")
    return {household.code: household for household in rows}


def people() -> dict[str, Person]:
    """The people of the demo by their code (``"p001"``), those without a phone too."""
    rows = {(row["name"], row["born_on"]): row["id"] for row in data("people.yaml")["people"]}
    found = Person.objects.filter(name__in=[name for name, _born_on in rows])
    keys = ((person, (person.name, str(person.born_on))) for person in found)
    return {rows[key]: person for person, key in keys if key in rows}


def phone_of(row: dict[str, Any]) -> str | None:
    """The number as sign-in stores it: E.164, of a range that no gateway delivers to."""
    return f"+86{row['phone']}" if row["phone"] else None
