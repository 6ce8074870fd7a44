"""What was sent by SMS and what it cost: never to whom in clear, never what it said."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SmsPurpose(models.TextChoices):
    SIGN_IN = "sign_in", _("Code to sign in")
    CHANGE_PHONE = "change_phone", _("Code to change the number")
    CONFIRM = "confirm", _("Code to confirm an important step")
    NOTICE = "notice", _("Word of what was done")


class SmsStatus(models.TextChoices):
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")


class SmsDay(models.Model):
    """One day's spending. Whoever sends locks the row first, so that the cap holds."""

    day = models.DateField(primary_key=True)
    spent_fen = models.PositiveIntegerField(default=0)
    cap_fen = models.PositiveIntegerField()
    refused_at = models.DateTimeField(null=True)
    """When the cap first refused somebody: staff are told once a day."""

    class Meta:
        verbose_name = _("SMS spending of a day")
        constraints = (
            models.CheckConstraint(condition=Q(spent_fen__lte=F("cap_fen")), name="sms_day_in_cap"),
        )


class SmsMessageQuerySet(models.QuerySet["SmsMessage"]):
    def since(self, moment: datetime) -> Self:
        return self.filter(sent_at__gt=moment)

    def to_phone(self, phone_hash: str) -> Self:
        return self.filter(phone_hash=phone_hash)

    def codes(self) -> Self:
        """Keep what somebody asked for, not what the platform tells of its own accord."""
        return self.exclude(purpose=SmsPurpose.NOTICE)


class SmsMessage(models.Model):
    """One message, for counting and for the bill."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=12, choices=SmsPurpose)
    phone_hash = models.CharField(max_length=64)
    phone_masked = models.CharField(max_length=11)
    address_hash = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField()
    status = models.CharField(max_length=7, choices=SmsStatus, default=SmsStatus.SENDING)
    cost_fen = models.PositiveSmallIntegerField()
    error = models.CharField(max_length=60, blank=True)

    objects = SmsMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("text message")
        verbose_name_plural = _("text messages")
        indexes = (
            models.Index(fields=["phone_hash", "sent_at"], name="sms_of_phone"),
            models.Index(fields=["address_hash", "sent_at"], name="sms_from_address"),
            models.Index(fields=["sent_at"], name="sms_by_time"),
        )
