"""One entry opened down to the words it rests on: marked spans, ingredients of the confidence, versions. No layout."""

import re

from dragoman.answer.words import count_words
from dragoman.records import EventMention, Ingredient, Record, Voice
from dragoman.store import Store


class Mark(Record, frozen=True):
    """A part of the entry and the words for it; offsets index the document's text."""

    label: str  # predicate, actor, recipient, theme, when, where, voice, cue, count, evidence
    start: int
    end: int
    text: str
    value: str | None = None  # what the words were resolved to


class Explanation(Record, frozen=True):
    """All that the ledger knows of one entry."""

    id: str
    mention: EventMention
    sentence: str
    sentence_start: int
    marks: tuple[Mark, ...]
    ingredients: tuple[Ingredient, ...]
    confidence: float
    document_id: str
    publisher: str | None
    title: str | None
    url: str | None
    published: str | None
    published_basis: str | None
    origin: str
    read_at: str
    run: str
    version: str
    hashes: dict[str, str]

    def facts(self) -> list[tuple[str, str]]:
        """Return where the entry comes from, as name and value, without what is unknown."""
        dated = f"{self.published} ({self.published_basis or 'basis unknown'})" if self.published else None
        rules = ", ".join(f"{name} {value}" for name, value in self.hashes.items())
        known = (
            ("says", " ← ".join(v.source for v in self.mention.attribution) or "the outlet itself"),
            ("report", self.title),
            ("outlet", self.publisher),
            ("published", dated),
            ("address", self.url),
            ("read from", self.origin),
            ("read at", self.read_at),
            ("document", self.document_id),
            ("run", self.run),
            ("dragoman", self.version),
            ("models, rules", rules),
        )
        return [(name, value) for name, value in known if value]


def explain(store: Store, prefix: str) -> Explanation:
    """Return the explanation of the one entry whose id begins with `prefix`; StopRun where none or several do."""
    mention = store.mention(prefix)
    kept = store.document(mention.document_id)
    run, d = store.run(kept.run), kept.document
    return Explanation(
        id=mention.id,
        mention=mention,
        sentence=d.text[mention.sentence.start : mention.sentence.end],
        sentence_start=mention.sentence.start,
        marks=tuple(marks_of(mention, d.text)),
        ingredients=mention.ingredients,
        confidence=mention.confidence,
        document_id=d.id,
        publisher=d.publisher,
        title=d.title,
        url=d.url,
        published=d.published,
        published_basis=d.published_basis,
        origin=d.origin,
        read_at=kept.read_at,
        run=run.id,
        version=run.version,
        hashes=dict(sorted(run.hashes.items())),
    )


def marks_of(m: EventMention, text: str) -> list[Mark]:
    """Return the marks of an entry by offset; a part without words of its own has none."""
    parts: list[tuple[str, int, int, str | None]] = [("predicate", m.predicate.start, m.predicate.end, m.act)]
    parts += [("actor", p.start, p.end, _resolved(p.name, p.country)) for p in m.actors]
    parts += [("recipient", p.start, p.end, _resolved(p.name, p.country)) for p in m.recipients]
    if m.theme:
        parts.append(("theme", m.theme.start, m.theme.end, m.theme.kind))
    if m.when:
        parts.append(("when", m.when.start, m.when.end, f"{m.when.edtf} ({m.when.basis})"))
    if m.where:
        parts.append(("where", m.where.start, m.where.end, _resolved(m.where.name, m.where.country)))
    parts += [("voice", v.start, v.end, f"{v.kind}, {v.cue}" if v.cue else v.kind) for v in m.attribution]
    parts += [("cue", *at, None) for v in m.attribution if (at := _cue(m, v, text))]
    parts += [("count", c.start, c.end, count_words(c)) for c in m.counts]
    parts += [("evidence", e.start, e.end, None) for e in m.evidence]
    marks = {Mark(label=k, start=a, end=z, text=text[a:z], value=v): None for k, a, z, v in parts if 0 <= a < z}
    return sorted(marks, key=lambda k: (k.start, -k.end, k.label))


def _cue(m: EventMention, v: Voice, text: str) -> tuple[int, int] | None:
    """Return where the cue of a voice stands: in the sentence of the act, as near to the voice as it can be."""
    if not v.cue or v.start < 0:
        return None
    pattern = re.compile(rf"\b{re.escape(v.cue)}\b")
    found = [k.span() for k in pattern.finditer(text, m.sentence.start, m.sentence.end)]
    return min(found, key=lambda at: max(at[0] - v.end, v.start - at[1]), default=None)


def _resolved(name: str, country: str | None) -> str:
    return f"{name} [{country}]" if country else name
