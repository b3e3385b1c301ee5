"""A stream of documents with their mentions as records, as ten years of news would give them: to measure scale.

Nothing is parsed; nothing is true of it but its shape.
"""

import datetime as dt
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from dragoman.records import (
    Count,
    Document,
    EventMention,
    Evidence,
    Party,
    SentenceSpan,
    Span,
    Theme,
    Voice,
    When,
    Where,
)
from dragoman.text import digest
from world import State, load_world

START = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
YEARS = 10
BATCH = 1_000
# As the news goes: how much of it is copied within three days, how often a report goes on with what is known already,
# how far back it looks. The scenario's reports have like shares.
_COPIED, _GOES_ON, _ASIDE, _LOOKS_BACK = 0.3, 0.72, 0.35, 0.4
_RECENT = dt.timedelta(days=4)
_RUNNING, _REMEMBERED = 4, 40  # events of a pair that are in the news, and that are looked back upon
_COPYABLE = 30  # reports
_OUTLETS = 40

_ACTS = (  # verb, act, quad, score, object
    ("met", "CONSULT", 1, 2.5, ""),
    ("called", "CONSULT", 1, 1.5, ""),
    ("accused", "ACCUSE", 3, -2.0, ""),
    ("struck", "ASSAULT", 4, -9.0, "killed"),
    ("supplied", "AID", 2, 10.0, "goods"),
    ("sanctioned", "SANCTION", 4, -6.0, ""),
    ("asked", "REQUEST", 3, 0.0, ""),
    ("rebuffed", "REJECT", 3, -2.0, ""),
    ("praised", "SUPPORT", 1, 5.0, ""),
    ("threatened", "THREATEN", 3, -3.5, ""),
)
_GOODS = ("wheat", "diesel", "rice", "sugar")
_WORDS = (
    "harbour river bread winter market street paper lamp bridge summer window valley train garden letter "
    "station school copper silver timber cotton honey barley maize pepper orchard meadow forest island "
    "mountain desert village quarter morning evening autumn spring season harvest journey silence weather "
    "shadow fabric carpet pottery mirror engine signal ticket border tunnel ferry coach wagon barrel basket "
    "ladder hammer needle button ribbon candle"
).split()


@dataclass
class _Happening:
    """An event that the stream tells of."""

    act: tuple[str, str, int, float, str]
    day: dt.date
    place: str
    number: int
    goods: str


@dataclass
class _Pair:
    """Two states and what has lately happened between them."""

    a: State
    b: State
    known: deque[_Happening] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))


Item = tuple[Document, list[EventMention]]


def batches(documents: int = 50_000, *, seed: int = 1, size: int = BATCH) -> Iterator[list[Item]]:
    """Yield documents with their mentions in order of publication, `size` at a time; about five mentions a document.

    A hundred pairs of states, the first of them in the news a hundred times as often as the last; a third of the
    documents are copies. The same arguments give the same records. Memory does not grow with `documents`.
    """
    stream = _Stream(Random(seed), documents)
    batch: list[Item] = []
    for n in range(documents):
        batch.append(stream.document(n))
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


class _Stream:
    """The making of one document after another."""

    def __init__(self, rng: Random, documents: int) -> None:
        self.rng = rng
        self.step = dt.timedelta(days=365 * YEARS) / max(1, documents)
        states = sorted(load_world(rng).states.values(), key=lambda s: s.code)
        pairs = [(a, b) for a in states for b in states if a is not b]
        self.pairs = [_Pair(a, b) for a, b in rng.sample(pairs, 100)]
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.pairs) + 1)))
        self.recent: deque[Item] = deque(maxlen=_COPYABLE)

    def document(self, n: int) -> Item:
        """Return the next document: a copy of a recent one, or one of its own."""
        now = START + n * self.step
        outlet = f"Outlet {self.rng.randrange(_OUTLETS) + 1}"
        if self.recent and self.rng.random() < _COPIED:
            return self._copy(self.rng.choice(self.recent), now, outlet, n)
        made = self._own(now, outlet, n)
        self.recent.append(made)
        return made

    def _copy(self, of: Item, now: dt.datetime, outlet: str, n: int) -> Item:
        document = _document(of[0].text, now, outlet, n)
        mentions = [_again(m, document) for m in of[1]]
        return document, mentions

    def _own(self, now: dt.datetime, outlet: str, n: int) -> Item:
        """Return a report on one pair: its main event, perhaps another, perhaps what lies back, and filling."""
        rng = self.rng
        pair = rng.choices(self.pairs, cum_weights=self.weights)[0]
        running = [e for e in list(pair.known)[-_RUNNING:] if now.date() - e.day <= _RECENT]
        goes_on = running and rng.random() < _GOES_ON
        main = rng.choice(running) if goes_on else self._happening(pair, now.date())
        told = [main] * rng.randint(2, 4)
        if running and rng.random() < _ASIDE:
            told.append(rng.choice(running))
        if len(pair.known) > _RUNNING and rng.random() < _LOOKS_BACK:
            told += rng.sample(list(pair.known), 2)
        told += [main] * rng.randint(0, 2)
        text = ""
        drafts: list[tuple[_Happening, int, str]] = []
        for event in told:
            sentence = self._sentence(pair, event, now.date())
            drafts.append((event, len(text), sentence))
            text += f"{sentence} {self._filling()} "
        document = _document(text.strip(), now, outlet, n)
        seen: dict[str, int] = {}
        mentions = []
        for event, start, sentence in drafts:
            nth = seen.get(event.act[0], 0)
            seen[event.act[0]] = nth + 1
            mentions.append(_mention(document, pair, event, (start, sentence, nth), now.date()))
        return document, mentions

    def _happening(self, pair: _Pair, today: dt.date) -> _Happening:
        made = _Happening(
            act=self.rng.choice(_ACTS), day=today - dt.timedelta(days=self.rng.choice((0, 0, 1))),
            place=self.rng.choice(pair.b.towns), number=self.rng.randint(3, 90), goods=self.rng.choice(_GOODS),
        )  # fmt: skip
        pair.known.append(made)
        return made

    def _sentence(self, pair: _Pair, event: _Happening, today: dt.date) -> str:
        """Return one sentence on an event; its offsets are read off it again."""
        verb, _, _, _, moved = event.act
        what = f" with {event.number},000 tonnes of {event.goods}" if moved == "goods" else ""
        toll = f", killing {event.number} people" if moved == "killed" else ""
        day = f"{event.day:%B} {event.day.day}" + (f", {event.day.year}" if event.day.year != today.year else "")
        return f"{pair.a.name} {verb} {pair.b.name}{what} near {event.place} on {day}{toll}."

    def _filling(self) -> str:
        words = self.rng.choices(_WORDS, k=self.rng.randint(6, 14))
        return f"The {' '.join(words)} remained."


def _document(text: str, now: dt.datetime, outlet: str, n: int) -> Document:
    url = f"https://{outlet.lower().replace(' ', '')}.example/{n}"
    published = now.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return Document(
        id=digest(text, url, outlet), text=text, text_hash=digest(text), url=url, publisher=outlet, language="en",
        title=text.partition(".")[0], published=published, published_basis="given", origin=f"stream:{n}",
    )  # fmt: skip


def _again(m: EventMention, document: Document) -> EventMention:
    """Return a mention as it stands in a copy."""
    fields = {name: getattr(m, name) for name in m.__struct_fields__}
    nth = document.text[: m.predicate.start].count(m.predicate.text)
    return EventMention(
        **(fields | {"id": digest(document.id, m.predicate.text, str(nth)), "document_id": document.id})
    )


def _mention(
    document: Document, pair: _Pair, event: _Happening, told: tuple[int, str, int], today: dt.date
) -> EventMention:
    """Return what one sentence says, every span read off the text."""
    start, sentence, nth = told
    verb, act, quad, score, moved = event.act

    def span(words: str) -> Span:
        at = start + sentence.index(words)
        return Span(start=at, end=at + len(words), text=words)

    a, b, place = span(pair.a.name), span(f" {pair.b.name}"), span(event.place)
    day = span(f"{event.day:%B} {event.day.day}")
    load = span(f"{event.number},000 tonnes of {event.goods}") if moved == "goods" else None
    dead = span(f"{event.number} people") if moved == "killed" else None
    spoken = nth % 3 == 1
    return EventMention(
        id=digest(document.id, verb, str(nth)), document_id=document.id, type=act, act=act, modes=(), contexts=(),
        quad=quad, score=score, actors=(_party(pair.a, a),),
        recipients=(_party(pair.b, Span(start=b.start + 1, end=b.end, text=pair.b.name)),),
        theme=Theme(text=load.text, start=load.start, end=load.end, kind="goods", goods=event.goods, quantity=load.text)
        if load
        else None,
        when=When(edtf=event.day.isoformat(), text=day.text, start=day.start, end=day.end, basis="absolute"),
        where=Where(name=place.text, country=pair.b.code, text=place.text, start=place.start, end=place.end),
        status="occurred", historical=(today - event.day).days > 30, certainty="stated",
        attribution=(Voice(source="officials", kind="anonymous", cue="said"),) if spoken else (),
        confidence=0.8, ingredients=(), predicate=span(verb),
        evidence=(Evidence(start=start, end=start + len(sentence), quote=sentence),),
        sentence=SentenceSpan(start=start, end=start + len(sentence)),
        counts=(
            Count(
                of="killed", low=float(event.number), high=float(event.number), unit=None, text=dead.text,
                start=dead.start, end=dead.end,
            ),
        )
        if dead
        else (),
    )  # fmt: skip


def _party(state: State, at: Span) -> Party:
    return Party(
        name=state.name, country=state.code, sectors=("GOV",), text=at.text, start=at.start, end=at.end
    )  # fmt: skip
