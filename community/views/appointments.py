"""The appointments desk: who holds which office where."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.auth import person_of, second_factor_required
from community.components.telling import Empty
from community.forms.appointments import AppointmentForm, EndForm
from community.forms.refusals import refusals_shown_on
from community.models import Appointment, Area, Office
from community.policies.appointments import ROSTER_OF_GRID_LEADERS, objection_to_appointing
from community.services import appointments as services

ROWS_MAX = 200


@second_factor_required
@never_cache
def appointments(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """List who serves an area and, below, the areas within it."""
    area = _area_for(request, pk)
    held = Appointment.objects.current(at=timezone.now()).filter(area=area)
    inside = Area.objects.filter(parent=area).defer("boundary").order_by("code", "pk")
    shown = {
        "area": area,
        "above": area.ancestors().defer("boundary").exclude(pk=area.pk),
        "held": held.select_related("person").order_by("office", "pk")[:ROWS_MAX],
        "inside": inside[:ROWS_MAX],
        "nothing": Empty(title=_("Nobody holds an office here")),
    }
    return render(request, "community/appointments/appointments.html", shown)


@second_factor_required
@never_cache
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    area = _area_for(request, pk)
    initial = {"starts_on": timezone.localdate()}
    form = AppointmentForm(request.POST or None, area=area, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            made = services.appoint(by=person_of(request), at=timezone.now(), **form.appointment())
            messages.success(
                request,
                _("%(name)s: %(office)s.")
                % {"name": made.person, "office": made.get_office_display()},
            )
            return redirect("community:appointments_of", area.pk)
    return render(request, "community/appointments/appoint.html", {"area": area, "form": form})


@second_factor_required
@never_cache
def end(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Appointment.objects.select_related("person", "area")
    appointment = get_object_or_404(rows, pk=pk)
    area = _area_for(request, appointment.area_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.end_appointment(
                appointment=appointment,
                by=person_of(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("The appointment has ended."))
            return redirect("community:appointments_of", area.pk)
    shown = {"appointment": appointment, "area": area, "form": form}
    return render(request, "community/appointments/end.html", shown)


def _area_for(request: HttpRequest, pk: int | None) -> Area:
    """Find the area, for somebody who appoints to at least one office there."""
    areas = Area.objects.defer("boundary")
    area = get_object_or_404(areas, pk=pk) if pk else get_object_or_404(areas, parent=None)
    person, now = person_of(request), timezone.now()
    offices = (Office.SYSTEM_ADMIN, *ROSTER_OF_GRID_LEADERS)
    if all(objection_to_appointing(person, office, area, at=now) for office in offices):
        raise PermissionDenied
    return area
