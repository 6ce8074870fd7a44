"""What the life of a report tells the rest of the platform.

Facts are ids, words of the table and counts: nothing that an erasure would have to find again.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.publishing import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AboutAReport:
    """What every event of a report says: which one, and the step that it reports."""

    report_id: int
    number: str
    step: int
    category: str
    from_status: str
    to_status: str
    level: str
    round: int = 0
    """How often the report had been reopened by then."""


@dataclass(frozen=True, kw_only=True)
class ReportFiled(AboutAReport, DomainEvent):
    name = "community.report_filed"
    label = _("A resident filed a report")


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(AboutAReport, DomainEvent):
    name = "community.report_accepted"
    label = _("A report was accepted")


@dataclass(frozen=True, kw_only=True)
class ReportDispatched(AboutAReport, DomainEvent):
    name = "community.report_dispatched"
    label = _("A report was sent on to an office")


@dataclass(frozen=True, kw_only=True)
class ReportPooled(AboutAReport, DomainEvent):
    name = "community.report_pooled"
    label = _("A report was opened to helpers")


@dataclass(frozen=True, kw_only=True)
class ReportTaken(AboutAReport, DomainEvent):
    name = "community.report_taken"
    label = _("Somebody began to handle a report")


@dataclass(frozen=True, kw_only=True)
class ReportDone(AboutAReport, DomainEvent):
    name = "community.report_done"
    label = _("A report was handled")


@dataclass(frozen=True, kw_only=True)
class ReportRated(AboutAReport, DomainEvent):
    """The resident rated. The stars are in the ratings; an event would show them to everybody."""

    name = "community.report_rated"
    label = _("A resident rated the handling of a report")


@dataclass(frozen=True, kw_only=True)
class ReportLeftUnrated(AboutAReport, DomainEvent):
    name = "community.report_left_unrated"
    label = _("The time to rate a report passed")


@dataclass(frozen=True, kw_only=True)
class ReportReopened(AboutAReport, DomainEvent):
    name = "community.report_reopened"
    label = _("A resident said that a report is not solved")


@dataclass(frozen=True, kw_only=True)
class ReportEscalated(AboutAReport, DomainEvent):
    name = "community.report_escalated"
    label = _("A report went one level up")


@dataclass(frozen=True, kw_only=True)
class ReportReturned(AboutAReport, DomainEvent):
    name = "community.report_returned"
    label = _("A report was returned to who had sent it on")


@dataclass(frozen=True, kw_only=True)
class ReportWithdrawn(AboutAReport, DomainEvent):
    name = "community.report_withdrawn"
    label = _("A resident withdrew a report")


@dataclass(frozen=True, kw_only=True)
class SupplementAsked(AboutAReport, DomainEvent):
    name = "community.supplement_asked"
    label = _("A resident was asked for more about a report")


@dataclass(frozen=True, kw_only=True)
class SupplementGiven(AboutAReport, DomainEvent):
    name = "community.supplement_given"
    label = _("A resident added to a report")


@dataclass(frozen=True, kw_only=True)
class ReportSuspended(AboutAReport, DomainEvent):
    name = "community.report_suspended"
    label = _("A report was put on hold")


@dataclass(frozen=True, kw_only=True)
class ReportClosedUnresolved(AboutAReport, DomainEvent):
    name = "community.report_closed_unresolved"
    label = _("A report was closed without a solution")


@dataclass(frozen=True, kw_only=True)
class ReportMerged(AboutAReport, DomainEvent):
    name = "community.report_merged"
    label = _("A report was joined to another one")


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(AboutAReport, DomainEvent):
    name = "community.approval_asked"
    label = _("Somebody asked for approval of a step")


@dataclass(frozen=True, kw_only=True)
class ApprovalRefused(AboutAReport, DomainEvent):
    name = "community.approval_refused"
    label = _("A step was not approved")


ReportEvent = (
    ReportFiled
    | ReportAccepted
    | ReportDispatched
    | ReportPooled
    | ReportTaken
    | ReportDone
    | ReportRated
    | ReportLeftUnrated
    | ReportReopened
    | ReportEscalated
    | ReportReturned
    | ReportWithdrawn
    | SupplementAsked
    | SupplementGiven
    | ReportSuspended
    | ReportClosedUnresolved
    | ReportMerged
    | ApprovalAsked
    | ApprovalRefused
)

BY_TARGET: dict[str, type[ReportEvent]] = {
    "submitted": SupplementGiven,
    "accepted": ReportAccepted,
    "dispatched": ReportDispatched,
    "pooled": ReportPooled,
    "handling": ReportTaken,
    "awaiting_reporter": SupplementAsked,
    "suspended": ReportSuspended,
    "done": ReportDone,
    "resolved": ReportRated,
    "closed_unresolved": ReportClosedUnresolved,
    "duplicate": ReportMerged,
    "withdrawn": ReportWithdrawn,
    "reopened": ReportReopened,
}
"""Which event a step into a state is, unless its act says otherwise."""
