"""Somebody at the door of the back office."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.support import keys


@pytest.fixture
def enter():
    """`enter(person)`: a browser signed in as them, with the second factor just shown."""

    def with_second_factor(person, *, has_second_factor=True):
        return keys.enter(Client(), person, has_second_key=has_second_factor)

    return with_second_factor
