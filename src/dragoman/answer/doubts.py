"""What is open in a brief: versions side by side, claims of one side, corrections, hedges, on whom it rests."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.answer.choose import Chosen
from dragoman.answer.gather import Gathered
from dragoman.answer.lines import Line
from dragoman.answer.parties import Side, is_of
from dragoman.answer.words import called, count
from dragoman.records import Party, Record, Telling, Version

UNNAMED = "unnamed voices"


class Row(Record, frozen=True):
    """A sentence of a brief with the numbers of the lines that it rests on."""

    text: str
    numbers: tuple[int, ...] = ()


class Differing(Record, frozen=True):
    """A field of an event on which its tellings differ, in the order in which the versions were first told."""

    number: int
    field: str
    versions: tuple[Version, ...]


class Claimed(Record, frozen=True):
    """What only one side says of acts that it is a party to, or only voices without a name."""

    by: str
    numbers: tuple[int, ...]


def news(drawn: Sequence[Line]) -> list[Line]:
    """Return the lines on what goes on between the two."""
    return [x for x in drawn if x.section not in ("background", "context")]


def differing(drawn: Sequence[Line]) -> tuple[Differing, ...]:
    """Return each field on which the tellings of an event differ."""
    return tuple(
        Differing(number=x.number, field=d.field, versions=d.versions) for x in news(drawn) for d in x.disagreements
    )


# ---------------------------------------------------------------- one side only
def claimed(g: Gathered, drawn: Sequence[Line]) -> tuple[Claimed, ...]:
    """Return what rests on one party to it alone, by party, then what rests on unnamed voices alone.

    An act that both parties tell is no claim of one side.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for x in news(drawn):
        sides = _sides(g, x) if not x.third and x.party else set()
        if len(sides) == 1:
            found[min(sides)].append(x.number)
    unnamed = [x.number for x in news(drawn) if x.unnamed_only]
    by_side = [Claimed(by=by, numbers=tuple(found[by])) for by in sorted(found)]
    return (*by_side, *([Claimed(by=UNNAMED, numbers=tuple(unnamed))] if unnamed else []))


def _sides(g: Gathered, x: Line) -> set[str]:
    """Return the states or names of the parties who tell an event."""
    speakers = [voice for m in x.ids if (voice := _speaker(g.tellings[m]))]
    return {_label(p, g.one, g.other) for p in speakers}


def _speaker(t: Telling) -> Party | None:
    return t.mention.attribution[0].actor if t.mention.attribution else None


def _label(p: Party, *sides: Side) -> str:
    return next((s.label for s in sides if is_of(s, p)), called(p.country or p.name))


# ---------------------------------------------------------------- what is not settled
def not_settled(drawn: Sequence[Line], corrected: Sequence[Chosen]) -> tuple[Row, ...]:
    """Return one sentence a doubt: corrections, what reports leave open, hedges, missing dates."""
    ours = news(drawn)
    said = [Row(text=f"“{doubt}”", numbers=(x.number,)) for x in ours for doubt in x.doubts]
    hedged = _row("hedged or disputed in the reports", (x for x in ours if x.certainty != "stated"))
    undated = _row("delivered on a day not given", (x for x in ours if x.section == "delivered" and not x.date))
    return (*_corrections(corrected), *said, *hedged, *undated)


def _row(text: str, found: Iterable[Line]) -> list[Row]:
    """Return the row on these lines; none where there are no such lines."""
    numbers = tuple(x.number for x in found)
    return [Row(text=text, numbers=numbers)] if numbers else []


def _corrections(corrected: Sequence[Chosen]) -> list[Row]:
    """Return what a later version of the same report no longer says."""
    said: dict[str, list[Chosen]] = defaultdict(list)
    for c in corrected:
        sentence = c.document.text[c.mention.sentence.start : c.mention.sentence.end]
        said[" ".join(sentence.split())].append(c)
    return [
        Row(text=f"corrected since by {some[0].document.publisher or 'the outlet'}: “{sentence}” ({_id(some[0])})")
        for sentence, some in said.items()
    ]


def _id(c: Chosen) -> str:
    return c.mention.id[:8]  # enough for `explain`


# ---------------------------------------------------------------- on whom it rests
def sources(g: Gathered, drawn: Sequence[Line]) -> tuple[Row, ...]:
    """Return how much of the brief rests on one origin; a wire is one, however many outlets print it."""
    if not drawn:
        return (Row(text="nothing in the ledger stands between the two"),)
    if len({g.origins[m] for x in drawn for m in x.ids}) == 1:
        return (Row(text="everything above rests on one origin; no independent one confirms any of it yet"),)
    several = [x for x in drawn if x.origins > 1]
    single = Row(text=f"{len(drawn) - len(several)} of {count(len(drawn), 'entry')} rest on a single origin")
    copied = _row("in several outlets, but one origin", (x for x in drawn if x.copied))
    return (single, *_row("told by independent origins", several), *copied)
