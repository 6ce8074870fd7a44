"""The tab of one's own page, and the claims that wait for a grid worker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.home import Tab, Todo, TodoProvider, register_tab, register_todos
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


register_tab(Tab(key="me", label=_("Me"), icon="me", url_name="community:me", order=50))
register_todos(TodoProvider(key="claims", count=count, rows=rows, url="community:claims"))
