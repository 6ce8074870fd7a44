"""Acting for others: a guardian for a child, an agent for somebody without a phone."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models.people import PeriodQuerySet, Person, birthday_of_adults
from community.triggers import append_only


class GuardianshipQuerySet(PeriodQuerySet):
    def current(self, *, at: datetime) -> Self:
        """Keep those that hold: they end by themselves on the child's eighteenth birthday."""
        youngest_adults = birthday_of_adults(timezone.localdate(at))
        return super().current(at=at).filter(ward__born_on__gt=youngest_adults)


class Guardianship(models.Model):
    """An adult acts for a child (未成年人网络保护条例)."""

    ward = models.ForeignKey(Person, models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="wards")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardianship")
        constraints = (
            models.CheckConstraint(condition=~Q(ward=F("guardian")), name="guardian_is_another"),
            models.UniqueConstraint(
                fields=["ward", "guardian"], condition=Q(ends_at=None), name="guardianship_once"
            ),
        )


class Agency(models.Model):
    """A neighbour or relative acts for somebody without a phone, with their word for it."""

    principal = models.ForeignKey(Person, models.PROTECT, related_name="agencies")
    agent = models.ForeignKey(Person, models.PROTECT, related_name="principals")
    evidence = models.CharField(_("how they agreed"), max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = (
            models.CheckConstraint(condition=~Q(principal=F("agent")), name="agent_is_another"),
            models.UniqueConstraint(
                fields=["principal", "agent"], condition=Q(ends_at=None), name="agency_once"
            ),
        )


@append_only
class AgencyAct(models.Model):
    """One thing that an agent did in somebody's name: only ever added to."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="acts")
    act = models.CharField(max_length=60, help_text=_("what was done, e.g. report.file"))
    path = models.CharField(_("where to see it"), max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("act of an agent")
        verbose_name_plural = _("acts of agents")
        indexes = (models.Index(fields=["agency", "at"], name="agency_act_by_time"),)
