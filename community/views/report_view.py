"""One report as one person sees it: all that its page shows, asked for once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.auth import guest_or_person, holds_back, offices_of
from community.components.deadlines import due_of, moment_of
from community.components.lists import Moment, Photos, Timeline
from community.components.marks import Due, Ring, StatusMark
from community.components.reports import Pair, owner_of, pair_of, picture_of, ring_of
from community.components.stories import story_of, title_of
from community.forms.acts import FIRST, ActForm, acts_open_to
from community.masking import masked
from community.models import ApprovalRequest, Person, Report, Step
from community.policies.reports import capacities, office_for, steps_open_to
from community.queries.reports import history_of, report_as_seen_by, waiting_request
from community.services.looks import note_look
from community.workflow import APPROVERS, OVER, REOPEN_DAYS, REPORTER, Level, Status

HOURS_IN_WORDS: Final = 48


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """One report as one person sees it: all that its page shows, asked for once."""

    person: Person | None
    report: Report
    history: list[Step]
    roles: frozenset[str]
    is_party: bool
    is_mine: bool
    is_rated: bool
    request: ApprovalRequest | None
    at: datetime

    @property
    def tab(self) -> str:
        return "inbox" if self.roles - {REPORTER} else "reports"

    @property
    def title(self) -> str:
        return self.report.title if self.is_party else self.report.public_title

    @property
    def body(self) -> str:
        return self._as_read(self.report.body)

    def _as_read(self, text: str) -> str:
        """What was written, for its parties; for the public without numbers of persons."""
        return text if self.is_party else masked(text)

    @property
    def may(self) -> frozenset[str]:
        """The steps that this person may take as the resident."""
        if REPORTER not in self.roles:
            return frozenset()
        edges = steps_open_to(self.report, {REPORTER})
        return frozenset(edge.target.value for edge in edges)

    @property
    def may_rate(self) -> bool:
        return Status.RESOLVED in self.may

    @property
    def may_say_not_solved(self) -> bool:
        over_at = self.report.over_at
        is_late = over_at is not None and self.at > over_at + timedelta(days=REOPEN_DAYS)
        return Status.REOPENED in self.may and not is_late

    @property
    def may_withdraw(self) -> bool:
        return Status.WITHDRAWN in self.may

    @property
    def may_supplement(self) -> bool:
        return REPORTER in self.roles and self.report.status == Status.AWAITING_REPORTER

    @property
    def is_your_turn(self) -> bool:
        return self.may_rate or self.may_supplement

    @property
    def acts(self) -> list[ActForm]:
        return acts_open_to(self.report, self.roles)

    @property
    def first_acts(self) -> list[ActForm]:
        """The act that comes next: the one filled button."""
        acts = {act.key: act for act in self.acts}
        return [acts[key] for key in FIRST if key in acts][:1]

    @property
    def other_acts(self) -> list[ActForm]:
        return [act for act in self.acts if act not in self.first_acts]

    @property
    def may_decide(self) -> bool:
        wish = self.request
        approvers = APPROVERS[Level(self.report.owner_level)]
        return wish is not None and bool(approvers & self.roles) and wish.asked_by != self.person

    @property
    def mark(self) -> StatusMark:
        if self.may_rate:
            return StatusMark(self.report.status, _("Done, waiting for your rating"))
        is_theirs = self.tab == "inbox" and self.report.status == Status.REOPENED
        return StatusMark(self.report.status, is_yours=self.may_supplement or is_theirs)

    @property
    def headline(self) -> str:
        """How it stands, in a sentence."""
        report = self.report
        if report.status in OVER or report.status == Status.DONE:
            return str(self.mark.word)
        if report.status in (Status.SUSPENDED, Status.AWAITING_REPORTER):
            return str(self.mark.word)
        return _("It is with: %(owner)s") % {"owner": self.owner}

    @property
    def subline(self) -> str:
        """What comes next, or what the office said last."""
        report = self.report
        if report.status in (Status.DONE, *OVER, Status.SUSPENDED):
            return self.last_words
        due = self.due
        return str(due.text) if due else ""

    @property
    def ring(self) -> Ring:
        return ring_of(self.report, is_rated=self.is_rated, you=self.is_your_turn)

    @property
    def due(self) -> Due | None:
        return due_of(self.report, at=self.at)

    @property
    def owner(self) -> str:
        return owner_of(self.report)

    @property
    def pair(self) -> Pair | None:
        return pair_of(self.history)

    @property
    def more_photos(self) -> Photos | None:
        """What was reported with more than the one photo that leads the page."""
        rest = [picture_of(use) for use in self.history[0].photos.all()][1:]
        return Photos(items=rest) if rest else None

    @property
    def exact_place(self) -> str:
        return self.report.place_note or self.report.area.name

    @property
    def position(self) -> str:
        """Where exactly, for those whose task it is to go there."""
        if self.report.lng is None or not self.roles - {REPORTER}:
            return ""
        return f"{self.report.lat:.5f}, {self.report.lng:.5f}"

    @property
    def took(self) -> str:
        """How long it took until it was done, by the clock on the wall."""
        if self.report.done_at is None or self.report.status not in (Status.DONE, Status.RESOLVED):
            return ""
        spent = self.report.done_at - self.report.filed_at
        hours = max(1, round(spent / timedelta(hours=1)))
        if hours <= HOURS_IN_WORDS:
            return ngettext("done after %(n)d hour", "done after %(n)d hours", hours) % {"n": hours}
        days = round(hours / 24)
        return ngettext("done after %(n)d day", "done after %(n)d days", days) % {"n": days}

    @property
    def last_title(self) -> str:
        return title_of(self.history[-1], is_mine=self.is_mine)

    @property
    def asked(self) -> str:
        """What the resident was asked for, while the platform waits for it."""
        waits = self.report.status == Status.AWAITING_REPORTER
        return self.history[-1].text if waits and self.is_party else ""

    @property
    def last_words(self) -> str:
        """What the office said last: the answer when done, the reason when on hold or closed."""
        return self._as_read(self.history[-1].text)

    @property
    def next_moment(self) -> Moment | None:
        if self.report.status in OVER:
            return None
        if self.may_rate and self.report.rating_due_at:
            note = _("until %(moment)s; silence is no praise") % {
                "moment": moment_of(self.report.rating_due_at, at=self.at)
            }
            return Moment(title=_("Your rating"), note=note, state="you")
        if self.report.status == Status.DONE:
            return Moment(title=_("The resident's rating"), state="next")
        return Moment(title=_("The next step: %(owner)s") % {"owner": self.owner}, state="next")

    @property
    def timeline(self) -> Timeline:
        moments = story_of(
            self.history,
            is_party=self.is_party,
            is_mine=self.is_mine,
            next_moment=self.next_moment,
        )
        return Timeline(items=moments)


def view_of(request: HttpRequest, number: str, *, at: datetime) -> ReportView:
    """Return everything a page about one report shows, or raise 404: nobody here may see it.

    Who holds an office but has not shown its second key sees it as a resident does.
    """
    person = guest_or_person(request)
    found = found_for(request, number, at=at)
    roles = capacities(person, found, at=at, offices=offices_of(request))
    wish = waiting_request(found) if roles - {REPORTER} else None
    return view_as(person, found, roles=roles, request=wish, as_resident=holds_back(request), at=at)


def view_as(
    person: Person | None,
    found: Report,
    *,
    roles: frozenset[str],
    request: ApprovalRequest | None,
    at: datetime,
    as_resident: bool = False,
) -> ReportView:
    """Return what somebody in these capacities sees of a report they may see.

    That an office holder looked is kept in the audit.
    """
    history = history_of(found)
    has_acted = person is not None and any(step.actor_id == person.pk for step in history)
    is_party = bool(roles) or (has_acted and not as_resident)
    if person is not None and is_party and REPORTER not in roles:
        office = office_for(roles, roles)
        note_look(by=person, thing=found, office=office, area=found.area, at=at)
    rounds = (step for step in history if step.to_status == Status.RESOLVED)
    return ReportView(
        person=person,
        report=found,
        history=history,
        roles=roles,
        is_party=is_party,
        is_mine=REPORTER in roles,
        is_rated=any(step.actor_id is not None for step in rounds),
        request=request,
        at=at,
    )


def found_for(request: HttpRequest, number: str, *, at: datetime) -> Report:
    """Return the report of that number, or raise 404: this session may not even know of it."""
    found = report_as_seen_by(
        guest_or_person(request),
        number,
        at=at,
        offices=offices_of(request),
        as_resident=holds_back(request),
    )
    if found is None:
        raise Http404
    return found
