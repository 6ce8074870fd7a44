"""What is done around every page for those who are signed in."""

from __future__ import annotations

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from community.auth import touch

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def session_limits(get_response: GetResponse) -> GetResponse:
    """Sign out a shared phone that was left lying about, and keep the list of devices current.

    Guests without a session cost nothing here. The list of devices is written when the session
    itself is, at most once a minute, instead of on every page.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key and request.user.is_authenticated:
            seen_at = request.session.get("seen_at")
            if touch(request, at=timezone.now()):
                logout(request)
                messages.info(request, _("This phone is shared: you were signed out after a rest."))
            elif request.session.get("seen_at") != seen_at:
                UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware
