"""allauth's second factors as this platform uses them: secrets are kept encrypted."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.models import Person


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Our answers to allauth's questions."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That is not the code your app shows now. Please look again."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_user_identifier(self, user: Person) -> str:
        """Name the account in an authenticator app by the alias, never by the phone number."""
        return user.display_name

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002 allauth's
        return gettext("This phone")


def _cipher() -> MultiFernet:
    """Encrypt under the newest secret key, and read what an older one has encrypted."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    hashed = salted_hmac("community.second_factor", "key", secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(hashed.digest())
