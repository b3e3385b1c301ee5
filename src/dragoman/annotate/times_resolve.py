"""Which reader takes which kind of time expression. The readers are in times_dates, _relative and _lengths."""

from collections.abc import Callable

from dragoman.annotate.times_dates import (
    read_century,
    read_date,
    read_decade,
    read_half,
    read_holiday,
    read_iso,
    read_month,
    read_month_range,
    read_named_day,
    read_season,
    read_slash,
    read_year,
    read_year_range,
)
from dragoman.annotate.times_grammar import Candidate
from dragoman.annotate.times_lengths import (
    read_clock,
    read_duration,
    read_duration_plural,
    read_duration_vague,
    read_part,
    read_reference,
    read_set,
)
from dragoman.annotate.times_quarters import read_quarter, read_quarter_context
from dragoman.annotate.times_reading import Context, Reading, unresolved
from dragoman.annotate.times_relative import (
    read_day_beside,
    read_holiday_week,
    read_relative_day,
    read_relative_unit,
    read_shift,
    read_shift_clause,
    read_week_of,
    read_weekday,
    read_weekday_ago,
    read_year_end,
)

READERS: dict[str, Callable[[Candidate, Context], Reading | None]] = {
    "date": read_date,
    "iso": read_iso,
    "slash": read_slash,
    "month": read_month,
    "monthrange": read_month_range,
    "year": read_year,
    "yearrange": read_year_range,
    "decade": read_decade,
    "century": read_century,
    "half": read_half,
    "season": read_season,
    "holiday": read_holiday,
    "namedday": read_named_day,
    "weekdayago": read_weekday_ago,
    "holidayweek": read_holiday_week,
    "daybeside": read_day_beside,
    "relday": read_relative_day,
    "weekday": read_weekday,
    "relunit": read_relative_unit,
    "yearend": read_year_end,
    "weekof": read_week_of,
    "quarter": read_quarter,
    "period": read_quarter_context,
    "shift": read_shift,
    "shiftclause": read_shift_clause,
    "duration": read_duration,
    "durationplural": read_duration_plural,
    "durationvague": read_duration_vague,
    "set": read_set,
    "clock": read_clock,
    "part": read_part,
    "reference": read_reference,
}


def read(c: Candidate, context: Context) -> Reading | None:
    """Return what the candidate means; None where it turns out to be no time after all.

    What lies outside the years 1 to 9999 ("99,999 Sundays ago") stays unresolved.
    """
    try:
        return READERS[c.kind](c, context)
    except (OverflowError, ValueError):  # both are raised by `date` for a day outside its calendar
        return unresolved()
