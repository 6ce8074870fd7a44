"""Telling people things: notices, refusals, short messages, and what to say where nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from community.components.base import Part, Text
from community.components.gallery import Examples, exhibit

NOT_NOW: Final = _("Not now")
MESSAGE_LOOKS: Final = {
    "success": ("leaf", "check"),
    "info": ("water", "info"),
    "warning": ("gold", "warn"),
    "error": ("brick", "stop"),
}
"""A message's level tag, as Django says it: the tone and the icon it is shown with."""


@dataclass(frozen=True, kw_only=True)
class Action:
    """A button that leads somewhere. Kinds: primary, call (your turn), plain, danger."""

    label: Text
    url: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice(Part):
    """Something to know on the spot. Tones: water (the usual), leaf, gold, warm, brick."""

    template_name = "community/components/notice.html"

    title: Text
    text: Text = ""
    tone: str = "water"
    icon: str = "info"
    action: Action | None = None
    is_alert: bool = False


@dataclass(frozen=True, kw_only=True)
class Refused(Part):
    """No, and why, and what to do instead."""

    template_name = "community/components/refused.html"

    title: Text
    why: Text = ""
    instead: Sequence[Action] = ()


@dataclass(frozen=True, kw_only=True)
class Empty(Part):
    """Where a list would stand: what is not there, and what one can do now."""

    template_name = "community/components/empty.html"

    title: Text
    text: Text = ""
    action: Action | None = None


@dataclass(frozen=True, kw_only=True)
class Message(Part):
    """What has just happened, said once, at the head of the next page."""

    template_name = "community/components/message.html"

    text: Text
    level: str = "success"

    @property
    def tone(self) -> str:
        return MESSAGE_LOOKS.get(self.level, MESSAGE_LOOKS["info"])[0]

    @property
    def icon(self) -> str:
        return MESSAGE_LOOKS.get(self.level, MESSAGE_LOOKS["info"])[1]


@dataclass(frozen=True, kw_only=True)
class Confirm(Part):
    """The card that asks before something is done that cannot be undone.

    It stands on a page of its own, so that it works without a script: `hidden` are the fields
    that the form posts along.
    """

    template_name = "community/components/confirm.html"

    title: Text
    text: Text
    action: str
    yes: Text
    back_url: str
    no: Text = NOT_NOW
    is_final: bool = True
    hidden: Sequence[tuple[str, str]] = ()

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Take the form's token from the page it stands on."""
        token = parent_context.get("csrf_token", "") if parent_context is not None else ""
        return {"part": self, "csrf_token": token}


@exhibit(
    "notice",
    title=_("Notice"),
    notes=_("Information where it is needed. Persimmon only where it is the reader's turn."),
)
def notice_examples() -> Examples:
    return [
        (
            _("To know"),
            Notice(
                title=_("Somebody nearby has reported this"),
                text=_("It is 46 metres from you; you can look after it together."),
            ),
        ),
        (_("Your turn"), Notice(tone="warm", icon="bell", title=_("You lead tonight at 19:00"))),
        (_("Done"), Notice(tone="leaf", icon="check", title=_("Noted. We will tell you more."))),
        (
            _("Kept for later"),
            Notice(tone="gold", icon="offline", title=_("No network: kept on this phone for now")),
        ),
        (
            _("Danger, with a way on"),
            Notice(
                tone="brick",
                icon="stop",
                title=_("Somebody trapped? Call 119 first"),
                action=Action(label=_("Call 119"), url="tel:119"),
            ),
        ),
    ]


@exhibit(
    "refused",
    title=_("Refusal"),
    notes=_("Why not, and what to do instead. Never only “failed”."),
)
def refused_examples() -> Examples:
    return [
        (
            _("With ways on"),
            Refused(
                title=_("This shift is full"),
                why=_("Six people have signed up. You are first on the waiting list."),
                instead=[
                    Action(label=_("Join the waiting list"), url="#refused", kind="primary"),
                    Action(label=_("See tomorrow's shift"), url="#refused", kind="plain"),
                ],
            ),
        ),
        (_("Only the reason"), Refused(title=_("The consultation ended yesterday"))),
    ]


@exhibit("empty", title=_("Nothing there"), notes=_("Says what to do; the scene may appear here."))
def empty_examples() -> Examples:
    return [
        (
            _("With an action"),
            Empty(
                title=_("Nothing waits for you"),
                text=_("See what is new in the village, or report something."),
                action=Action(label=_("See what is new"), url="#empty"),
            ),
        ),
        (_("Only words"), Empty(title=_("No reports here yet"))),
    ]


@exhibit(
    "message",
    title=_("Message"),
    notes=_("What has just happened. It stays until the next page; it never covers anything."),
)
def message_examples() -> Examples:
    return [
        (_("success"), Message(text=_("Rated. The ring is closed."))),
        (_("info"), Message(text=_("You are signed out."), level="info")),
        (_("warning"), Message(text=_("Two photos were too large."), level="warning")),
        (_("error"), Message(text=_("That did not work."), level="error")),
    ]


@exhibit(
    "confirm",
    title=_("Asking before it is done"),
    notes=_("A page of its own with this card; the button says what will happen."),
)
def confirm_examples() -> Examples:
    return [
        (
            _("Cannot be undone"),
            Confirm(
                title=_("Withdraw this report?"),
                text=_("It is no longer handled; its photos are deleted after 180 days."),
                action="#confirm",
                yes=_("Withdraw it"),
                back_url="#confirm",
            ),
        ),
    ]
