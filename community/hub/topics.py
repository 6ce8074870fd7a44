"""What can be listened to: each concept registers its kind of topic from its `consumers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.models import Person


class Unknown(Refusal):
    reason = _("This page asked for something that is not there. Please reload it.")


@dataclass(frozen=True, kw_only=True)
class TopicKind:
    """A kind of topic: who may listen to what, and how things stand when they begin.

    Both are called in a worker thread and may ask the database. What a page asks for and what it
    is given may differ: everybody joins ``me``, and hears ``person:<their own id>``.
    """

    name: str
    admit: Callable[[Person | None, str, datetime], str]
    """From who asks, the part after the colon, and the moment: the topic, or a Refusal raised."""

    snapshot: Callable[[Person | None, str, datetime], Mapping[str, Any]]
    """How things stand in a topic that was admitted, as one frame."""


TOPIC_KINDS: dict[str, TopicKind] = {}


def register_topic(kind: TopicKind) -> TopicKind:
    assert kind.name not in TOPIC_KINDS, f"two kinds of topic are called {kind.name}"
    TOPIC_KINDS[kind.name] = kind
    return kind


def topic_kind(asked: str) -> tuple[TopicKind, str]:
    """Return the kind of topic that a page asks for, and what follows the colon.

    :raises Unknown: nobody registered such a kind.
    """
    name, _colon, rest = asked.partition(":")
    if name not in TOPIC_KINDS:
        raise Unknown
    return TOPIC_KINDS[name], rest
