"""What a person hears of: their own notifications, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.errors import Refusal
from community.hub import TopicKind, register_topic
from community.models import Person
from community.queries.notifications import standing, topic_of


class NotSignedIn(Refusal):
    reason = _("You are not signed in any more. Please sign in again.")


def admit(person: Person | None, rest: str, at: datetime) -> str:
    if person is None:
        raise NotSignedIn
    return topic_of(person.pk)


def snapshot(person: Person | None, topic: str, at: datetime) -> Mapping[str, Any]:
    assert person is not None
    return standing(person)


register_topic(TopicKind(name="me", admit=admit, snapshot=snapshot))
