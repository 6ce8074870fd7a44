"""The record of what happened, and of how far it has been delivered.

A record is written in the transaction of the change it reports. Ids are opaque and may be empty:
a deadline that passes has no actor, and erasing a person must not touch the record.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventRecordQuerySet(models.QuerySet["EventRecord"]):
    def waiting(self) -> Self:
        return self.filter(delivered_at=None, dead_at=None)

    def due(self, *, at: datetime) -> Self:
        """Keep what should be delivered by now and has been neither delivered nor given up."""
        return self.waiting().filter(next_attempt_at__lte=at)

    def dead(self) -> Self:
        """Keep what was given up, and what nobody has looked at yet."""
        return self.filter(dead_at__isnull=False, dropped_at=None)


class EventRecord(models.Model):
    """One domain event, as it was published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    area_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_to = models.JSONField(default=list)
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = EventRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = (
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(delivered_at=None, dead_at=None),
                name="event_waiting",
            ),
            models.Index(
                fields=["dead_at"],
                condition=Q(dead_at__isnull=False, dropped_at=None),
                name="event_dead",
            ),
            models.Index(fields=["name", "at"], name="event_by_name"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(dead_at=None), name="event_delivered_or_dead"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(dead_at__isnull=False),
                name="event_dropped_if_dead",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.id}"

    @property
    def is_dead(self) -> bool:
        """Whether it was given up, and nobody has let it go yet."""
        return self.dead_at is not None and self.dropped_at is None
