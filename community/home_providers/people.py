"""One's own account, and the claims that wait for a grid worker."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.components.deadlines import day_of
from community.home import (
    Drawer,
    Todo,
    TodoProvider,
    Waiting,
    register_drawer,
    register_todos,
    waiting_in,
)
from community.models import HouseholdClaim, Person


def claims(person: Person, at: datetime, limit: int) -> Waiting:
    waiting = HouseholdClaim.objects.waiting().for_decision_by(person, at=at)
    return waiting_in(waiting.order_by("claimed_at", "pk"), limit, shown_as=_claim)


def _claim(claim: HouseholdClaim) -> Todo:
    return Todo(
        title=_("Somebody says that they live in your grid"),
        note=_("They scanned a door plate on %(day)s and wait for your word.")
        % {"day": day_of(claim.claimed_at)},
        icon="house",
        url=reverse("community:claim", args=[claim.pk]),
        action=_("Have a look"),
    )


register_drawer(
    Drawer(
        key="account",
        label=_("Account and safety"),
        note=_("My name, my number, where I am signed in, what I agreed to"),
        icon="lock",
        url_name="community:account",
        order=70,
    )
)
register_drawer(
    Drawer(
        key="representing",
        label=_("Acting for others"),
        note=_("Who acts for me, for whom I act, and what was done"),
        icon="people",
        url_name="community:representing",
        order=60,
    )
)
register_todos(TodoProvider(key="claims", find=claims))
