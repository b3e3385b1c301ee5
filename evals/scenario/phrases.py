"""How dates, figures and people are put into words in a report, with the value that the words tell. No sentences."""

import datetime as dt
import re
from random import Random

from world import Person, State

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELT = 10  # higher numbers stand in figures
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTED = 0.35  # of the weekdays of an act early or late in its day say so
_EARLY, _LATE = 9, 17
_FRESH = dt.timedelta(days=2)  # who reports later gives the day alone
_VOWEL = re.compile(r"\b([Aa]) (?=(?!Eu|eu|one\b)[aeioAEIO]|Uz|8|11\b|18\b)")


def number_words(n: int) -> str:
    """Return a number from 0 to 99 in words."""
    if n < 20:
        return _SMALL[n]
    tens, ones = divmod(n, 10)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


def when(
    moment: dt.datetime, now: dt.datetime, rng: Random, *, american: bool, background: bool
) -> tuple[str, str, str]:
    """Return the date as an adverb ("on Tuesday"), as a noun ("Tuesday") and as EDTF, seen from `now`."""
    noun, edtf, named = _noun(moment.date(), now.date(), rng, background=background)
    if not named:
        return noun, noun.removeprefix("in "), edtf
    weekday = noun in WEEKDAYS
    fresh = weekday and not background and moment < now < moment + _FRESH and rng.random() < _PARTED
    part = "early" if moment.hour < _EARLY else "late" if moment.hour >= _LATE else ""
    part = part if fresh else ""
    adverb = noun if weekday and american and not part else f"on {noun}"
    return f"{part} {adverb}".strip(), noun, edtf


def _noun(day: dt.date, today: dt.date, rng: Random, *, background: bool) -> tuple[str, str, bool]:
    """Return the words for a day, the EDTF that they tell, and whether they take "on"."""
    away = (day - today).days
    weekday, dated, iso = WEEKDAYS[day.weekday()], f"{day:%B} {day.day}", day.isoformat()
    if -6 <= away <= 6 and not (background and away == -6):
        return weekday, iso, True
    choices: list[tuple[str, str, bool]] = [(dated, iso, True), (dated, iso, True)]
    monday = today - dt.timedelta(days=today.weekday())
    week = (day - (monday - dt.timedelta(days=7))).days // 7  # 0 is last week, 2 next week
    if week in (0, 2):
        first = monday + dt.timedelta(days=7 * (week - 1))
        span = f"{first.isoformat()}/{(first + dt.timedelta(days=6)).isoformat()}"
        choices.append(("last week" if week == 0 else "next week", span, False))
    if away < 0 and away % 7 == 0 and away >= -21:
        choices.append((f"{number_words(-away // 7)} weeks ago" if away < -7 else "a week ago", iso, False))
    if away < 0:
        choices += _months(day, today)
    return rng.choice(choices)


def _months(day: dt.date, today: dt.date) -> list[tuple[str, str, bool]]:
    """Return the ways to name the month of a past day."""
    back = (today.year - day.year) * 12 + today.month - day.month
    month = f"{day:%Y-%m}"
    if back == 0:
        return [("earlier this month", month, False)]
    named = (f"in {day:%B}", month, False)
    return [named, ("last month", month, False)] if back == 1 else [named]


def count(n: int, rng: Random, *, start: bool, vague: bool = True) -> str:
    """Return a number of people; at the start of a sentence never in figures."""
    some = "at least " if vague and rng.random() < 0.25 else ""
    if start:
        return some + (str(n) if some else number_words(n))
    return some + (str(n) if n > _SPELT else number_words(n))


def tonnes(n: int, goods: str, *, start: bool) -> str:
    """Return an amount of goods by weight."""
    return f"{'a total of ' if start else ''}{n:,} tonnes of {goods}"


def million(n: int, rng: Random, *, start: bool) -> str:
    """Return an amount of dollars, given in millions."""
    if start:
        return f"a sum of ${n} million"
    return f"{n} million dollars" if rng.random() < 0.2 else f"${n} million"


def introduced(person: Person, rng: Random) -> str:
    """Return a person at first mention, with the office."""
    titled = " ".join(w.capitalize() for w in person.office.split())
    forms = [
        f"{person.adj} {titled} {person.full}",
        f"{person.full}, the {person.adj} {person.office},",
        f"the {person.adj} {person.office}, {person.full},",
        f"{person.adj} {titled} {person.full}",
    ]
    return rng.choice(forms)


def again(person: Person, rng: Random) -> str:
    """Return a person who has been introduced."""
    return rng.choice((person.last, person.last, f"the {person.adj} {person.office}"))


def headlined(person: Person, rng: Random) -> str:
    """Return a person as headlines have it."""
    return rng.choice((f"{person.adj} {person.office}", person.last))


def government(state: State, rng: Random, *, headline: bool = False) -> str:
    """Return a state that acts: by name, by capital, as its government."""
    forms = [state.name, state.name, state.name, state.capital]
    if not headline:
        forms.append(f"the {state.adj} government")
    return rng.choice(forms)


def tidy(sentence: str) -> str:
    """Return a filled sentence with its spaces, commas, articles and first letter in order."""
    s = re.sub(r"\s+([,.;:])", r"\1", " ".join(sentence.split()))
    s = re.sub(r",(?:\s*,)+", ",", s)
    s = re.sub(r",\s*([.;:])", r"\1", s)
    s = re.sub(r"\b([Tt]he|at) at least ", r"\1 ", s)
    s = _VOWEL.sub(r"\1n ", s)
    opening = re.match(r"^[“\"]?", s)
    at = opening.end() if opening else 0
    return s[:at] + s[at : at + 1].upper() + s[at + 1 :]
