"""Where I live: my household, the door plate, and the claim that waits."""

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

from community import qr
from community.auth import person_of
from community.forms.households import DoorCodeForm, HeadForm
from community.forms.refusals import refusals_shown_on, refusals_told
from community.models import HouseholdClaim, Membership, Person
from community.policies.households import objection_to_naming_head
from community.queries.people import last_claim_of, members_of, membership_of
from community.queries.plates import PATH
from community.services.claims import claim_household, withdraw_claim
from community.services.households import make_head, move_out
from community.views.guessing import plate_behind
from community.views.plates import origin_of


@login_required
@never_cache
def household(request: HttpRequest) -> HttpResponse:
    """Show my household; or, where there is none yet, ask for the code on the door plate."""
    person, now = person_of(request), timezone.now()
    membership = membership_of(person, at=now)
    form = DoorCodeForm(request.POST or None, initial={"door_code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            plate_behind(request, form.cleaned_data["door_code"])
            claim_household(person=person, at=now, **form.cleaned_data)
            messages.success(request, _("Sent to your grid worker. You are told what they say."))
            return redirect("community:household")
    shown: dict[str, Any] = {"form": form, "claim": last_claim_of(person), "active_tab": "me"}
    if membership is not None:
        shown |= _home_of(person, membership)
    return render(request, "community/households/household.html", shown)


def _home_of(person: Person, membership: Membership) -> dict[str, Any]:
    now, home = timezone.now(), membership.household
    return {
        "membership": membership,
        "household": home,
        "door_code": home.door_code,
        "members": members_of(home, at=now),
        "may_name_head": objection_to_naming_head(person, home, at=now) is None,
    }


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(HouseholdClaim.objects.filter(person=person_of(request)), pk=pk)
    with refusals_told(request):
        withdraw_claim(claim=claim, by=person_of(request), at=timezone.now())
        messages.success(request, _("Taken back."))
    return redirect("community:household")


@login_required
@never_cache
def head(request: HttpRequest) -> HttpResponse:
    """Name who speaks for the household: the head does, and may hand it on."""
    person, now = person_of(request), timezone.now()
    membership = get_object_or_404(person.memberships.current(at=now).select_related("household"))
    people = Person.objects.adults(on=timezone.localdate(now)).filter(
        memberships__in=Membership.objects.current(at=now).filter(household=membership.household)
    )
    form = HeadForm(request.POST or None, people=people.order_by("born_on", "pk"))
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            chosen = form.cleaned_data["person"]
            make_head(household=membership.household, person=chosen, by=person, at=now)
            messages.success(
                request, _("%(name)s speaks for the household now.") % {"name": chosen}
            )
            return redirect("community:household")
    return render(request, "community/households/head.html", {"form": form, "active_tab": "me"})


@login_required
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Ask once more, then say that I have moved out."""
    person, now = person_of(request), timezone.now()
    current = person.memberships.current(at=now).select_related("household")
    membership = get_object_or_404(current)
    if request.method == "POST":
        with refusals_told(request):
            move_out(membership=membership, by=person, at=now)
            messages.success(
                request, _("Noted. Scan the plate of your new door when you are there.")
            )
        return redirect("community:household")
    shown = {"membership": membership, "active_tab": "me"}
    return render(request, "community/households/leave.html", shown)


@login_required
@never_cache
def plate(request: HttpRequest) -> HttpResponse:
    """The code of my door plate as a picture, black on white with its quiet zone."""
    person = person_of(request)
    membership = get_object_or_404(
        person.memberships.current(at=timezone.now()).select_related("household")
    )
    address = origin_of(request).rstrip("/") + PATH.format(code=membership.household.door_code)
    return HttpResponse(qr.svg(address), content_type="image/svg+xml")
