"""What can be reported, where it goes, and how long it may take: reference data that is edited.

A category's route says at which level a report starts, and which department of that level knows
about it. The first level at which somebody holds the office gets the report.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.workflow import Level


class Unit(models.TextChoices):
    """What a limit is counted in."""

    HOURS = "hours", _("hours by the clock")
    WORK_HOURS = "work_hours", _("working hours")
    WORK_DAYS = "work_days", _("working days")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Neighbours may see it, but not who reported it")
    PRIVATE = "private", _("Only those who handle it")


class Priority(models.TextChoices):
    EMERGENCY = "emergency", _("Emergency")
    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")


class Handling(models.TextChoices):
    """What is special about the way a category is handled."""

    MEDIATION = "mediation", _("Mediation: voluntary, over when one side refuses")
    CAN_BECOME_PROPOSAL = "can_become_proposal", _("May become a proposal to the council")


class _Named(models.Model):
    name = models.CharField(_("name"), max_length=20)
    name_en = models.CharField(_("name in English"), max_length=50, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        in_english = (get_language() or "").startswith("en")
        return self.name_en if in_english and self.name_en else self.name


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_use(self) -> Self:
        return self.filter(is_active=True).order_by("position", "pk")


class Category(_Named):
    """A kind of matter: where it goes, how long it may take, who may see it."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    icon = models.CharField(_("icon"), max_length=20)
    accept_limit = models.PositiveSmallIntegerField(_("accept within"))
    accept_unit = models.CharField(max_length=10, choices=Unit, default=Unit.WORK_HOURS)
    finish_limit = models.PositiveSmallIntegerField(_("finish within"))
    finish_unit = models.CharField(max_length=10, choices=Unit, default=Unit.WORK_DAYS)
    hard_limit = models.PositiveSmallIntegerField(_("never longer than"))
    hard_unit = models.CharField(max_length=10, choices=Unit, default=Unit.WORK_DAYS)
    default_visibility = models.CharField(
        _("who may see it"), max_length=7, choices=Visibility, default=Visibility.PUBLIC
    )
    priority = models.CharField(
        _("priority"), max_length=9, choices=Priority, default=Priority.NORMAL
    )
    needs_photo = models.BooleanField(_("needs a photo"), default=False)
    emergency_number = models.CharField(_("call this number first"), max_length=5, blank=True)
    handling = models.CharField(max_length=20, choices=Handling, blank=True)
    skips_own_staff = models.BooleanField(
        _("goes above the unit that it is about"),
        default=False,
        help_text=_("For matters about the staff of a village or town themselves."),
    )
    note = models.CharField(_("note"), max_length=120, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("report category")
        verbose_name_plural = _("report categories")
        constraints = (
            models.CheckConstraint(
                condition=Q(accept_limit__gt=0) & Q(finish_limit__gt=0) & Q(hard_limit__gt=0),
                name="category_limits_positive",
            ),
        )


class SubcategoryQuerySet(models.QuerySet["Subcategory"]):
    def in_use(self) -> Self:
        return self.filter(is_active=True).order_by("category", "position", "pk")


class Subcategory(_Named):
    """What exactly: "street lamp out" within "roads and public works"."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="subcategories")
    priority = models.CharField(
        _("priority, if not the category's"), max_length=9, choices=Priority, blank=True
    )

    objects = SubcategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("report subcategory")
        verbose_name_plural = _("report subcategories")
        constraints = (
            models.UniqueConstraint(fields=["category", "name"], name="subcategory_name_once"),
        )


class RouteStep(models.Model):
    """One level on a category's way up, and the department that knows about it there."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="route")
    subcategory = models.ForeignKey(
        Subcategory,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for"),
    )
    level = models.CharField(_("level"), max_length=7, choices=Level)
    department = models.CharField(_("department"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("step of a route")
        verbose_name_plural = _("steps of a route")
        constraints = (
            models.UniqueConstraint(
                fields=["category", "level"],
                condition=Q(subcategory=None),
                name="route_level_once",
            ),
            models.UniqueConstraint(
                fields=["category", "level", "subcategory"], name="route_level_once_a_sub"
            ),
        )
