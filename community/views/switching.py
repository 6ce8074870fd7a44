"""Several people on one phone: each stays signed in, and one tap changes whose turn it is.

What the phone keeps is a signed cookie with the keys of the others' sessions, as good and as secret
as the session cookie itself. Each session stays in its person's list of devices and can be ended
there. On a phone that is shared with strangers people sign out instead.
"""

from __future__ import annotations

from typing import Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.auth import guest_or_person, is_shared

COOKIE: Final = "linli_people"
SALT: Final = "community.switching"
OTHERS_MOST: Final = 5


@never_cache
def switch(request: HttpRequest) -> HttpResponse:
    """Show who is signed in on this phone; hand it over, or let one more sign in."""
    others = _others(request)
    if request.method != "POST":
        context = {"others": others, "is_full": len(others) >= OTHERS_MOST}
        return render(request, "community/accounts/switch.html", context)
    if guest_or_person(request) and is_shared(request):
        messages.error(request, _("This phone is shared with others: please sign out instead."))
        return redirect("community:switch")
    chosen = next((one for one in others if str(one.pk) == request.POST.get("to")), None)
    kept = [one.session_key for one in others if one != chosen]
    if guest_or_person(request) and request.session.session_key:
        kept.append(request.session.session_key)
    response = redirect("community:home" if chosen else "account_login")
    _hand_over(request, chosen)
    _remember(response, kept[-OTHERS_MOST:])
    return response


def _others(request: HttpRequest) -> list[UserSession]:
    """The sessions of other people that this phone holds and that nobody has ended since."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    keys = [key for key in (text or "").split(",") if key][:OTHERS_MOST]
    found = UserSession.objects.filter(session_key__in=keys, user__is_active=True)
    others = found.exclude(session_key=request.session.session_key or "")
    return [one for one in others.select_related("user").order_by("pk") if one.exists()]


def _hand_over(request: HttpRequest, chosen: UserSession | None) -> None:
    """Let this phone go on in the chosen session, or in none; the one it leaves lives on.

    An office's second key has to be shown again: the phone has been in other hands.
    """
    session = SessionStore(chosen.session_key) if chosen else SessionStore()
    if chosen:
        session["second_factor_after"] = timezone.now().timestamp()
    request.session = session
    rotate_token(request)


def _remember(response: HttpResponse, keys: list[str]) -> None:
    response.set_signed_cookie(
        COOKIE,
        ",".join(keys),
        salt=SALT,
        max_age=settings.SESSION_COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
