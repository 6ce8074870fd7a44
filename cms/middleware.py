"""The door of the back office, `/cms/`.

Inside, Wagtail checks every page and picture. The door checks the person: signed in by our own
sign-in, holding an office that writes, with the second factor that such offices need. Someone
without an office gets an answer in our look, not the loop of a login page that knows them already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cms.policies.editors import objection_to_editing
from community.auth import guest_or_person, second_factor_required

RELAXED: Final = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
}
"""Wagtail's date fields and inline panels carry five inline scripts and styles, only there."""

CLOSED: Final = ("wagtailadmin_choose_page_chosen_multiple",)
"""Addresses of Wagtail's that answer without asking for rights, and that none of our forms uses."""


def back_office_door(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    prefix = reverse("wagtailadmin_home")
    closed = {reverse(name) for name in CLOSED}
    behind_the_door = second_factor_required(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(prefix):
            return get_response(request)
        if request.path_info in closed:
            return HttpResponseNotFound()
        response = _turned_away(request) or behind_the_door(request)
        response._csp_update = RELAXED  # type: ignore[attr-defined]  # noqa: SLF001  # django-csp's way
        return response

    return middleware


def _turned_away(request: HttpRequest) -> HttpResponseBase | None:
    person = guest_or_person(request)
    if person is None:  # sent to sign in, behind the door
        return None
    # Wagtail's sidebar shows a first name or else the account's name: with us, the phone number.
    person.first_name = person.display_name  # type: ignore[attr-defined]
    if person.is_superuser:
        return None
    if refusal := objection_to_editing(person, at=timezone.now()):
        return render(request, "cms/turned_away.html", {"refusal": refusal}, status=403)
    return None
