"""The acts of office holders as pages: which step of the table each takes, and its words.

A button is shown where the table allows the step to the person, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.models import Report
from community.policies.reports import may_escalate, steps_open_to
from community.workflow import Need, Status, edge_between


@dataclass(frozen=True, kw_only=True)
class ActForm:
    """One act of an office holder: which step it takes, and the words of its page."""

    key: str
    sources: tuple[Status, ...]
    target: Status | None
    button: str | Promise
    title: str | Promise
    label: str | Promise
    hint: str | Promise = ""
    icon: str = ""

    @property
    def is_one_tap(self) -> bool:
        """Whether the button does it at once, without a page to write something on."""
        return self.key in ("accept", "take")

    def is_open_to(self, report: Report, roles: Iterable[str]) -> bool:
        if report.status not in self.sources:
            return False
        if self.target is None:
            return may_escalate(report, roles)
        return any(edge.target == self.target for edge in steps_open_to(report, roles))

    def needs(self, report: Report) -> frozenset[Need]:
        if self.target is None:
            return frozenset({Need.TEXT})
        edge = edge_between(report.status, self.target)
        return edge.needs if edge else frozenset()


S = Status
ACTS: Final[dict[str, ActForm]] = {
    form.key: form
    for form in (
        ActForm(
            key="accept",
            sources=(S.SUBMITTED,),
            target=S.ACCEPTED,
            button=_("Accept it"),
            title=_("Accept this report"),
            hint=_("The resident is told at once. From now on the time to get it done runs."),
            label=_("A word to the resident"),
            icon="check",
        ),
        ActForm(
            key="take",
            sources=(S.ACCEPTED, S.DISPATCHED, S.POOLED, S.REOPENED),
            target=S.HANDLING,
            button=_("I take care of it"),
            title=_("Take care of it yourself"),
            hint=_("The resident sees that you are at it."),
            label=_("A word to the resident"),
            icon="hand",
        ),
        ActForm(
            key="done",
            sources=(S.HANDLING,),
            target=S.DONE,
            button=_("It is done"),
            title=_("Say that it is done"),
            label=_("What was done"),
            hint=_("The resident has the last word: they rate it, or say that it is not solved."),
            icon="check",
        ),
        ActForm(
            key="dispatch",
            sources=(S.ACCEPTED, S.REOPENED),
            target=S.DISPATCHED,
            button=_("Send it on"),
            title=_("Send it to another office"),
            label=_("Why them"),
            icon="s-refer",
        ),
        ActForm(
            key="pool",
            sources=(S.ACCEPTED,),
            target=S.POOLED,
            button=_("Open it to helpers"),
            title=_("Let a volunteer or mediator take it"),
            label=_("What helpers should know"),
            hint=_("Who takes it first has it. After a day without anybody it comes back to you."),
            icon="people",
        ),
        ActForm(
            key="back",
            sources=(S.POOLED, S.DUPLICATE),
            target=S.ACCEPTED,
            button=_("Take it back"),
            title=_("Take it back"),
            label=_("Your reason"),
            icon="s-back",
        ),
        ActForm(
            key="ask",
            sources=(S.SUBMITTED, S.ACCEPTED, S.HANDLING),
            target=S.AWAITING_REPORTER,
            button=_("Ask the resident"),
            title=_("Ask the resident for more"),
            label=_("What you need to know"),
            hint=_("The time stands still until they answer, for 15 days at most."),
            icon="edit",
        ),
        ActForm(
            key="escalate",
            sources=(S.SUBMITTED, S.ACCEPTED, S.DISPATCHED, S.POOLED, S.HANDLING, S.REOPENED),
            target=None,
            button=_("Send it up"),
            title=_("Send it one level up"),
            label=_("Why it cannot be done here"),
            icon="s-up",
        ),
        ActForm(
            key="hold",
            sources=(S.HANDLING,),
            target=S.SUSPENDED,
            button=_("Put it on hold"),
            title=_("Put it on hold"),
            label=_("What it waits for"),
            hint=_("For weather, material or money. The resident sees the reason and the day."),
            icon="s-wait",
        ),
        ActForm(
            key="resume",
            sources=(S.SUSPENDED,),
            target=S.HANDLING,
            button=_("Resume it"),
            title=_("Resume it"),
            label=_("What has changed"),
            icon="s-doing",
        ),
        ActForm(
            key="recheck",
            sources=(S.DONE,),
            target=S.HANDLING,
            button=_("Not done yet"),
            title=_("You looked, and it is not done"),
            label=_("What is still to do"),
            icon="s-again",
        ),
        ActForm(
            key="merge",
            sources=(S.SUBMITTED, S.ACCEPTED, S.HANDLING),
            target=S.DUPLICATE,
            button=_("Join to another"),
            title=_("Join it to a report about the same matter"),
            label=_("Why it is the same"),
            hint=_("Both residents are told how it goes on."),
            icon="s-merge",
        ),
        ActForm(
            key="return",
            sources=(S.DISPATCHED, S.HANDLING),
            target=S.ACCEPTED,
            button=_("Return it"),
            title=_("Return it to who sent it"),
            label=_("Why it is not yours"),
            icon="s-back",
        ),
        ActForm(
            key="close",
            sources=(S.SUBMITTED, S.ACCEPTED, S.HANDLING, S.SUSPENDED),
            target=S.CLOSED_UNRESOLVED,
            button=_("Close unsolved"),
            title=_("Close it without a solution"),
            label=_("Why, and where the resident can go"),
            hint=_("Closed is not solved: it is counted and shown as what it is."),
            icon="s-no",
        ),
    )
}
FIRST: Final = ("accept", "take", "done", "resume")
"""The act that is the next one, in this order; it is the filled button."""


def acts_open_to(report: Report, roles: Iterable[str]) -> list[ActForm]:
    """Return the acts whose buttons somebody sees, the next one first."""
    roles = frozenset(roles)
    return [form for form in ACTS.values() if form.is_open_to(report, roles)]
