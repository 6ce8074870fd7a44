"""What I have agreed to: purpose by purpose, each with its text and one switch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.auth import person_of
from community.errors import Refusal
from community.models import ConsentText, Person, Purpose
from community.policies.consent import decides_alone
from community.queries.consent import ConsentState, consents_of, text_in_force
from community.services.consent import give_consent, withdraw_consent
from community.views.given import key_given, page_given


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One person's consents, as somebody who may decide them sees them."""

    person: Person
    is_mine: bool
    states: list[ConsentState]


@login_required
@never_cache
def consents(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    people = [person, *_children(person, at=now)]
    ledgers = [
        Ledger(person=one, is_mine=one == person, states=consents_of(one, at=now)) for one in people
    ]
    context = {
        "ledgers": ledgers,
        "in_english": get_language() == "en",
        "decides_alone": decides_alone(person, at=now),
    }
    return render(request, "community/consent/consents.html", context)


def _children(person: Person, *, at: datetime) -> list[Person]:
    """The children for whom this person decides (at most a handful)."""
    wards = person.wards.current(at=at).select_related("ward").order_by("pk")[:10]
    return [bond.ward for bond in wards if not decides_alone(bond.ward, at=at)]


@login_required
@require_POST
def decide(request: HttpRequest, person_id: int, purpose: str) -> HttpResponse:
    """Give or withdraw one consent; which one stands in the address, yes or no in the button."""
    if purpose not in Purpose.values:
        raise Http404
    person, by, now = get_object_or_404(Person, pk=person_id), person_of(request), timezone.now()
    try:
        if request.POST.get("answer") == "yes":
            text = get_object_or_404(
                ConsentText, pk=key_given(request.POST.get("text")), purpose=purpose
            )
            give_consent(person=person, text=text, by=by, at=now)
            messages.success(request, _("Noted. You can take it back here at any time."))
        else:
            withdraw_consent(person=person, purpose=Purpose(purpose), by=by, at=now)
            messages.success(request, _("Taken back. What rested on it stops from now on."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(page_given(request) or reverse("community:consents"))


@login_required
@never_cache
def welcome(request: HttpRequest) -> HttpResponse:
    """Show the terms once, to whoever is new or has not seen this version."""
    text = text_in_force(Purpose.TERMS, at=timezone.now())
    then = page_given(request) or reverse("community:home")
    if request.method == "POST":
        person = person_of(request)
        try:
            give_consent(person=person, text=text, by=person, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(then)
    context = {"text": text, "next": then, "in_english": get_language() == "en"}
    return render(request, "community/consent/welcome.html", context)
