"""What happens around every request."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from community.auth import guest_or_person, is_shared, touch
from community.components.telling import Action, Refused
from community.errors import Refusal
from community.outbox import mark_of
from community.reading import reading_of

GetResponse = Callable[[HttpRequest], HttpResponse]


class NoNullMiddleware:
    """Refuse an address with a NUL in it: PostgreSQL takes none in a text, and nobody types one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("There is a NUL in the address.")
        return self.get_response(request)


class ReadingMiddleware:
    """Speak the language that the person or guest has chosen; else as Django found it.

    It stands after Django's own `LocaleMiddleware`, which goes by what the browser asks for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = reading_of(request).language
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        if language:
            response.headers["Content-Language"] = language
        return response


class KeepingMiddleware:
    """Tell the phone which pages it may keep for when there is no network, and for whom.

    `X-Linli-Who` names the person by a mark: another mark, and what was kept is thrown away.
    `X-Linli-Keep` stands on pages that may be kept, and only pages named here are: none that shows
    other people's data, none with a form that matters. Of a shared phone nothing is kept.
    """

    PAGES = frozenset(
        {
            "community:home",
            "community:my_reports",
            "community:notices",
            "community:notifications",
            "community:reports",
            "wagtail_serve",
        }
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["X-Linli-Who"] = mark_of(guest_or_person(request)) or "guest"
            if self._may_be_kept(request, response):
                response.headers["X-Linli-Keep"] = "1"
        return response

    def _may_be_kept(self, request: HttpRequest, response: HttpResponse) -> bool:
        return (
            request.method == "GET"
            and response.status_code == HTTPStatus.OK
            and request.resolver_match is not None
            and request.resolver_match.view_name in self.PAGES
            and "no-store" not in response.headers.get("Cache-Control", "")
            and not is_shared(request)
        )


class RefusalMiddleware:
    """Show a refusal that no form has shown: why not, and a way on. There is nothing to log."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        refused = Refused(
            title=str(exception),
            instead=[Action(label=_("To the first page"), url="/", kind="primary")],
        )
        context = {"refused": refused, "code": exception.code}
        return render(request, "community/errors/refused.html", context, status=HTTPStatus.CONFLICT)


class SessionLimitsMiddleware:
    """Sign out a shared phone that was left lying about, and keep the list of devices current.

    Guests without a session cost nothing here. The list of devices is written when the session
    itself is, at most once a minute, instead of on every page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            seen_at = request.session.get("seen_at")
            if touch(request, at=timezone.now()):
                logout(request)
                messages.info(request, _("This phone is shared: you were signed out after a rest."))
            elif request.session.get("seen_at") != seen_at:
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
