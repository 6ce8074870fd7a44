"""How a report went: its steps as short sentences, for everybody or for its parties."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.components.lists import Moment
from community.components.marks import STATUS_LOOKS
from community.components.reports import owner_words, photos_of
from community.masking import masked
from community.models import Act, Office, Step
from community.queries.routing import explain
from community.workflow import OVER, Status


def story_of(
    history: Sequence[Step], *, is_party: bool, is_mine: bool, next_moment: Moment | None = None
) -> list[Moment]:
    """Return what happened, oldest first. What was asked of the resident is for parties only."""
    moments = [_moment(step, is_party=is_party, is_mine=is_mine) for step in history]
    return [*moments, next_moment] if next_moment else moments


def _moment(step: Step, *, is_party: bool, is_mine: bool) -> Moment:
    may_show = is_party or not step.is_private
    # The first photo of a filing or handling leads the page already; more of them stand here.
    photos = photos_of(step) if may_show and step.act != Act.FILED else None
    routing = getattr(step, "routing", None)
    return Moment(
        title=title_of(step, is_mine=is_mine),
        at=step.at,
        note=_note_of(step),
        text=_text_of(step, is_party=is_party) if may_show else "",
        why=" ".join(explain(routing.reasons)) if routing else "",
        state="done",
        icon=_icon_of(step),
        photos=photos,
    )


def _text_of(step: Step, *, is_party: bool) -> str:
    return step.text if is_party else masked(step.text)


def _icon_of(step: Step) -> str:
    if step.act in (Act.ESCALATED, Act.RETURNED):
        return STATUS_LOOKS[step.act][1]
    if step.to_status in (Status.SUSPENDED, Status.REOPENED, Status.AWAITING_REPORTER, *OVER):
        return STATUS_LOOKS[step.to_status][1]
    return ""


def _note_of(step: Step) -> str:
    notes = []
    if step.acted_for_id:
        notes.append(_("entered by somebody who acts for the resident"))
    if step.approved_by:
        notes.append(_("agreed by %(person)s") % {"person": step.approved_by})
    return "　".join(notes)


def who_of(step: Step) -> str:
    """Return who did it: the office with a name, "the clock", or the resident without one."""
    if step.actor_office and step.actor:
        return pgettext("an office holder", "%(office)s %(person)s") % {
            "office": Office(step.actor_office).label,
            "person": step.actor.display_name,
        }
    return _("The clock") if step.actor_id is None else _("The resident")


def title_of(step: Step, *, is_mine: bool) -> str:
    """Return one step as a short sentence."""
    facts = {
        "who": who_of(step),
        "where": owner_words(step.owner_office, step.owner_area.name, step.owner_department),
    }
    key = step.act if step.act in (Act.FILED, Act.RETURNED, Act.ESCALATED, Act.SUPPLEMENTED) else ""
    if is_mine and key == Act.FILED:
        return _("You reported it")
    return _title(key or step.to_status, step.from_status, is_by_clock=not step.actor_id) % facts


def _title(key: str, source: str, *, is_by_clock: bool) -> str:
    if key == Status.HANDLING and source == Status.DONE:
        return _("%(who)s looked and found that it is not done yet")
    if key == Status.HANDLING and source == Status.SUSPENDED:
        return _("It goes on")
    if key == Status.ACCEPTED and source in (Status.POOLED, Status.DUPLICATE):
        return _("%(who)s took it back")
    if key == Status.RESOLVED and is_by_clock:
        return _("Nobody rated it: counted as not rated, not as praise")
    titles: dict[str, str] = {
        Act.FILED: _("A resident reported it"),
        Act.RETURNED: _("%(who)s returned it to %(where)s"),
        Act.ESCALATED: _("Sent up to %(where)s"),
        Act.SUPPLEMENTED: _("The resident added to it"),
        Status.ACCEPTED: _("%(who)s accepted it"),
        Status.DISPATCHED: _("Sent on to %(where)s"),
        Status.POOLED: _("Opened to helpers"),
        Status.HANDLING: _("%(who)s began to handle it"),
        Status.AWAITING_REPORTER: _("%(who)s asks the resident for more"),
        Status.SUSPENDED: _("%(who)s put it on hold"),
        Status.DONE: _("%(who)s says it is done"),
        Status.RESOLVED: _("The resident had the last word: solved"),
        Status.CLOSED_UNRESOLVED: _("Closed without a solution"),
        Status.DUPLICATE: _("Joined to a report about the same matter"),
        Status.WITHDRAWN: _("The resident withdrew it"),
        Status.REOPENED: _("The resident says it is not solved"),
    }
    return titles[key]
