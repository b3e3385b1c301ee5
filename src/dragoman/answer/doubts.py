"""What is open in a brief: versions side by side, claims of one side, corrections, hedges, on whom it rests."""

from collections import defaultdict
from collections.abc import Sequence

from dragoman.answer.choose import Chosen
from dragoman.answer.gather import Gathered
from dragoman.answer.lines import Line
from dragoman.answer.parties import Side, is_of
from dragoman.answer.words import called, count, numbered
from dragoman.records import Party, Record, Telling, Version

UNNAMED = "unnamed voices"


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
def not_settled(drawn: Sequence[Line], corrected: Sequence[Chosen]) -> tuple[str, ...]:
    """Return one sentence a doubt: corrections, what reports leave open, hedges, missing dates."""
    ours = news(drawn)
    doubts = [*_corrections(corrected)]
    doubts += [f"“{doubt}” [{x.number}]" for x in ours for doubt in x.doubts]
    lists = (
        ("hedged or disputed in the reports", [x for x in ours if x.certainty != "stated"]),
        ("delivered on a day not given", [x for x in ours if x.section == "delivered" and not x.date]),
    )
    return (*doubts, *(f"{text}: {numbered(x.number for x in found)}" for text, found in lists if found))


def _corrections(corrected: Sequence[Chosen]) -> list[str]:
    """Return what a later version of the same report no longer says."""
    said: dict[str, list[Chosen]] = defaultdict(list)
    for c in corrected:
        sentence = c.document.text[c.mention.sentence.start : c.mention.sentence.end]
        said[" ".join(sentence.split())].append(c)
    return [
        f"corrected since by {group[0].document.publisher or 'the outlet'}: “{sentence}” ({group[0].mention.id[:8]})"
        for sentence, group in said.items()
    ]


# ---------------------------------------------------------------- on whom it rests
def sources(g: Gathered, drawn: Sequence[Line]) -> str:
    """Return how much of the brief rests on one origin; a wire is one, however many outlets print it."""
    if not drawn:
        return "nothing in the ledger stands between the two"
    if len({g.origins[m] for x in drawn for m in x.ids}) == 1:
        return "everything above rests on one origin; no independent one confirms any of it yet"
    several = [x.number for x in drawn if x.origins > 1]
    copied = [x.number for x in drawn if x.copied]
    text = f"{len(drawn) - len(several)} of {count(len(drawn), 'entry')} rest on a single origin"
    if several:
        text += f"; told by independent origins: {numbered(several)}"
    if copied:
        text += f"; in several outlets, but one origin: {numbered(copied)}"
    return text
