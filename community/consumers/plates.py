"""How far sheets of plates are: for those who may print them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from community.hub import TopicKind, Unknown, register_topic
from community.models import Person, PrintJob
from community.policies.plates import objection_to_printing
from community.queries.plates import standing, topic_of


def admit(person: Person | None, rest: str, at: datetime) -> str:
    job = _found(rest)
    if person is None or objection_to_printing(person, job.area, at=at):
        raise Unknown
    return topic_of(job.pk)


def snapshot(person: Person | None, topic: str, at: datetime) -> Mapping[str, Any]:
    return standing(_found(topic.partition(":")[2]))


def _found(key: str) -> PrintJob:
    try:
        return PrintJob.objects.select_related("area").get(pk=UUID(key))
    except (ValueError, PrintJob.DoesNotExist):
        raise Unknown from None


register_topic(TopicKind(name="print", admit=admit, snapshot=snapshot))
