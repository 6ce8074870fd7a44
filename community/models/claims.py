"""Claims to a household: somebody says that they live there, the grid worker says yes or no."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from community.models.households import Household
from community.models.offices import Office
from community.models.people import Appointment, Person

_GRID: Final = "household__micro_grid__parent"
LADDER: Final = (
    (_GRID, (Office.GRID_WORKER, Office.GRID_LEADER)),
    (f"{_GRID}__parent", (Office.VILLAGE_COMMITTEE, Office.VILLAGE_SECRETARY)),
    (f"{_GRID}__parent__parent", (Office.TOWN_DISPATCHER,)),
    (f"{_GRID}__parent__parent__parent", (Office.SYSTEM_ADMIN,)),
)
"""Who decides claims, from the grid upwards: the first step on which anybody serves."""


class HouseholdClaimQuerySet(models.QuerySet["HouseholdClaim"]):
    def waiting(self) -> Self:
        return self.filter(decided_at=None)

    def for_decision_by(self, person: Person, *, at: datetime) -> Self:
        """Keep claims that are this person's to decide: the grid's own staff, else upwards.

        Nobody decides about themselves, so a grid worker's own claim goes up as well.
        """
        held = Appointment.objects.current(at=at).filter(person=person)
        mine, staffed_below = Q(pk__in=()), Q(pk__in=())
        for step, offices in LADDER:
            in_office = held.filter(office__in=offices)
            mine |= Q(**{f"{step}__in": in_office.values("area")}) & ~staffed_below
            others = Appointment.objects.current(at=at).filter(
                office__in=offices, area=OuterRef(step)
            )
            staffed_below |= Q(Exists(others.exclude(person=OuterRef("person"))))
        return self.filter(mine).exclude(person=person)


class HouseholdClaim(models.Model):
    """Somebody says that they live here; the grid worker says whether that is so."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="household_claims")
    household = models.ForeignKey(Household, models.PROTECT, related_name="claims")
    claimed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_approved = models.BooleanField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = HouseholdClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("household claim")
        verbose_name_plural = _("household claims")
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(decided_at=None), name="claim_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_approved=None)
                | Q(decided_at__isnull=False, is_approved__isnull=False),
                name="claim_decided_whole",
            ),
        )
