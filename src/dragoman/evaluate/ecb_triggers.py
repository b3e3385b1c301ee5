"""What is compared of a mention of ECB+: a facet, as resolution makes it, and the word of the act. No comparing here.

Where dragoman has a mention of its own at the word, its facet is taken; else one is made of the parse: the parties in
the slots of the word, its time and place, the type of act that the encoder hears in it.
"""

from collections.abc import Sequence

import msgspec

from dragoman import tree
from dragoman.code.parties import ActorIndex
from dragoman.code.reader import Reader
from dragoman.code.setting import Setting
from dragoman.code.slots import Slots, noun_slots, verb_slots
from dragoman.code.status import StatusReader
from dragoman.code.subjects import is_verb
from dragoman.evaluate.ecb_gold import GoldDocument, GoldMention, offsets
from dragoman.records import Annotated, EventMention, Party, Reading, Record, SentenceSpan, Span, Telling
from dragoman.resolve.facets import Facet, facet, stem
from dragoman.text import fold

DOES = ("subject", "by", "poss")
UNDERGOES = ("object", "indirect", "of", "against", "on")
_SELDOM = frozenset({"PRON", "DET", "PUNCT", "ADP", "AUX"})  # words that stand in slots and name nothing


class Trigger(Record, frozen=True):
    """A mention as the comparing of ECB+ sees it: `lemma` of the word, `fillers` the words in its slots."""

    facet: Facet
    lemma: str
    fillers: tuple[str, ...]


class Desk:
    """The layers of one document as the making of triggers asks for them."""

    def __init__(self, document: str, reading: Reading, annotated: Annotated) -> None:
        self.id, self.reading = document, reading
        self.parse = annotated.parse
        self.index, self.reader, self.status = ActorIndex(annotated), Reader(self.parse), StatusReader(self.parse)


def of_gold(gold: GoldDocument, reading: Reading) -> dict[str, Trigger]:
    """Return mention → trigger for the mentions of the gold; one in a line that reading cut has its word only."""
    moved = offsets(gold, reading)
    spans = {
        m.id: (m.start + moved[m.sentence], m.end + moved[m.sentence]) for m in gold.mentions if m.sentence in moved
    }
    found = _triggers(gold.id, reading, spans)
    return {m.id: found.get(m.id) or _bare(gold, m) for m in gold.mentions}


def of_mentions(document: str, reading: Reading, mentions: Sequence[EventMention]) -> dict[str, Trigger]:
    """Return mention → trigger for mentions of our own."""
    return _triggers(document, reading, {m.id: (m.predicate.start, m.predicate.end) for m in mentions})


def _triggers(document: str, reading: Reading, spans: dict[str, tuple[int, int]]) -> dict[str, Trigger]:
    if reading.annotated is None:
        return {}
    desk = Desk(document, reading, reading.annotated)
    heads = {i: tree.head_of_span(desk.parse, *span) for i, span in spans.items()}
    setting = Setting(reading.annotated, set(heads.values()))
    return {i: _trigger(desk, setting, i, heads[i], spans[i]) for i in sorted(spans) if heads[i] >= 0}


def _trigger(desk: Desk, setting: Setting, name: str, head: int, span: tuple[int, int]) -> Trigger:
    own = [m for m in desk.reading.mentions if m.predicate.start < span[1] and span[0] < m.predicate.end]
    slots = slots_of(desk, head)
    m = own[0] if own else _mention(desk, setting, head, slots)
    s = desk.parse.sentences[desk.parse.tokens[head].sentence]
    telling = Telling(
        mention=m, said=desk.parse.text[s.start : s.end], published=desk.reading.document.published, publisher=None
    )
    made = msgspec.structs.replace(facet(telling), id=name, document=desk.id)
    fillers = {w for slot in (*DOES, *UNDERGOES) for i in slots.get(slot) for w in _words(desk, i)}
    return Trigger(facet=made, lemma=fold(desk.parse.tokens[head].lemma), fillers=tuple(sorted(fillers)))


def slots_of(desk: Desk, head: int) -> Slots:
    """Return the slots of a word, as of a verb or as of a noun."""
    return verb_slots(desk.parse, head) if is_verb(desk.parse.tokens[head]) else noun_slots(desk.parse, head)


def _words(desk: Desk, i: int) -> set[str]:
    """Return the words that say who or what stands at token `i`: its noun and names before it, a pronoun's person."""
    t = desk.parse.tokens[i]
    if t.pos == "PRON":
        return {fold(p.name).split()[-1] for p in desk.index.parties(i)[0] if fold(p.name)}
    named = [c.lemma for c in tree.children(desk.parse, i, "compound", "flat", "nmod") if c.pos == "PROPN"]
    return {stem(fold(w)) for w in (t.lemma, *named) if t.pos not in _SELDOM and fold(w)}


def _mention(desk: Desk, setting: Setting, head: int, slots: Slots) -> EventMention:
    """Return a mention made of the parse around a word for which dragoman has none."""
    t, s = desk.parse.tokens[head], tree.sentence_of(desk.parse, head)
    told = desk.reader.word(head)
    act = max(told.types, key=lambda k: (told.types[k], k)) if told else ""
    found = desk.status.status(head)
    return EventMention(
        id=str(head), document_id=desk.id, type=act, act=act, modes=(), contexts=(), quad=0, score=0.0,
        actors=_parties(desk, slots, DOES), recipients=_parties(desk, slots, UNDERGOES), theme=None,
        when=setting.timing.when(head), where=setting.placing.where(head), status=found.status, historical=False,
        certainty=found.certainty, attribution=(), confidence=0.0, ingredients=(),
        predicate=Span(start=t.start, end=t.end, text=t.text), evidence=(),
        sentence=SentenceSpan(start=s.start, end=s.end),
    )  # fmt: skip


def _parties(desk: Desk, slots: Slots, names: Sequence[str]) -> tuple[Party, ...]:
    found = [p for name in names for i in slots.get(name) for p in desk.index.parties(i, owners=False)[0]]
    return tuple({p.name: p for p in found}.values())


def _bare(gold: GoldDocument, m: GoldMention) -> Trigger:
    """Return the trigger of a mention whose sentence was not read: its words."""
    start, end = gold.sentences[m.sentence]
    span, said = Span(start=m.start, end=m.end, text=gold.text[m.start : m.end]), gold.text[start:end]
    mention = EventMention(
        id=m.id, document_id=gold.id, type="", act="", modes=(), contexts=(), quad=0, score=0.0, actors=(),
        recipients=(), theme=None, when=None, where=None, status="occurred", historical=False, certainty="stated",
        attribution=(), confidence=0.0, ingredients=(), predicate=span, evidence=(),
        sentence=SentenceSpan(start=start, end=end),
    )  # fmt: skip
    told = facet(Telling(mention=mention, said=said, published=None, publisher=None))
    return Trigger(facet=told, lemma=fold(span.text), fillers=())
