"""Telling open pages that a report has moved on, once that is committed."""

from __future__ import annotations

from datetime import datetime

from community.live import announce
from community.models import Report
from community.queries.reports import inbox_standing, inbox_topic, standing, topic_of


def tell_its_page(*, report: Report) -> None:
    announce(topic_of(report.number), standing(report))


def tell_inboxes(*, area_id: int, at: datetime) -> None:
    """Let the open inboxes of an area's offices know that what is in them has changed."""
    announce(inbox_topic(area_id), inbox_standing(at))
