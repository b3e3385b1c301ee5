"""The strip of time: bars of the right width, links of the right days, nothing of it where nothing was done."""

import re

import pytest

from dragoman.answer import strip_picture


def href(since: str, until: str) -> str:
    return f"/x?since={since}&until={until}"


@pytest.mark.parametrize(
    ("days", "first", "bars"),
    [
        ([("2025-03-05", 2), ("2025-03-07", 1)], ("2025-03-05", "2025-03-05"), 2),
        ([("2025-03-05", 2), ("2025-03-06", 1), ("2025-06-07", 1)], ("2025-03-03", "2025-03-09"), 2),
        ([("2020-12-05", 2), ("2025-03-07", 1)], ("2020-12-01", "2020-12-31"), 2),
        ([("2025-03-05", 2)], ("2025-03-05", "2025-03-05"), 1),
    ],
    ids=["by day", "by week", "by month", "one day"],
)
def test_a_bar_leads_to_its_days(days: list[tuple[str, int]], first: tuple[str, str], bars: int) -> None:
    links = re.findall(r'<a href="([^"]*)"', strip_picture.picture(days, href))
    assert len(links) == bars
    assert links[0] == href(*first).replace("&", "&amp;")


def test_the_stretch_chosen_has_its_ground() -> None:
    days = [("2025-03-01", 1), ("2025-03-31", 1)]
    assert "#fff1b8" not in strip_picture.picture(days, href)
    assert "#fff1b8" in strip_picture.picture(days, href, since="2025-03-05", until="2025-03-09")
    assert "#fff1b8" in strip_picture.picture(days, href, until="2024-03-09")  # outside: a line at the edge


def test_nothing_done_is_no_strip() -> None:
    assert strip_picture.picture([], href) == ""
