"""What stands behind one door. Who lives there is a matter of people and periods (`people`)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.models.places import Area, VillageGroup, path_range


class HouseholdQuerySet(models.QuerySet["Household"]):
    def within(self, area: Area) -> Self:
        low, high = path_range(area.path)
        return self.filter(micro_grid__path__gte=low, micro_grid__path__lt=high)


class Household(models.Model):
    """The people behind one door; the unit of points, stars and household votes."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    micro_grid = models.ForeignKey(
        Area, models.PROTECT, related_name="households", verbose_name=_("micro-grid")
    )
    village_group = models.ForeignKey(
        VillageGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="households",
        verbose_name=_("village group"),
    )
    address = models.CharField(_("address"), max_length=80)
    ownership_area_m2 = models.DecimalField(
        _("exclusive area (m²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    lng = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        constraints = (
            models.CheckConstraint(
                condition=Q(ownership_area_m2=None) | Q(ownership_area_m2__gt=0),
                name="household_area_positive",
            ),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def door_code(self) -> str:
        """The code of the plate at its door, from the database; empty where none hangs."""
        current = self.plates.filter(revoked_at=None)
        return current.values_list("code", flat=True).first() or ""
