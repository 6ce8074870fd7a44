"""What people's yes and no tells the rest of the platform."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.publishing import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(DomainEvent):
    """Somebody agreed to the text of a purpose, for themselves or for their child."""

    name = "community.consent_given"
    label = _("Somebody gave a consent")

    purpose: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(DomainEvent):
    """Somebody took a consent back: what rested on it stops from now on."""

    name = "community.consent_withdrawn"
    label = _("Somebody withdrew a consent")

    purpose: str
    version: int
