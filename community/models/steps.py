"""What happened to a report: its steps, why it went where it went, its pauses, photos, ratings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models.offices import Office
from community.models.people import Person
from community.models.photos import Photo
from community.models.places import Area
from community.models.reports import Report
from community.triggers import append_only
from community.workflow import Event, Level, Status


class Act(models.TextChoices):
    """What a step was, beyond the states it led between."""

    FILED = "filed", _("Filed")
    MOVED = "moved", _("Moved on")
    RETURNED = Event.RETURNED.value, Event.RETURNED.label
    ESCALATED = Event.ESCALATED.value, Event.ESCALATED.label
    REPLIED = "replied", _("The resident was told something")
    SUPPLEMENTED = "supplemented", _("The resident added something")


@append_only
class Step(models.Model):
    """One act in the life of a report. The table is only ever added to, by trigger."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=Act)
    from_status = models.CharField(max_length=17, choices=Status, blank=True)
    to_status = models.CharField(max_length=17, choices=Status)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who did it; null when the clock did."""
    actor_office = models.CharField(max_length=20, choices=Office, blank=True)
    """In which office; blank when as a resident."""
    acted_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The principal or ward for whom a resident acted."""
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    owner_level = models.CharField(max_length=7, choices=Level)
    owner_office = models.CharField(max_length=20, choices=Office)
    owner_area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    owner_department = models.CharField(max_length=30, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of a report")
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="step_number_once"),
        )

    @property
    def is_private(self) -> bool:
        """Whether its words and photos are between the resident and the office alone."""
        return self.to_status == Status.AWAITING_REPORTER or self.act == Act.SUPPLEMENTED


@append_only
class Routing(models.Model):
    """Why a report went where it went: decided once, stored with its reasons, always shown."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="routings")
    step = models.OneToOneField(Step, models.PROTECT, related_name="routing")
    at = models.DateTimeField()
    reasons = models.JSONField(default=list)
    """One object a reason, in order: ``{"code": "nobody_there", "level": "grid", …}``."""
    is_fallback = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("routing decision")
        verbose_name_plural = _("routing decisions")


class Pause(models.Model):
    """A time in which no clock of the report ran."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="pauses")
    status = models.CharField(max_length=17, choices=Status)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = (
            models.UniqueConstraint(
                fields=["report"], condition=Q(ends_at=None), name="pause_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="pause_ends_after_start",
            ),
        )


class ReportPhoto(models.Model):
    """A photo's place in a report: with which step it came, and in which order."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="photos")
    step = models.ForeignKey(Step, models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, models.PROTECT, related_name="use")
    position = models.PositiveSmallIntegerField()
    caption = models.CharField(_("what it shows"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("photo of a report")
        verbose_name_plural = _("photos of a report")
        constraints = (
            models.UniqueConstraint(fields=["step", "position"], name="report_photo_place"),
        )


class ApprovalRequest(models.Model):
    """An act that somebody else has to agree to before it happens."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="approval_requests")
    to_status = models.CharField(max_length=17, choices=Status)
    act = models.CharField(max_length=12, choices=Act, default=Act.MOVED)
    text = models.TextField()
    expected_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_office = models.CharField(max_length=20, choices=Office)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        constraints = (
            models.UniqueConstraint(
                fields=["report"], condition=Q(decided_at=None), name="approval_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_approved=None)
                | Q(decided_at__isnull=False, is_approved__isnull=False),
                name="approval_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="approval_by_another",
            ),
        )


@append_only
class Rating(models.Model):
    """What the resident thought of the handling, once for every time it was handled.

    No person is named here, and no page for office holders reads single rows.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    """How often the report had been reopened by then."""
    at = models.DateTimeField()
    stars = models.PositiveSmallIntegerField(_("overall"), null=True)
    """One to five; null when the time to rate passed in silence, which is no praise."""
    result = models.PositiveSmallIntegerField(_("result"), null=True)
    speed = models.PositiveSmallIntegerField(_("speed"), null=True)
    attitude = models.PositiveSmallIntegerField(_("attitude"), null=True)
    text = models.TextField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = (
            models.UniqueConstraint(fields=["report", "round"], name="rating_once_a_round"),
            models.CheckConstraint(
                condition=(Q(stars=None) | Q(stars__range=(1, 5)))
                & (Q(result=None) | Q(result__range=(1, 5)))
                & (Q(speed=None) | Q(speed__range=(1, 5)))
                & (Q(attitude=None) | Q(attitude__range=(1, 5))),
                name="rating_in_range",
            ),
        )
