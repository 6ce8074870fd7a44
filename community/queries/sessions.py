"""Where somebody is signed in."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from community.models import Person


def sessions_of(person: Person, *, at: datetime) -> QuerySet[UserSession]:
    """Return the phones on which somebody is signed in, the first one first.

    allauth's own list asks three times a phone.
    """
    open_ones = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    found: QuerySet[UserSession] = UserSession.objects.filter(Exists(open_ones), user=person)
    return found.order_by("created_at", "pk")
