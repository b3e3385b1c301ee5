"""Publication dates: what is taken, what is refused, what the head of a report states."""

import datetime as dt

import pytest

from dragoman.errors import SkipItem
from dragoman.sources import dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-03-07", "2025-03-07"),
        (" 2025-03-07 ", "2025-03-07"),
        ("2025-03-07T10:00:00Z", "2025-03-07T10:00:00Z"),
        ("2025-03-07T10:00Z", "2025-03-07T10:00:00Z"),
        ("2025-03-07 10:00:05.250+0200", "2025-03-07T10:00:05+02:00"),
        ("2025-03-07T10:00:00+00:00", "2025-03-07T10:00:00Z"),
        ("2025-03-07T10:00:00", "2025-03-07T10:00:00"),
        ("Fri, 07 Mar 2025 10:00:00 +0100", "2025-03-07T10:00:00+01:00"),
        ("7 Mar 2025 10:00:00 GMT", "2025-03-07T10:00:00Z"),
        ("March 7, 2025", "2025-03-07"),
        ("Friday, 7 March 2025", "2025-03-07"),
        ("2025/03/07", "2025-03-07"),
        (dt.date(2025, 3, 7), "2025-03-07"),
        (dt.datetime(2025, 3, 7, 10, tzinfo=dt.UTC), "2025-03-07T10:00:00Z"),
    ],
)
def test_published_is_taken(value: str | dt.date, expected: str) -> None:
    assert dates.parse_published(value) == expected


@pytest.mark.parametrize(
    "value",
    ["", "2025-02-31", "2025-13-01", "2025-03", "2025", "7/3/2025", "yesterday", "2025-03-07T25:00:00Z", "0000-01-01", "9999-01-01",
     "February 30, 2024", "2025-03-07T10:00:00+99:00", "2025-03-07 or so", "20250307x"],
)  # fmt: skip
def test_published_is_refused_with_what_to_do(value: str) -> None:
    with pytest.raises(SkipItem, match="2025-03-07") as caught:
        dates.parse_published(value)
    assert "\n" not in str(caught.value)
    assert caught.value.where == "--published"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Wednesday, January 23, 2019", "2019-01-23"),
        ("23 January 2019, 10:15 GMT", "2019-01-23"),
        ("Published: March 3rd, 2021 at 10:15 AM", "2021-03-03"),
        ("Posted on 3 March 2021 by the newsroom", "2021-03-03"),
        ("ESTMARK, March 7, 2025 (Harbour Wire) - Ferries sail again.", "2025-03-07"),
        ("ESTMARK, March 7 (Harbour Wire) - Ferries sail again.", None),
        ("Updated on March 9, 2025", None),
        ("On January 23, 2019 the port was closed.", None),
        ("Wednesday, January 43, 2019", None),
        ("February 30, 2024", None),
        ("January 2019", None),
    ],
)
def test_date_that_a_line_states(line: str, expected: str | None) -> None:
    assert dates.stated(line) == expected
