"""My own page, and acting in somebody else's name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.acting import SESSION_KEY
from community.auth import guest_or_person, person_of
from community.models import Office, Person
from community.policies.care import WITNESSES
from community.queries.home import drawers_of
from community.queries.people import mine


@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """Show what is mine: for a guest, how to read and how to come in."""
    person, now = guest_or_person(request), timezone.now()
    shown: dict[str, Any] = {"drawers": drawers_of(person, now), "active_tab": "me"}
    if person is not None:
        page = mine(person, at=now)
        shown |= {
            "mine": page,
            "is_minor": person.is_minor(on=timezone.localdate(now)),
            "is_admin": any(held.office == Office.SYSTEM_ADMIN for held in page.offices),
            "is_witness": any(held.office in WITNESSES for held in page.offices),
        }
    return render(request, "community/people/me.html", shown)


@login_required
@require_POST
def act_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to act in the name of somebody I represent."""
    person, now = person_of(request), timezone.now()
    principal = get_object_or_404(Person.objects.represented_by(person, at=now), pk=pk)
    request.session[SESSION_KEY] = principal.pk
    messages.success(
        request,
        _("You now act for %(name)s. Everything you do is marked, and they are told.")
        % {"name": principal},
    )
    return redirect("community:me")


@login_required
@require_POST
def act_for_myself(request: HttpRequest) -> HttpResponse:
    request.session.pop(SESSION_KEY, None)
    messages.success(request, _("You act in your own name again."))
    return redirect("community:me")
