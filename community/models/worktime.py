"""The office hours, holidays and make-up workdays that limits are counted by: all editable."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.worktime import PLAIN_HOURS, Calendar, Span


class Weekday(models.IntegerChoices):
    """ISO weekdays."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class OfficeHours(models.Model):
    """One stretch of a weekday on which offices are open; a lunch break lies between two."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        constraints = (
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7)), name="office_hours_weekday_is_iso"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="office_hours_open_then_close",
                violation_error_message=_("An office closes after it opens."),
            ),
            models.UniqueConstraint(fields=["weekday", "opens_at"], name="office_hours_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class HolidayYear(models.Model):
    """A year whose holidays the State Council has announced, and the notice that says so.

    A year without a row is 未公布: limits that reach into it are counted by plain weekdays.
    """

    year = models.PositiveSmallIntegerField(
        _("year"), primary_key=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    notice = models.CharField(_("notice"), max_length=120)
    announced_on = models.DateField(_("announced on"))

    class Meta:
        verbose_name = _("holiday arrangement")
        verbose_name_plural = _("holiday arrangements")

    def __str__(self) -> str:
        return str(self.year)


class SpecialDay(models.Model):
    """A day off in the week, or a workday at a weekend (调休)."""

    year = models.ForeignKey(
        HolidayYear, models.CASCADE, related_name="days", verbose_name=_("year")
    )
    date = models.DateField(_("date"), unique=True)
    is_working = models.BooleanField(_("people work on this day"), default=False)
    name = models.CharField(_("name"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        constraints = (
            models.CheckConstraint(
                condition=Q(date__year=F("year")),
                name="special_day_is_in_its_year",
                violation_error_message=_("The day does not lie in that year."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()


def current_calendar() -> Calendar:
    """Return the calendar as it is edited now; without any hours, Monday to Friday 8:30–17:30.

    Three small queries; one act reads it once.
    """
    hours: dict[int, tuple[Span, ...]] = {}
    for row in OfficeHours.objects.order_by("weekday", "opens_at"):
        hours[row.weekday] = (*hours.get(row.weekday, ()), (row.opens_at, row.closes_at))
    days = list(SpecialDay.objects.values_list("date", "is_working"))
    return Calendar(
        hours=hours or PLAIN_HOURS,
        holidays=frozenset(date for date, is_working in days if not is_working),
        make_up_days=frozenset(date for date, is_working in days if is_working),
        published=frozenset(HolidayYear.objects.values_list("year", flat=True)),
    )
