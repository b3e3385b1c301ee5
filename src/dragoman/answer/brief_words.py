"""The English of a brief and the order of its parts, for every face alike. What it says is decided in `brief`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.answer.brief import Brief, State
from dragoman.answer.changes import Change
from dragoman.answer.doubts import UNNAMED, Claimed, Differing, Row
from dragoman.answer.lines import Line
from dragoman.answer.threads import Matter, Moved
from dragoman.answer.words import called, clip, count, date_words
from dragoman.records import Record
from dragoman.resolve.flows import amount_words

# Five minutes are some 1,200 words: ten sections of so many lines, and a line or row has about twenty.
SHOWN, FEW = 6, 3  # lines of a section; of background and context, which frame a brief and must not drown it
MANY = 10  # numbers behind a row
NAMED = 3  # events told by name where a row counts more of them
REFERENCES = 4  # sentences quoted for one line; `event` has the others
ALSO = 2  # other acts named beside a line
GIST = 40  # characters of a theme in a row
SIDE = ("background", "context")


class Part(Record, frozen=True):
    """A titled part as it is shown: lines or rows, and how many more there are of them."""

    name: str
    title: str
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    left: int = 0


def parts(answer: Brief, *, whole: bool = False, most: int = SHOWN, hint: str = ": --all") -> list[Part]:
    """Return the parts of a brief in the order in which they are read; cut short unless `whole`, empty ones left out.

    What changed and the open matters come first, then the acts with the sums of what was moved, then what is in
    doubt, then what frames it. `most` lines or rows stand in a part; `hint` follows a number of what is left out.
    """
    since = f"What changed since {answer.changed_since}"
    rows: dict[str, tuple[str, Sequence[Row]]] = {
        "changed": (since, _changes(answer)),
        "dossiers": ("Open dossiers", [_matter(d) for d in answer.dossiers]),
        "flows": ("Flows, summed", [_moved(f) for f in answer.flows]),
        "disagreements": ("Where reports differ", [_differing(d, answer.lines) for d in answer.disagreements]),
        "one_side": ("Claimed by one side only", [_claimed(c, answer.lines) for c in answer.one_side]),
        "not_settled": ("Not settled", answer.not_settled),
        "sources": ("Sources", answer.sources),
    }
    cut = None if whole else most
    made = {name: _of_rows(name, title, found, cut, hint) for name, (title, found) in rows.items()}
    made |= {s.name: _of_lines(s.name, s.title, s.lines, cut) for s in answer.sections}
    return [made[name] for name in ORDER if name in made and (made[name].lines or made[name].rows)]


ORDER = (
    "changed", "dossiers", "talks", "asked", "delivered", "flows", "planned", "contacts", "conflict", "other",
    "not_done", "disagreements", "one_side", "context", "background", "not_settled", "sources",
)  # fmt: skip


def _of_rows(name: str, title: str, found: Sequence[Row], most: int | None, hint: str) -> Part:
    shown = found if most is None else [_short(row, hint) for row in found[:most]]
    return Part(name=name, title=title, rows=tuple(shown), left=len(found) - len(shown))


def _short(row: Row, hint: str) -> Row:
    """Return a row with its first numbers only, and how many more there are."""
    left = len(row.numbers) - MANY
    return row if left <= 0 else Row(text=f"{row.text} ({left} more{hint})", numbers=row.numbers[:MANY])


def _of_lines(name: str, title: str, found: Sequence[Line], most: int | None) -> Part:
    """Return a section; where it is cut, what is told surely and of both parties stays before what is not."""
    shown = len(found) if most is None else min(most, FEW) if name in SIDE else most
    sure = sorted(found, key=lambda x: bool(x.note) + (x.certainty != "stated") + (x.status == "hypothetical"))
    kept = {x.number for x in sure[:shown]}
    return Part(name=name, title=title, lines=tuple(x for x in found if x.number in kept), left=len(found) - len(kept))


def referred(shown: Iterable[Part]) -> list[int]:
    """Return the numbers that the parts show or name, in order: those that need a reference."""
    found = {x.number for part in shown for x in part.lines}
    return sorted(found | {n for part in shown for row in part.rows for n in row.numbers})


# ---------------------------------------------------------------- the state of relations
def course(state: State) -> list[str]:
    """Return the state of relations in a few short sentences."""
    words, deeds, hard_words, hard_deeds = state.done
    total = sum(state.done)
    since = f", told since {state.since}" if state.since else ""
    if not total + state.asked + state.planned + state.in_talks:
        return ["Nothing is told that counts."]
    done = (
        f"Done{since}: {words + deeds} cooperative ({words} in words, {deeds} in deeds), "
        f"{hard_words + hard_deeds} conflictual ({hard_words} in words, {hard_deeds} in deeds)"
    )
    open_ = ((state.asked, "asked or refused"), (state.planned, "planned"), (state.in_talks, "in talks"))
    still = ", ".join(f"{n} {word}" for n, word in open_ if n)
    rests = f"It rests on {count(state.origins, 'independent origin')}."
    return [
        f"{done}: {_balance(words + deeds, hard_words + hard_deeds)}.",
        *([f"Open: {still}."] if still else []),
        rests,
    ]


def _balance(cooperative: int, conflictual: int) -> str:
    """Return which way it leans: mostly from two to one on, for less may be the choice of what was read."""
    if not cooperative + conflictual:
        return "nothing yet"
    if min(cooperative, conflictual) * 2 > max(cooperative, conflictual):
        return "mixed"
    return "mostly cooperative" if cooperative > conflictual else "mostly conflictual"


# ---------------------------------------------------------------- rows
def gist(x: Line) -> str:
    """Return a line in a few words: who, what, about what."""
    about = f", {clip(x.theme, GIST)}" if x.theme else ""
    return f"{x.parties}: {x.what}{about}"


def _changes(answer: Brief) -> list[Row]:
    """Return one row for each section with new events, then one for each status that moved or dispute that arose."""
    by_title: dict[str, list[int]] = defaultdict(list)
    titles = {x.number: s.title for s in answer.sections for x in s.lines}
    for c in answer.changed:
        if c.kind == "new":
            by_title[titles[c.number]].append(c.number)
    new = [
        Row(text=f"new, {title[0].lower()}{title[1:]}: {_named(found, answer.lines)}", numbers=tuple(found))
        for title, found in by_title.items()
    ]
    return [_change(c, answer.lines[c.number]) for c in answer.changed if c.kind != "new"] + new


def _change(c: Change, x: Line) -> Row:
    text = f"from {c.was} to {c.now}" if c.kind == "status" else f"reports now differ on {_field(c.now)}"
    return Row(text=f"{gist(x)}: {text}", numbers=(c.number,))


def _named(found: Sequence[int], lines: dict[int, Line]) -> str:
    """Return the first few events by name, and how many more there are."""
    more = [f"and {len(found) - NAMED} more"] if len(found) > NAMED else []
    return " · ".join([*(gist(lines[n]) for n in found[:NAMED]), *more])


def _matter(d: Matter) -> Row:
    told = f" (told {d.told[:10]})" if d.told and d.stage and not d.stage[-1].isdigit() else ""
    state = f"{d.stage}{told}" if d.stage else d.state
    ahead = f"expected: {', '.join(d.expected)}" if d.expected and d.stage else ""
    amounts = ", ".join(d.amounts)
    text = "; ".join(part for part in (f"{clip(d.title, 80)} ({d.kind}): {state}", ahead, amounts) if part)
    return Row(text=text, numbers=d.numbers)


def _moved(f: Moved) -> Row:
    amount = amount_words(f.low, f.high, f.unit) if f.flows > f.unmeasured else ""
    what = " ".join(part for part in (amount, f.goods) if part)
    without = f" ({f.unmeasured} without a number)" if 0 < f.unmeasured < f.flows else ""
    months = f", {f.first}" + (f" to {f.last}" if f.last != f.first else "") if f.first else ""
    text = f"{f.of}, {f.origin or '?'} → {f.target or '?'}: {what}, {count(f.flows, 'flow')}{without}{months}"
    return Row(text=text, numbers=f.numbers)


FIELD = {
    "status": "whether it happened", "date": "the day", "place": "the place", "actor": "who did it",
    "recipient": "to whom", "money": "the sum", "goods": "the amount", "troops": "the number of troops",
}  # fmt: skip


def _field(name: str) -> str:
    """Return what tellings differ on; what has no name above is counted: killed, wounded, released."""
    return FIELD.get(name, f"the number {name}")


def _differing(d: Differing, lines: dict[int, Line]) -> Row:
    versions = " / ".join(
        f"{_value(d.field, v.value)} ({', '.join(v.sources[:NAMED])}{_others(v.sources)}; {count(v.origins, 'origin')}"
        f"{f', since {v.first_told[:10]}' if v.first_told else ''})"
        for v in d.versions
    )
    return Row(text=f"{gist(lines[d.number])}: {_field(d.field)}: {versions}", numbers=(d.number,))


def _value(field: str, value: str) -> str:
    """Return a version as it is read: states by name."""
    return ", ".join(called(part) for part in value.split(", ")) if field in ("actor", "recipient") else value


def _others(sources: Sequence[str]) -> str:
    return f" and {len(sources) - NAMED} more" if len(sources) > NAMED else ""


def _claimed(c: Claimed, lines: dict[int, Line]) -> Row:
    by = f"only {c.by}" if c.by == UNNAMED else f"only {c.by} says"
    return Row(text=f"{by}: {_named(c.numbers, lines)}", numbers=c.numbers)


# ---------------------------------------------------------------- lines
def mark(x: Line) -> str:
    """Return the sign of a line: asked, refused, not done, doubtful, or plain."""
    signs = {"requested": "▲", "refused": "▼", "denied": "✕", "negated": "✕", "cancelled": "✕", "hypothetical": "○"}
    return (
        signs.get(x.status) or {"REQUEST": "▲", "REJECT": "▼"}.get(x.act) or ("●" if x.certainty == "stated" else "○")
    )


def line_text(x: Line) -> list[str]:
    """Return the words of a line: act and parties, then the theme with its details, or the sentence without one."""
    about = x.theme or f"“{x.quote}”"
    details = " · ".join(x.details)
    return [f"{x.parties}: {x.what}", about, *([details] if details else [])]


def line_notes(x: Line) -> list[str]:
    """Return what stands beside a line: status and certainty unless plain, who says so, how many tell it."""
    notes = [] if x.status == "occurred" else [x.status]
    notes += [] if x.certainty == "stated" else [x.certainty]
    notes += [f"per {clip(', '.join(x.says), 60)}"] if x.says else []
    notes += [f"with {', '.join(x.also[:ALSO])}"] if x.also else []
    notes += [x.note] if x.note else []
    if x.copied:
        notes.append(f"{count(len(x.outlets), 'outlet')}, one origin")
    elif x.origins > 1:
        notes.append(f"{count(x.origins, 'origin')} in {count(len(x.outlets), 'outlet')}")
    return notes


def when(x: Line) -> str:
    """Return the date of a line on one line."""
    return " ".join(date_words(x.date, x.published).split())
