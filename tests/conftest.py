"""What every test may ask for."""

from __future__ import annotations

import pytest

from community.models import EventRecord
from community.publishing import ANY, SUBSCRIBERS

pytest_plugins = ["tests.triggers"]


@pytest.fixture
def heard(db, monkeypatch) -> list[EventRecord]:
    """Return the list to which every event is added as it is delivered."""
    records: list[EventRecord] = []
    monkeypatch.setitem(SUBSCRIBERS, ANY, [*SUBSCRIBERS[ANY], records.append])
    return records
