"""Every event is named for what happened, and has a schema; docs/reference lists them all."""

from __future__ import annotations

import pytest

from community.publishing import EVENT_TYPES, schema_of

OURS = [event for name, event in EVENT_TYPES.items() if not name.startswith("test.")]


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.name)
class TestAnEvent:
    def test_says_what_it_means(self, event):
        assert str(event.label)

    def test_is_named_after_its_app_and_a_thing_that_happened(self, event):
        app, _dot, fact = event.name.partition(".")

        assert app == event.__module__.partition(".")[0]
        assert fact.islower()

    def test_has_a_schema(self, event):
        assert schema_of(event).json_schema()["properties"].keys() >= {"at", "actor_id"}
