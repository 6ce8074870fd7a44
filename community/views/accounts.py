"""One's own account: the page that leads to everything about it, and the name neighbours see."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.auth import person_of
from community.forms.accounts import NameForm
from community.models import Person
from community.phones import masked
from community.policies.accounts import objection_to_closing
from community.queries.export import export_of
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
                icon="eye",
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
    data = Doors(
        label=_("My data"),
        doors=(
            Door(
                title=_("What I agreed to"),
                note=_("Position, name, photos, text messages: each its own yes or no"),
                icon="check",
                url=reverse("community:consents"),
            ),
            Door(
                title=_("Take my data with me"),
                note=_("Everything that is kept about me, in one file"),
                icon="save",
                url=reverse("community:export"),
            ),
            Door(
                title=_("Close the account"),
                note=_("What could name me goes"),
                icon="close",
                url=reverse("community:close"),
            ),
        ),
    )
    return who, safety, data


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
def export(request: HttpRequest) -> HttpResponse:
    """Hand over everything that is kept about the person, as one JSON file."""
    tables = export_of(person_of(request))
    return JsonResponse(
        {"exported_at": timezone.now(), "tables": tables},
        headers={"Content-Disposition": 'attachment; filename="linli-my-data.json"'},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@login_required
@never_cache
def close(request: HttpRequest) -> HttpResponse:
    """Close the account, after saying what goes and what stays."""
    person, now = person_of(request), timezone.now()
    objection = objection_to_closing(person, at=now)
    if request.method == "POST" and objection is None:
        accounts.close_account(person=person, at=now)
        logout(request)
        messages.success(request, _("Your account is closed. Thank you for having been here."))
        return redirect("community:home")
    return render(request, "community/accounts/close.html", {"objection": objection})
