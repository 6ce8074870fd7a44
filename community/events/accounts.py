"""What people's accounts tell the rest of the platform. No number, no name: ids alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.publishing import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PersonJoined(DomainEvent):
    """Somebody confirmed a number that had no account, and has one now."""

    name = "community.person_joined"
    label = _("Somebody joined")


@dataclass(frozen=True, kw_only=True)
class PhoneChanged(DomainEvent):
    """Somebody confirmed a new number for their account."""

    name = "community.phone_changed"
    label = _("Somebody changed their phone number")


@dataclass(frozen=True, kw_only=True)
class PhoneReleased(DomainEvent):
    """A number was recycled by the operator: its new holder is not the person who had it."""

    name = "community.phone_released"
    label = _("A recycled phone number was taken off an account")


@dataclass(frozen=True, kw_only=True)
class AccountClosed(DomainEvent):
    """Somebody closed their account; what could name them is gone."""

    name = "community.account_closed"
    label = _("Somebody closed their account")
