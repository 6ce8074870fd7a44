"""In whose name somebody acts right now: their own, or that of whoever they represent."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpRequest

from community.auth import guest_or_person
from community.models import Person

SESSION_KEY: Final = "acting_for"


def acting_for(request: HttpRequest, *, at: datetime) -> Person | None:
    """Return the person in whose name the signed-in person acts, or None for their own.

    The choice is kept in the session, but whether it still holds is asked every time: an agency
    that ended a minute ago is over. Hand the answer to services as `on_behalf_of`.
    """
    chosen = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    person = guest_or_person(request)
    if chosen is None or person is None:
        return None
    represented = Person.objects.represented_by(person, at=at)
    principal: Person | None = represented.filter(pk=chosen).first()
    return principal
