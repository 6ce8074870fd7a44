"""Door codes that come with a request: who asks, from where, and the page for who has to wait."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from community.auth import guest_or_person
from community.models import Plate
from community.policies.households import TooManyWrongCodes
from community.services import guessing


def plate_behind(request: HttpRequest, code: str) -> Plate | None:
    """Return the plate with a code, for whoever asks; see `services.guessing`."""
    return guessing.plate_behind(
        code=code,
        person=guest_or_person(request),
        address=get_adapter(request).get_client_ip(request),
        at=timezone.now(),
    )


def too_many(request: HttpRequest, refusal: TooManyWrongCodes) -> HttpResponse:
    """The page for whoever has to wait, with what they can do meanwhile."""
    shown = {"why": str(refusal)}
    status = HTTPStatus.TOO_MANY_REQUESTS
    response = render(request, "community/filing/too_many_codes.html", shown, status=status)
    response["Retry-After"] = str(60 * guessing.minutes_left(at=timezone.now()))
    return response
