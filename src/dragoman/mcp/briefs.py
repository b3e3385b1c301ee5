"""The tool that answers with a brief: as long as the budget allows, each line with the sentences that it rests on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from dragoman.answer import asof, brief_pages
from dragoman.answer.brief import Brief
from dragoman.answer.brief_words import SHOWN, Part, parts, referred
from dragoman.answer.changes import Change
from dragoman.answer.doubts import Claimed, Differing, Row
from dragoman.answer.ledger import Ledger
from dragoman.answer.references import Citation
from dragoman.answer.threads import Matter, Moved
from dragoman.mcp import text
from dragoman.mcp.lists import cited_events, filters_of
from dragoman.mcp.replies import BUDGET, Answer, Reply, size

R = TypeVar("R", Row, Claimed, Matter, Moved)
# Lines of a part, and sentences cited of a line, from the fullest to the barest; the first that fits is given.
STEPS = ((SHOWN, 3), (SHOWN, 2), (SHOWN, 1), (4, 1), (3, 1), (2, 1))
IDS = 20  # mentions named of a line; `event` has the others
NAMED = 20  # outlets


def brief(ledger: Ledger, asked: Mapping[str, Any]) -> Reply:
    """Answer with the brief between two parties."""
    filters = filters_of(asked, ("as_of",))
    whole = ledger.brief(asked["a"], asked["b"], changed_since=asked.get("changed_since"), **filters)
    day = asof.day_of(filters)
    told = cited_events(ledger, [x.ids[0] for x in whole.lines.values()], STEPS[0][1], day)
    for most, cites in STEPS:
        shown = parts(whole, most=most, hint="")
        numbers = referred(shown)
        rests = {n: told.get(whole.lines[n].ids[0], ())[:cites] for n in numbers}
        answer = _answer(whole, shown, numbers, [c for n in numbers for c in rests[n]])
        if size(answer) <= BUDGET:
            break
    numbered = {c: n for n, some in rests.items() for c in some}
    body = brief_pages.body(whole, shown)
    form = text.whole(body, answer.left_out, None, answer.references, lambda _, c: str(numbered[c]))
    return Reply(answer=answer, text=form)


def _answer(whole: Brief, shown: Sequence[Part], numbers: Sequence[int], rests: Iterable[Citation]) -> Answer[Brief]:
    left = [f"{p.title}: {p.left} more" for p in shown if p.left]
    return Answer(
        answer=_cut(whole, shown, frozenset(numbers)),
        left_out=(*left, *(["ask `events` with `between` for all of them"] if left else [])),
        cursor=None,
        references=tuple(dict.fromkeys(rests)),
    )


def _cut(whole: Brief, shown: Sequence[Part], kept: Collection[int]) -> Brief:
    """Return the brief with the lines that the parts show or name, and with rows on these lines only.

    The references of a line stand beside the brief, not in it: there they have their place in the document.
    """
    most = {p.name: len(p.rows) for p in shown}
    sections = [
        msgspec.structs.replace(s, lines=tuple(_bare(x) for x in s.lines if x.number in kept)) for s in whole.sections
    ]
    return msgspec.structs.replace(
        whole,
        outlets=whole.outlets[:NAMED],
        changed=_on(whole.changed, kept),
        dossiers=_of(whole.dossiers[: most.get("dossiers", 0)], kept),
        sections=tuple(s for s in sections if s.lines),
        flows=_of(whole.flows[: most.get("flows", 0)], kept),
        disagreements=_on(whole.disagreements, kept),
        one_side=_of(whole.one_side[: most.get("one_side", 0)], kept),
        not_settled=_of(whole.not_settled[: most.get("not_settled", 0)], kept),
        sources=_of(whole.sources[: most.get("sources", 0)], kept),
    )


def _bare(x: Any) -> Any:
    return msgspec.structs.replace(x, references=(), ids=x.ids[:IDS])


C = TypeVar("C", Change, Differing)


def _on(rows: Sequence[C], kept: Collection[int]) -> tuple[C, ...]:
    """Return what is said of the lines that are kept."""
    return tuple(r for r in rows if r.number in kept)


def _of(rows: Sequence[R], kept: Collection[int]) -> tuple[R, ...]:
    """Return the rows with the numbers of those of their lines that are kept."""
    return tuple(msgspec.structs.replace(r, numbers=tuple(n for n in r.numbers if n in kept)) for r in rows)
