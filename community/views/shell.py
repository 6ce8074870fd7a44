"""The frame around every page: which village it is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone

from community.forms.shell import PlaceForm
from community.here import SESSION_KEY, here
from community.models import Area


def favicon(request: HttpRequest) -> HttpResponse:
    """Answer browsers that ask by the old name, where no page told them the new one."""
    return redirect(static("look/logo.svg"))


def place(request: HttpRequest) -> HttpResponse:
    """Choose a place; without a script or with very many places, from a page of its own."""
    if request.method == "POST":
        form = PlaceForm(request.POST)
        if not form.is_valid():
            raise Http404
        area = get_object_or_404(Area.objects.only("pk"), code=form.cleaned_data["area"])
        request.session[SESSION_KEY] = area.pk
        return redirect("community:home")
    units = Area.objects.units().select_related("parent").defer("boundary", "parent__boundary")
    return render(
        request,
        "community/shell/places.html",
        {"units": units.order_by("parent__code", "code"), "here": here(request, timezone.now())},
    )
