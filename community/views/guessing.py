"""Looking up a door code for somebody who may be guessing.

A door code is no secret that protects anything by itself: it says which micro-grid a door lies
in, and a claim made with it still waits for the grid worker. But nobody needs to try hundreds.
Only wrong codes count, in the cache, by the hour, for a person and for an address; docs/
people-and-places.md has the arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from community.auth import guest_or_person
from community.models import Plate
from community.policies.households import TooManyWrongCodes

WINDOW: Final = timedelta(hours=1)
PERSON_MOST: Final = 10
ADDRESS_MOST: Final = 60
"""Generous: a whole village may come from one address of the operator's (CGNAT)."""

SALT: Final = "community.door-codes"


def plate_behind(request: HttpRequest, code: str) -> Plate | None:
    """Return the plate with a code that somebody typed or scanned, in use or not; None is counted.

    :raises TooManyWrongCodes: too many were wrong in this hour. A right one is refused too, or
        the answer would say which is right.
    """
    now = timezone.now()
    counters = list(_counters(request, now))
    counted = cache.get_many([key for key, _most in counters])
    if any(counted.get(key, 0) >= most for key, most in counters):
        raise TooManyWrongCodes(minutes=_minutes_left(now))
    found = Plate.objects.bearing(code)
    plate = found.select_related("household__micro_grid__parent", "micro_grid__parent").first()
    if plate is None:
        for key, _most in counters:
            _count(key)
    return plate


def too_many(request: HttpRequest, refusal: TooManyWrongCodes) -> HttpResponse:
    """The page for whoever has to wait, with what they can do meanwhile."""
    shown = {"why": str(refusal)}
    status = HTTPStatus.TOO_MANY_REQUESTS
    response = render(request, "community/filing/too_many_codes.html", shown, status=status)
    response["Retry-After"] = str(60 * _minutes_left(timezone.now()))
    return response


def _counters(request: HttpRequest, at: datetime) -> Iterator[tuple[str, int]]:
    """Each counter's key and its most. Keys are hashes: an address is nobody's to read there."""
    hour = int(at.timestamp() // WINDOW.total_seconds())
    person = guest_or_person(request)
    if person is not None:
        yield _key(f"person:{person.pk}:{hour}"), PERSON_MOST
    address = get_adapter(request).get_client_ip(request)
    yield _key(f"address:{address}:{hour}"), ADDRESS_MOST


def _key(words: str) -> str:
    return f"door-codes:{salted_hmac(SALT, words).hexdigest()}"


def _count(key: str) -> None:
    cache.add(key, 0, timeout=WINDOW.total_seconds())
    try:
        cache.incr(key)
    except ValueError:  # it was thrown out in between, to make room
        cache.set(key, 1, timeout=WINDOW.total_seconds())


def _minutes_left(at: datetime) -> int:
    passed = at.timestamp() % WINDOW.total_seconds()
    return int((WINDOW.total_seconds() - passed) // 60) + 1
