"""Who may do what with a report, and why not.

What somebody is to a report are its *capacities*, in the words of the table: `reporter`, or the
offices they hold that answer for it now. A page asks once and then knows every button.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Appointment, Office, Person, Report
from community.models.places import Area
from community.policies.registry import policy
from community.workflow import (
    APPROVERS,
    LEVELS,
    OFFICE_LEVELS,
    OWNER_EVENTS,
    REPORTER,
    Edge,
    Event,
    Level,
    Status,
    edges_from,
)


class ReportNotYours(Refusal):
    reason = _(
        "This report is with another office now, so you cannot do this. You may read how it "
        "stands, if it is public."
    )


class ReportHidden(Refusal):
    reason = _("This report is private: only who reported it and who handles it may read it.")


class ChildrenNeedAnAdult(Refusal):
    reason = _("You are not 18 yet. Please ask your guardian to report this together with you.")


class NotTheirAgent(Refusal):
    reason = _(
        "You are not entered as acting for %(person)s. Please ask the grid worker to enter you."
    )


class ApprovalNotYours(Refusal):
    reason = _("Another office has to approve this, and nobody approves what they asked for.")


def capacities(
    person: Person | None,
    report: Report,
    *,
    at: datetime,
    offices: Sequence[Appointment] | None = None,
) -> frozenset[str]:
    """Return what this person is to this report now, in the words of the table's `who`.

    `offices` are the person's, for who has asked for them already.
    """
    if person is None:
        return frozenset()
    roles = offices_answering(report, person.offices(at=at) if offices is None else offices)
    return roles | {REPORTER} if is_reporter(person, report, at=at) else roles


def offices_answering(report: Report, held: Iterable[Appointment]) -> frozenset[str]:
    """Return which of the offices held answer for this report now."""
    return frozenset(
        appointment.office for appointment in held if _answers_for(appointment, report)
    )


def is_reporter(person: Person, report: Report, *, at: datetime) -> bool:
    """Whether it is their matter, or that of somebody for whom they act now.

    Who filed it for another has a say in it for as long as they act for them, and no longer.
    """
    return person.pk == report.principal_id or _acts_for(person, report.principal_id, at=at)


def _acts_for(person: Person, principal_id: int, *, at: datetime) -> bool:
    """Whether they are somebody's agent now, or the guardian of a minor; one query for both."""
    return Person.objects.filter(pk=principal_id).represented_by(person, at=at).exists()


def _answers_for(held: Appointment, report: Report) -> bool:
    level = OFFICE_LEVELS.get(held.office)
    if level is None or not _is_around(held.area, report.area):
        return False
    if report.about_level and not _is_above(level, report.about_level):
        return False
    return _ANSWERS.get(held.office, _answers_as_handler)(held, report)


def _answers_in_grid(held: Appointment, report: Report) -> bool:
    return report.owner_level == Level.GRID and report.owner_office != Office.VOLUNTEER


def _answers_in_village(held: Appointment, report: Report) -> bool:
    return report.owner_level == Level.VILLAGE and report.owner_office != Office.VOLUNTEER


def _answers_as_mediator(held: Appointment, report: Report) -> bool:
    return report.owner_office == Office.MEDIATOR or report.status == Status.POOLED


def _answers_as_volunteer(held: Appointment, report: Report) -> bool:
    if report.owner_office == Office.VOLUNTEER:
        return report.owner_id == held.person_id
    return report.status == Status.POOLED and report.is_public


def _answers_at_the_desk(held: Appointment, report: Report) -> bool:
    return report.owner_office != Office.COUNTY_HANDLER


def _answers_as_handler(held: Appointment, report: Report) -> bool:
    mine = (held.office, held.department)
    return (report.owner_office, report.owner_department) == mine


_ANSWERS: Final[Mapping[str, Callable[[Appointment, Report], bool]]] = {
    Office.GRID_WORKER: _answers_in_grid,
    Office.GRID_LEADER: _answers_in_grid,
    Office.VILLAGE_COMMITTEE: _answers_in_village,
    Office.VILLAGE_SECRETARY: _answers_in_village,
    Office.MEDIATOR: _answers_as_mediator,
    Office.VOLUNTEER: _answers_as_volunteer,
    Office.TOWN_DISPATCHER: _answers_at_the_desk,
}


def _is_around(area: Area, inner: Area) -> bool:
    return inner.path.startswith(area.path)


def _is_above(level: Level, other: str) -> bool:
    return LEVELS.index(level) > LEVELS.index(Level(other))


def steps_open_to(report: Report, roles: Iterable[str]) -> list[Edge]:
    """Return the steps of the table that somebody in these capacities may take now."""
    found = [edge for edge in edges_from(report.status) if edge.who & frozenset(roles)]
    if report.status == Status.AWAITING_REPORTER:
        back = {*(edge.target for edge in found)} & {report.resumes_as}
        elsewhere = {Status.SUBMITTED, Status.ACCEPTED, Status.HANDLING} - back
        return [edge for edge in found if edge.target not in elsewhere]
    return found


def may_escalate(report: Report, roles: Iterable[str]) -> bool:
    event = OWNER_EVENTS[Event.ESCALATED]
    return report.status in event.sources and bool(event.who & frozenset(roles))


def office_for(edge_who: Iterable[str], roles: Iterable[str]) -> str:
    """Return the capacity in which somebody acts: their own matter first, then the lowest office.

    Blank when none of theirs is among `edge_who`.
    """
    fitting = frozenset(edge_who) & frozenset(roles)
    if REPORTER in fitting:
        return REPORTER
    return min(
        fitting, key=lambda office: (LEVELS.index(OFFICE_LEVELS[office]), office), default=""
    )


@policy("report.read", label=_("Read a report"))
def objection_to_reading(person: Person | None, report: Report, *, at: datetime) -> Refusal | None:
    if report.is_public:
        return None
    may_read = person and Report.objects.filter(pk=report.pk).visible_to(person, at=at).exists()
    return None if may_read else ReportHidden()


@policy("report.file", label=_("File a report"))
def objection_to_filing(
    person: Person, *, at: datetime, on_behalf_of: Person | None = None
) -> Refusal | None:
    """Children report with their guardian; whoever reports for another is entered as doing so."""
    if on_behalf_of is None:
        return ChildrenNeedAnAdult() if person.is_minor(on=timezone.localdate(at)) else None
    return None if _acts_for(person, on_behalf_of.pk, at=at) else NotTheirAgent(person=on_behalf_of)


@policy("report.step", label=_("Take a step of the table of report states"))
def objection_to_step(
    person: Person, report: Report, edge: Edge, *, at: datetime
) -> Refusal | None:
    """One step of the table, for who is not the reporter and holds none of its offices."""
    return None if office_for(edge.who, capacities(person, report, at=at)) else ReportNotYours()


@policy("report.escalate", label=_("Send a report one level up"))
def objection_to_escalating(person: Person, report: Report, *, at: datetime) -> Refusal | None:
    who = OWNER_EVENTS[Event.ESCALATED].who
    return None if office_for(who, capacities(person, report, at=at)) else ReportNotYours()


@policy("report.approve", label=_("Approve a step that somebody else asked for"))
def objection_to_approving(
    person: Person, report: Report, asked_by: Person, *, at: datetime
) -> Refusal | None:
    """Somebody else of the level's approvers, never who asked."""
    roles = capacities(person, report, at=at)
    may = APPROVERS[Level(report.owner_level)] & roles and person.pk != asked_by.pk
    return None if may else ApprovalNotYours()
