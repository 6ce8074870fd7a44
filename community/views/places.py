"""Places: the tree to walk down, the boundaries for maps, and which area a point lies in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from community.components.telling import Empty
from community.forms.places import WhereForm
from community.models import Area
from community.policies.households import TooManyWrongCodes
from community.queries.maps import boundaries_within, map_tag
from community.queries.places import locate as find_place
from community.views.given import key_given, page_given
from community.views.guessing import plate_behind


def places(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Walk down the tree; with ``?next=/page/`` every area is offered to that page as ``area``."""
    drawn_later = Area.objects.defer("boundary")
    area = get_object_or_404(drawn_later, pk=pk) if pk else drawn_later.filter(parent=None).first()
    inside = Area.objects.filter(parent=area).defer("boundary").order_by("code", "pk")
    above = area.ancestors().defer("boundary").exclude(pk=area.pk) if area else ()
    shown = {
        "area": area,
        "above": above,
        "inside": inside[:200] if area else (),
        "next": page_given(request),
        "nothing": Empty(title=_("There are no places yet")),
    }
    return render(request, "community/places/places.html", shown)


@condition(etag_func=lambda request: map_tag(key_given(request.GET.get("within"))))
@cache_control(public=True, no_cache=True)
def boundaries(request: HttpRequest) -> HttpResponse:
    """The boundaries of the areas directly within one, as GeoJSON (RFC 7946).

    The tag is the map's stamp, so a phone asks each time and is sent them again only when one of
    them has changed.
    """
    area = get_object_or_404(Area.objects.drawn(), pk=key_given(request.GET.get("within")))
    response = JsonResponse(boundaries_within(area))
    response["Content-Type"] = "application/geo+json"
    return response


@cache_control(private=True, no_store=True)
def locate(request: HttpRequest) -> HttpResponse:
    """Say which area a door plate or a point belongs to, and on what evidence."""
    form = WhereForm(request.GET)
    if not form.is_valid():
        return _problem(_("Give a door code, or lat and lng in degrees."), status=400)
    evidence = form.evidence()
    if evidence["door_code"]:
        try:
            plate_behind(request, evidence["door_code"])
        except TooManyWrongCodes as refusal:
            return _problem(str(refusal), status=429)
    placement = find_place(at=timezone.now(), **evidence)
    if placement is None:
        return _problem(_("This lies outside the county. Please choose from the list."), status=404)
    return JsonResponse(
        {
            "area": _told(placement.area),
            "path": [_told(area) for area in placement.area.ancestors().defer("boundary")],
            "evidence": placement.evidence,
            "words": placement.words,
            "accuracy_m": placement.accuracy_m,
        }
    )


def _told(area: Area) -> dict[str, Any]:
    return {"id": area.pk, "code": area.code, "name": area.name, "kind": area.kind}


def _problem(title: str, *, status: int) -> JsonResponse:
    """Answer with a problem document (RFC 9457)."""
    problem = {"title": title, "status": status}
    return JsonResponse(problem, status=status, content_type="application/problem+json")
