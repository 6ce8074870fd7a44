"""Letting the suite's flush empty tables that refuse to be emptied.

A test with ``transaction=True`` ends with Django's flush, which deletes or truncates every table
and trips on the append-only triggers. Registered as a plugin (``pytest_plugins`` in conftest),
this disarms them for the flush alone: within a test they are as armed as in the county.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from community import triggers


@pytest.fixture(autouse=True, scope="session")
def triggers_sleep_during_the_flush() -> Iterator[None]:
    flush = TransactionTestCase._fixture_teardown

    def disarmed_flush(self: TransactionTestCase) -> None:
        with triggers.disarmed(*triggers.APPEND_ONLY):
            flush(self)

    # TestCase has a teardown of its own, which rolls back: only the flush is wrapped.
    TransactionTestCase._fixture_teardown = disarmed_flush
    yield
    TransactionTestCase._fixture_teardown = flush
