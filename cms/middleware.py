"""The door of the back office, `/cms/`.

Inside, Wagtail checks every page and picture. The door checks the person: signed in by our own
sign-in, holding an office that writes, with the second factor that such offices need. Someone
without an office gets an answer in our look, not the loop of a login page that knows them already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cms.policies.editors import objection_to_editing
from community.auth import guest_or_person

RELAXED: Final = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
}
"""Wagtail's date fields and inline panels carry five inline scripts and styles, only there."""


def back_office_door(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    prefix = reverse("wagtailadmin_home")

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(prefix):
            return get_response(request)
        response = _turned_away(request) or get_response(request)
        response._csp_update = RELAXED  # type: ignore[attr-defined]  # noqa: SLF001  # django-csp's way
        return response

    return middleware


def _turned_away(request: HttpRequest) -> HttpResponseBase | None:
    person = guest_or_person(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    if person.is_superuser:
        return None
    if refusal := objection_to_editing(person, at=timezone.now()):
        return render(request, "cms/turned_away.html", {"refusal": refusal}, status=403)
    return None
