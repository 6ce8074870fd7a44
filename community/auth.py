"""Who is asking. Identity comes from the session alone, never from what a request says."""

from __future__ import annotations

from django.http import HttpRequest

from community.models import Person


def person_of(request: HttpRequest) -> Person:
    """Return the signed-in person; only for views that require one."""
    assert request.user.is_authenticated
    return request.user


def guest_or_person(request: HttpRequest) -> Person | None:
    """Return the signed-in person, or None for a guest."""
    return request.user if request.user.is_authenticated else None
