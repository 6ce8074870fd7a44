"""Who is asking, and how sure we are: the session alone says it, never the rest of a request.

Offices that see other people's data ask for a second factor, and for one that is fresh: half an
hour without a page, or twelve hours in all, and it is asked for again (等保 2.0, GB/T 22239-2019,
8.1.4.1 身份鉴别: session timeout, two techniques of authentication).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from community.models import Appointment, Office, Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

OFFICE_IDLE: Final = timedelta(minutes=30)
OFFICE_LONGEST: Final = timedelta(hours=12)
SHARED_IDLE: Final = timedelta(minutes=30)
TOUCH_EVERY: Final = timedelta(minutes=1)

CONTACTS: Final = "sees names, phones and homes of the people of a whole area"
CASES: Final = "sees reports that are not public, with the reporter's phone"
RECORDS: Final = "sees or changes records about people that others rely on"
SYSTEM: Final = "can see or change everybody's accounts, or the trail of who did what"

SECOND_FACTOR: Final[dict[str, str]] = {
    Office.GRID_ASSISTANT: CASES,
    Office.GRID_WORKER: CONTACTS,
    Office.GRID_LEADER: CONTACTS,
    Office.GRID_INSTRUCTOR: CASES,
    Office.GRID_REVIEWER: CASES,
    Office.MICRO_GRID_LEADER: CONTACTS,
    Office.VILLAGE_COMMITTEE: CASES,
    Office.VILLAGE_SECRETARY: CASES,
    Office.VILLAGE_EDITOR: RECORDS,
    Office.SUPERVISION_MEMBER: RECORDS,
    Office.MEDIATOR: CASES,
    Office.MODERATOR: RECORDS,
    Office.TOWN_DISPATCHER: CASES,
    Office.TOWN_HANDLER: CASES,
    Office.TOWN_REVIEWER: RECORDS,
    Office.COUNTY_HANDLER: CASES,
    Office.POINTS_ADMIN: RECORDS,
    Office.POINTS_AUDITOR: RECORDS,
    Office.PRIVACY_OFFICER: SYSTEM,
    Office.SYSTEM_ADMIN: SYSTEM,
    Office.SECURITY_AUDITOR: SYSTEM,
}
"""Offices that need a passkey or TOTP, and why. The others see what every resident sees."""

LIMITED: Final = frozenset({Office.MICRO_GRID_LEADER})
"""Offices that an old phone must not lock out: without a second factor they see a part."""


class OfficeView(StrEnum):
    """How much of an office's work this session may see."""

    NONE = "none"
    LIMITED = "limited"
    """Titles and states without phones, names or homes."""

    FULL = "full"


def person_of(request: HttpRequest) -> Person:
    """Return the signed-in person; only for views that require one."""
    assert request.user.is_authenticated
    return request.user


def guest_or_person(request: HttpRequest) -> Person | None:
    """Return the signed-in person, or None for a guest."""
    return request.user if request.user.is_authenticated else None


# --- The session -------------------------------------------------------------------------------


def is_shared(request: HttpRequest) -> bool:
    """Whether this phone was said to be shared: out when the browser closes, or after a while."""
    return bool(request.session.get("is_shared"))


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Start counting: called right after somebody has signed in, by whatever way."""
    request.session["seen_at"] = at.timestamp()
    if is_shared(request):
        request.session.set_expiry(0)


def touch(request: HttpRequest, *, at: datetime) -> bool:
    """Note that a page was asked for; return whether the session has been idle for too long.

    Written at most once a minute, so that reading does not cost a write a page.
    """
    idle = at - _moment(request.session.get("seen_at"))
    if is_shared(request) and idle > SHARED_IDLE:
        return True
    if idle > OFFICE_IDLE:
        request.session["second_factor_after"] = at.timestamp()
    if idle > TOUCH_EVERY:
        request.session["seen_at"] = at.timestamp()
    return False


# --- The second factor -------------------------------------------------------------------------


def has_proved_second_factor(request: HttpRequest, *, at: datetime) -> bool:
    """Whether a passkey, TOTP or recovery code was used in this session, and lately enough."""
    if settings.DEMO and request.session.get("demo_entry"):
        return True
    earliest = max(at - OFFICE_LONGEST, _moment(request.session.get("second_factor_after")))
    records = get_authentication_records(request, person_of(request))
    return any(
        record.get("method") == "mfa" and _moment(record.get("at")) >= earliest
        for record in records
    )


def office_view(request: HttpRequest) -> OfficeView:
    """Return how much of their offices' work this session may see; asks once a request."""
    guarded = _guarded(request)
    if not guarded:
        return OfficeView.NONE
    if has_proved_second_factor(request, at=timezone.now()):
        return OfficeView.FULL
    return OfficeView.LIMITED if guarded <= LIMITED else OfficeView.NONE


def holds_back(request: HttpRequest) -> bool:
    """Whether a second key has to be shown before this session may do its person's offices."""
    return bool(_guarded(request)) and office_view(request) != OfficeView.FULL


def offices_of(request: HttpRequest) -> list[Appointment]:
    """Return the offices in which this session may see and act: none while it holds back."""
    return [] if holds_back(request) else _held(request)


def _guarded(request: HttpRequest) -> set[str]:
    return {held.office for held in _held(request)} & SECOND_FACTOR.keys()


def _held(request: HttpRequest) -> list[Appointment]:
    if not hasattr(request, "_offices_held"):
        person = guest_or_person(request)
        found = person.offices(at=timezone.now()) if person else []
        request._offices_held = found  # type: ignore[attr-defined]  # noqa: SLF001 our memory
    held: list[Appointment] = request._offices_held  # type: ignore[attr-defined]  # noqa: SLF001 our memory
    return held


def second_factor_required(view: View[P]) -> View[P]:
    """Let an office's page be seen only with a fresh second factor.

    Guests are sent to sign in, office holders to show or set up their second factor. Who holds no
    such office passes: whether the page is theirs is the view's own question. A micro-grid leader
    without one passes too, and the view asks `office_view` for how much to show.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if office_view(request) == OfficeView.NONE and holds_back(request):
            return redirect(second_factor_address(request))
        return view(request, *args, **kwargs)

    guarded.needs_second_factor = True  # type: ignore[attr-defined]  # a test reads which pages do
    return login_required(guarded)


def full_view_required(view: View[P]) -> View[P]:
    """As `second_factor_required`, for a page of which nothing is left without names and homes."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if office_view(request) == OfficeView.LIMITED:
            return redirect(second_factor_address(request))
        return view(request, *args, **kwargs)

    return second_factor_required(guarded)


def second_factor_address(request: HttpRequest) -> str:
    """Where the second key is shown, or set up, before one comes back to this page."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    owned = set(
        Authenticator.objects.filter(user=person_of(request), type__in=kinds).values_list(
            "type", flat=True
        )
    )
    if not owned:
        page = "community:second_factor"
    elif Authenticator.Type.WEBAUTHN in owned:
        page = "mfa_reauthenticate_webauthn"
    else:
        page = "mfa_reauthenticate"
    return f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}"


def _moment(timestamp: Any) -> datetime:
    return datetime.fromtimestamp(float(timestamp or 0), tz=timezone.get_current_timezone())
