"""The life of a report as one table: which states there are, who may move it on, and what it takes.

Everything that has to do with a report's state reads this table: the services that move it, the
buttons a person sees, the page in the reference, and the tests that try every pair. It says the
same as `report_categories.yaml`, from which a test compares it. Pure data: nothing here knows a
database, and offices are the words of `Office`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a report stands on its way from the resident and back."""

    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    DISPATCHED = "dispatched", _("Dispatched")
    POOLED = "pooled", _("Open to helpers")
    HANDLING = "handling", _("In progress")
    AWAITING_REPORTER = "awaiting_reporter", _("Waiting for more from the resident")
    SUSPENDED = "suspended", _("On hold")
    DONE = "done", _("Done, waiting for the resident")
    RESOLVED = "resolved", _("Solved")
    CLOSED_UNRESOLVED = "closed_unresolved", _("Closed without a solution")
    DUPLICATE = "duplicate", _("Joined to another report")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REOPENED = "reopened", _("Being handled again")


class Family(StrEnum):
    """What a state means for those who wait."""

    OPEN = "open"
    PAUSED = "paused"
    FIXED = "fixed"
    CLOSED = "closed"


class Clock(StrEnum):
    """Which of the two deadlines is running."""

    ACCEPT = "accept"
    FINISH = "finish"
    NONE = ""


class Need(StrEnum):
    """What an act takes besides the right office."""

    TEXT = "text"
    PHOTO = "photo"
    APPROVAL = "approval"


class Level(TextChoices):
    """The levels a report can rest at, from the bottom up."""

    GRID = "grid", _("Grid")
    VILLAGE = "village", _("Village or community")
    TOWN = "town", _("Town or subdistrict")
    COUNTY = "county", _("County")


class Event(TextChoices):
    """Acts that change whose task a report is: not states of their own."""

    RETURNED = "returned", _("Returned")
    ESCALATED = "escalated", _("Sent one level up")


REPORTER: Final = "reporter"
"""The resident whose report it is, who filed it for them, or their guardian."""

SYSTEM: Final = "system"
"""The clock."""

LEVELS: Final = tuple(Level)


@dataclass(frozen=True)
class State:
    """What holds while a report is in this state."""

    status: Status
    family: Family
    clock: Clock = Clock.NONE


@dataclass(frozen=True)
class Edge:
    """One step that a report may take: from where to where, by whom, and with what."""

    source: Status
    target: Status
    who: frozenset[str]
    needs: frozenset[Need] = frozenset()
    event: str = ""


@dataclass(frozen=True)
class OwnerEvent:
    """A change of owner that the table allows in some states."""

    event: Event
    sources: frozenset[Status]
    who: frozenset[str]
    needs: frozenset[Need]
    limit: int | None = None


STATES: Final[dict[Status, State]] = {
    state.status: state
    for state in (
        State(Status.SUBMITTED, Family.OPEN, Clock.ACCEPT),
        State(Status.ACCEPTED, Family.OPEN, Clock.FINISH),
        State(Status.DISPATCHED, Family.OPEN, Clock.FINISH),
        State(Status.POOLED, Family.OPEN, Clock.FINISH),
        State(Status.HANDLING, Family.OPEN, Clock.FINISH),
        State(Status.AWAITING_REPORTER, Family.PAUSED),
        State(Status.SUSPENDED, Family.PAUSED),
        State(Status.DONE, Family.OPEN),
        State(Status.RESOLVED, Family.FIXED),
        State(Status.CLOSED_UNRESOLVED, Family.CLOSED),
        State(Status.DUPLICATE, Family.CLOSED),
        State(Status.WITHDRAWN, Family.CLOSED),
        State(Status.REOPENED, Family.OPEN, Clock.FINISH),
    )
}

_GRID = "grid_worker grid_leader"
_RECEIVERS = f"{_GRID} village_committee mediator town_dispatcher"
_DISPATCHERS = "grid_leader village_committee town_dispatcher"
_MERGERS = "grid_worker town_dispatcher"
_DISPATCHED_TO = "grid_worker village_committee mediator town_handler county_handler"
_HANDLERS = f"{_GRID} village_committee mediator town_handler county_handler"
_HOLDERS = f"{_GRID} village_committee town_handler county_handler"


def _edge(source: str, target: str, who: str, needs: str = "", event: str = "") -> Edge:
    return Edge(
        Status(source),
        Status(target),
        frozenset(who.split()),
        frozenset(Need(need) for need in needs.split()),
        event,
    )


EDGES: Final[tuple[Edge, ...]] = (
    _edge("submitted", "accepted", _RECEIVERS),
    _edge("submitted", "awaiting_reporter", _RECEIVERS, "text"),
    _edge("submitted", "duplicate", _MERGERS, "text"),
    _edge("submitted", "closed_unresolved", _DISPATCHERS, "text approval"),
    _edge("submitted", "withdrawn", REPORTER),
    _edge("accepted", "handling", f"{_GRID} village_committee mediator"),
    _edge("accepted", "dispatched", _DISPATCHERS, "text"),
    _edge("accepted", "pooled", _DISPATCHERS, "text"),
    _edge("accepted", "awaiting_reporter", _RECEIVERS, "text"),
    _edge("accepted", "duplicate", _MERGERS, "text"),
    _edge("accepted", "closed_unresolved", _DISPATCHERS, "text approval"),
    _edge("accepted", "withdrawn", REPORTER),
    _edge("dispatched", "handling", _DISPATCHED_TO),
    _edge("dispatched", "accepted", _DISPATCHED_TO, "text approval", Event.RETURNED),
    _edge("dispatched", "withdrawn", REPORTER),
    _edge("pooled", "handling", "volunteer mediator"),
    _edge("pooled", "accepted", f"{_DISPATCHERS} {SYSTEM}", "text"),
    _edge("pooled", "withdrawn", REPORTER),
    _edge("handling", "done", f"{_HANDLERS} volunteer", "text photo"),
    _edge("handling", "awaiting_reporter", _HANDLERS, "text"),
    _edge("handling", "suspended", _HOLDERS, "text approval"),
    _edge("handling", "accepted", f"{_DISPATCHED_TO} volunteer", "text approval", Event.RETURNED),
    _edge("handling", "duplicate", _MERGERS, "text"),
    _edge("handling", "closed_unresolved", _HANDLERS, "text approval"),
    _edge("handling", "withdrawn", REPORTER, "text"),
    _edge("awaiting_reporter", "submitted", REPORTER, "text"),
    _edge("awaiting_reporter", "accepted", REPORTER, "text"),
    _edge("awaiting_reporter", "handling", REPORTER, "text"),
    _edge("awaiting_reporter", "closed_unresolved", SYSTEM, "text"),
    _edge("awaiting_reporter", "withdrawn", REPORTER),
    _edge("suspended", "handling", f"{_HOLDERS} {SYSTEM}", "text"),
    _edge(
        "suspended",
        "closed_unresolved",
        "grid_leader village_committee town_handler county_handler",
        "text approval",
    ),
    _edge("suspended", "withdrawn", REPORTER, "text"),
    _edge("done", "resolved", f"{REPORTER} {SYSTEM}"),
    _edge("done", "handling", _DISPATCHERS, "text"),
    _edge("done", "reopened", REPORTER, "text"),
    _edge("resolved", "reopened", REPORTER, "text"),
    _edge("closed_unresolved", "reopened", REPORTER, "text"),
    _edge("reopened", "handling", _HANDLERS),
    _edge("reopened", "dispatched", _DISPATCHERS, "text"),
    _edge("duplicate", "accepted", "town_dispatcher", "text"),
)

OWNER_EVENTS: Final[dict[str, OwnerEvent]] = {
    Event.RETURNED: OwnerEvent(
        Event.RETURNED,
        frozenset({Status.DISPATCHED, Status.HANDLING}),
        frozenset(f"{_DISPATCHED_TO} volunteer".split()),
        frozenset({Need.TEXT, Need.APPROVAL}),
        limit=1,
    ),
    Event.ESCALATED: OwnerEvent(
        Event.ESCALATED,
        frozenset(
            {
                Status.SUBMITTED,
                Status.ACCEPTED,
                Status.DISPATCHED,
                Status.POOLED,
                Status.HANDLING,
                Status.REOPENED,
            }
        ),
        frozenset(f"{_GRID} village_committee town_dispatcher {SYSTEM}".split()),
        frozenset({Need.TEXT}),
    ),
}

APPROVERS: Final[dict[Level, frozenset[str]]] = {
    Level.GRID: frozenset({"grid_leader", "village_committee", "town_dispatcher"}),
    Level.VILLAGE: frozenset({"village_secretary", "village_committee", "town_dispatcher"}),
    Level.TOWN: frozenset({"town_dispatcher", "town_handler"}),
    Level.COUNTY: frozenset({"town_dispatcher", "county_handler"}),
}

REOPEN_MAX: Final = 2
"""How often a resident may say "not solved"; after that the report goes one level up as well."""

REOPEN_DAYS: Final = 7
"""For how many days after the end."""

RATING_DAYS: Final = 7
"""How long a resident may rate before the clock closes the report as not rated."""

SUPPLEMENT_DAYS: Final = 15
"""How long the platform waits for what it asked the resident for."""

REOPEN_WHEN_LTE: Final = 2
"""A rating as low as this asks the resident whether the report should be handled again."""

_BY_PAIR: Final = {(edge.source, edge.target): edge for edge in EDGES}


def edge_between(source: str, target: str) -> Edge | None:
    """Return the edge from one state to another, or None: the step does not exist."""
    return _BY_PAIR.get((Status(source), Status(target)))


def edges_from(source: str) -> tuple[Edge, ...]:
    return tuple(edge for edge in EDGES if edge.source == source)


def statuses(*families: Family) -> tuple[Status, ...]:
    return tuple(status for status, state in STATES.items() if state.family in families)


def clock_of(status: str) -> Clock:
    return STATES[Status(status)].clock


ONGOING: Final = statuses(Family.OPEN, Family.PAUSED)
"""Reports that somebody still answers for."""

TO_BE_HANDLED: Final = tuple(
    status for status, state in STATES.items() if state.clock is not Clock.NONE
)
"""Reports whose next step is the office's."""

OVER: Final = statuses(Family.FIXED, Family.CLOSED)

OFFICE_LEVELS: Final[dict[str, Level]] = {
    "grid_worker": Level.GRID,
    "grid_leader": Level.GRID,
    "village_committee": Level.VILLAGE,
    "village_secretary": Level.VILLAGE,
    "mediator": Level.VILLAGE,
    "volunteer": Level.VILLAGE,
    "town_dispatcher": Level.TOWN,
    "town_handler": Level.TOWN,
    "county_handler": Level.COUNTY,
}
"""At which level each office that has to do with reports stands."""
