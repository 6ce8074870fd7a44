"""Somebody at the door of the back office."""

from __future__ import annotations

import time

import pytest
from django.test import Client


@pytest.fixture
def enter():
    """`enter(person)`: a browser signed in as them, with the second factor just shown."""

    def with_second_factor(person, *, has_second_factor=True):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["seen_at"] = time.time()
        if has_second_factor:
            session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
            session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return with_second_factor
