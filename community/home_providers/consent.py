"""A new version of the terms waits to be read; nothing else waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.home import Todo, TodoProvider, register_todos
from community.models import ConsentText, Person, Purpose


def count(person: Person, at: datetime) -> int:
    """How many of the terms somebody agreed to have a newer text: none or one."""
    held = person.consents.holding(at=at).filter(text__purpose=Purpose.TERMS, is_given=True)
    return held.exclude(text__in=ConsentText.objects.in_force(at=at)).count()


def rows(person: Person, at: datetime, most: int) -> Sequence[Todo]:
    if not count(person, at):
        return []
    return [
        Todo(
            title=_("Read what is new in the terms"),
            note=_("The text you agreed to has a new version. Reading goes on as before."),
            icon="scroll",
            url=reverse("community:welcome"),
            action=_("Read it"),
        )
    ][:most]


register_todos(TodoProvider(key="terms", count=count, rows=rows, url="/me/consents/"))
