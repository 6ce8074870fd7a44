"""The one way a report moves: along an edge of the table, by who may, with what it needs.

Every named act ends here, so nothing can move a report past the table: the row is locked, the
edge looked up, the objections asked, the clock turned, the step written, the audit kept and the
event published, in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from community import audit
from community.events import reports as events
from community.models import Act, Person, Photo, Report, Routing, Step
from community.policies.reports import (
    ReportNotYours,
    capacities,
    office_for,
    steps_open_to,
)
from community.publishing import publish
from community.queries.routing import Destination
from community.services.care import mark_act
from community.services.reports import clocks
from community.services.reports.photos import attach_photos
from community.services.reports.refusals import (
    ApprovalNeeded,
    PhotoNeeded,
    ReasonNeeded,
    ReportHasMovedOn,
    StepNotPossible,
)
from community.services.reports.telling import tell_inboxes, tell_its_page
from community.workflow import (
    OVER,
    RATING_DAYS,
    REPORTER,
    STATES,
    SYSTEM,
    Edge,
    Family,
    Need,
    Status,
    edge_between,
)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What comes with an act: who does it and when, what they wrote and showed."""

    by: Person | None
    at: datetime
    text: str = ""
    photos: Sequence[Photo] = ()
    captions: Sequence[str] = ()
    seen_version: int | None = None
    """The version that was on the page from which somebody acts; None for who did not look."""
    approved_by: Person | None = None
    expected_at: datetime | None = None
    to: Destination | None = None
    act: str = Act.MOVED
    merged_into: Report | None = None


@transaction.atomic
def advance(*, report: Report, target: str, given: Given) -> Report:
    """Move a report to `target` and return it as it now stands.

    :raises ReportHasMovedOn: it has changed since the page was opened.
    :raises StepNotPossible: the table has no such edge.
    :raises ReportNotYours: nobody in their capacities may take it.
    :raises ReasonNeeded: the edge needs a text.
    :raises PhotoNeeded: the edge and the category need a photo.
    :raises ApprovalNeeded: the edge needs somebody else's agreement.
    """
    report = locked(report=report, seen_version=given.seen_version)
    edge = edge_between(report.status, target)
    if edge is None or edge not in steps_open_to(report, edge.who):
        raise StepNotPossible(status=report.get_status_display(), target=Status(target).label)
    office = capacity(report=report, who=edge.who, given=given)
    _ask_for_needs(edge, report, given)
    _move(report, edge, given, office)
    return write_step(report=report, source=edge.source, office=office, given=given)


def locked(*, report: Report, seen_version: int | None) -> Report:
    """Return the report as it stands now, locked until the transaction ends.

    :raises ReportHasMovedOn: it is not what `seen_version` was any more.
    """
    # The lock asks for the row alone. PostgreSQL looks at a row again when it had to wait for it,
    # but not at what was joined to it: after a change of owner it would find no row at all.
    Report.objects.select_for_update().only("pk").get(pk=report.pk)
    report = Report.objects.select_related("category", "area", "owner_area").get(pk=report.pk)
    if seen_version is not None and report.version != seen_version:
        raise ReportHasMovedOn(status=report.get_status_display())
    return report


def capacity(*, report: Report, who: frozenset[str], given: Given) -> str:
    """Return in which capacity somebody acts, as the table calls it.

    :raises ReportNotYours: in none that is asked for.
    """
    if given.by is None:
        found = SYSTEM if SYSTEM in who else ""
    else:
        found = office_for(who, capacities(given.by, report, at=given.at))
    if not found:
        raise ReportNotYours
    return found


def write_step(
    *,
    report: Report,
    source: str,
    office: str,
    given: Given,
    event: type[events.ReportEvent] | None = None,
) -> Report:
    """Save a changed report together with the step that changed it, and tell the platform."""
    report.version += 1
    report.changed_at = given.at
    step = Step.objects.create(
        report=report,
        number=report.version,
        act=given.act,
        from_status=source,
        to_status=report.status,
        at=given.at,
        actor=given.by,
        actor_office="" if office in (REPORTER, SYSTEM) else office,
        acted_for=_principal(report, office, given),
        approved_by=given.approved_by,
        text=given.text.strip(),
        owner_level=report.owner_level,
        owner_office=report.owner_office,
        owner_area=report.owner_area,
        owner_department=report.owner_department,
        owner=report.owner,
    )
    attach_photos(step=step, photos=given.photos, captions=given.captions)
    report.photo_count += len(given.photos)
    report.save()
    if given.to:
        _keep_reasons(report, step, given.to)
    if source:  # about a new report nothing can have been asked
        overtake_requests(report=report, at=given.at)
    _audit(report, step)
    if step.acted_for and step.actor:
        mark_act(
            principal=step.acted_for,
            agent=step.actor,
            act=f"report.{step.to_status if step.act == Act.MOVED else step.act}",
            path=report.get_absolute_url(),
            at=step.at,
        )
    publish(_event(report, step, _event_type(step)))
    tell_its_page(report=report)
    tell_inboxes(area_id=report.owner_area_id, at=step.at)
    return report


def overtake_requests(*, report: Report, at: datetime) -> None:
    """Lay aside what was still to be approved: the report is not what was asked about any more."""
    report.approval_requests.filter(decided_at=None).update(
        decided_at=at, is_approved=False, reason=""
    )


def _ask_for_needs(edge: Edge, report: Report, given: Given) -> None:
    if Need.TEXT in edge.needs and not given.text.strip():
        raise ReasonNeeded
    if Need.PHOTO in edge.needs and report.category.needs_photo and not given.photos:
        raise PhotoNeeded
    if Need.APPROVAL in edge.needs and given.approved_by is None:
        raise ApprovalNeeded


def _move(report: Report, edge: Edge, given: Given, office: str) -> None:
    source, report.status = edge.source, edge.target
    report.expected_at = given.expected_at
    if STATES[source].family is Family.PAUSED:
        clocks.end_pause(report=report, at=given.at)
    clocks.turn_clock(report=report, source=source, at=given.at)
    if STATES[report.status].family is Family.PAUSED:
        clocks.pause(report=report, at=given.at)
    report.resumes_as = source if report.status == Status.AWAITING_REPORTER else ""
    report.merged_into = given.merged_into if report.status == Status.DUPLICATE else None
    report.over_at = given.at if report.status in OVER else None
    report.rating_due_at = None
    if report.status == Status.DONE:
        report.done_at = given.at
        report.rating_due_at = given.at + timedelta(days=RATING_DAYS)
    if report.status == Status.ACCEPTED and report.accepted_at is None:
        report.accepted_at = given.at
    _hand_over(report, given, office)


def _hand_over(report: Report, given: Given, office: str) -> None:
    """Change whose task it is: to where it was sent, or to who has taken it."""
    if given.to:
        hand_on(report=report, to=given.to, at=given.at)
    elif report.status in PERSONAL and office not in (REPORTER, SYSTEM):
        report.owner = given.by


PERSONAL: Final = frozenset({Status.ACCEPTED, Status.HANDLING})
"""States in which it is known who in the office takes care."""


def hand_on(*, report: Report, to: Destination, at: datetime) -> None:
    """Make the report the task of another office, and tell the inboxes that it has left."""
    tell_inboxes(area_id=report.owner_area_id, at=at)
    set_owner(report=report, to=to)


def set_owner(*, report: Report, to: Destination) -> None:
    """Make the report the task of another office."""
    report.owner_level, report.owner_office = to.level, to.office
    report.owner_area, report.owner_department = to.area, to.department
    report.owner, report.is_fallback = to.person, to.is_fallback


def _keep_reasons(report: Report, step: Step, to: Destination) -> None:
    Routing.objects.create(
        report=report,
        step=step,
        at=step.at,
        reasons=list(to.reasons),
        is_fallback=to.is_fallback,
    )


def _principal(report: Report, office: str, given: Given) -> Person | None:
    if office != REPORTER or given.by is None or given.by.pk == report.principal_id:
        return None
    return report.on_behalf_of or report.reporter


def _audit(report: Report, step: Step) -> None:
    if not step.actor_office:
        return
    audit.record(
        actor=step.actor,
        act=f"report.{step.act}",
        subject=report,
        at=step.at,
        area=report.area,
        office=step.actor_office,
        reason=step.text,
        number=report.number,
        from_status=step.from_status,
        to_status=step.to_status,
        approved_by=step.approved_by_id,
    )


ACT_EVENTS: Final[dict[str, type[events.ReportEvent]]] = {
    Act.FILED: events.ReportFiled,
    Act.RETURNED: events.ReportReturned,
    Act.ESCALATED: events.ReportEscalated,
    Act.SUPPLEMENTED: events.SupplementGiven,
}


def _event_type(step: Step) -> type[events.ReportEvent]:
    if step.act in ACT_EVENTS:
        return ACT_EVENTS[step.act]
    if step.to_status == Status.RESOLVED and step.actor_id is None:
        return events.ReportLeftUnrated
    return events.BY_TARGET[step.to_status]


def _event(report: Report, step: Step, event: type[events.ReportEvent]) -> events.ReportEvent:
    return event(
        at=step.at,
        actor_id=step.actor_id,
        subject_id=report.principal_id,
        area_id=report.area_id,
        report_id=report.pk,
        number=report.number,
        step=step.number,
        category=report.category.code,
        from_status=str(step.from_status),
        to_status=str(step.to_status),
        level=str(report.owner_level),
        round=report.reopen_count,
    )
