"""A person's notifications as they are shown: one line for each matter, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from community.kinds import kind_of, words
from community.models import Notification, Person


@dataclass(frozen=True, kw_only=True)
class Line:
    """Everything about one matter: the words of the newest, and how many there are."""

    pk: int
    title: str
    text: str
    icon: str
    tone: str
    at: datetime
    count: int
    unread: int


def matters_of(person: Person, *, only_unread: bool = False) -> QuerySet[Any, Any]:
    """Return a person's matters, newest first: group, newest, count, unread."""
    matters = (
        Notification.objects.filter(person=person)
        .values("group")
        .annotate(newest=Max("pk"), count=Count("pk"), unread=Count("pk", filter=Q(read_at=None)))
    )
    return (matters.filter(unread__gt=0) if only_unread else matters).order_by("-newest")


def lines_of(matters: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return the matters of one page as lines, in the active language, in one query."""
    newest = Notification.objects.in_bulk([matter["newest"] for matter in matters])
    return [_line(newest[matter["newest"]], matter) for matter in matters]


def unread_count(person: Person) -> int:
    """How many matters have something that the person has not read."""
    return Notification.objects.filter(person=person).unread().matters()


def standing(person: Person) -> dict[str, Any]:
    """How things stand for a person, as their open pages hear it: a number, and no words."""
    return {"unread": unread_count(person)}


def topic_of(person_id: int) -> str:
    return f"person:{person_id}"


def _line(notification: Notification, matter: Mapping[str, Any]) -> Line:
    kind = kind_of(notification.kind)
    return Line(
        pk=notification.pk,
        title=words(kind.title, notification.facts),
        text=words(kind.text, notification.facts),
        icon=kind.icon,
        tone=kind.tone,
        at=notification.created_at,
        count=matter["count"],
        unread=matter["unread"],
    )
