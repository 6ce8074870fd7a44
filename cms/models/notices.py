"""Notices: what a county, a town or a village tells its people, for a time.

A notice has a period (until it is over it is current, afterwards it is kept among the past ones)
and an audience (an area, and whether its residents alone may read it). That it has been announced
is a record of its own, so that publishing a corrected text tells nobody twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.editing import NoticeForm
from cms.models.places import AreaPage
from cms.models.serving import ServedByView
from community.models import Appointment, Area, Kind, Membership, Person
from community.models.places import LEVELS, path_range


class NoticeKind(models.TextChoices):
    NOTICE = "notice", _("Notice")
    EVENT = "event", _("Event")
    DISCLOSURE = "disclosure", _("Village affairs in the open")
    ALERT = "alert", _("Alert")


class Urgency(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary")
    URGENT = "urgent", _("Urgent")


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    RESIDENTS = "residents", _("Only those who live or serve there")


class NoticeQuerySet(PageQuerySet):
    """What can be asked of notices; every list of a reader begins with `for_area` or `shown`."""

    def for_area(self, area: Area, *, person: Person | None, at: datetime) -> Self:
        """Keep what concerns somebody in that area and is shown now, as this person may see it.

        A county's or town's notice concerns all its villages, and a grid's its village; what a
        village says to itself does not concern the town's page.
        """
        return self.about(area).shown(person=person, at=at).current(at=at)

    def shown(self, *, person: Person | None, at: datetime) -> Self:
        """Keep what is published, has begun, and may be read by this person (None: a guest)."""
        return self.live().begun(at=at).readable_by(person, at=at)

    def about(self, area: Area) -> Self:
        above = Q(area__in=area.ancestor_ids)
        if area.level < LEVELS[Kind.VILLAGE]:
            return self.filter(above)
        low, high = path_range(area.path)
        return self.filter(above | Q(area__path__gte=low, area__path__lt=high))

    def begun(self, *, at: datetime) -> Self:
        return self.filter(starts_at__lte=at)

    def current(self, *, at: datetime) -> Self:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at))

    def past(self, *, at: datetime) -> Self:
        return self.filter(ends_at__lte=at)

    def readable_by(self, person: Person | None, *, at: datetime) -> Self:
        """Keep what everyone may read, and the residents' notices of this person's places.

        Confirmed places only: the household the grid worker confirmed, where the law registers
        them or staff entered that they live, and where they hold an office. What somebody merely
        says of themselves opens nothing.
        """
        if person is None:
            return self.filter(audience=Audience.EVERYONE)
        return self.filter(Q(audience=Audience.EVERYONE) | _at_home(person, at=at))

    def unannounced(self) -> Self:
        """Keep what has not been announced, or has become more urgent since."""
        told = Announcement.objects.filter(notice=OuterRef("pk"), urgency=OuterRef("urgency"))
        return self.filter(~Exists(told))

    def urgent_first(self) -> Self:
        return self.order_by(
            models.Case(models.When(urgency=Urgency.URGENT, then=0), default=1), "-starts_at", "-pk"
        )


def _at_home(person: Person, *, at: datetime) -> Q:
    """Return what stands for the person's own places, and for all within what they serve.

    It costs no query of its own. The places are few and found by their keys, so that comparing
    the beginnings of paths reads nothing that a range would spare.
    """
    homes = Membership.objects.current(at=at).filter(person=person).values("household__micro_grid")
    entered = [key for key in (person.registered_in_id, person.lives_in_id) if key]
    offices = Appointment.objects.current(at=at).filter(person=person).values("area")
    places = Area.objects.filter(Q(pk__in=homes) | Q(pk__in=entered) | Q(pk__in=offices))
    told = ExpressionWrapper(OuterRef("area__path"), output_field=models.CharField())
    served = Area.objects.filter(pk__in=offices).alias(told=told).filter(told__startswith=F("path"))
    around = places.filter(path__startswith=OuterRef("area__path"))
    return Q(Exists(around)) | Q(Exists(served))


class NoticePage(ServedByView, Page):
    """One notice, under the page of the area that says it."""

    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind, default=NoticeKind.NOTICE)
    urgency = models.CharField(
        _("urgency"),
        max_length=8,
        choices=Urgency,
        default=Urgency.ORDINARY,
        help_text=_("Urgent stands first everywhere and is sent to everyone it concerns."),
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="+",
        verbose_name=_("for whom"),
        help_text=_("The whole village, or one grid or micro-grid of it."),
    )
    audience = models.CharField(
        _("who may read it"), max_length=9, choices=Audience, default=Audience.EVERYONE
    )
    starts_at = models.DateTimeField(
        _("shown from"),
        default=timezone.now,  # noqa: TID251  # a field's default is asked by the form, no service
    )
    ends_at = models.DateTimeField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("Then it moves to the past notices. Leave empty if it stays."),
    )
    happens_at = models.DateTimeField(
        _("when it happens"),
        null=True,
        blank=True,
        help_text=_("For a meeting or an event: when it begins."),
    )
    happens_where = models.CharField(_("where it happens"), max_length=60, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), default=[("paragraph", "")])

    slug: str
    base_form_class = NoticeForm
    drawn_with = ("area",)
    objects = PageManager.from_queryset(NoticeQuerySet)()

    private_page_options: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["cms.CountyPage", "cms.TownPage", "cms.UnitPage"]
    subpage_types: ClassVar[list[str]] = []
    promote_panels: ClassVar[list[Any]] = []
    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title", heading=_("Headline")),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("urgency")]),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("happens_at"), FieldPanel("happens_where")])],
            heading=_("What it announces"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("area", required_on_save=True), FieldPanel("audience")]),
                FieldRowPanel(
                    [FieldPanel("starts_at", required_on_save=True), FieldPanel("ends_at")]
                ),
            ],
            heading=_("For whom, and how long"),
        ),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("body"),
        index.FilterField("area_id"),
        index.FilterField("audience"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
    ]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="notice_ends_after_start",
            ),
        )
        indexes = (models.Index(fields=["area", "starts_at"], name="notice_of_area"),)

    @property
    def is_urgent(self) -> bool:
        return self.urgency == Urgency.URGENT

    def is_over(self, *, at: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= at

    def clean(self) -> None:
        super().clean()
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must come after the beginning.")})
        parent = self.get_parent()  # None while the form of a new page is checked
        speaker = AreaPage.objects.filter(pk=parent.pk).first() if parent else None
        if speaker and self.area_id and not speaker.area.contains(self.area):
            raise ValidationError({"area": _("Choose an area that this page speaks for.")})

    def can_move_to(self, parent: Page) -> bool:
        """A notice stays with whoever said it: elsewhere it would speak for the wrong people."""
        return False

    def _set_core_field_defaults(self) -> None:
        """Name the page by its day: a title in Chinese makes an address nobody can read out."""
        if not self.slug and (self.path or getattr(self, "_cached_parent_obj", None)):
            day = timezone.localtime(self.starts_at)
            self.slug = self._get_autogenerated_slug(f"n-{day:%Y%m%d}")
        super()._set_core_field_defaults()


class Announcement(models.Model):
    """That a notice has been made known, once for each urgency it has had."""

    notice = models.ForeignKey(NoticePage, models.CASCADE, related_name="announcements")
    urgency = models.CharField(max_length=8, choices=Urgency)
    announced_at = models.DateTimeField()

    class Meta:
        verbose_name = _("announcement")
        constraints = (
            models.UniqueConstraint(fields=["notice", "urgency"], name="notice_announced_once"),
        )
