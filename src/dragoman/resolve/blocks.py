"""Which mentions are compared at all: those that share a key of parties, kind of act and week. No comparing here."""

from collections.abc import Iterator
from itertools import combinations

from dragoman.resolve.facets import MONTH, Facet
from dragoman.text import digest

WEEK = 7
BACK = 10  # days before its telling in which an undated act may lie: nine in ten news reports tell the last week
AHEAD = 3  # days after its telling up to which an undated plan is looked for; later ones meet by their date
MONTHS = 3  # in which an undated telling is looked for by pair and act: background goes back a season, rarely more
DIGITS = 3  # figures of fewer are ages, votes, parts of lists
CALLED_OFF = frozenset({"cancelled", "refused", "denied", "negated"})  # whose type may be another than the act's
PARTIES = 6  # parties of one mention that make keys; more stand in lists, where any two find the others
COOPERATION = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})


def keys(f: Facet) -> tuple[str, ...]:
    """Return the block keys of a mention, sorted: two tellings of one event share at least one.

    Whatever is told of a pair of parties, or of one where the other is left out, meets in the weeks in which it may
    have been done, cooperation and conflict apart; an act without parties meets those of its place. The mentions of
    one document meet each other, and so do tellings in the same words.
    """
    met = {f"{who}|{when}" for who in _who(f) for when in _when(f)} | set(_marked(f))
    return tuple(sorted(met | {f"d|{f.document}", f"w|{f.wording}"}))


def _who(f: Facet) -> Iterator[str]:
    parties = [_short(p) for p in sorted({*f.actors, *f.recipients})[:PARTIES]]
    sides = {"+" if act in COOPERATION else "-" for act in (f.act, f.family)}
    for side in sorted(sides if f.status not in CALLED_OFF else "+-"):
        yield from (f"{a}|{b}|{side}" for a, b in combinations(parties, 2))
        yield from (f"{a}|{side}" for a in parties)
    if not parties and (f.place or f.matter):
        yield f"@{_short(f.place or f.matter[0])}|{f.act}"


def _marked(f: Facet) -> Iterator[str]:
    """Return keys by which a telling without a day meets others of its pair: a name, a figure, the act in its months.

    What is told weeks later gives no day as often as not; a name or a figure of several digits finds it again.
    """
    parties = [_short(p) for p in sorted({*f.actors, *f.recipients})[:PARTIES]]
    months = sorted({n // MONTH for n in (f.first, f.last, f.told) if n is not None})
    if f.span is None and f.told is not None:
        months = [f.told // MONTH - back for back in range(MONTHS)]
    telling = [*(n for n in f.numbers if len(n) >= DIGITS), *f.names]
    pairs = [f"{a}|{b}" for a, b in combinations(parties, 2)]
    for month in months:
        yield from (f"{p}|{f.act}|m{month}" for p in pairs)
        yield from (f"{p}|{_short(mark)}|m{month}" for p in (*pairs, *parties) for mark in telling)


def _short(name: str) -> str:
    """Return a key part of bounded length."""
    return name if len(name) <= 24 else digest(name)


def _when(f: Facet) -> Iterator[str]:
    """Return the weeks in which the act may lie; the year where no more is known."""
    if f.span is not None and f.first is not None and f.last is not None:
        if f.span <= MONTH:
            yield from _weeks(f.first - 1, f.last + 1)
        else:
            yield f"y{f.first // 366}"
            yield f"y{f.last // 366}"
    elif f.told is not None and not f.historical:
        yield from _weeks(f.told - BACK, f.told + AHEAD)
    else:
        yield "?"


def _weeks(first: int, last: int) -> Iterator[str]:
    for n in range(first // WEEK, last // WEEK + 1):
        yield str(n)
