"""The claims that wait for a grid worker."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.auth import offices_of, person_of, second_factor_required
from community.components.telling import Empty
from community.forms.households import RefusalForm
from community.forms.refusals import refusals_shown_on
from community.models import HouseholdClaim
from community.queries.people import claims_for, members_of
from community.services.claims import approve_claim, refuse_claim
from community.services.looks import note_look


@second_factor_required
@never_cache
def claims(request: HttpRequest) -> HttpResponse:
    waiting = claims_for(person_of(request), at=timezone.now())
    nothing = Empty(
        title=_("Nobody waits"), text=_("Who scans a door plate in your grid appears here.")
    )
    shown = {"claims": waiting, "nothing": nothing}
    return render(request, "community/claims/claims.html", shown)


@second_factor_required
@never_cache
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim, with who lives there already: confirm it, or say why not."""
    person, now = person_of(request), timezone.now()
    mine = HouseholdClaim.objects.for_decision_by(person, at=now)
    rows = mine.select_related("person", "household__micro_grid__parent", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    is_refused = "refuse" in request.POST
    form = RefusalForm(request.POST if is_refused else None)
    if request.method == "POST" and (not is_refused or form.is_valid()):
        with refusals_shown_on(form):
            if is_refused:
                refuse_claim(claim=found, by=person, at=now, **form.cleaned_data)
            else:
                approve_claim(claim=found, by=person, at=now)
            messages.success(request, _("Done. %(name)s is told.") % {"name": found.person})
            return redirect("community:claims")
    home = found.household.micro_grid
    office = next((held.office for held in offices_of(request) if held.area.contains(home)), "")
    note_look(by=person, thing=found, office=office, area=home, at=now)
    shown = {"claim": found, "members": members_of(found.household, at=now), "form": form}
    return render(request, "community/claims/claim.html", shown)
