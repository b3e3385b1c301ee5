"""Says whose words each document prints, and each sentence of it, from judgements on pairs. No comparing of texts.

Documents stand in one order, (published, id), those without a date last. A passage belongs to the earliest document
that has it; a document to the origin of most of its words. So groups do not chain: a report that joins two wires ties
neither to the other, and the order of arrival plays no part.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from dragoman.records import CopyJudgement, Document, DocumentOrigin, OriginPart, Record, Teller
from dragoman.resolve.copies_credits import source_named, wire_of
from dragoman.resolve.copies_words import Words, sentence_at, words_of

# A document is its origin's from this share of its own words on, for a rewrite keeps more than half of a wire's.
_MOST = 0.6
_COPY = 0.85  # from this share on, what differs is an editor's hand and no reporting
_OF_SENTENCE = 0.5  # of its characters in a shared passage


class _Shared(Record, frozen=True):
    """A passage of a document, and where it stands in an earlier one."""

    start: int
    end: int
    source: str
    source_start: int
    source_end: int


def order_of(document: Document) -> tuple[bool, str, str]:
    """Return the key of the order in which documents came out; undated ones last."""
    return document.published is None, document.published or "", document.id


def origin_groups(documents: Iterable[Document], judgements: Iterable[CopyJudgement]) -> dict[str, DocumentOrigin]:
    """Return the origin of each document by its id, in the order of publication.

    `documents` are all that the judgements tie together; a judgement on a document that is not among them is left out.
    """
    ordered = sorted(documents, key=order_of)
    rank = {d.id: i for i, d in enumerate(ordered)}
    known = sorted((j for j in judgements if j.a in rank and j.b in rank), key=lambda j: (j.a, j.b))
    newest, first = _versions(known, rank)
    shared = _shared(known, rank)
    done: dict[str, DocumentOrigin] = {}
    for d in ordered:
        own = first.get(d.id, d.id)
        done[d.id] = _origin(d, own, _parts(d, own, shared[d.id], done), newest.get(d.id))
    return _with_wires(ordered, done)


def _versions(judgements: list[CopyJudgement], rank: Mapping[str, int]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the newest version of each superseded document, and the first version of each that has several."""
    root: dict[str, str] = {}
    beaten: set[str] = set()

    def find(x: str) -> str:
        while root.setdefault(x, x) != x:
            x = root[x]
        return x

    for j in judgements:
        if j.newer is not None:
            beaten.add(j.a if j.newer == j.b else j.b)
            early, late = sorted((find(j.a), find(j.b)), key=rank.__getitem__)
            root[late] = early
    members: dict[str, list[str]] = defaultdict(list)
    for x in sorted(root, key=rank.__getitem__):
        members[find(x)].append(x)
    newest = {x: ([m for m in ms if m not in beaten] or ms)[-1] for ms in members.values() for x in ms}
    return {x: n for x, n in newest.items() if n != x}, {x: find(x) for x in root}


def _shared(judgements: list[CopyJudgement], rank: Mapping[str, int]) -> dict[str, list[_Shared]]:
    """Return the passages that each document shares with earlier ones, those of the earliest first."""
    found: dict[str, list[_Shared]] = defaultdict(list)
    for j in judgements:
        for p in j.passages:
            here, there, late, early = (p.b, p.a, j.b, j.a) if rank[j.a] < rank[j.b] else (p.a, p.b, j.a, j.b)
            found[late].append(
                _Shared(
                    start=here.start,
                    end=here.end,
                    source=early,
                    source_start=there.start,
                    source_end=there.end,
                )
            )
    for passages in found.values():
        passages.sort(key=lambda s: (rank[s.source], s.start))
    return found


def _parts(
    document: Document, own: str, shared: list[_Shared], done: Mapping[str, DocumentOrigin]
) -> tuple[OriginPart, ...]:
    """Return the disjoint stretches of a document that stand in earlier ones; the earliest has the first claim."""
    parts: list[OriginPart] = []
    for s in shared:
        origin = _origin_of_span(done[s.source], s.source_start, s.source_end)
        if origin == own or s.source == document.id:
            continue
        for start, end in _uncovered(s.start, s.end, parts):
            parts.append(OriginPart(start=start, end=end, origin=origin, source=s.source))
    return tuple(sorted(parts, key=lambda p: p.start))


def _uncovered(start: int, end: int, parts: list[OriginPart]) -> list[tuple[int, int]]:
    """Return the pieces of a stretch that no part covers yet."""
    free: list[tuple[int, int]] = []
    for p in sorted(parts, key=lambda p: p.start):
        if p.end <= start or p.start >= end:
            continue
        if p.start > start:
            free.append((start, p.start))
        start = p.end
    return [*free, (start, end)] if start < end else free


def _origin_of_span(document: DocumentOrigin, start: int, end: int) -> str:
    """Return the origin of most characters of a stretch of a document."""
    lengths = Counter({document.own: end - start})
    for p in document.parts:
        n = max(0, min(end, p.end) - max(start, p.start))
        lengths[p.origin] += n
        lengths[document.own] -= n
    return min(lengths, key=lambda o: (-lengths[o], o))


def _origin(document: Document, own: str, parts: tuple[OriginPart, ...], newest: str | None) -> DocumentOrigin:
    """Return the origin of a document: that of most of its own words, else itself."""
    origin, share = _most_words(document, own, parts) if parts else (own, 1.0)
    return DocumentOrigin(
        document=document.id,
        origin=origin,
        own=own,
        share=round(share, 4),
        parts=parts,
        why=_why(document, origin, own, parts),
        superseded_by=newest,
    )


def _most_words(document: Document, own: str, parts: tuple[OriginPart, ...]) -> tuple[str, float]:
    """Return the origin of most of a document's own words, else itself, and the share that it has of them."""
    words = words_of(document.text)
    total = sum(words.own)
    counts = Counter({own: total})
    for p in parts:
        n = _own_words(words, p.start, p.end)
        counts[p.origin] += n
        counts[own] -= n
    most = min(counts, key=lambda o: (-counts[o], o))
    share = counts[most] / total if total else 1.0
    origin = most if share >= _MOST else own
    return origin, counts[origin] / total if total else 1.0


def _own_words(words: Words, start: int, end: int) -> int:
    return sum(o for o, s in zip(words.own, words.starts, strict=True) if start <= s < end)


def _why(document: Document, origin: str, own: str, parts: tuple[OriginPart, ...]) -> tuple[str, ...]:
    """Return the reasons in words: which version this is, and which passages it has from which document."""
    told = [f"a version of {own}"] if own != document.id else []
    for p in parts:
        quote = " ".join(document.text[p.start : p.end].split())
        short = quote if len(quote) <= 80 else f"{quote[:60]} … {quote[-15:]}"
        told.append(f"{'its' if p.origin == origin else 'other'} words as in {p.source}: “{short}”")
    return tuple(told)


def _with_wires(ordered: list[Document], done: dict[str, DocumentOrigin]) -> dict[str, DocumentOrigin]:
    """Add the agency behind each origin: the one that most of the documents with its words are credited to."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for d in ordered:
        wire = wire_of(d)
        if wire is not None:
            votes[done[d.id].origin][wire] += 1
    wires = {origin: min(count, key=lambda w: (-count[w], w)) for origin, count in votes.items()}
    return {x: _with_wire(o, wires) for x, o in done.items()}


def _with_wire(origin: DocumentOrigin, wires: Mapping[str, str]) -> DocumentOrigin:
    return DocumentOrigin(
        document=origin.document,
        origin=origin.origin,
        own=origin.own,
        share=origin.share,
        parts=tuple(
            OriginPart(start=p.start, end=p.end, origin=p.origin, source=p.source, wire=wires.get(p.origin))
            for p in origin.parts
        ),
        why=(*origin.why, *([f"credited to {wires[origin.origin]}"] if origin.origin in wires else [])),
        wire=wires.get(origin.origin),
        superseded_by=origin.superseded_by,
    )


def origin_at(document: Document, offset: int, origin: DocumentOrigin) -> Teller:
    """Return whose words the sentence at an offset is.

    A sentence in a shared passage is the passage's, one that names an agency as its source ("AFP reports") the
    agency's, any other the document's own; in a document that is a copy all through, also what an editor changed is
    the origin's.
    """
    start, end = sentence_at(document.text, offset)
    named = source_named(document.text, start, end)
    lengths: Counter[tuple[str, str | None]] = Counter()
    for p in origin.parts:
        lengths[p.origin, p.wire] += max(0, min(end, p.end) - max(start, p.start))
    most = min(lengths, key=lambda k: (-lengths[k], k[0]), default=None)
    if most and lengths[most] >= _OF_SENTENCE * len(document.text[start:end].strip()):
        return Teller(origin=most[0], basis="shared passage", wire=named or most[1])
    if named:
        return Teller(origin=origin.own, basis="credit", wire=named)
    if origin.origin != origin.own:
        copied = origin.share >= _COPY
        return Teller(
            origin=origin.origin if copied else origin.own,
            basis="copy" if copied else "own",
            wire=origin.wire if copied else None,
        )
    return Teller(origin=origin.own, basis="own", wire=origin.wire)
