"""Door plates: the short codes that hang in the lanes, and the sheets they are printed on.

A plate says nothing of who lives behind it; only this table knows which door it hangs at. A code
is never given out twice: a plate that is revoked stays, so that its code can say that it is.
"""

from __future__ import annotations

import unicodedata
import uuid
from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from community.models.households import Household
from community.models.people import Person
from community.models.photos import private_files
from community.models.places import Area, path_range

DOOR_CODE_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
DOOR_CODE_LENGTH: Final = 6
LABEL_MOST: Final = 16
SHEETS_KEPT: Final = timedelta(days=7)
"""How long a printed file can be fetched; the plates can be printed again at any time."""


class PlateReason(models.TextChoices):
    """Why a plate was revoked."""

    LOST = "lost", _("It is gone")
    DAMAGED = "damaged", _("It cannot be read any more")
    EXPOSED = "exposed", _("Its picture went round")
    REMOVED = "removed", _("What it hung on is gone")


class PlateQuerySet(models.QuerySet["Plate"]):
    def bearing(self, code: str) -> Self:
        """Keep the plate with that code, however it was typed."""
        typed = unicodedata.normalize("NFKC", code).replace(" ", "").replace("-", "")
        return self.filter(code=typed.upper()[: DOOR_CODE_LENGTH + 1])

    def current(self) -> Self:
        return self.filter(revoked_at=None)

    def within(self, area: Area) -> Self:
        low, high = path_range(area.path)
        homes = Household.objects.within(area).values("pk")
        things = Q(micro_grid__path__gte=low, micro_grid__path__lt=high)
        return self.filter(Q(household__in=homes) | things)

    def unprinted(self) -> Self:
        """Keep those that have been on no sheet yet."""
        printed = PlatePrint.objects.filter(plate=OuterRef("pk"), job__state=PrintState.DONE)
        return self.filter(~Exists(printed))


class Plate(models.Model):
    """One code that was given out: to a household, or to a thing in the lane (a lamp, a board)."""

    code = models.CharField(_("code"), max_length=DOOR_CODE_LENGTH, unique=True)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="plates"
    )
    micro_grid = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    label = models.CharField(_("what it hangs on"), max_length=LABEL_MOST, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="revoked_plates"
    )
    reason = models.CharField(_("why"), max_length=8, choices=PlateReason, blank=True)
    note = models.CharField(_("in words"), max_length=200, blank=True)

    objects = PlateQuerySet.as_manager()

    class Meta:
        verbose_name = _("door plate")
        verbose_name_plural = _("door plates")
        constraints = (
            models.UniqueConstraint(
                fields=["household"], condition=Q(revoked_at=None), name="plate_one_at_a_door"
            ),
            models.UniqueConstraint(
                fields=["micro_grid", "label"],
                condition=Q(revoked_at=None),
                name="plate_label_once",
            ),
            models.CheckConstraint(
                condition=Q(household__isnull=False, micro_grid=None, label="")
                | (Q(household=None, micro_grid__isnull=False) & ~Q(label="")),
                name="plate_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, reason="")
                | (Q(revoked_at__gte=F("issued_at")) & ~Q(reason="")),
                name="plate_revoked_whole",
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def place(self) -> Area:
        """The micro-grid that a matter reported by this plate is in."""
        place = self.household.micro_grid if self.household else self.micro_grid
        assert place is not None
        return place

    @property
    def where(self) -> str:
        """What it hangs at, for those whose work it is."""
        return self.label or str(self.household)


class PrintChoice(models.TextChoices):
    ALL = "all", _("All plates")
    NEW = "new", _("Only those never printed")
    ONE = "one", _("One plate")


class PrintState(models.TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    RUNNING = "running", _("Being drawn")
    DONE = "done", _("Ready to print")
    FAILED = "failed", _("Could not be drawn")


UNFINISHED: Final = (PrintState.WAITING, PrintState.RUNNING)


class PrintJobQuerySet(models.QuerySet["PrintJob"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def due(self, *, at: datetime) -> Self:
        """Keep those that nobody works on: not taken up, or left by a worker that died."""
        return self.unfinished().filter(leased_until__lte=at)

    def kept_too_long(self, *, at: datetime) -> Self:
        return self.filter(finished_at__lte=at - SHEETS_KEPT).exclude(file="")

    def within(self, area: Area) -> Self:
        low, high = path_range(area.path)
        return self.filter(area__path__gte=low, area__path__lt=high)


class PrintJob(models.Model):
    """A PDF of plates that is drawn in the background; this row is the truth about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=3, choices=PrintChoice)
    origin = models.CharField(max_length=200)
    """What the addresses on the plates begin with."""
    plates = models.ManyToManyField(Plate, through="PlatePrint", related_name="print_jobs")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=PrintState, default=PrintState.WAITING)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    """How often it was begun: who holds an older number has lost it."""
    leased_until = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(storage=private_files, blank=True, max_length=80)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("print job")
        verbose_name_plural = _("print jobs")
        constraints = (
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="print_within_total"),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, finished_at=None)
                | (~Q(state__in=UNFINISHED) & Q(finished_at__isnull=False)),
                name="print_finished_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=["leased_until"], condition=Q(state__in=UNFINISHED), name="print_due"
            ),
        )

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED


class PlatePrint(models.Model):
    """The place of a plate on the sheets of a job: it stays so when a plate is revoked later."""

    job = models.ForeignKey(PrintJob, models.CASCADE, related_name="places")
    plate = models.ForeignKey(Plate, models.PROTECT, related_name="prints")
    position = models.PositiveIntegerField()
    """Counted from 0, from left to right and from the top down."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["job", "position"], name="plate_print_position"),
            models.UniqueConstraint(fields=["job", "plate"], name="plate_print_once"),
        )
