"""People, the households they live in, and the offices they hold.

A person is the account itself. What somebody may do follows from appointments (office × area ×
period), never from groups; whom the law counts as a voter follows from where they are
registered, which is not where they live.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models.households import Household
from community.models.offices import Office
from community.models.places import Area, path_range

ADULT_AGE: Final = 18  # 民法典 art. 17


class Residence(models.TextChoices):
    REGISTERED = "registered", _("Registered resident")
    NEW_RESIDENT = "new_resident", _("New resident")
    STAFF_ONLY = "staff_only", _("Here for work only")


class Verification(models.TextChoices):
    """How far the platform knows who somebody is."""

    PHONE = "phone", _("Phone number confirmed")
    HOUSEHOLD = "household", _("Household confirmed by the grid worker")


class Theme(models.TextChoices):
    AUTO = "auto", _("As the phone is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about many people; a statutory electorate is a chain of them.

    ``Person.objects.registered_in(village).adults(on=day)`` are the villagers who may vote under
    村民委员会组织法 art. 13; where somebody lives, and for how long, decides nothing there.
    """

    def registered_in(self, area: Area) -> Self:
        """Keep those whose household registration is in `area` or within it."""
        low, high = path_range(area.path)
        return self.filter(registered_in__path__gte=low, registered_in__path__lt=high)

    def adults(self, *, on: date) -> Self:
        """Keep those who are known to be 18 on that day."""
        return self.filter(born_on__lte=birthday_of_adults(on))

    def minors(self, *, on: date) -> Self:
        return self.filter(born_on__gt=birthday_of_adults(on))

    def living_in(self, area: Area, *, at: datetime) -> Self:
        """Keep those whose confirmed household is there, or who say that they live there."""
        low, high = path_range(area.path)
        members = Membership.objects.current(at=at).within(area).values("person")
        return self.filter(Q(lives_in__path__gte=low, lives_in__path__lt=high) | Q(pk__in=members))

    def represented_by(self, person: Person, *, at: datetime) -> Self:
        """Keep those for whom `person` acts: as an agent, or as the guardian of a minor."""
        by_agency = Q(
            Q(agencies__ends_at=None) | Q(agencies__ends_at__gt=at),
            agencies__agent=person,
            agencies__starts_at__lte=at,
        )
        by_law = Q(
            Q(guardianships__ends_at=None) | Q(guardianships__ends_at__gt=at),
            guardianships__guardian=person,
            guardianships__starts_at__lte=at,
            born_on__gt=birthday_of_adults(timezone.localdate(at)),
        )
        return self.filter(by_agency | by_law).distinct()

    def representing(self, principals: Collection[int], *, at: datetime) -> Self:
        """Keep those who act for one of these: their agents and, of a minor, the guardians."""
        by_agency = Q(
            Q(principals__ends_at=None) | Q(principals__ends_at__gt=at),
            principals__principal__in=principals,
            principals__starts_at__lte=at,
        )
        by_law = Q(
            Q(wards__ends_at=None) | Q(wards__ends_at__gt=at),
            wards__ward__in=principals,
            wards__starts_at__lte=at,
            wards__ward__born_on__gt=birthday_of_adults(timezone.localdate(at)),
        )
        return self.filter(by_agency | by_law).distinct()

    def holding(self, *offices: str, over: Area, at: datetime) -> Self:
        """Keep those who hold one of `offices` over exactly this area."""
        held = Appointment.objects.current(at=at).filter(area=over, office__in=offices)
        return self.filter(pk__in=held.values("person"))


def birthday_of_adults(on: date) -> date:
    """Return the latest day on which somebody who is an adult on `on` can be born."""
    try:
        return on.replace(year=on.year - ADULT_AGE)
    except ValueError:  # 29 February: born on 1 March is still a minor that day
        return on.replace(year=on.year - ADULT_AGE, day=28)


_ManagerOfPersons = BaseUserManager.from_queryset(PersonQuerySet)


class PersonManager(
    _ManagerOfPersons["Person"]  # type: ignore[valid-type, unused-ignore]  # depends on the order
):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(phone=username)

    def create_superuser(self, phone: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(phone=phone, is_superuser=True, display_name=phone[-4:], **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account, or somebody without a phone for whom an agent acts."""

    phone = models.CharField(_("phone"), max_length=20, null=True, blank=True, unique=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(_("name"), max_length=40, blank=True)
    display_name = models.CharField(_("what neighbours see"), max_length=40)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    gender = models.CharField(max_length=6, blank=True)
    residence = models.CharField(
        _("residence"), max_length=12, choices=Residence, default=Residence.NEW_RESIDENT
    )
    registered_in = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registered_persons",
        verbose_name=_("village of household registration"),
    )
    lives_in = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("village they live in"),
    )
    elder_mode = models.BooleanField(_("large type"), default=False)
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    language = models.CharField(
        max_length=7, blank=True, default="", help_text=_("empty: as the browser asks")
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            models.CheckConstraint(
                condition=~Q(residence=Residence.REGISTERED) | Q(registered_in__isnull=False),
                name="person_registered_somewhere",
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        return self.name or self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    def has_usable_password(self) -> bool:
        """Nobody signs in with a password: a code to the phone, and for offices a second key."""
        return False

    def age(self, *, on: date) -> int | None:
        """Full years lived on that day, or None when the birthday is not known."""
        if self.born_on is None:
            return None
        had_birthday = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (not had_birthday)

    def is_minor(self, *, on: date) -> bool:
        age = self.age(on=on)
        return age is not None and age < ADULT_AGE

    def verification(self, *, at: datetime) -> Verification | None:
        """How far the platform knows them at that moment; None before the phone is confirmed."""
        if self.memberships.current(at=at).exists():
            return Verification.HOUSEHOLD
        return Verification.PHONE if self.phone_verified_at else None

    def household(self, *, at: datetime) -> Household | None:
        membership = self.memberships.current(at=at).select_related("household__micro_grid").first()
        return membership.household if membership else None

    def offices(self, *, at: datetime) -> list[Appointment]:
        """The appointments held at that moment, each with its area."""
        return list(self.appointments.current(at=at).select_related("area").order_by("pk"))

    def serves(self, area: Area, *, at: datetime, offices: tuple[str, ...] = ()) -> bool:
        """Whether they hold an office (one of `offices`, if given) over `area` or above it."""
        held = self.appointments.current(at=at).filter(area__in=area.ancestor_ids)
        return (held.filter(office__in=offices) if offices else held).exists()

    def office_over(self, area: Area, *, at: datetime, offices: Iterable[str]) -> str:
        """In which of `offices` they act there, the one closest to the place; "" in none."""
        held = self.appointments.current(at=at).filter(area__in=area.ancestor_ids)
        closest = held.filter(office__in=tuple(offices)).order_by("-area__path", "pk").first()
        return closest.office if closest else ""


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows that hold from `starts_at` until `ends_at`, the end excluded and open when null."""

    def current(self, *, at: datetime) -> Self:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


class MembershipQuerySet(PeriodQuerySet):
    def within(self, area: Area) -> Self:
        low, high = path_range(area.path)
        return self.filter(
            household__micro_grid__path__gte=low, household__micro_grid__path__lt=high
        )

    def heads(self) -> Self:
        return self.filter(is_head=True)


class Membership(models.Model):
    """Somebody's belonging to a household, confirmed by the grid worker, for a time."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    is_head = models.BooleanField(_("speaks for the household"), default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_at=None), name="membership_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(ends_at=None, is_head=True),
                name="membership_one_head",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="membership_ends_after_start",
            ),
        )


class AppointmentQuerySet(PeriodQuerySet):
    def over(self, area: Area) -> Self:
        """Keep offices over the area itself or anything above it."""
        return self.filter(area__in=area.ancestor_ids)

    def inside(self, area: Area) -> Self:
        low, high = path_range(area.path)
        return self.filter(area__path__gte=low, area__path__lt=high)

    def overlapping(self, starts_at: datetime, ends_at: datetime | None) -> Self:
        """Keep those that hold at some moment of the period."""
        later = self.filter(Q(ends_at=None) | Q(ends_at__gt=starts_at))
        return later if ends_at is None else later.filter(starts_at__lt=ends_at)


class Appointment(models.Model):
    """An office held over an area (for handlers: for a department) for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    office = models.CharField(_("office"), max_length=20, choices=Office)
    area = models.ForeignKey(Area, models.PROTECT, related_name="appointments")
    department = models.CharField(_("department"), max_length=30, blank=True)
    title = models.CharField(_("title"), max_length=40, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "office", "area", "department"],
                condition=Q(ends_at=None),
                name="appointment_held_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="appointment_ends_after_start",
            ),
        )
        indexes = (
            models.Index(fields=["area", "office", "department"], name="appointment_of_area"),
        )

    def __str__(self) -> str:
        return f"{self.get_office_display()} · {self.area}"
