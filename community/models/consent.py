"""Consent, purpose by purpose, each to a text of a certain version (个人信息保护法 arts. 13–16).

The ledger is added to, never edited: the newest row for a person and purpose is what holds.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models.people import Person
from community.triggers import append_only


class Purpose(models.TextChoices):
    TERMS = "terms", _("Using the platform")
    LOCATION = "location", _("Reading the phone's position for a report")
    PUBLISH_NAME = "publish_name", _("Showing my name in public")
    PUBLISH_PHOTO = "publish_photo", _("Showing my photo or deed in public")
    SMS = "sms", _("Urgent matters by SMS")


class ConsentText(models.Model):
    """What people were asked, word for word."""

    purpose = models.CharField(max_length=14, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    text_zh = models.TextField(_("text in Chinese"))
    text_en = models.TextField(_("text in English"))
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = (
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version"),
        )


@append_only
class Consent(models.Model):
    """One yes or no, at one moment, to one text."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    is_given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = (models.Index(fields=["person", "at"], name="consent_of_person"),)
