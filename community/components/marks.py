"""Small signs that say how a matter stands: always glyph, word and colour, in that order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from community.components.base import Part, Text
from community.components.gallery import Examples, exhibit
from community.workflow import Event, Status

STATUS_LOOKS: Final[dict[str, tuple[str, str]]] = {
    Status.SUBMITTED: ("new", "s-new"),
    Status.ACCEPTED: ("new", "s-seen"),
    Status.DISPATCHED: ("doing", "s-sent"),
    Status.POOLED: ("doing", "people"),
    Status.HANDLING: ("doing", "s-doing"),
    Status.AWAITING_REPORTER: ("you", "s-back"),
    Status.SUSPENDED: ("hold", "s-wait"),
    Event.ESCALATED: ("doing", "s-up"),
    Event.RETURNED: ("hold", "s-back"),
    Status.DONE: ("you", "s-done"),
    Status.RESOLVED: ("closed", "s-closed"),
    Status.CLOSED_UNRESOLVED: ("no", "s-no"),
    Status.DUPLICATE: ("no", "s-merge"),
    Status.WITHDRAWN: ("no", "s-back"),
    Status.REOPENED: ("you", "s-again"),
}
"""A state's family (its colour) and its glyph; its word is the one of the table, everywhere."""

STATUS_WORDS: Final[dict[str, Text]] = {choice.value: choice.label for choice in (*Status, *Event)}

DUE_ICONS: Final = {"": "clock", "yellow": "clock", "orange": "warn", "red": "stop"}

RING_CENTRE: Final = 60
RING_RADIUS: Final = 52
RING_GAP_DEGREES: Final = 5


@dataclass(frozen=True)
class StatusMark(Part):
    """How a report stands. `code` is the stored state, or an event that changed the owner.

    Persimmon says that it is the reader's turn: where it waits for somebody else, `is_yours` is
    false, and the same glyph and word stand in leaf.
    """

    template_name = "community/components/status_mark.html"

    code: str
    label: Text = ""
    is_yours: bool = True

    @property
    def family(self) -> str:
        family = STATUS_LOOKS[self.code][0]
        return "doing" if family == "you" and not self.is_yours else family

    @property
    def icon(self) -> str:
        return STATUS_LOOKS[self.code][1]

    @property
    def word(self) -> Text:
        return self.label or STATUS_WORDS[self.code]


@dataclass(frozen=True)
class Due(Part):
    """How long a matter still has. `level` is empty while there is time, then yellow to red.

    The text says what and how much ("25 minutes left to accept"); the shape differs by level, so
    that a black-and-white print still tells them apart.
    """

    template_name = "community/components/due.html"

    level: str
    text: Text

    @property
    def icon(self) -> str:
        return DUE_ICONS[self.level]


@dataclass(frozen=True, kw_only=True)
class Tag(Part):
    """A word beside a title. Tones: leaf, water, gold, warm, brick."""

    template_name = "community/components/tag.html"

    text: Text
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Arc:
    """One part of a ring: the SVG path, and the class that gives it its colour."""

    path: str
    look: str


@dataclass(frozen=True, kw_only=True)
class Ring(Part):
    """A matter on its way round: `parts` of `total` are done, the next may be `you`.

    The ring closes only when the person concerned has had the last word; `is_closing` lets it
    close before their eyes, once. `label` is the whole sentence, for those who listen.
    """

    template_name = "community/components/ring.html"

    parts: int
    total: int
    label: Text
    you: bool = False
    word: Text = ""
    size: str = ""
    is_closing: bool = False

    @property
    def is_closed(self) -> bool:
        return self.parts >= self.total

    def arcs(self) -> Iterator[Arc]:
        step = 360 / self.total
        for number in range(self.total):
            start = number * step + RING_GAP_DEGREES / 2
            yield Arc(
                path=_arc(start, (number + 1) * step - RING_GAP_DEGREES / 2),
                look=self._look_of(number),
            )

    def _look_of(self, number: int) -> str:
        if number < self.parts:
            return "ring__fg"
        return "ring__you" if self.you and number == self.parts else "ring__bg"


def _arc(start: float, end: float) -> str:
    """Return the SVG path from one angle to another, clockwise from twelve o'clock."""
    x1, y1 = _point(start)
    x2, y2 = _point(end)
    large = int(end - start > 180)  # noqa: PLR2004  half a turn
    return f"M{x1:.1f} {y1:.1f}A{RING_RADIUS} {RING_RADIUS} 0 {large} 1 {x2:.1f} {y2:.1f}"


def _point(degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees - 90)
    return (
        RING_CENTRE + RING_RADIUS * math.cos(angle),
        RING_CENTRE + RING_RADIUS * math.sin(angle),
    )


@dataclass(frozen=True, kw_only=True)
class Share(Part):
    """A ring that shows a share of a whole, with its two numbers: never a bare percentage."""

    template_name = "community/components/share.html"

    count: int
    total: int
    label: Text
    word: Text = ""

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.total) if self.total else 0


@dataclass(frozen=True, kw_only=True)
class Meter(Part):
    """A bar: `count` out of `total`, with a mark at `needed` where something depends on it."""

    template_name = "community/components/meter.html"

    count: int
    total: int
    label: Text
    needed: int | None = None

    @property
    def width(self) -> str:
        return f"{self._percent(self.count):g}%"

    @property
    def mark(self) -> str | None:
        return None if self.needed is None else f"{self._percent(self.needed):g}%"

    def _percent(self, count: int) -> float:
        return round(min(100, 100 * count / self.total), 1) if self.total else 0


@exhibit(
    "status",
    title=_("Status of a report"),
    notes=_("Glyph, word and colour, in that order of importance. Persimmon means: your turn."),
)
def status_examples() -> Examples:
    return [(code, StatusMark(code)) for code in STATUS_LOOKS]


@exhibit(
    "due",
    title=_("Deadline"),
    notes=_("For matters, never for persons. The words say what is left; the shape says how bad."),
)
def due_examples() -> Examples:
    return [
        (_("There is time"), Due("", _("3 working days left"))),
        (_("Yellow"), Due("yellow", _("25 minutes left to accept"))),
        (_("Orange"), Due("orange", _("1 day overdue"))),
        (_("Red"), Due("red", _("Redone twice, now with the panel"))),
    ]


@exhibit("tag", title=_("Tag"), notes=_("A word, not a button. The tone is set once."))
def tag_examples() -> Examples:
    return [
        (tone or _("plain"), Tag(text=_("Draft"), tone=tone))
        for tone in ("", "leaf", "water", "gold", "warm", "brick")
    ]


@exhibit(
    "ring",
    title=_("Ring"),
    notes=_(
        "The sign of the house: it fills as a matter is handled, and closes with the resident's "
        "last word. Never a full ring for “processed”."
    ),
)
def ring_examples() -> Examples:
    return [
        (_("Begun"), Ring(parts=1, total=5, word=_("begun"), label=_("1 of 5 steps done"))),
        (
            _("Your turn"),
            Ring(parts=4, total=5, you=True, word=_("your turn"), label=_("4 of 5 steps done")),
        ),
        (_("Closed"), Ring(parts=5, total=5, word=_("closed"), label=_("5 of 5 steps done"))),
        (_("Small"), Ring(parts=2, total=5, size="s", label=_("2 of 5 steps done"))),
        (_("A share"), Share(count=121, total=128, word=_("done"), label=_("121 of 128 done"))),
        (_("Nothing yet"), Share(count=0, total=0, word=_("done"), label=_("Nothing yet"))),
    ]


@exhibit(
    "meter",
    title=_("Meter"),
    notes=_("The number and what it is out of stand beside it; the mark is where it suffices."),
)
def meter_examples() -> Examples:
    return [
        (_("Enough"), Meter(count=48, total=55, needed=37, label=_("48 of 55 have come"))),
        (_("Not yet"), Meter(count=12, total=55, needed=37, label=_("12 of 55 have come"))),
        (_("Nothing"), Meter(count=0, total=0, label=_("Nothing yet"))),
    ]
