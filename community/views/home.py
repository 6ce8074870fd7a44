"""The first page: what waits for me, then what is new in my village."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from community.almanac import day_in_words
from community.auth import guest_or_person
from community.components.marks import Share
from community.here import here
from community.home import Figure
from community.queries.home import doors_for, figures_of, news_of, todos_of

NOON_STARTS, AFTERNOON_STARTS, EVENING_STARTS, MORNING_STARTS = 11, 13, 18, 5


def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    person = guest_or_person(request)
    area = here(request, now).area
    todos = todos_of(person, now) if person is not None else None
    request.waiting = todos.counts if todos else {}  # type: ignore[attr-defined]  # tabs ask
    return render(
        request,
        "community/home/index.html",
        {
            "active_tab": "home",
            "now": now,
            "area": area,
            "greeting": greeting(timezone.localtime(now)),
            "day": day_in_words(timezone.localdate(now)),
            "todos": todos,
            "doors": doors_for(person, now),
            "news": news_of(area, person, now) if area is not None else [],
            "figures": [
                (figure, share_of(figure)) for figure in (figures_of(area, now) if area else ())
            ],
        },
    )


def greeting(local: datetime) -> str:
    """Return what one says at that time of the day."""
    if MORNING_STARTS <= local.hour < NOON_STARTS:
        return _("Good morning")
    if NOON_STARTS <= local.hour < AFTERNOON_STARTS:
        return _("Good day")
    if AFTERNOON_STARTS <= local.hour < EVENING_STARTS:
        return _("Good afternoon")
    return _("Good evening")


def share_of(figure: Figure) -> Share:
    return Share(count=figure.count, total=figure.total, label=figure.sentence, word=figure.word)
