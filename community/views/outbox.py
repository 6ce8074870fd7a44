"""The counter where a phone hands in what it wrote without a network: docs/offline.md."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.auth import guest_or_person
from community.forms.outbox import AskedForm, OutboxForm, Sent
from community.here import here
from community.models import Person
from community.outbox import KINDS, Outcome, State, mark_of
from community.queries.filing import micro_grids_of
from community.views.guessing import plate_behind

UNREADABLE: Final = 400


@never_cache
@require_http_methods(["GET", "POST"])
def outbox(request: HttpRequest) -> HttpResponse:
    """Answer who is signed in, with a fresh token; or take in items, with an outcome for each.

    Several items are taken in one after the other, each as far as it goes: a fault in one leaves
    those before it where they are, and the phone, which heard nothing, asks again.
    """
    person, now = guest_or_person(request), timezone.now()
    if request.method == "GET":
        return _who(request, person, now)
    form = OutboxForm(request.POST, request.FILES, behind=partial(plate_behind, request))
    if not form.is_valid():
        return JsonResponse({"error": form.errors["items"][0]}, status=UNREADABLE)
    outcomes = [
        {"id": str(sent.item.id), **_told(_take_in(person, sent, now))}
        for sent in form.cleaned_data["items"]
    ]
    return JsonResponse({"outcomes": outcomes})


def _who(request: HttpRequest, person: Person | None, now: datetime) -> HttpResponse:
    form = AskedForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": form.errors["ask"][0]}, status=UNREADABLE)
    found = {
        str(key): _told(outcome)
        for kind, key in form.cleaned_data["ask"]
        if person is not None and (outcome := KINDS[kind].find(person, key)) is not None
    }
    answer: dict[str, Any] = {
        "token": get_token(request),
        "person": mark_of(person),
        "there": found,
    }
    if "areas" in request.GET:
        answer["areas"] = [
            {"key": str(area.pk), "name": str(area), "group": str(area.parent or "")}
            for area in micro_grids_of(here(request, now).area)
        ]
    return JsonResponse(answer)


def _take_in(person: Person | None, sent: Sent, now: datetime) -> Outcome:
    """Take in an item from the person who wrote it, and from nobody else."""
    if person is None or sent.written_by != mark_of(person):
        return Outcome(state=State.SIGN_IN)
    return KINDS[sent.item.kind].take_in(person, sent.item, now)


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "state": outcome.state,
        "title": outcome.title,
        "number": outcome.number,
        "url": outcome.url,
        "reasons": [reason._asdict() for reason in outcome.reasons],
    }
