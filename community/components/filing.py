"""Pieces of the pages for filing: where a matter is, and what of it the public will see."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.components.base import Part, Text
from community.components.gallery import Examples, exhibit
from community.models import Area, Draft, Evidence

HOW: dict[str, Text] = {
    Evidence.DOOR_PLATE: _("By the door plate"),
    Evidence.HOUSEHOLD: _("At your home"),
    Evidence.CHOSEN: _("Chosen from the list"),
}


@dataclass(frozen=True, kw_only=True)
class PlaceLine(Part):
    """Where a matter is, on what evidence, and how exactly: “By the phone, about 12 m”."""

    template_name = "community/components/place_line.html"

    area: Area
    evidence: str
    note: str = ""
    accuracy_m: int | None = None

    @property
    def how(self) -> Text:
        if self.evidence in HOW:
            return HOW[self.evidence]
        if self.accuracy_m is None:
            return _("By the pin on the map")
        return _("By the phone's position, about %(metres)d m") % {"metres": self.accuracy_m}

    @property
    def is_guess(self) -> bool:
        """Whether no boundary holds the point, so that it went to the nearest area."""
        return self.evidence == Evidence.NEAREST


def place_line(draft: Draft) -> PlaceLine | None:
    """Return the line for a draft that has a place."""
    if draft.area is None:
        return None
    return PlaceLine(
        area=draft.area,
        evidence=draft.evidence,
        note=draft.place_note,
        accuracy_m=draft.accuracy_m,
    )


@exhibit("place-line", title=_("Place"), notes=_("Always with how it is known, and how exactly."))
def place_line_examples() -> Examples:
    creek = Area(name="东浜微网格", kind="micro_grid")
    return [
        (_("By position"), PlaceLine(area=creek, evidence=Evidence.POLYGON, accuracy_m=12)),
        (_("By door plate"), PlaceLine(area=creek, evidence=Evidence.DOOR_PLATE)),
        (
            _("Nearest"),
            PlaceLine(area=creek, evidence=Evidence.NEAREST, accuracy_m=60, note="埠头石阶旁"),
        ),
    ]
