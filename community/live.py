"""Telling open pages what changed, once it is committed.

A frame says how things stand ("unread: 3"), never what to add; a page that hears it twice, or has
to ask for everything again, is right all the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.hub import publish, publish_hang_up
from community.hub.sessions import mark_of


def announce(topic: str, frame: Mapping[str, Any]) -> None:
    """Send `frame` to everybody who listens to `topic`, after the commit, from any process."""
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    transaction.on_commit(lambda: publish(topic, text), robust=True)


def hang_up(*, person_id: int | None = None, session_key: str | None = None) -> None:
    """Close a person's sockets everywhere (their account is closed), or a session's."""
    mark = mark_of(session_key)
    transaction.on_commit(lambda: publish_hang_up(person_id=person_id, session=mark), robust=True)
