"""The day as a village calendar has it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from community.almanac import SOLAR_TERMS, day_in_words, lunar_date, lunar_day, solar_term

# As published by the Hong Kong Observatory and the Purple Mountain Observatory, from 小寒 on.
PUBLISHED = {
    2024: "0106 0120 0204 0219 0305 0320 0404 0419 0505 0520 0605 0621 "
    "0706 0722 0807 0822 0907 0922 1008 1023 1107 1122 1206 1221",
    2025: "0105 0120 0203 0218 0305 0320 0404 0420 0505 0521 0605 0621 "
    "0707 0722 0807 0823 0907 0923 1008 1023 1107 1122 1207 1221",
    2026: "0105 0120 0204 0218 0305 0320 0405 0420 0505 0521 0605 0621 "
    "0707 0723 0807 0823 0907 0923 1008 1023 1107 1122 1207 1222",
}
MINOR_COLD = 19


def terms_of(year: int) -> list[tuple[str, int]]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    found = ((day, solar_term(day)) for day in days if day.year == year)
    return [(f"{day:%m%d}", term) for day, term in found if term is not None]


class TestASolarTerm:
    @pytest.mark.parametrize("year", PUBLISHED)
    def test_begins_on_the_day_the_observatory_says(self, year):
        begin = [day for day, _term in terms_of(year)]

        assert begin == PUBLISHED[year].split()

    @pytest.mark.parametrize("year", range(2024, 2031))
    def test_is_one_of_twenty_four_a_year_in_their_order(self, year):
        terms = [term for _day, term in terms_of(year)]

        assert terms == [(MINOR_COLD + n) % len(SOLAR_TERMS) for n in range(len(SOLAR_TERMS))]

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (date(2027, 2, 4), "Start of Spring"),
            (date(2028, 4, 4), "Clear and Bright"),
            (date(2029, 2, 3), "Start of Spring"),
            (date(2029, 12, 21), "Winter Solstice"),
            (date(2030, 4, 5), "Clear and Bright"),
            (date(2030, 12, 22), "Winter Solstice"),
        ],
    )
    def test_has_its_name(self, day, name):
        assert SOLAR_TERMS[solar_term(day)] == name

    def test_does_not_begin_on_the_day_before_or_after(self):
        assert solar_term(date(2026, 3, 19)) is None
        assert solar_term(date(2026, 3, 21)) is None


class TestALunarDate:
    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (date(2026, 3, 20), "day 2 of the second lunar month"),
            (date(2026, 2, 17), "day 1 of the first lunar month"),  # 春节
            (date(2026, 9, 25), "day 15 of the eighth lunar month"),  # 中秋
            (date(2025, 7, 25), "day 1 of the leap sixth lunar month"),
        ],
    )
    def test_is_the_one_of_the_calendar(self, day, words):
        assert lunar_date(day) == words

    @pytest.mark.parametrize("number", range(1, 31))
    def test_has_a_word_for_every_day_of_the_month(self, number):
        assert lunar_day(number) == str(number)


class TestADay:
    def test_is_told_with_its_solar_term_when_one_begins(self):
        with translation.override("en"):
            words = day_in_words(date(2026, 3, 20))

        assert words == ["Friday, 20 March", "day 2 of the second lunar month", "Spring Equinox"]

    def test_is_told_without_one_on_other_days(self):
        assert len(day_in_words(date(2026, 3, 22))) == 2
