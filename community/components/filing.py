"""Pieces of the pages for filing: where a matter is, and what of it the public will see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.components.base import Part, Text
from community.components.gallery import Examples, exhibit
from community.components.lists import Photos, Picture
from community.masking import masked
from community.models import Area, Category, Draft, Evidence, Photo, Subcategory

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


@dataclass(frozen=True, kw_only=True)
class PublicView(Part):
    """A report as neighbours see it: what and roughly where, never who, numbers masked."""

    template_name = "community/components/public_view.html"

    title: str
    body: str
    category: Category | None
    subcategory: Subcategory | None
    area: Area | None
    photos: Photos | None = None


def public_view(draft: Draft, photos: Sequence[Photo]) -> PublicView:
    """Return what neighbours will see of a draft once it is filed as public."""
    return PublicView(
        title=masked(draft.title),
        body=masked(draft.body),
        category=draft.category,
        subcategory=draft.subcategory,
        area=draft.area,
        photos=pictures_of(photos),
    )


def pictures_of(photos: Sequence[Photo]) -> Photos | None:
    """Return photos as a component, the first one leading; None without any."""
    items = [
        Picture(
            src=reverse("community:photo", args=[photo.pk, "medium" if number == 1 else "small"]),
            href=reverse("community:photo", args=[photo.pk, "large"]),
            alt=_("Photo %(number)d") % {"number": number},
        )
        for number, photo in enumerate(photos, start=1)
    ]
    return Photos(items=items, is_led=len(items) > 1) if items else None


@exhibit("place-line", title=_("Place"), notes=_("Always with how it is known, and how exactly."))
def place_line_examples() -> Examples:
    creek = Area(name=str(_("Stone bridge micro-grid")), kind="micro_grid")
    return [
        (_("By position"), PlaceLine(area=creek, evidence=Evidence.POLYGON, accuracy_m=12)),
        (_("By door plate"), PlaceLine(area=creek, evidence=Evidence.DOOR_PLATE)),
        (
            _("Nearest"),
            PlaceLine(
                area=creek,
                evidence=Evidence.NEAREST,
                accuracy_m=60,
                note=str(_("beside the jetty steps")),
            ),
        ),
    ]
