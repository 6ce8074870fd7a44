"""One's own account, and the claims that wait for a grid worker."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
    rows = waiting.select_related("person", "household").order_by("claimed_at", "pk")
    return waiting_in(rows, limit, shown_as=_claim)


def _claim(claim: HouseholdClaim) -> Todo:
    return Todo(
        title=_("Does %(name)s live at %(household)s?")
        % {"name": claim.person.display_name, "household": claim.household},
        note=_("They scanned the door plate and wait for your word."),
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
register_todos(TodoProvider(key="claims", find=claims))
