"""One's own account: the page that leads to everything about it, and the name neighbours see."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.auth import person_of
from community.forms.accounts import NameForm
from community.models import Person
from community.phones import masked
from community.services import accounts


@dataclass(frozen=True, kw_only=True)
class Door:
    """One line that leads to a page."""

    title: str
    note: str
    icon: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Doors:
    """Lines that belong together."""

    label: str
    doors: tuple[Door, ...]


@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    groups = _groups(person_of(request))
    return render(request, "community/accounts/account.html", {"groups": groups})


def _groups(person: Person) -> tuple[Doors, ...]:
    who = Doors(
        label=_("Who I am here"),
        doors=(
            Door(
                title=person.display_name,
                note=_("The name that neighbours see"),
                icon="me",
                url=reverse("community:name"),
            ),
            Door(
                title=masked(person.phone) if person.phone else _("No number"),
                note=_("The number I sign in with"),
                icon="phone",
                url=reverse("account_change_phone"),
            ),
        ),
    )
    safety = Doors(
        label=_("Safety"),
        doors=(
            Door(
                title=_("My devices"),
                note=_("Where I am signed in, and out everywhere else"),
                icon="listen",
                url=reverse("usersessions_list"),
            ),
            Door(
                title=_("Second key"),
                note=_("Fingerprint, face or an authenticator app"),
                icon="lock",
                url=reverse("mfa_index"),
            ),
        ),
    )
    return who, safety


@login_required
@never_cache
def name(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = NameForm(request.POST or None, initial={"display_name": person.display_name})
    if request.method == "POST" and form.is_valid():
        accounts.rename(person=person, display_name=form.cleaned_data["display_name"])
        messages.success(request, _("Your neighbours see this name from now on."))
        return redirect("community:account")
    return render(request, "community/accounts/name.html", {"form": form})


@login_required
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why an office asks for a second factor, and which there are."""
    back = get_next_redirect_url(request) or reverse("community:home")
    return render(request, "community/accounts/second_factor.html", {"next": back})
