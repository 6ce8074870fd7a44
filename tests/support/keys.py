"""Somebody signed in, with the second key that their office asks for."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from community.auth import SECOND_FACTOR
from community.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRET = "JBSWY3DPEHPK3PXP"


def enter(client: Client, person: Person, *, has_second_key: bool = True) -> Client:
    """Sign the person in, and leave the session as showing the second key leaves it.

    Whoever holds no office that needs one has none.
    """
    client.force_login(person, backend=BACKEND)
    held = person.appointments.current(at=timezone.now())
    if not has_second_key or not held.filter(office__in=SECOND_FACTOR).exists():
        return client
    key = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if key is None:
        key = TOTP.activate(person, SECRET).instance
    now = time.time()
    session = client.session
    session["seen_at"] = now
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": key.type, "id": key.pk, "at": now}
    ]
    session.save()
    return client
