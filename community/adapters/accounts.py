"""allauth as this platform uses it: a phone number and a code, and no password anywhere."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from community.auth import begin
from community.codes import new_code
from community.errors import Refusal
from community.models import Person, Purpose, SmsPurpose
from community.phones import DemoNumber, is_demo, normalised
from community.queries.consent import has_consent
from community.services.accounts import change_phone, confirm_phone
from community.services.sms import send_sms

CODE_MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60


class PhoneField(forms.CharField):
    """A mobile number however it is typed; clean, it is E.164."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["label"] = _("Mobile number")
        kwargs["help_text"] = _("Neighbours never see it.")
        super().__init__(
            max_length=40,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "tel-national",
                    "class": "input--big",
                    "inputmode": "tel",
                    "type": "tel",
                }
            ),
            error_messages={"required": _("Please enter your mobile number.")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            phone = normalised(text)
            if is_demo(phone) and not settings.DEMO:
                raise DemoNumber
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from None
        return phone


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Our answers to allauth's questions."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "That was tried many times in a short while. Please wait five minutes."
        ),
        "same_as_current": _("This is the number you have now."),
    }

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        kwargs.pop("label", None)
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> Person | None:
        return Person.objects.filter(phone=phone).first()

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:  # noqa: FBT001 allauth's
        assert verified, "a number is kept once it is confirmed"
        change_phone(person=user, phone=phone, at=timezone.now())

    def set_phone_verified(self, user: Person, phone: str) -> None:
        """Keep the number that was just confirmed: the account's own, or its new one."""
        if user.phone == phone:
            confirm_phone(person=user, phone=phone, at=timezone.now())
        else:
            change_phone(person=user, phone=phone, at=timezone.now())

    def generate_phone_verification_code(self, *, user: Person | None, phone: str) -> str:
        return new_code()

    def send_verification_code_sms(
        self,
        user: Person | None,
        phone: str,
        code: str,
        *,
        purpose: SmsPurpose = SmsPurpose.SIGN_IN,
        **kwargs: Any,
    ) -> None:
        """Send the code now, from this request: nothing but the phone ever holds it."""
        send_sms(
            phone=phone,
            purpose=purpose,
            template="code",
            values={"code": code, "minutes": str(CODE_MINUTES)},
            address=self.get_client_ip(self.request),
            at=timezone.now(),
        )
        if settings.DEMO:
            self.request.session["demo_code"] = code

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        begin(request, at=timezone.now())

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by a form of its own: whoever confirms a number is in."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody has an e-mail address here."""

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Go on to where they wanted, by way of the terms for who has not seen this version."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if has_consent(user, Purpose.TERMS, at=timezone.now()):
            return response
        return redirect(f"{reverse('community:welcome')}?{urlencode({'next': response.url})}")
