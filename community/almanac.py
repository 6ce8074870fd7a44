"""The day as a village calendar has it: weekday, lunar date, and the solar term that begins.

A solar term begins when the sun's apparent longitude passes a multiple of 15° (GB/T 33661-2017,
编算农历的规则), on the day that moment falls on at UTC+8. The longitude is Meeus' low-precision
solution (Astronomical Algorithms, 2nd ed., ch. 25), good to 0.01°, which is a quarter of an hour.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from lunardate import LunarDate

CHINA: Final = timezone(timedelta(hours=8))
J2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
DAYS_PER_CENTURY: Final = 36525
DELTA_T: Final = timedelta(seconds=72)
"""Dynamical time is ahead of the clocks by about this much in these decades."""

DEGREES_PER_TERM: Final = 15

SOLAR_TERMS: Final = (
    _("Spring Equinox"),
    _("Clear and Bright"),
    _("Grain Rain"),
    _("Start of Summer"),
    _("Grain Buds"),
    _("Grain in Ear"),
    _("Summer Solstice"),
    _("Minor Heat"),
    _("Major Heat"),
    _("Start of Autumn"),
    _("End of Heat"),
    _("White Dew"),
    _("Autumn Equinox"),
    _("Cold Dew"),
    _("Frost's Descent"),
    _("Start of Winter"),
    _("Minor Snow"),
    _("Major Snow"),
    _("Winter Solstice"),
    _("Minor Cold"),
    _("Major Cold"),
    _("Start of Spring"),
    _("Rain Water"),
    _("Awakening of Insects"),
)
"""By the sun's longitude, from 0°."""

WEEKDAYS: Final = (
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)
"""As people say them; Django's own Chinese names are those of forms."""

LUNAR_MONTHS: Final = (
    pgettext_lazy("lunar month", "first lunar month"),
    pgettext_lazy("lunar month", "second lunar month"),
    pgettext_lazy("lunar month", "third lunar month"),
    pgettext_lazy("lunar month", "fourth lunar month"),
    pgettext_lazy("lunar month", "fifth lunar month"),
    pgettext_lazy("lunar month", "sixth lunar month"),
    pgettext_lazy("lunar month", "seventh lunar month"),
    pgettext_lazy("lunar month", "eighth lunar month"),
    pgettext_lazy("lunar month", "ninth lunar month"),
    pgettext_lazy("lunar month", "tenth lunar month"),
    pgettext_lazy("lunar month", "eleventh lunar month"),
    pgettext_lazy("lunar month", "twelfth lunar month"),
)

LUNAR_TENS: Final = (
    pgettext_lazy("lunar day", "%(unit)s"),
    pgettext_lazy("lunar day", "1%(unit)s"),
    pgettext_lazy("lunar day", "2%(unit)s"),
)
LUNAR_UNITS: Final = (
    pgettext_lazy("lunar day", "1"),
    pgettext_lazy("lunar day", "2"),
    pgettext_lazy("lunar day", "3"),
    pgettext_lazy("lunar day", "4"),
    pgettext_lazy("lunar day", "5"),
    pgettext_lazy("lunar day", "6"),
    pgettext_lazy("lunar day", "7"),
    pgettext_lazy("lunar day", "8"),
    pgettext_lazy("lunar day", "9"),
)
LUNAR_FULL_TENS: Final = (
    pgettext_lazy("lunar day", "10"),
    pgettext_lazy("lunar day", "20"),
    pgettext_lazy("lunar day", "30"),
)


def day_in_words(day: date) -> list[str]:
    """Return the day, its lunar date and, on the day it begins, its solar term."""
    spoken = pgettext("day with weekday", "%(weekday)s, %(day)s") % {
        "day": date_format(day, pgettext("date format, this year", "j F")),
        "weekday": weekday(day),
    }
    term = solar_term(day)
    return [spoken, lunar_date(day), *([str(SOLAR_TERMS[term])] if term is not None else [])]


def weekday(day: date) -> str:
    return str(WEEKDAYS[day.weekday()])


def lunar_date(day: date) -> str:
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    month = str(LUNAR_MONTHS[lunar.month - 1])
    if lunar.is_leap_month:
        month = gettext("leap %(month)s") % {"month": month}
    return pgettext("lunar date", "day %(day)s of the %(month)s") % {
        "day": lunar_day(lunar.day),
        "month": month,
    }


def lunar_day(number: int) -> str:
    tens, units = divmod(number, 10)
    if units == 0:
        return str(LUNAR_FULL_TENS[tens - 1])
    return str(LUNAR_TENS[tens]) % {"unit": LUNAR_UNITS[units - 1]}


def solar_term(day: date) -> int | None:
    """Return the number of the term that begins on that day in China, counted from 0°."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    before = sun_longitude(midnight) // DEGREES_PER_TERM
    after = sun_longitude(midnight + timedelta(days=1)) // DEGREES_PER_TERM
    return None if before == after else int(after)


def sun_longitude(moment: datetime) -> float:
    """Return the sun's apparent geocentric longitude in degrees (Meeus, ch. 25)."""
    days = (moment + DELTA_T - J2000) / timedelta(days=1)
    t = days / DAYS_PER_CENTURY
    mean_longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t * t) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * t)
    return (mean_longitude + centre - 0.00569 - 0.00478 * math.sin(node)) % 360
