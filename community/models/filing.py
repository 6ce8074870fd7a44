"""A report on its way to being filed: kept on the server from the first photo on.

Whatever somebody has typed or photographed survives a mistake in the form, a dead battery and a
lost connection. The draft's key is also the report's client id, so that a draft is filed once,
however often the button is pressed. Guests have none: what they type waits in their session.
"""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.models.categories import Category, Subcategory, Visibility
from community.models.people import Person
from community.models.photos import Photo
from community.models.places import Area, Evidence
from community.models.plates import DOOR_CODE_LENGTH
from community.models.reports import Report
from community.workflow import Level

PHOTOS_MOST: Final = 6
TITLE_MOST: Final = 30
SENTENCE_END: Final = re.compile(r"[。！？；;!?\n]|\.\s")
BODY_MOST: Final = 1000


class Datum(models.TextChoices):
    """Which datum a device gave a position in. What is stored is always WGS-84."""

    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", "GCJ-02"


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, person: Person) -> Self:
        return self.filter(person=person)

    def open(self) -> Self:
        """Keep the drafts that have not become a report yet."""
        return self.filter(report=None)

    def left_alone_since(self, moment: datetime) -> Self:
        return self.filter(changed_at__lt=moment)


class Draft(models.Model):
    """What somebody has entered so far; nothing of it is required before it is filed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    report = models.OneToOneField(
        Report, models.CASCADE, null=True, blank=True, related_name="draft"
    )
    """What it became: kept for a while, so that a second tap finds it."""

    category = models.ForeignKey(Category, models.SET_NULL, null=True, blank=True, related_name="+")
    subcategory = models.ForeignKey(
        Subcategory, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    body = models.TextField(_("in your words"), max_length=BODY_MOST, blank=True)

    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.CharField(max_length=20, choices=Evidence, blank=True)
    door_code = models.CharField(_("door code"), max_length=DOOR_CODE_LENGTH, blank=True)
    lng = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(null=True, blank=True)
    """How exact the phone says its position is; null for a pin that somebody put on the map."""
    datum = models.CharField(max_length=5, choices=Datum, default=Datum.WGS84)
    """What the device spoke; the point itself is already WGS-84."""
    place_note = models.CharField(_("where exactly"), max_length=80, blank=True)

    on_behalf_of = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+"
    )
    visibility = models.CharField(max_length=7, choices=Visibility, blank=True)
    hides_name = models.BooleanField(default=False)
    about_level = models.CharField(max_length=7, choices=Level, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a report")
        verbose_name_plural = _("drafts of reports")
        constraints = (
            models.CheckConstraint(
                condition=Q(lng=None, lat=None) | Q(lng__isnull=False, lat__isnull=False),
                name="draft_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(area=None) | ~Q(evidence=""), name="draft_area_has_evidence"
            ),
        )
        indexes = (
            models.Index(fields=["person", "-changed_at"], name="draft_of_person"),
            models.Index(fields=["changed_at"], name="draft_by_age"),
        )

    @property
    def title(self) -> str:
        """The first sentence of what was written, if it is short enough, else what kind it is."""
        sentence = SENTENCE_END.split(self.body.strip(), maxsplit=1)[0].strip()
        if 0 < len(sentence) <= TITLE_MOST:
            return sentence
        return str(self.subcategory or self.category or "")

    @property
    def shown_to(self) -> str:
        """Who will see it: what was chosen, else what is usual for its category."""
        usual = self.category.default_visibility if self.category else Visibility.PRIVATE
        return self.visibility or usual


class DraftPhoto(models.Model):
    """A photo's place in a draft. The photo is the uploader's own until the report is filed."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="photos")
    photo = models.OneToOneField(Photo, models.CASCADE, related_name="draft_use")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("photo of a draft")
        verbose_name_plural = _("photos of a draft")
        constraints = (
            models.CheckConstraint(
                condition=Q(position__lt=PHOTOS_MOST), name="draft_photos_at_most_six"
            ),
        )
