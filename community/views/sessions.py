"""Where somebody is signed in, and the way out everywhere else, which is allauth's."""

from __future__ import annotations

from allauth.usersessions.views import list_usersessions
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from community.auth import person_of
from community.queries.sessions import sessions_of


@login_required
@never_cache
def sessions(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":  # it also forgets the sessions that are over
        answer: HttpResponseBase = list_usersessions(request)
        return answer
    found = list(sessions_of(person_of(request), at=timezone.now()))
    return render(
        request,
        "usersessions/usersession_list.html",
        {"sessions": found, "session_count": len(found)},
    )
