"""Junk in every address and every field, as everybody: a clear no, never a fault of ours."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from copy import deepcopy
from http import HTTPStatus
from itertools import cycle, islice
from typing import Any, Final

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from community.models import (
    Appointment,
    Area,
    Draft,
    HouseholdClaim,
    Notification,
    Office,
    Person,
    Photo,
    Report,
)
from tests.times import on_monday

NOT_OURS: Final = ("/cms/", "/documents/", "/media/", "/static/", "/_util/")
"""Files, and Wagtail's own back office."""

JUNK: Final = (
    "\x00",
    "-1",
    "9" * 5000,
    "٣",
    "not-a-thing",
    "🙂\r\n'\"><b>" * 500,
    "0001-01-01",
    "9999-12-31",
)
NAMES: Final = (
    "accuracy_m", "act", "answer", "area", "attitude", "body", "category", "code", "datum",
    "decision", "department", "display_name", "door", "door_code", "elder_mode", "ends_on", "form",
    "id", "in", "into", "lang", "language", "lat", "lng", "login", "name", "next", "office",
    "on_behalf_of", "page", "person", "phone", "photo", "photo_id", "place_note", "query", "reason",
    "refuse", "report", "show", "since", "speed", "stars", "starts_on", "subcategory", "text",
    "theme", "title", "to", "until", "version", "visibility", "within",
)  # fmt: skip
"""What views and forms of ours read; a page passes over the names that it does not know."""

SOUND: Final = {
    "answer": "yes",
    "decision": "yes",
    "lat": "30.84",
    "lng": "120.92",
    "form": "csv",
    "reason": "because",
    "stars": "5",
    "text": "words",
    "version": "1",
}
"""Values that pass, so that a form does not stop at the field beside the one that is junk."""

PERSONAS: Final = {
    "guest": None,
    "resident": "+8610000000002",
    "grid worker": "+8610000000014",
    "dispatcher": "+8610000000016",
    "administrator": Office.SYSTEM_ADMIN,
    "auditor": Office.SECURITY_AUDITOR,
}
"""Who sends it: by the phone of a demo person, or by an office that sees the most."""


def arguments(converter: str, persona: Person | None) -> list[Any]:
    """Return what there is of a kind, and what there cannot be."""
    newest = Report.objects.order_by("-pk").values_list("number", flat=True)
    own = Draft.objects.filter(person=persona).values_list("pk", flat=True)
    keys = {
        "int": [
            *Area.objects.order_by("path").values_list("pk", flat=True)[:1],
            *HouseholdClaim.objects.values_list("pk", flat=True)[:1],
            *Appointment.objects.values_list("pk", flat=True)[:1],
            *Notification.objects.filter(person=persona).values_list("pk", flat=True)[:1],
            0,
            10**30,
        ],
        "report": [*newest[:2], "R-000000-0000"],
        "uuid": [*own[:1], *Photo.objects.values_list("pk", flat=True)[:1], uuid.uuid4()],
        "slug": ["accept", "done", "hold", "merge", "location", "large", "retry", "x"],
        "str": ["\x00", "9" * 2000, "../.."],
    }
    return keys[converter]


def addresses(persona: Person | None) -> Iterator[str]:
    """Yield every address of ours, filled with what exists and with what does not."""
    for route in routes(get_resolver().url_patterns, "/"):
        if route.startswith(NOT_OURS):
            continue
        kinds = [kind or "str" for kind in re.findall(r"<(?:(\w+):)?\w+>", route)]
        choices = [arguments(kind, persona) for kind in kinds]
        most = max(map(len, choices), default=1)
        for chosen in islice(zip(*map(cycle, choices), strict=False), most):
            written = iter([str(value).replace("\x00", "%00") for value in chosen])
            yield re.sub(r"<[^>]+>", lambda _match, values=written: next(values), route)
        if not kinds:
            yield route


def routes(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        piece = str(pattern.pattern)
        if re.search(r"[(^\\$*?]", piece):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + piece)
        else:
            yield prefix + piece


def device_of(who: str | None) -> tuple[Client, Person | None]:
    device, person = Client(raise_request_exception=False), None
    if who in Office.values:
        person = Person.objects.create(display_name="x", joined_at=on_monday("09:00"))
        county = Area.objects.get(parent=None)
        Appointment.objects.create(
            person=person, office=who, area=county, starts_at=on_monday("09:00")
        )
    elif who is not None:
        person = Person.objects.get(phone=who)
    if person is not None:
        device.force_login(person, "django.contrib.auth.backends.ModelBackend")
        session = device.session
        proof = {"method": "mfa", "type": "totp", "at": time.time()}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
        session.save()
    return device, person


def sent_with(junk: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is sent: junk alone, and junk beside what passes, so that all fields are read."""
    yield "get", dict.fromkeys(NAMES, junk)
    yield "post", dict.fromkeys(NAMES, junk)
    yield "post", dict.fromkeys(NAMES, junk) | SOUND


@pytest.mark.slow
@pytest.mark.parametrize("persona", PERSONAS)
def test_no_junk_makes_a_page_break(demo, persona):
    device, person = device_of(PERSONAS[persona])
    signed_in = deepcopy(device.cookies)
    broken = []
    turn = list(PERSONAS).index(persona)
    for number, address in enumerate(addresses(person), start=turn):
        for junk in (JUNK[number % len(JUNK)], JUNK[(number + 4) % len(JUNK)]):
            for method, given in sent_with(junk):
                device.cookies = deepcopy(signed_in)  # one of the addresses signs out
                with transaction.atomic():
                    answer = getattr(device, method)(address, given)
                    if answer.streaming:
                        list(answer.streaming_content)
                    transaction.set_rollback(True)
                if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    broken.append(f"{method} {address:.80} with {junk!r:.30}")

    assert not broken, "\n".join(broken)
