"""What sending text messages tells the rest of the platform."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.publishing import DomainEvent


@dataclass(frozen=True, kw_only=True)
class SmsBudgetSpent(DomainEvent):
    """Today's money for text messages is spent, and somebody has been refused for it."""

    name = "community.sms_budget_spent"
    label = _("The day's money for text messages was spent")

    spent_fen: int
    cap_fen: int
