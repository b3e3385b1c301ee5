"""EDTF bounds, calendar arithmetic and holiday rules."""

from datetime import date

import pytest

from dragoman.annotate.times_value import Period, add_months, containing, duration, easter, holiday
from dragoman.edtf import bounds
from dragoman.scheme.calendar import number

BOUNDS = [
    ("2025-02-12", date(2025, 2, 12), date(2025, 2, 12)),
    ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
    ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("199X", date(1990, 1, 1), date(1999, 12, 31)),
    ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
    ("2019-09-15~", date(2019, 9, 15), date(2019, 9, 15)),
    ("2019-09-23/2019-09-29", date(2019, 9, 23), date(2019, 9, 29)),
    ("2011/..", date(2011, 1, 1), None),
    ("../2010", None, date(2010, 12, 31)),
    ("1994-24", date(1994, 12, 1), date(1995, 2, 28)),
    ("2025-03-07T10:00", date(2025, 3, 7), date(2025, 3, 7)),
    ("2024-XX-XX", date(2024, 1, 1), date(2024, 12, 31)),
]


@pytest.mark.parametrize(("edtf", "first", "last"), BOUNDS)
def test_bounds(edtf: str, first: date | None, last: date | None) -> None:
    assert bounds(edtf) == (first and first.isoformat(), last and last.isoformat())


@pytest.mark.parametrize("edtf", ["", "yesterday", "2025-13", "2025-02-30", "25-02-12"])
def test_no_edtf_has_no_bounds(edtf: str) -> None:
    assert bounds(edtf) == (None, None)


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter", "half", "year", "decade", "century"])
@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 12, 31), date(1999, 1, 1)])
def test_a_period_holds_its_day_and_shifts_back(unit: str, day: date) -> None:
    period = containing(unit, day)
    assert period.start <= day <= period.last()
    assert period.shift(3).shift(-3) == period
    first, last = bounds(period.edtf())
    assert (first, last) == (period.start.isoformat(), period.last().isoformat())


def test_a_weekend_is_saturday_and_sunday() -> None:
    assert Period(unit="weekend", start=date(2025, 3, 3)).edtf() == "2025-03-08/2025-03-09"


HOLIDAYS = [
    ("12-24", 2020, date(2020, 12, 24)),
    ("11-4-4", 1999, date(1999, 11, 25)),
    ("05-L-1", 2024, date(2024, 5, 27)),
    ("11-election", 1998, date(1998, 11, 3)),
    ("easter+0", 2024, date(2024, 3, 31)),
    ("easter-2", 2025, date(2025, 4, 18)),
    ("orthodox+0", 2024, date(2024, 5, 5)),
]


@pytest.mark.parametrize(("rule", "year", "day"), HOLIDAYS)
def test_holidays(rule: str, year: int, day: date) -> None:
    assert holiday(rule, year) == day


def test_easter_is_a_sunday_in_spring() -> None:
    for year in range(1950, 2050):
        for orthodox in (False, True):
            day = easter(year, orthodox=orthodox)
            assert day.weekday() == 6
            assert date(year, 3, 22) <= day <= date(year, 5, 8)


def test_months_end_at_the_end_of_the_month() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2025, 1, 31), -2) == date(2024, 11, 30)


DURATIONS = [
    ("D", 3.0, "P3D"), ("Y", 2.5, "P2Y6M"), ("TH", 0.5, "PT30M"), ("TM", 1.5, "PT1M30S"), ("D", None, "PXD"),
    ("TH", None, "PTXH"), ("W", 1.5, "P1.5W"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "amount", "value"), DURATIONS)
def test_durations(code: str, amount: float | None, value: str) -> None:
    assert duration(code, amount) == value


NUMBERS = [
    ("1,200", 1200), ("2.5", 2.5), ("2 1/2", 2.5), ("forty", 40), ("twenty-four", 24), ("two hundred and ten", 210),
    ("two thousand", 2000), ("a hundred thirty million", 130e6), ("2 million", 2e6), ("half a million", 5e5),
    ("three", 3), ("horse", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_numbers(text: str, value: float | None) -> None:
    assert number(text) == value
