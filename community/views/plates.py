"""Door plates: the desk of those who look after them, and the word of those who lost one."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community import qr
from community.auth import person_of, second_factor_required
from community.components.lists import Pager
from community.components.telling import Empty
from community.errors import Refusal
from community.forms.plates import PlateReasonForm, ThingForm
from community.forms.refusals import refusals_shown_on, refusals_told
from community.models import Area, Household, Kind, Plate, PlateReason
from community.policies.plates import (
    NotYourPlates,
    objection_to_issuing,
    objection_to_printing,
    objection_to_replacing,
)
from community.queries import plates as queries
from community.services.plates import put_up_plate, replace_plate, revoke_plate

PAGE_SIZE: Final = 50
NOBODY_ELSES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names by which a machine reaches itself, and no phone reaches it."""
TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}


def origin_of(request: HttpRequest) -> str:
    """What the address on a plate begins with: the county's own, or the one we are seen at."""
    return settings.PLATE_ORIGIN or request.build_absolute_uri("/")


@second_factor_required
@never_cache
def plates(request: HttpRequest) -> HttpResponse:
    """Lead to the area somebody serves, or let them choose where they serve several."""
    areas = queries.areas_served_by(person_of(request), at=timezone.now())
    if not areas:
        raise NotYourPlates(area=_("an area"))
    if len(areas) == 1:
        return redirect("community:plates_of", areas[0].pk)
    return render(request, "community/plates/areas.html", {"areas": areas})


@second_factor_required
@never_cache
def area(request: HttpRequest, pk: int) -> HttpResponse:
    """What hangs in an area, what is to be printed, and what was said to be gone."""
    person, now, origin = person_of(request), timezone.now(), origin_of(request)
    found = area_for(request, pk)
    page = Paginator(queries.plates_of(found), PAGE_SIZE).get_page(request.GET.get("page"))
    is_micro_grid = found.kind == Kind.MICRO_GRID
    shown = {
        "area": found,
        "above": [outer for outer in _above(request, found) if outer.pk != found.pk],
        "inside": queries.areas_in(found),
        "counted": queries.counted(found),
        "page": page,
        "pager": Pager(page=page, query=request.GET) if page.has_other_pages() else None,
        "revoked": queries.replaced_lately(found),
        "jobs": queries.jobs_of(found),
        "origin": origin,
        "is_public": urlsplit(origin).hostname not in NOBODY_ELSES,
        "may_put_up": is_micro_grid and objection_to_issuing(person, found, at=now) is None,
        "nothing": Empty(title=_("No plate hangs here yet")),
    }
    return render(request, "community/plates/area.html", shown)


def area_for(request: HttpRequest, pk: int) -> Area:
    """Find an area for somebody who looks after its plates."""
    found = get_object_or_404(Area.objects.defer("boundary"), pk=pk)
    if objection := objection_to_printing(person_of(request), found, at=timezone.now()):
        raise objection
    return found


def _above(request: HttpRequest, found: Area) -> list[Area]:
    """The areas around it that are this person's, too."""
    served = queries.areas_served_by(person_of(request), at=timezone.now())
    around = found.ancestors().defer("boundary")
    return [outer for outer in around if any(area.contains(outer) for area in served)]


@second_factor_required
@never_cache
def put_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Put up a plate at a lamp post or a notice board."""
    found = area_for(request, pk)
    form = ThingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            made = put_up_plate(
                micro_grid=found, by=person_of(request), at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Its code is %(code)s. Print it next.") % {"code": made})
            return redirect("community:plate", made.pk)
    status = 422 if form.errors else 200
    shown = {"area": found, "form": form}
    return render(request, "community/plates/put_up.html", shown, status=status)


@second_factor_required
@never_cache
def plate(request: HttpRequest, pk: int) -> HttpResponse:
    """One plate: its code, where it hangs, and what hung there before."""
    found = plate_for(request, pk)
    shown = {
        "plate": found,
        "area": found.place,
        "history": queries.history_of(found),
        "address": origin_of(request).rstrip("/") + queries.PATH.format(code=found.code),
    }
    return render(request, "community/plates/plate.html", shown)


def plate_for(request: HttpRequest, pk: int) -> Plate:
    rows = Plate.objects.select_related("household__micro_grid", "micro_grid")
    found = get_object_or_404(rows, pk=pk)
    if objection := objection_to_printing(person_of(request), found.place, at=timezone.now()):
        raise objection
    return found


@second_factor_required
@never_cache
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a plate, with a new code in its place or without."""
    found = plate_for(request, pk)
    form = PlateReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person, now, given = person_of(request), timezone.now(), form.cleaned_data
        with refusals_shown_on(form):
            if given["reason"] == PlateReason.REMOVED:
                revoke_plate(plate=found, by=person, at=now, **given)
                messages.success(request, _("The plate is revoked for good."))
                return redirect("community:plates_of", found.place.pk)
            fresh = replace_plate(plate=found, by=person, at=now, **given)
            messages.success(
                request, _("The new code is %(code)s. Print it next.") % {"code": fresh}
            )
            return redirect("community:plate", fresh.pk)
    status = 422 if form.errors else 200
    shown = {"plate": found, "form": form}
    return render(request, "community/plates/replace.html", shown, status=status)


@second_factor_required
@never_cache
def picture(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The code of one plate as SVG or PNG, for a printer's own design."""
    if form not in TYPES:
        raise Http404
    found = plate_for(request, pk)
    address = origin_of(request).rstrip("/") + queries.PATH.format(code=found.code)
    drawn = qr.svg(address) if form == "svg" else qr.png(address)
    response = HttpResponse(drawn, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{found.code}.{form}"'
    return response


@login_required
@never_cache
def lost(request: HttpRequest) -> HttpResponse:
    """Ask once more, then revoke the plate of my household and give it a new code."""
    person, now = person_of(request), timezone.now()
    home = get_object_or_404(Household, pk__in=_homes_of(request))
    current = get_object_or_404(
        Plate.objects.current().select_related("household__micro_grid"), household=home
    )
    objection: Refusal | None = objection_to_replacing(person, current, at=now)
    if request.method == "POST":
        with refusals_told(request):
            replace_plate(plate=current, reason=PlateReason.LOST, by=person, at=now)
            messages.success(
                request,
                _("The old code is out of use. Your grid worker brings you the new plate."),
            )
        return redirect("community:household")
    shown = {"plate": current, "objection": objection, "active_tab": "me"}
    return render(request, "community/plates/lost.html", shown)


def _homes_of(request: HttpRequest) -> list[int]:
    current = person_of(request).memberships.current(at=timezone.now())
    return list(current.values_list("household", flat=True)[:1])
