"""The demo's doors: enter as anybody with one tap. Neither page exists outside the demo."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.auth import begin
from community.models import Person
from community.phones import is_demo
from community.queries.demo import doors, first_doors

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
P = ParamSpec("P")


def demo_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Be a page not found outside the demo, even if somebody registers the address."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@never_cache
@demo_only
def choose(request: HttpRequest) -> HttpResponse:
    places = doors(at=timezone.now())
    context = {"first": first_doors(places), "places": places}
    return render(request, "community/demo/choose.html", context)


@require_POST
@demo_only
def enter(request: HttpRequest, person_id: int) -> HttpResponse:
    """Sign in as a person of the demo, and of the demo alone."""
    person = get_object_or_404(Person, pk=person_id, is_active=True)
    if not is_demo(person.phone or ""):
        raise Http404
    login(request, person, backend=BACKEND)
    request.session["demo_entry"] = True
    begin(request, at=timezone.now())
    UserSession.objects.create_from_request(request)
    return redirect("community:home")
