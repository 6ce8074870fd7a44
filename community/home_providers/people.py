"""One's own account, and the claims that wait for a grid worker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.home import Drawer, Todo, TodoProvider, register_drawer, register_todos
from community.models import HouseholdClaim, Person


def count(person: Person, at: datetime) -> int:
    return HouseholdClaim.objects.waiting().for_decision_by(person, at=at).count()


def rows(person: Person, at: datetime, most: int) -> Sequence[Todo]:
    waiting = HouseholdClaim.objects.waiting().for_decision_by(person, at=at)
    claims = waiting.select_related("person", "household").order_by("claimed_at", "pk")
    return [
        Todo(
            title=_("Does %(name)s live at %(household)s?")
            % {"name": claim.person.display_name, "household": claim.household},
            note=_("They scanned the door plate and wait for your word."),
            icon="house",
            url=reverse("community:claim", args=[claim.pk]),
            action=_("Have a look"),
        )
        for claim in claims[:most]
    ]


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
register_todos(TodoProvider(key="claims", count=count, rows=rows, url="/claims/"))
