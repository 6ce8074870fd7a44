"""What a text message is, and what whoever carries it must be able to do.

Providers in China send registered templates (报备模板), not free text: a message is the name of a
template and the values in it. `values` may hold a code, so a message never shows them in its repr.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

SIGN: Final = "【邻里园】"


@dataclass(frozen=True, kw_only=True)
class Sms:
    """One message: who gets it, which template, and what stands in its gaps."""

    id: uuid.UUID
    """Given to the provider with every attempt, so that a retry never sends twice."""

    phone: str
    template: str
    values: dict[str, str] = field(repr=False)


class NotSent(Exception):
    """The provider did not take the message: `code` says why, for the people who run this."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Sender(Protocol):
    """Carries messages. One class an operator, chosen by ``SMS_SENDER``."""

    def send(self, sms: Sms) -> None:
        """Hand the message over.

        :raises NotSent: it was not taken, after the retries that make sense.
        """
        ...


TEMPLATES: Final[dict[str, str | Promise]] = {
    "code": _("Your code is {code}, good for {minutes} minutes. Staff never ask you for it."),
    "phone_changed": _(
        "Your account has a new phone number. If it was not you, please call your grid worker."
    ),
}
"""What each says. The Chinese wording is the one to register (报备) with the provider."""


def wording(sms: Sms) -> str:
    """Return the message as a phone would show it, for development."""
    return SIGN + str(TEMPLATES[sms.template]).format(**sms.values)


def sender() -> Sender:
    """Return the sender the settings choose."""
    chosen: type[Sender] = import_string(settings.SMS_SENDER)
    return chosen()
