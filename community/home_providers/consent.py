"""A new version of the terms waits to be read; nothing else waits for it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.home import Todo, TodoProvider, Waiting, register_todos, waiting_in
from community.models import ConsentText, Person, Purpose
from community.queries.consent import terms_were_renewed


def terms(person: Person, at: datetime, limit: int) -> Waiting:
    """One at most, when the terms that somebody agreed to have a newer text."""
    if not terms_were_renewed(at=at):
        return Waiting()
    held = person.consents.holding(at=at).filter(text__purpose=Purpose.TERMS, is_given=True)
    older = held.exclude(text__in=ConsentText.objects.in_force(at=at))
    return waiting_in(older, limit, shown_as=lambda _consent: _todo())


def _todo() -> Todo:
    return Todo(
        title=_("Read what is new in the terms"),
        note=_("The text you agreed to has a new version. Reading goes on as before."),
        icon="scroll",
        url=reverse("community:welcome"),
        action=_("Read it"),
    )


register_todos(TodoProvider(key="terms", find=terms))
