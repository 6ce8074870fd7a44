"""Consent, purpose by purpose, each to a text of a certain version (个人信息保护法 arts. 13–16).

The ledger is added to, never edited: the newest row for a person and purpose is what holds.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from community.models.people import Person
from community.triggers import append_only


class Purpose(models.TextChoices):
    TERMS = "terms", _("Using the platform")
    LOCATION = "location", _("Reading the phone's position for a report")
    PUBLISH_NAME = "publish_name", _("Showing my name in public")
    PUBLISH_PHOTO = "publish_photo", _("Showing my photo or deed in public")
    SMS = "sms", _("Urgent matters by SMS")


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def in_force(self, *, at: datetime) -> Self:
        """Keep the newest published text of every purpose."""
        published = self.filter(published_at__lte=at)
        newer = published.filter(purpose=OuterRef("purpose"), version__gt=OuterRef("version"))
        return published.filter(~Exists(newer))

    def renewed(self, *, at: datetime) -> Self:
        """Keep the texts that stand for an older one: nobody has to read a first one anew."""
        published = self.filter(published_at__lte=at)
        older = self.filter(purpose=OuterRef("purpose"), version__lt=OuterRef("version"))
        return published.filter(Exists(older))


@append_only
class ConsentText(models.Model):
    """What people were asked, word for word. A change of words is a new version."""

    purpose = models.CharField(max_length=14, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    text_zh = models.TextField(_("text in Chinese"))
    text_en = models.TextField(_("text in English"))
    published_at = models.DateTimeField()

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = (
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version"),
        )


class ConsentQuerySet(models.QuerySet["Consent"]):
    def holding(self, *, at: datetime) -> Self:
        """Keep each person's last word, at that moment, on each purpose."""
        later = Consent.objects.filter(
            at__lte=at,
            person=OuterRef("person"),
            text__purpose=OuterRef("text__purpose"),
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(later), at__lte=at)


@append_only
class Consent(models.Model):
    """One yes or no, at one moment, to one text."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    given_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("said by")
    )
    """The person; for a child under fourteen a guardian (个人信息保护法 art. 31)."""

    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    is_given = models.BooleanField()
    at = models.DateTimeField()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = (models.Index(fields=["person", "at"], name="consent_of_person"),)
