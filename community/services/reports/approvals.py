"""Steps that two people have to agree on: who asks, and who else says yes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from community import audit
from community.events.reports import ApprovalAsked, ApprovalRefused, ReportEvent
from community.models import Act, ApprovalRequest, Person, Report, Step
from community.policies.reports import objection_to_approving
from community.publishing import publish
from community.queries.routing import Destination, desk_of, with_reasons
from community.services.reports.advance import Given, advance, capacity, locked
from community.services.reports.refusals import (
    ApprovalAlreadyAsked,
    ApprovalOvertaken,
    DateNeeded,
    ReasonNeeded,
    ReturnedBefore,
    StepNotPossible,
)
from community.services.reports.telling import tell_inboxes
from community.workflow import OWNER_EVENTS, Event, Need, Status, edge_between

ACT_OF: Mapping[str, str] = {Event.RETURNED: Act.RETURNED}


@transaction.atomic
def ask_for_approval(
    *,
    report: Report,
    target: str,
    by: Person,
    text: str,
    at: datetime,
    expected_at: datetime | None = None,
    seen_version: int | None = None,
) -> ApprovalRequest:
    """Ask for a step that somebody else has to agree to; nothing moves until they do.

    :raises ApprovalAlreadyAsked: something else is waiting to be approved.
    :raises DateNeeded: a report is to be put on hold without saying until when.
    :raises ReturnedBefore: it has been returned as often as it may.
    """
    report = locked(report=report, seen_version=seen_version)
    edge = edge_between(report.status, target)
    if edge is None or Need.APPROVAL not in edge.needs:
        raise StepNotPossible(status=report.get_status_display(), target=Status(target).label)
    office = capacity(report=report, who=edge.who, given=Given(by=by, at=at))
    if not text.strip():
        raise ReasonNeeded
    if target == Status.SUSPENDED and (expected_at is None or expected_at <= at):
        raise DateNeeded
    if edge.event == Event.RETURNED and report.return_count >= (
        OWNER_EVENTS[Event.RETURNED].limit or 0
    ):
        raise ReturnedBefore
    if report.approval_requests.filter(decided_at=None).exists():
        raise ApprovalAlreadyAsked
    request = ApprovalRequest.objects.create(
        report=report,
        to_status=target,
        act=ACT_OF.get(edge.event, Act.MOVED),
        text=text.strip(),
        expected_at=expected_at,
        asked_by=by,
        asked_office=office,
        asked_at=at,
    )
    _write_down(request, ApprovalAsked, by=by, office=office, reason=text, at=at)
    tell_inboxes(area_id=report.owner_area_id, at=at)
    return request


@transaction.atomic
def decide(
    *, request: ApprovalRequest, by: Person, is_approved: bool, at: datetime, reason: str = ""
) -> Report:
    """Agree to a step, which then happens, or do not, with a reason.

    :raises ApprovalOvertaken: it was decided, or the report has moved on.
    :raises ApprovalNotYours: the decider asked for it, or does not approve at this level.
    :raises ReasonNeeded: a refusal without a reason.
    """
    report = locked(report=request.report, seen_version=None)
    request = ApprovalRequest.objects.select_for_update().get(pk=request.pk)
    if request.decided_at is not None:
        raise ApprovalOvertaken
    if objection := objection_to_approving(by, report, asked_by=request.asked_by, at=at):
        raise objection
    if not is_approved and not reason.strip():
        raise ReasonNeeded
    request.decided_by, request.decided_at = by, at
    request.is_approved, request.reason = is_approved, reason.strip()
    request.save()
    if not is_approved:
        _write_down(request, ApprovalRefused, by=by, office="", reason=reason, at=at)
        return report
    return _carry_out(report, request, by=by, at=at)


def _carry_out(report: Report, request: ApprovalRequest, *, by: Person, at: datetime) -> Report:
    is_return = request.act == Act.RETURNED
    given = Given(
        by=request.asked_by,
        at=at,
        text=request.text,
        approved_by=by,
        expected_at=request.expected_at,
        act=request.act,
        to=_who_sent_it(report) if is_return else None,
    )
    if is_return:
        report.return_count += 1
        report.save(update_fields=["return_count"])
    return advance(report=report, target=request.to_status, given=given)


def _who_sent_it(report: Report) -> Destination | None:
    """Return the desk that sent the report on last, to which it now goes back."""
    sent = (
        Step.objects.filter(report=report, to_status=Status.DISPATCHED)
        .exclude(act=Act.ESCALATED)
        .order_by("-number")
        .first()
    )
    if sent is None or not sent.actor_office:
        return None
    desk = desk_of(sent.actor_office, report.area)
    reason = {"code": "returned", "office": desk.office, "area": desk.area.name}
    return with_reasons(desk, reason)


def _write_down(
    request: ApprovalRequest,
    event: type[ReportEvent],
    *,
    by: Person,
    office: str,
    reason: str,
    at: datetime,
) -> None:
    report = request.report
    audit.record(
        actor=by,
        act=f"report.{event.name.partition('.')[2]}",
        subject=report,
        at=at,
        area=report.area,
        office=office,
        reason=reason,
        number=report.number,
        to_status=request.to_status,
    )
    publish(
        event(
            at=at,
            actor_id=by.pk,
            subject_id=request.asked_by_id,
            area_id=report.area_id,
            report_id=report.pk,
            number=report.number,
            step=report.version,
            category=report.category.code,
            from_status=str(report.status),
            to_status=str(request.to_status),
            level=str(report.owner_level),
            round=report.reopen_count,
        )
    )
