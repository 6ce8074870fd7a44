"""What people type to sign in, and about themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import BaseConfirmCodeForm, ChangePhoneForm, LoginForm
from allauth.core.internal.httpkit import headed_redirect_response
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from community.adapters.sign_in import SignInProcess
from community.codes import is_code, typed_code
from community.policies.accounts import objection_to_name, plain_name


class SignInForm(LoginForm):
    """A number, and whether the phone is one's own."""

    is_shared = forms.BooleanField(
        label=_("Other people use this phone too"),
        help_text=_("You are signed out when the browser is closed, or after half an hour."),
        required=False,
    )

    def _login_by_code(
        self, request: HttpRequest, redirect_url: str | None, credentials: dict[str, Any]
    ) -> HttpResponse:
        request.session["is_shared"] = self.cleaned_data["is_shared"]
        SignInProcess.initiate(request=request, user=self.user, phone=credentials["phone"])
        query = {"next": redirect_url} if redirect_url else None
        response: HttpResponse = headed_redirect_response("account_confirm_login_code", query=query)
        return response


class CodeForm(BaseConfirmCodeForm):
    """Six digits from a text message."""

    code = forms.CharField(
        label=_("Code from the message"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autofocus": True,
                "class": "input--big",
                "inputmode": "numeric",
            }
        ),
        error_messages={"required": _("Please enter the six digits of the message.")},
    )

    def __init__(self, *args: Any, phone: str, **kwargs: Any) -> None:
        self.phone = phone
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code = typed_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("A code has six digits. Please look again."), "no_code")
        if not is_code(code, phone=self.phone, expected=self.expected_code):
            raise forms.ValidationError(_("That is not the code we sent."), "wrong_code")
        return code


class NewPhoneForm(ChangePhoneForm):
    """The number to come."""


class NameForm(forms.Form):
    """What neighbours see."""

    display_name = forms.CharField(
        label=_("Name that neighbours see"),
        help_text=_(
            "2 to 12 characters: a nickname is fine. Your real name stays with the grid worker."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Please enter a name.")},
    )

    def clean_display_name(self) -> str:
        name = plain_name(self.cleaned_data["display_name"])
        if objection := objection_to_name(name):
            raise forms.ValidationError(str(objection), objection.code)
        return name
