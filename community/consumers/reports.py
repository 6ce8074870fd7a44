"""What open pages about reports hear of: that something moved, never what it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from community.hub import TopicKind, register_topic
from community.models import Appointment, Person, Report
from community.policies.reports import ReportHidden, ReportNotYours
from community.queries.reports import (
    inbox_standing,
    inbox_topic,
    last_change_in,
    standing,
    topic_of,
)
from community.workflow import OFFICE_LEVELS


def admit_to_report(person: Person | None, number: str, at: datetime) -> str:
    if not Report.objects.visible_to(person, at=at).filter(number=number).exists():
        raise ReportHidden
    return topic_of(number)


def how_it_stands(person: Person | None, topic: str, at: datetime) -> Mapping[str, Any]:
    _name, _colon, number = topic.partition(":")
    return standing(Report.objects.get(number=number))


def admit_to_inbox(person: Person | None, area_id: str, at: datetime) -> str:
    """Those who hold an office of the area that reports can be the task of."""
    held = Appointment.objects.current(at=at).filter(person=person, office__in=list(OFFICE_LEVELS))
    if not area_id.isdecimal() or not held.filter(area=int(area_id)).exists():
        raise ReportNotYours
    return inbox_topic(int(area_id))


def how_they_stand(person: Person | None, topic: str, at: datetime) -> Mapping[str, Any]:
    _name, _colon, area_id = topic.partition(":")
    return inbox_standing(last_change_in(int(area_id)))


register_topic(TopicKind(name="report", admit=admit_to_report, snapshot=how_it_stands))
register_topic(TopicKind(name="inbox", admit=admit_to_inbox, snapshot=how_they_stand))
