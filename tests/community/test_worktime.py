"""Working time, as a table: hours, lunch, weekends, Spring Festival, make-up days, unknown years.

2026 as announced (国办发明电〔2025〕7号); Monday 2 March 2026 is an ordinary Monday.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.models import HolidayYear, OfficeHours, SpecialDay, current_calendar
from community.services.worktime import load_official_years
from community.worktime import PLAIN_HOURS, SHANGHAI, Calendar, Deadline, deadline

LUNCH = ((time(8, 30), time(12, 0)), (time(13, 30), time(17, 30)))


def days(first: str, last: str) -> set[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=number) for number in range((end - start).days + 1)}


HOLIDAYS = frozenset(
    days("2026-01-01", "2026-01-03")
    | days("2026-02-15", "2026-02-23")
    | days("2026-04-04", "2026-04-06")
    | days("2026-05-01", "2026-05-05")
    | days("2026-06-19", "2026-06-21")
    | days("2026-09-25", "2026-09-27")
    | days("2026-10-01", "2026-10-07")
)
MAKE_UP_DAYS = frozenset(
    map(
        date.fromisoformat,
        ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    )
)
COUNTY = Calendar(holidays=HOLIDAYS, make_up_days=MAKE_UP_DAYS, published=frozenset({2025, 2026}))
WITH_LUNCH = Calendar(
    hours=dict.fromkeys(PLAIN_HOURS, LUNCH),
    holidays=HOLIDAYS,
    make_up_days=MAKE_UP_DAYS,
    published=frozenset({2025, 2026}),
)


def on(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)


# start, working minutes, when they are over. The office is open 8:30–17:30 without a break.
MINUTES = [
    # inside hours
    ("2026-03-02 09:00", 1, "2026-03-02 09:01"),
    ("2026-03-02 09:00", 60, "2026-03-02 10:00"),
    ("2026-03-02 08:30", 60, "2026-03-02 09:30"),
    ("2026-03-02 12:00", 90, "2026-03-02 13:30"),
    ("2026-03-02 09:00:30", 1, "2026-03-02 09:01:30"),
    # exactly to closing time: then, not the next morning
    ("2026-03-02 08:30", 540, "2026-03-02 17:30"),
    ("2026-03-02 16:30", 60, "2026-03-02 17:30"),
    ("2026-03-02 17:29", 1, "2026-03-02 17:30"),
    # one minute past it: the next morning
    ("2026-03-02 16:30", 61, "2026-03-03 08:31"),
    ("2026-03-02 08:30", 541, "2026-03-03 08:31"),
    ("2026-03-02 17:29", 2, "2026-03-03 08:31"),
    # from outside hours
    ("2026-03-02 07:00", 60, "2026-03-02 09:30"),
    ("2026-03-02 00:00", 60, "2026-03-02 09:30"),
    ("2026-03-02 17:30", 60, "2026-03-03 09:30"),
    ("2026-03-02 17:30:01", 60, "2026-03-03 09:30"),
    ("2026-03-02 23:59", 60, "2026-03-03 09:30"),
    ("2026-03-02 20:00", 540, "2026-03-03 17:30"),
    # over several days
    ("2026-03-02 08:30", 1080, "2026-03-03 17:30"),
    ("2026-03-02 12:00", 1080, "2026-03-04 12:00"),
    ("2026-03-02 09:00", 2700, "2026-03-09 09:00"),
    # over a weekend
    ("2026-03-06 17:00", 60, "2026-03-09 09:00"),
    ("2026-03-06 17:00", 30, "2026-03-06 17:30"),
    ("2026-03-06 17:00", 31, "2026-03-09 08:31"),
    ("2026-03-07 10:00", 60, "2026-03-09 09:30"),
    ("2026-03-08 23:59", 60, "2026-03-09 09:30"),
    ("2026-03-06 17:30", 1, "2026-03-09 08:31"),
    # Qingming: Saturday to Monday off
    ("2026-04-03 17:00", 60, "2026-04-07 09:00"),
    ("2026-04-06 10:00", 60, "2026-04-07 09:30"),
    # a make-up Sunday after New Year
    ("2026-01-02 12:00", 60, "2026-01-04 09:30"),
    ("2026-01-04 17:00", 60, "2026-01-05 09:00"),
    # Spring Festival: the Saturday before is worked, then nine days off
    ("2026-02-13 17:00", 60, "2026-02-14 09:00"),
    ("2026-02-14 17:00", 30, "2026-02-14 17:30"),
    ("2026-02-14 17:00", 60, "2026-02-24 09:00"),
    ("2026-02-17 00:00", 60, "2026-02-24 09:30"),
    ("2026-02-23 23:59", 60, "2026-02-24 09:30"),
    ("2026-02-14 08:30", 541, "2026-02-24 08:31"),
    # the Saturday after it is worked too, the Sunday is not
    ("2026-02-27 17:00", 60, "2026-02-28 09:00"),
    ("2026-02-28 17:00", 60, "2026-03-02 09:00"),
    # Labour Day and its make-up Saturday
    ("2026-04-30 17:00", 60, "2026-05-06 09:00"),
    ("2026-05-08 17:00", 60, "2026-05-09 09:00"),
    # Dragon Boat, Mid-Autumn
    ("2026-06-18 17:00", 60, "2026-06-22 09:00"),
    ("2026-09-24 17:00", 60, "2026-09-28 09:00"),
    # National Day with both of its make-up days
    ("2026-09-18 17:00", 60, "2026-09-20 09:00"),
    ("2026-09-30 17:00", 60, "2026-10-08 09:00"),
    ("2026-10-09 17:00", 60, "2026-10-10 09:00"),
    ("2026-10-10 17:00", 60, "2026-10-12 09:00"),
]

# The same with a lunch break from 12:00 to 13:30: seven and a half hours a day.
MINUTES_WITH_LUNCH = [
    ("2026-03-02 11:00", 60, "2026-03-02 12:00"),
    ("2026-03-02 11:00", 61, "2026-03-02 13:31"),
    ("2026-03-02 11:30", 60, "2026-03-02 14:00"),
    ("2026-03-02 12:00", 60, "2026-03-02 14:30"),
    ("2026-03-02 12:45", 60, "2026-03-02 14:30"),
    ("2026-03-02 13:30", 60, "2026-03-02 14:30"),
    ("2026-03-02 08:30", 210, "2026-03-02 12:00"),
    ("2026-03-02 08:30", 450, "2026-03-02 17:30"),
    ("2026-03-02 08:30", 451, "2026-03-03 08:31"),
    ("2026-03-02 13:00", 480, "2026-03-03 14:00"),
    ("2026-03-06 11:30", 300, "2026-03-09 09:00"),
    ("2026-02-14 11:00", 300, "2026-02-14 17:30"),
    ("2026-02-14 11:00", 301, "2026-02-24 08:31"),
]

# start, working days, the last minute of the last one: the first day never counts.
DAYS = [
    ("2026-03-02 08:30", 1, "2026-03-03 17:30"),
    ("2026-03-02 17:29", 1, "2026-03-03 17:30"),
    ("2026-03-02 00:00", 1, "2026-03-03 17:30"),
    ("2026-03-02 23:59", 1, "2026-03-03 17:30"),
    ("2026-03-10 09:00", 3, "2026-03-13 17:30"),
    ("2026-03-02 09:00", 4, "2026-03-06 17:30"),
    # over one weekend, over two
    ("2026-03-02 09:00", 5, "2026-03-09 17:30"),
    ("2026-03-05 09:00", 2, "2026-03-09 17:30"),
    ("2026-03-06 09:00", 1, "2026-03-09 17:30"),
    ("2026-03-02 09:00", 10, "2026-03-16 17:30"),
    # from a day off: Monday is the first day
    ("2026-03-07 09:00", 1, "2026-03-09 17:30"),
    ("2026-03-08 09:00", 1, "2026-03-09 17:30"),
    ("2026-03-08 09:00", 5, "2026-03-13 17:30"),
    # a make-up day counts
    ("2026-02-13 09:00", 1, "2026-02-14 17:30"),
    ("2026-02-13 09:00", 2, "2026-02-24 17:30"),
    ("2026-02-14 09:00", 1, "2026-02-24 17:30"),
    ("2026-02-18 09:00", 1, "2026-02-24 17:30"),
    ("2026-02-18 09:00", 5, "2026-02-28 17:30"),
    ("2026-02-18 09:00", 6, "2026-03-02 17:30"),
    ("2026-02-28 09:00", 1, "2026-03-02 17:30"),
    ("2026-01-01 09:00", 1, "2026-01-04 17:30"),
    ("2026-01-03 09:00", 2, "2026-01-05 17:30"),
    # a holiday does not
    ("2026-04-03 09:00", 1, "2026-04-07 17:30"),
    ("2026-04-30 09:00", 3, "2026-05-08 17:30"),
    ("2026-04-30 09:00", 4, "2026-05-09 17:30"),
    ("2026-04-30 09:00", 5, "2026-05-11 17:30"),
    ("2026-06-18 09:00", 1, "2026-06-22 17:30"),
    ("2026-09-19 09:00", 1, "2026-09-20 17:30"),
    ("2026-09-30 09:00", 1, "2026-10-08 17:30"),
    ("2026-09-30 09:00", 3, "2026-10-10 17:30"),
    ("2026-09-30 09:00", 4, "2026-10-12 17:30"),
    # long ones, as the category table has them
    ("2026-03-02 09:00", 15, "2026-03-23 17:30"),
    ("2026-03-02 09:00", 60, "2026-05-28 17:30"),
    # the turn of a published year
    ("2025-12-31 09:00", 1, "2026-01-04 17:30"),
]

OPEN = [
    ("2026-03-02 08:29:59", False),
    ("2026-03-02 08:30", True),
    ("2026-03-02 12:15", True),
    ("2026-03-02 17:29:59", True),
    ("2026-03-02 17:30", False),
    ("2026-03-07 10:00", False),
    ("2026-02-14 10:00", True),
    ("2026-02-15 10:00", False),
    ("2026-02-16 10:00", False),
    ("2026-02-28 10:00", True),
    ("2026-10-10 10:00", True),
    ("2026-10-11 10:00", False),
]

BETWEEN = [
    ("2026-03-02 09:00", "2026-03-02 10:00", 60),
    ("2026-03-02 10:00", "2026-03-02 09:00", 0),
    ("2026-03-02 10:00", "2026-03-02 10:00", 0),
    ("2026-03-02 00:00", "2026-03-03 00:00", 540),
    ("2026-03-02 17:30", "2026-03-03 08:30", 0),
    ("2026-03-02 17:00", "2026-03-03 09:00", 60),
    ("2026-03-06 17:00", "2026-03-09 09:00", 60),
    ("2026-02-14 17:00", "2026-02-24 09:00", 60),
    ("2026-02-15 00:00", "2026-02-24 00:00", 0),
    ("2026-03-02 00:00", "2026-03-09 00:00", 2700),
]


class TestMinutesOfWork:
    @pytest.mark.parametrize(("start", "minutes", "end"), MINUTES)
    def test_run_only_while_the_office_is_open(self, start, minutes, end):
        assert COUNTY.add(on(start), minutes=minutes) == Deadline(on(end))

    @pytest.mark.parametrize(("start", "minutes", "end"), MINUTES_WITH_LUNCH)
    def test_stand_still_at_lunch(self, start, minutes, end):
        assert WITH_LUNCH.add(on(start), minutes=minutes) == Deadline(on(end))

    @pytest.mark.parametrize("start", ["2026-03-02 09:00", "2026-03-07 03:00", "2026-02-17 12:00"])
    def test_are_over_at_once_when_there_are_none(self, start):
        assert COUNTY.add(on(start)) == Deadline(on(start))

    def test_are_the_same_from_any_time_zone(self):
        start = datetime.fromisoformat("2026-03-02T01:00:00+00:00")

        assert COUNTY.add(start, minutes=60).at == on("2026-03-02 10:00")


class TestDaysOfWork:
    @pytest.mark.parametrize(("start", "number", "end"), DAYS)
    def test_end_when_the_office_closes_on_the_last(self, start, number, end):
        assert COUNTY.add(on(start), days=number) == Deadline(on(end))

    def test_end_at_the_last_closing_time_of_a_day_with_lunch(self):
        assert WITH_LUNCH.add(on("2026-03-02 09:00"), days=1).at == on("2026-03-03 17:30")

    def test_end_earlier_on_a_day_that_is_shorter(self):
        short_friday = {**PLAIN_HOURS, 5: ((time(8, 30), time(12, 0)),)}
        calendar = Calendar(hours=short_friday, published=frozenset({2026}))

        assert calendar.add(on("2026-03-05 09:00"), days=1).at == on("2026-03-06 12:00")

    def test_have_the_hours_of_a_workday_on_a_make_up_day(self):
        assert WITH_LUNCH.add(on("2026-02-13 17:30"), minutes=450).at == on("2026-02-14 17:30")


class TestAnOffice:
    @pytest.mark.parametrize(("moment", "is_open"), OPEN)
    def test_is_open_from_opening_until_closing(self, moment, is_open):
        assert COUNTY.is_working(on(moment)) is is_open

    @pytest.mark.parametrize(
        ("clock", "is_open"), [("11:59", True), ("12:00", False), ("13:29", False), ("13:30", True)]
    )
    def test_is_closed_at_lunch(self, clock, is_open):
        assert WITH_LUNCH.is_working(on(f"2026-03-02 {clock}")) is is_open


class TestTheTimeBetween:
    @pytest.mark.parametrize(("start", "end", "minutes"), BETWEEN)
    def test_counts_only_hours_of_work(self, start, end, minutes):
        assert COUNTY.between(on(start), on(end)) == timedelta(minutes=minutes)

    def test_leaves_out_lunch(self):
        assert WITH_LUNCH.between(on("2026-03-02 11:00"), on("2026-03-02 14:00")) == timedelta(
            minutes=90
        )


class TestAYearThatIsNotPublished:
    @pytest.mark.parametrize(
        ("start", "limit", "end", "is_certain"),
        [
            ("2026-12-31 09:00", {"minutes": 60}, "2026-12-31 10:00", True),
            ("2026-12-31 17:00", {"minutes": 30}, "2026-12-31 17:30", True),
            # 1 January 2027 is a Friday: nobody has announced yet that it is a holiday
            ("2026-12-31 17:00", {"minutes": 31}, "2027-01-01 08:31", False),
            ("2026-12-31 09:00", {"days": 1}, "2027-01-01 17:30", False),
            ("2026-12-30 09:00", {"days": 1}, "2026-12-31 17:30", True),
            ("2027-03-01 09:00", {"days": 1}, "2027-03-02 17:30", False),
            ("2027-03-01 09:00", {"minutes": 5}, "2027-03-01 09:05", False),
            ("2027-03-01 09:00", {}, "2027-03-01 09:00", False),
            ("2026-11-02 09:00", {"days": 60}, "2027-01-25 17:30", False),
        ],
    )
    def test_has_plain_weekdays_and_says_so(self, start, limit, end, is_certain):
        assert COUNTY.add(on(start), **limit) == Deadline(on(end), is_certain)

    def test_makes_a_limit_uncertain_that_merely_passes_through_it(self):
        calendar = Calendar(published=frozenset({2025, 2027}))

        assert not calendar.add(on("2025-12-31 09:00"), days=270).is_certain


class TestALimitOfTheCategoryTable:
    @pytest.mark.parametrize(
        ("start", "limit", "end"),
        [
            ("2026-03-02 16:00", {"work_hours": 4}, "2026-03-03 11:00"),
            ("2026-03-02 08:30", {"work_hours": 8}, "2026-03-02 16:30"),
            ("2026-03-06 09:00", {"work_days": 3}, "2026-03-11 17:30"),
            ("2026-03-06 23:00", {"hours": 2}, "2026-03-07 01:00"),
            ("2026-02-17 23:45", {"minutes": 30}, "2026-02-18 00:15"),
        ],
    )
    def test_is_counted_in_its_own_unit(self, start, limit, end):
        assert deadline(on(start), limit, COUNTY) == Deadline(on(end))

    def test_by_the_clock_on_the_wall_is_certain_in_any_year(self):
        assert deadline(on("2027-01-01 09:00"), {"hours": 2}, COUNTY).is_certain

    @pytest.mark.parametrize(
        "limit", [{}, {"weeks": 1}, {"work_hours": 4, "work_days": 1}, {"work_hours": -1}]
    )
    def test_is_refused_when_it_is_none(self, limit):
        with pytest.raises(ValueError, match="limit"):
            deadline(on("2026-03-02 09:00"), limit, COUNTY)


class TestACalendar:
    def test_must_be_open_at_some_time(self):
        with pytest.raises(ValueError, match="never open"):
            Calendar(hours={1: ()})

    @pytest.mark.parametrize(
        "spans",
        [
            ((time(9), time(8)),),
            ((time(9), time(9)),),
            ((time(9), time(12)), (time(11), time(17))),
            ((time(9), time(12)), (time(12), time(17))),
            ((time(13), time(17)), (time(9), time(12))),
        ],
    )
    def test_has_spans_in_order_and_apart(self, spans):
        with pytest.raises(ValueError, match="Spans"):
            Calendar(hours={1: spans})

    def test_has_no_day_that_is_both_off_and_worked(self):
        day = frozenset({date(2026, 2, 14)})

        with pytest.raises(ValueError, match="either"):
            Calendar(holidays=day, make_up_days=day)

    @pytest.mark.parametrize("limit", [{"minutes": -1}, {"days": -1}, {"minutes": 1, "days": 1}])
    def test_takes_one_limit_at_a_time(self, limit):
        with pytest.raises(ValueError, match="not both"):
            COUNTY.add(on("2026-03-02 09:00"), **limit)


moments = st.integers(0, 365 * 24 * 60).map(lambda n: on("2025-12-01") + timedelta(minutes=n))
calendars = st.sampled_from([COUNTY, WITH_LUNCH])


class TestAddingAndMeasuring:
    @given(calendars, moments, st.integers(1, 20_000))
    def test_agree_on_how_long_it_was(self, calendar, start, minutes):
        end = calendar.add(start, minutes=minutes).at

        assert calendar.between(start, end) == timedelta(minutes=minutes)

    @given(calendars, moments, st.integers(1, 5_000), st.integers(1, 5_000))
    def test_come_to_the_same_in_one_step_or_in_two(self, calendar, start, first, second):
        halfway = calendar.add(start, minutes=first).at

        assert calendar.add(halfway, minutes=second) == calendar.add(start, minutes=first + second)

    @given(calendars, moments, st.integers(1, 20_000))
    def test_end_at_work_or_just_as_it_closes(self, calendar, start, minutes):
        end = calendar.add(start, minutes=minutes).at

        assert calendar.is_working(end - timedelta(seconds=1))

    @given(calendars, moments, st.integers(1, 60))
    def test_pass_as_many_workdays_as_were_added(self, calendar, start, number):
        end = calendar.add(start, days=number).at
        passed = days(str(start.date() + timedelta(days=1)), str(end.date()))

        assert sum(map(calendar.is_workday, passed)) == number
        assert calendar.is_workday(end.date())

    @given(calendars, st.lists(moments, min_size=3, max_size=3).map(sorted))
    def test_split_a_time_without_loss(self, calendar, three):
        first, second, third = three

        whole = calendar.between(first, third)
        assert calendar.between(first, second) + calendar.between(second, third) == whole


@pytest.mark.django_db
class TestTheCalendarOfTheCounty:
    def test_is_the_arrangement_that_was_announced(self):
        calendar = current_calendar()

        assert {day for day in calendar.holidays if day.year == 2026} == HOLIDAYS
        assert {day for day in calendar.make_up_days if day.year == 2026} == MAKE_UP_DAYS
        assert calendar.published == {2025, 2026}
        assert HolidayYear.objects.get(year=2026).notice.endswith("（国办发明电〔2025〕7号）")

    def test_is_monday_to_friday_until_hours_are_entered(self):
        assert current_calendar().hours == PLAIN_HOURS

    def test_has_the_hours_that_were_entered(self):
        for opens, closes in LUNCH:
            OfficeHours.objects.create(weekday=6, opens_at=opens, closes_at=closes)

        assert current_calendar().hours == {6: LUNCH}

    def test_follows_an_edit_at_once(self):
        SpecialDay.objects.filter(date="2026-10-10").delete()

        assert not current_calendar().is_workday(date(2026, 10, 10))

    def test_is_read_in_three_queries(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            current_calendar()


@pytest.mark.django_db
class TestLoadingTheOfficialYears:
    def test_leaves_alone_what_was_edited(self):
        SpecialDay.objects.filter(date="2026-10-10").delete()

        assert load_official_years() == []
        assert not SpecialDay.objects.filter(date="2026-10-10").exists()

    def test_adds_a_year_that_is_not_there(self):
        HolidayYear.objects.filter(year=2026).delete()

        assert load_official_years() == [2026]
        assert SpecialDay.objects.filter(year=2026).count() == len(HOLIDAYS | MAKE_UP_DAYS)
