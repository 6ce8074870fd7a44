"""Who is told about a report: the resident of every step, the office of what is its task now.

The words of each kind stand beside the event that causes it; they are made when they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.events import reports as events
from community.kinds import Kind, register_kind
from community.models import EventRecord, Person, Report
from community.publishing import subscribe
from community.queries.reports import approvers_of, holders_of, residents_of
from community.services.notifications import mark_read, notify

Whom = Callable[[Report, EventRecord], Iterable[int]]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One kind of message that an event makes: for whom, and with which words."""

    event: type[events.ReportEvent]
    whom: Whom
    kind: str
    icon: str
    title: str | Promise
    tone: str = "water"


def _residents(report: Report, record: EventRecord) -> Iterable[int]:
    return residents_of(report, at=record.at)


def _office(report: Report, record: EventRecord) -> Iterable[int]:
    return holders_of(report, at=record.at)


def _approvers(report: Report, record: EventRecord) -> Iterable[int]:
    return approvers_of(report, at=record.at)


def _who_asked(report: Report, record: EventRecord) -> Iterable[int]:
    return [record.subject_id] if record.subject_id else []


E = events
TELLINGS: Final = (
    Telling(
        event=E.ReportFiled,
        whom=_office,
        kind="community.report_to_accept",
        icon="s-new",
        tone="warm",
        title=_("To accept: %(title)s"),
    ),
    Telling(
        event=E.ReportAccepted,
        whom=_residents,
        kind="community.report_accepted",
        icon="s-seen",
        title=_("“%(title)s” was accepted."),
    ),
    Telling(
        event=E.ReportDispatched,
        whom=_residents,
        kind="community.report_dispatched",
        icon="s-sent",
        title=_("“%(title)s” was sent to those who can handle it."),
    ),
    Telling(
        event=E.ReportDispatched,
        whom=_office,
        kind="community.report_to_handle",
        icon="s-sent",
        tone="warm",
        title=_("Sent to you: %(title)s"),
    ),
    Telling(
        event=E.ReportTaken,
        whom=_residents,
        kind="community.report_taken",
        icon="s-doing",
        title=_("Somebody is at “%(title)s”."),
    ),
    Telling(
        event=E.ReportDone,
        whom=_residents,
        kind="community.report_done",
        icon="s-done",
        tone="warm",
        title=_("“%(title)s” is done. Is it solved? A word from you closes the ring."),
    ),
    Telling(
        event=E.ReportReopened,
        whom=_office,
        kind="community.report_reopened",
        icon="s-again",
        tone="warm",
        title=_("Not solved, to be handled again: %(title)s"),
    ),
    Telling(
        event=E.ReportEscalated,
        whom=_residents,
        kind="community.report_sent_up",
        icon="s-up",
        title=_("“%(title)s” went one level up."),
    ),
    Telling(
        event=E.ReportEscalated,
        whom=_office,
        kind="community.report_from_below",
        icon="s-up",
        tone="warm",
        title=_("Sent up to you: %(title)s"),
    ),
    Telling(
        event=E.ReportReturned,
        whom=_office,
        kind="community.report_returned",
        icon="s-back",
        tone="warm",
        title=_("Came back to you: %(title)s"),
    ),
    Telling(
        event=E.ReportWithdrawn,
        whom=_office,
        kind="community.report_withdrawn",
        icon="s-back",
        title=_("The resident withdrew “%(title)s”."),
    ),
    Telling(
        event=E.SupplementAsked,
        whom=_residents,
        kind="community.supplement_asked",
        icon="edit",
        tone="warm",
        title=_("A question about “%(title)s”. It goes on when you have answered."),
    ),
    Telling(
        event=E.SupplementGiven,
        whom=_office,
        kind="community.supplement_given",
        icon="edit",
        tone="warm",
        title=_("The resident answered: %(title)s"),
    ),
    Telling(
        event=E.ReportSuspended,
        whom=_residents,
        kind="community.report_suspended",
        icon="s-wait",
        title=_("“%(title)s” is on hold; the page says why and until when."),
    ),
    Telling(
        event=E.ReportClosedUnresolved,
        whom=_residents,
        kind="community.report_closed",
        icon="s-no",
        title=_("“%(title)s” was closed without a solution; the page says why."),
    ),
    Telling(
        event=E.ReportMerged,
        whom=_residents,
        kind="community.report_merged",
        icon="s-merge",
        title=_("“%(title)s” goes on together with a report about the same matter."),
    ),
    Telling(
        event=E.ApprovalAsked,
        whom=_approvers,
        kind="community.approval_asked",
        icon="seal",
        tone="warm",
        title=_("Your agreement is asked for: %(title)s"),
    ),
    Telling(
        event=E.ApprovalRefused,
        whom=_who_asked,
        kind="community.approval_refused",
        icon="seal",
        title=_("Not agreed to: %(title)s"),
    ),
)


def _tell_of(telling: Telling) -> Callable[[EventRecord], None]:
    def tell(record: EventRecord) -> None:
        """Tell them once; who did it themselves knows already."""
        report = Report.objects.select_related("area").get(pk=record.facts["report_id"])
        persons = {person for person in telling.whom(report, record) if person != record.actor_id}
        notify(
            persons=persons,
            kind=telling.kind,
            event=record,
            group=f"report:{report.pk}",
            path=report.get_absolute_url(),
            facts={"title": report.public_title, "number": report.number},
            at=record.at,
        )

    # Deliveries are noted by name: two tellings of one event need two.
    tell.__qualname__ = f"tell.{telling.kind}"
    return tell


for _telling in TELLINGS:
    register_kind(
        Kind(key=_telling.kind, icon=_telling.icon, tone=_telling.tone, title=_telling.title)
    )
    subscribe(_telling.event.name)(_tell_of(_telling))


def note_who_knows(record: EventRecord) -> None:
    """Whoever takes a step of a report knows how it stood: what they were told is read.

    Without this, “rate it” would still wait in the messages of those who have rated.
    """
    if record.actor_id and (actor := Person.objects.filter(pk=record.actor_id).first()):
        mark_read(person=actor, groups=[f"report:{record.facts['report_id']}"], at=record.at)


for _event in (
    E.ReportAccepted,
    E.ReportDispatched,
    E.ReportPooled,
    E.ReportTaken,
    E.ReportDone,
    E.ReportRated,
    E.ReportReopened,
    E.ReportEscalated,
    E.ReportReturned,
    E.ReportWithdrawn,
    E.SupplementAsked,
    E.SupplementGiven,
    E.ReportSuspended,
    E.ReportClosedUnresolved,
    E.ReportMerged,
):
    subscribe(_event.name)(note_who_knows)
