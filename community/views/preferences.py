"""How somebody likes to read, by one tap in the bar or on a page of its own."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from community.auth import guest_or_person
from community.forms.preferences import ReadingForm
from community.reading import SESSION_KEY, Reading, reading_of
from community.services.preferences import read_as
from community.views.given import page_given


def preferences(request: HttpRequest) -> HttpResponse:
    reading = reading_of(request)
    initial = {**asdict(reading), "elder_mode": "1" if reading.elder_mode else "0"}
    initial["language"] = translation.get_language() or "zh-hans"
    form = ReadingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.reading()
        keep(request, chosen)
        with translation.override(chosen.language):
            messages.success(request, _("Kept. This is how pages look from now on."))
        return redirect("community:preferences")
    return render(request, "community/preferences/preferences.html", {"form": form})


def large_type(request: HttpRequest) -> HttpResponse:
    """Turn large type on or off, and come back to the page where it was tapped."""
    if request.method == "POST":
        is_large = request.POST.get("elder_mode") == "1"
        keep(request, replace(reading_of(request), elder_mode=is_large))
    return redirect(came_from(request))


def language(request: HttpRequest) -> HttpResponse:
    """Speak another language, and come back to the page where it was tapped."""
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        keep(request, replace(reading_of(request), language=chosen))
    return redirect(came_from(request))


def keep(request: HttpRequest, reading: Reading) -> None:
    """Keep it with the person, or in the visit of a guest."""
    person = guest_or_person(request)
    if person is not None:
        read_as(person=person, reading=reading)
    else:
        request.session[SESSION_KEY] = asdict(reading)


def came_from(request: HttpRequest) -> str:
    """Return the page of ours that a form says it was sent from, else the first page."""
    return page_given(request) or "/"
