"""What the platform tells one person. The words are made when they are read, in their language."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from community.models.people import Person


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def matters(self) -> int:
        """Count what they are about: ten notifications about one report are one matter."""
        counted: int = self.aggregate(matters=models.Count("group", distinct=True))["matters"]
        return counted

    def matters_by_person(self) -> QuerySet[Any, Any]:
        """Return how many `matters` each person has, one row a person."""
        grouped = self.order_by().values("person")
        return grouped.annotate(matters=models.Count("group", distinct=True)).values("matters")


class Notification(models.Model):
    """One thing that happened, for one person to know."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    event_id = models.UUIDField()
    group = models.CharField(max_length=60, help_text=_("what it is about, e.g. report:7"))
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "event_id", "kind"], name="notification_once_per_event"
            ),
        )
        indexes = (
            models.Index(fields=["person", "-created_at"], name="notification_newest"),
            models.Index(
                fields=["person", "group"],
                condition=Q(read_at=None),
                name="notification_unread_groups",
            ),
        )
