"""What lists are made of: rows, steps on a line of time, photographs, pages to turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.components.base import Part, Text
from community.components.gallery import Examples, exhibit
from community.components.marks import StatusMark
from community.components.telling import Action


@dataclass(frozen=True, kw_only=True)
class Row(Part):
    """One line of a list inside `<ul class="rows">`: a sign, a title, one line of facts.

    With `action` the row ends in a button and is no link itself; else the whole row leads to
    `url`. `facts` are joined by a full-width space.
    """

    template_name = "community/components/row.html"

    title: Text
    facts: Sequence[Text] = ()
    icon: str = ""
    tone: str = ""
    url: str = ""
    action: Action | None = None
    at: datetime | None = None
    end: Part | None = None


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One entry of a timeline. States: done, you (it waits for the reader), next."""

    title: Text
    at: datetime | None = None
    note: Text = ""
    text: str = ""
    why: Text = ""
    state: str = "done"
    icon: str = ""
    photos: Photos | None = None

    @property
    def glyph(self) -> str:
        return self.icon or {"done": "s-closed", "you": "s-done", "next": "s-new"}[self.state]


@dataclass(frozen=True, kw_only=True)
class Timeline(Part):
    """How a matter went, oldest first; the last entries may be what is to come."""

    template_name = "community/components/timeline.html"

    items: Sequence[Moment]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One photograph: the small file is shown, the large one opens."""

    src: str
    alt: Text
    href: str = ""
    caption: Text = ""


@dataclass(frozen=True, kw_only=True)
class Photos(Part):
    """Photographs as they are: never round, no text on them. The first may be large."""

    template_name = "community/components/photos.html"

    items: Sequence[Picture]
    is_led: bool = False


@dataclass(frozen=True, kw_only=True)
class Steps(Part):
    """Where one is in a form of several pages; `now` counts from one."""

    template_name = "community/components/steps.html"

    labels: Sequence[Text]
    now: int

    def items(self) -> list[tuple[int, Text, str]]:
        return [
            (number, label, "done" if number < self.now else "now" if number == self.now else "")
            for number, label in enumerate(self.labels, start=1)
        ]


@dataclass(frozen=True, kw_only=True)
class Pager(Part):
    """Back and on through a long list. `query` keeps the filters in the address.

    With `target`, the id of the element that holds the list and this, only that part of the
    page is drawn anew; the address follows, and without a script it is a link like any other.
    """

    template_name = "community/components/pager.html"

    page: Page[Any]
    query: QueryDict | None = None
    target: str = ""

    def _url(self, number: int) -> str:
        kept = self.query.copy() if self.query is not None else QueryDict(mutable=True)
        kept["page"] = str(number)
        return f"?{kept.urlencode()}"

    @property
    def earlier_url(self) -> str:
        return self._url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def later_url(self) -> str:
        return self._url(self.page.next_page_number()) if self.page.has_next() else ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    label: Text
    url: str
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Filters(Part):
    """Chips that are links: each is a list of its own with its own address.

    With `target`, only the element of that id, which holds the chips too, is drawn anew.
    """

    template_name = "community/components/filters.html"

    label: Text
    choices: Sequence[Choice]
    target: str = ""

    @staticmethod
    def url(**query: str) -> str:
        return f"?{urlencode(query)}"


@dataclass(frozen=True, kw_only=True)
class Stat(Part):
    """A number, always with what it is out of."""

    template_name = "community/components/stat.html"

    number: Text | int
    out_of: Text
    note: Text = ""
    size: str = ""


@exhibit(
    "row",
    title=_("Row"),
    notes=_("A sign, a title, one line of facts, one thing at the end. More belongs behind it."),
)
def row_examples() -> Examples:
    return [
        (
            _("Waits for you"),
            Row(
                title=_("Weeds drift under the stone bridge"),
                facts=[_("cleared; please have a look")],
                icon="s-done",
                tone="warm",
                action=Action(label=_("Rate it"), url="#row"),
            ),
        ),
        (
            _("Leads on"),
            Row(
                title=_("Spring fair and mending day"),
                facts=[_("1 April"), _("Culture hall")],
                icon="calendar",
                tone="leaf",
                url="#row",
            ),
        ),
        (
            _("A long title"),
            Row(
                title=_(
                    "The lamp at the corner of Lotus Wind Road and the old jetty has been out for "
                    "three days and children pass there on their way home from school"
                ),
                facts=[_("Street lamps"), _("Stone bridge micro-grid")],
                icon="bulb",
                url="#row",
                end=StatusMark("handling"),
            ),
        ),
    ]


@exhibit(
    "timeline",
    title=_("Timeline"),
    notes=_("Oldest first. What waits for the reader is persimmon, what is to come is dotted."),
)
def timeline_examples() -> Examples:
    now = timezone.now()
    return [
        (
            _("On its way"),
            Timeline(
                items=[
                    Moment(title=_("You reported it"), at=now - timedelta(days=2)),
                    Moment(
                        title=_("The grid worker took it up"),
                        at=now - timedelta(days=1),
                        note=_("after 6 minutes of working time"),
                        why=_("The place lies in the East Creek micro-grid."),
                    ),
                    Moment(title=_("Your last word"), note=_("7 days left"), state="you"),
                    Moment(title=_("Filed"), note=_("after the rating"), state="next"),
                ]
            ),
        )
    ]


@exhibit("steps", title=_("Steps of a form"), notes=_("Three at most; each is a page."))
def steps_examples() -> Examples:
    labels = [_("Photo"), _("Check"), _("Send")]
    return [(_("The second of three"), Steps(labels=labels, now=2))]


@exhibit(
    "photos", title=_("Photos"), notes=_("Real photographs as they are; each says what it shows.")
)
def photos_examples() -> Examples:
    picture = Picture(
        src=static("look/lamp.svg"), alt=_("A dark lamp"), href=static("look/lamp.svg")
    )
    return [
        (_("Led by the first"), Photos(items=[picture, picture, picture], is_led=True)),
    ]


@exhibit("filters", title=_("Filters"), notes=_("Links, so that each list has an address."))
def filters_examples() -> Examples:
    return [
        (
            _("The first is chosen"),
            Filters(
                label=_("Filter"),
                choices=[
                    Choice(label=_("For me"), url="#filters", count=7, is_chosen=True),
                    Choice(label=_("Due soon"), url="#filters", count=2),
                    Choice(label=_("Done"), url="#filters", count=61),
                ],
            ),
        )
    ]


@exhibit("stat", title=_("Number"), notes=_("Never bare: it says out of how many."))
def stat_examples() -> Examples:
    return [
        (
            _("Out of how many"),
            Stat(number=121, out_of=_("done, of 128 received"), note=_("3 overdue, 4 redone")),
        ),
        (_("Large"), Stat(number=486, out_of=_("points to use"), size="l")),
    ]


@exhibit("pager", title=_("Pages to turn"), notes=_("Links with addresses; the filters stay."))
def pager_examples() -> Examples:
    paginator: Paginator[object] = Paginator(range(50), per_page=20)
    return [
        (_("In the middle"), Pager(page=paginator.page(2))),
        (_("At the end"), Pager(page=paginator.page(3))),
    ]
