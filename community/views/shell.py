"""The frame around every page: which village it is about, and the page of what is mine."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from community.auth import guest_or_person
from community.here import SESSION_KEY, here
from community.models import Area
from community.queries.home import drawers_of


def place(request: HttpRequest) -> HttpResponse:
    """Choose a place; without a script or with very many places, from a page of its own."""
    if request.method == "POST":
        key = request.POST.get("area", "")
        area = get_object_or_404(
            Area.objects.defer("boundary"), pk=int(key) if key.isdecimal() else 0
        )
        request.session[SESSION_KEY] = area.pk
        return redirect("community:home")
    units = Area.objects.units().select_related("parent").defer("boundary", "parent__boundary")
    return render(
        request,
        "community/shell/places.html",
        {"units": units.order_by("parent__code", "code"), "here": here(request, timezone.now())},
    )


def me(request: HttpRequest) -> HttpResponse:
    """Show what is mine: for a guest, how to read and how to come in."""
    now = timezone.now()
    return render(
        request,
        "community/shell/me.html",
        {
            "active_tab": "me",
            "drawers": drawers_of(guest_or_person(request), now),
            "here": here(request, now),
        },
    )
