"""Setting up a second key. Whoever has just shown that a key works is not asked for it again."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from community.auth import person_of
from community.views.given import page_given


@login_required
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why an office asks for a second key, and which there are; remember the way back."""
    back = page_given(request) or reverse("community:home")
    request.session["second_factor_next"] = back
    return render(request, "community/accounts/second_factor.html")


class UseAppView(ActivateTOTPView):
    """An authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        _note_proof(self.request, kind="totp")
        response: HttpResponse = super().form_valid(form)
        return response


class UsePhoneView(AddWebAuthnView):
    """The phone itself."""

    def form_valid(self, form: Any) -> HttpResponse:
        _note_proof(self.request, kind="webauthn")
        response: HttpResponse = super().form_valid(form)
        return response


def _note_proof(request: HttpRequest, *, kind: str) -> None:
    """The form is valid, so the key has answered: that is a proof like any other."""
    record_authentication(
        request, person_of(request), method="mfa", type=kind, reauthenticated=True
    )


use_app = UseAppView.as_view()
use_phone = UsePhoneView.as_view()
