"""The reference of events says what the code says."""

from __future__ import annotations

import pytest
from django.conf import settings

from community.publishing import EVENT_TYPES, schema_of
from community.queries.events import reference

OURS = [event for name, event in EVENT_TYPES.items() if not name.startswith("test.")]


def test_the_reference_is_that_of_the_code():
    written = settings.BASE_DIR / "docs" / "reference" / "events.md"

    assert written.read_text(encoding="utf-8") == reference(), "run manage.py describe_events"


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.name)
class TestAnEvent:
    def test_says_what_it_means(self, event):
        assert event.__doc__
        assert not event.__doc__.startswith(f"{event.__name__}(")
        assert str(event.label)

    def test_is_named_after_its_app_and_a_thing_that_happened(self, event):
        app, _dot, fact = event.name.partition(".")

        assert app == event.__module__.partition(".")[0]
        assert fact.islower()

    def test_has_a_schema(self, event):
        assert schema_of(event).json_schema()["properties"].keys() >= {"at", "actor_id"}
