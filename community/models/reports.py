"""Reports: what residents see in their street or at the counter, and what becomes of it.

The row of a report says how it stands now, so that lists read one row each; `Step` is its
history, and only ever added to. A report's exact place and its reporter are for those who handle
it; the public sees the micro-grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.masking import masked
from community.models.categories import Category, Priority, Subcategory, Visibility
from community.models.offices import Office
from community.models.owners import answering, tasks_of
from community.models.people import Appointment, Person, birthday_of_adults
from community.models.places import Area, path_range
from community.workflow import ONGOING, OVER, TO_BE_HANDLED, Level, Status


class ReportQuerySet(models.QuerySet["Report"]):
    """What can be asked of many reports at once. The answers chain into sentences:

    ``Report.objects.public().within(village).ongoing()``
    """

    def public(self) -> Self:
        """Keep what everybody may see; what was withdrawn is nobody's business any more."""
        return self.filter(visibility=Visibility.PUBLIC).exclude(status=Status.WITHDRAWN)

    def within(self, area: Area) -> Self:
        low, high = path_range(area.path)
        return self.filter(area__path__gte=low, area__path__lt=high)

    def ongoing(self) -> Self:
        return self.filter(status__in=ONGOING)

    def over(self) -> Self:
        return self.filter(status__in=OVER)

    def to_be_handled(self) -> Self:
        return self.filter(status__in=TO_BE_HANDLED)

    def overdue(self, *, at: datetime) -> Self:
        return self.to_be_handled().filter(due_at__lt=at)

    def soon_due(self, *, at: datetime) -> Self:
        """Keep what has used up half of its time, or all of it."""
        return self.to_be_handled().filter(yellow_at__lte=at)

    def concerning(self, person: Person, *, at: datetime) -> Self:
        """Keep a person's own: what they reported, and what was reported for them.

        What they reported for somebody else is among it for as long as they act for them.
        """
        own = Q(reporter=person, on_behalf_of=None) | Q(on_behalf_of=person)
        return self.filter(own | (Q(reporter=person) & _of_represented(person, at=at)))

    def visible_to(
        self,
        person: Person | None,
        *,
        at: datetime,
        offices: Sequence[Appointment] | None = None,
        as_resident: bool = False,
    ) -> Self:
        """Keep what is public, a person's own, and what they answer for or have acted on.

        Private reports are for their parties alone: an office sees them while it answers for
        them, and those who acted on one keep seeing what became of it. Whoever has not shown the
        second key of their office sees what any resident sees (`as_resident`).
        """
        public = Q(visibility=Visibility.PUBLIC) & ~Q(status=Status.WITHDRAWN)
        if person is None:
            return self.filter(public)
        party = self._party(person, at=at, offices=offices, as_resident=as_resident)
        return self.filter(public | party)

    def of_parties(
        self,
        person: Person,
        *,
        at: datetime,
        offices: Sequence[Appointment] | None = None,
        as_resident: bool = False,
    ) -> Self:
        """Keep those whose private parts a person may see; see `visible_to`."""
        return self.filter(self._party(person, at=at, offices=offices, as_resident=as_resident))

    def _party(
        self,
        person: Person,
        *,
        at: datetime,
        offices: Sequence[Appointment] | None,
        as_resident: bool,
    ) -> Q:
        own = self._own(person, at=at)
        if as_resident:
            return own
        held = person.offices(at=at) if offices is None else offices
        acted_on = Report.objects.filter(steps__actor=person, steps__acted_for=None).values("pk")
        return own | answering(held) | Q(pk__in=acted_on)

    def tasks_of(self, person: Person, *, at: datetime) -> Self:
        """Keep what is the task of an office that they hold."""
        return self.filter(tasks_of(person, at=at))

    def answered_for_by(self, offices: Sequence[Appointment]) -> Self:
        """Keep what one of these offices answers for, as its task or as who is above it."""
        return self.filter(answering(offices))

    def _own(self, person: Person, *, at: datetime) -> Q:
        principals = person.principals.current(at=at).values("principal")
        return (
            Q(reporter=person, on_behalf_of=None)
            | Q(on_behalf_of=person)
            | _of_represented(person, at=at)
            | Q(on_behalf_of=None, reporter__in=principals)
        )

    def for_lists(self) -> Self:
        """Bring along what a row of a list shows."""
        return self.select_related("category", "subcategory", "area", "owner_area", "owner")

    def for_pages(self) -> Self:
        """Bring along what a report's own page shows besides."""
        return self.for_lists().select_related("reporter", "on_behalf_of", "merged_into")


def _of_represented(person: Person, *, at: datetime) -> Q:
    """What was reported for those whom the person acts for now, as an agent or as a guardian."""
    minors = birthday_of_adults(timezone.localdate(at))
    wards = person.wards.current(at=at).filter(ward__born_on__gt=minors).values("ward")
    principals = person.principals.current(at=at).values("principal")
    return Q(on_behalf_of__in=principals) | Q(on_behalf_of__in=wards)


class Report(models.Model):
    """One matter, seen by one resident, in one place."""

    number = models.CharField(_("number"), max_length=16, unique=True)
    client_id = models.UUIDField(editable=False)
    reporter = models.ForeignKey(Person, models.PROTECT, related_name="reports")
    on_behalf_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="reports_by_others"
    )
    hides_name = models.BooleanField(_("unknown to handlers too"), default=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="reports")
    subcategory = models.ForeignKey(
        Subcategory, models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("what is the matter"), max_length=60)
    body = models.TextField(_("more about it"), max_length=1000, blank=True)

    area = models.ForeignKey(Area, models.PROTECT, related_name="reports")
    evidence = models.CharField(_("how the place is known"), max_length=20)
    accuracy_m = models.PositiveIntegerField(_("accuracy (m)"), null=True, blank=True)
    lng = models.FloatField(_("longitude (WGS-84)"), null=True, blank=True)
    lat = models.FloatField(_("latitude (WGS-84)"), null=True, blank=True)
    place_note = models.CharField(_("where exactly"), max_length=80, blank=True)

    status = models.CharField(max_length=17, choices=Status, default=Status.SUBMITTED)
    visibility = models.CharField(max_length=7, choices=Visibility)
    priority = models.CharField(max_length=9, choices=Priority, default=Priority.NORMAL)
    about_level = models.CharField(_("about the staff of"), max_length=7, choices=Level, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    owner_level = models.CharField(max_length=7, choices=Level)
    owner_office = models.CharField(max_length=20, choices=Office)
    owner_area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    owner_department = models.CharField(max_length=30, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_fallback = models.BooleanField(_("nobody holds the office it belongs to"), default=False)

    filed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    accept_due_at = models.DateTimeField()
    finish_due_at = models.DateTimeField(null=True, blank=True)
    hard_due_at = models.DateTimeField()
    is_certain = models.BooleanField(default=True)
    """Whether the calendar that the deadlines count on has been published."""
    due_at = models.DateTimeField(null=True, blank=True)
    """When the clock that is running now runs out; null while none is running."""
    yellow_at = models.DateTimeField(null=True, blank=True)
    orange_at = models.DateTimeField(null=True, blank=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    """When the clock sends a report that nobody has accepted one level up."""
    rating_due_at = models.DateTimeField(null=True, blank=True)
    expected_at = models.DateTimeField(_("expected to go on"), null=True, blank=True)

    resumes_as = models.CharField(max_length=17, choices=Status, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    photo_count = models.PositiveSmallIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    return_count = models.PositiveSmallIntegerField(default=0)
    me_too_count = models.PositiveIntegerField(default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = (
            models.UniqueConstraint(fields=["reporter", "client_id"], name="report_filed_once"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="report_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.AWAITING_REPORTER) | ~Q(resumes_as=""),
                name="report_waits_to_resume",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DUPLICATE) | Q(merged_into__isnull=False),
                name="report_duplicate_of_one",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OVER, over_at__isnull=False)
                | (~Q(status__in=OVER) & Q(over_at=None)),
                name="report_over_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of=None) | ~Q(on_behalf_of=F("reporter")),
                name="report_for_another",
            ),
            models.CheckConstraint(
                condition=Q(lng=None, lat=None) | Q(lng__isnull=False, lat__isnull=False),
                name="report_point_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=["owner_area", "owner_office", "status", "due_at"], name="report_inbox"
            ),
            models.Index(fields=["visibility", "status", "changed_at"], name="report_public_list"),
            models.Index(fields=["area", "filed_at"], name="report_of_area"),
            models.Index(fields=["reporter", "filed_at"], name="report_of_reporter"),
            models.Index(fields=["on_behalf_of", "filed_at"], name="report_of_principal"),
            models.Index(
                fields=["escalate_at"],
                condition=Q(escalate_at__isnull=False),
                name="report_to_escalate",
            ),
            models.Index(
                fields=["rating_due_at"],
                condition=Q(rating_due_at__isnull=False),
                name="report_to_be_rated",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("community:report", args=[self.number])

    @property
    def public_title(self) -> str:
        """The title as everybody may read it: without numbers that point to a person."""
        return masked(self.title)

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC and self.status != Status.WITHDRAWN

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def is_ongoing(self) -> bool:
        return self.status in ONGOING

    @property
    def principal_id(self) -> int:
        """Whose matter it is: the person it was filed for, else who filed it."""
        return self.on_behalf_of_id or self.reporter_id


class NumberSeries(models.Model):
    """The last number given to a report filed in a month. Numbers may be skipped, never reused."""

    month = models.CharField(max_length=6, primary_key=True)
    last = models.PositiveIntegerField(default=0)
