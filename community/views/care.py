"""Those without a phone, for the grid's staff: entering them, and who acts for them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.auth import (
    OfficeView,
    full_view_required,
    office_view,
    person_of,
    second_factor_address,
    second_factor_required,
)
from community.components.care import Done, DoneForOthers, words_of
from community.components.telling import Empty
from community.forms.care import AgentForm, GuardianForm, NeighbourForm
from community.forms.refusals import refusals_shown_on
from community.models import Area, Kind, Person
from community.policies.care import objection_to_looking_after, objection_to_witnessing
from community.queries.care import (
    adults_at_home,
    areas_looked_after,
    care_of,
    households_in,
    without_phone,
)
from community.queries.people import membership_of
from community.services.care import name_agent, name_guardian
from community.services.people import enter_at_home


@second_factor_required
@never_cache
def neighbours(request: HttpRequest) -> HttpResponse:
    """List those in my grid who have no phone, and who acts for each.

    A micro-grid leader who has not shown a second key sees how many there are.
    """
    now, areas = timezone.now(), _areas(request)
    living = without_phone(areas, at=now)
    today = timezone.localdate(now)
    is_limited = office_view(request) == OfficeView.LIMITED
    shown = {
        "count": len(living),
        "key_address": second_factor_address(request) if is_limited else "",
        "rows": [(member, member.person.is_minor(on=today)) for member in living],
        "areas": areas,
        "may_enter": any(area.kind == Kind.GRID for area in areas),
        "nothing": Empty(
            title=_("Everybody here has a phone, as far as is entered"),
            text=_("Whoever has none can take part all the same: enter them, and who acts."),
        ),
    }
    return render(request, "community/care/neighbours.html", shown)


@full_view_required
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Enter somebody without a phone in the household where they live."""
    now = timezone.now()
    grids = [area for area in _areas(request) if area.kind == Kind.GRID]
    if not grids:
        raise PermissionDenied
    villages = Area.objects.units().defer("boundary").order_by("code", "pk")
    form = NeighbourForm(
        request.POST or None,
        households=households_in(grids),
        villages=villages,
        initial={"registered_in": grids[0].unit()},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            person = enter_at_home(by=person_of(request), at=now, **form.cleaned_data)
            messages.success(
                request, _("%(name)s is entered. Who acts for them?") % {"name": person.name}
            )
            return redirect("community:looked_after", person.pk)
    return render(request, "community/care/enter.html", {"form": form})


@full_view_required
@never_cache
def looked_after(request: HttpRequest, pk: int) -> HttpResponse:
    """One neighbour: where they live, who acts for them, and what was done in their name."""
    viewer, now = person_of(request), timezone.now()
    person = get_object_or_404(Person.objects.select_related("registered_in", "lives_in"), pk=pk)
    if objection_to_looking_after(viewer, person, at=now):
        raise PermissionDenied
    care, is_minor = care_of(person, at=now), person.is_minor(on=timezone.localdate(now))
    done = [
        Done(act=words_of(act.act), who=act.agency.agent.display_name, at=act.at)
        for act in care.acts
    ]
    shown = {
        "neighbour": person,
        "membership": membership_of(person, at=now),
        "is_minor": is_minor,
        "care": care,
        "done": DoneForOthers(rows=done) if done else None,
        "may_enter": objection_to_witnessing(viewer, person, person, at=now) is None,
        "nobody": Empty(
            title=_("No guardian is entered yet") if is_minor else _("Nobody acts for them yet"),
            text=_("Ask them whom they trust: a relative, a neighbour."),
        ),
    }
    return render(request, "community/care/looked_after.html", shown)


@full_view_required
@never_cache
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter who acts for somebody, and how they agreed."""
    person = _whom(request, pk)
    form = AgentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            made = name_agent(
                principal=person, by=person_of(request), at=timezone.now(), **form.cleaned_data
            )
            names = {"agent": made.agent, "principal": person}
            messages.success(request, _("%(agent)s now acts for %(principal)s.") % names)
            return redirect("community:looked_after", person.pk)
    return render(request, "community/care/agent.html", {"form": form, "neighbour": person})


@full_view_required
@never_cache
def guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter who answers for a child."""
    person, now = _whom(request, pk), timezone.now()
    form = GuardianForm(request.POST or None, adults=adults_at_home(person, at=now))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            made = name_guardian(ward=person, guardian=form.guardian, by=person_of(request), at=now)
            names = {"guardian": made.guardian, "child": person}
            messages.success(request, _("%(guardian)s is the guardian of %(child)s.") % names)
            return redirect("community:looked_after", person.pk)
    return render(request, "community/care/guardian.html", {"form": form, "neighbour": person})


def _areas(request: HttpRequest) -> list[Area]:
    areas = areas_looked_after(person_of(request), at=timezone.now())
    if not areas:
        raise PermissionDenied
    return areas


def _whom(request: HttpRequest, pk: int) -> Person:
    """Find the neighbour, for somebody who may enter who acts for them."""
    person = get_object_or_404(Person.objects.select_related("lives_in"), pk=pk)
    if objection_to_witnessing(person_of(request), person, person, at=timezone.now()):
        raise PermissionDenied
    return person
