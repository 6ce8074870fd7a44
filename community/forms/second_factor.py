"""allauth's forms for the second key, in our words and with the phone's number pad."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _


class _Digits:
    """A field for the digits an app shows."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Digits")
        field.error_messages["required"] = _("Please enter the digits that the app shows.")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs.update({"class": "input--big", "inputmode": "numeric"})


class _Named:
    """A field for what a key is called."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")
        self.fields["name"].max_length = 40


class ProveForm(_Digits, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    pass


class ProveAgainForm(_Digits, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    pass


class UseAppForm(_Digits, ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    pass


class UsePhoneForm(_Named, AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    pass


class RenameKeyForm(_Named, EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    pass
