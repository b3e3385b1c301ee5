"""A large ledger's worth of records made at once: documents, their mentions, the events they amount to, copies.

Nothing is parsed and nothing compared: which mentions tell one event is known, since they are made from it. To measure
how a full ledger answers; `stream` is there to measure how it gets full.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import NamedTuple

from dragoman.records import (
    CopyJudgement,
    Count,
    Document,
    Event,
    EventMention,
    Evidence,
    Ingredient,
    Party,
    SentenceSpan,
    SharedPassage,
    Span,
    Telling,
    Theme,
    Voice,
    When,
    Where,
)
from dragoman.resolve.consensus import event_of
from dragoman.scheme import actors
from dragoman.text import digest, fold

START = dt.date(2015, 1, 1)
YEARS = 10
BATCH = 2_000  # documents
STATES = 60
OUTLETS = 40
MENTIONS = (3, 7)  # of a document
TELLINGS = (1, 4)  # of an event
COPIED = 0.2  # of the documents
FILLING = 12  # sentences that say nothing, so that a report has some three thousand characters
_SYLLABLES = "ba do ka li mo na ri sa to vu ze ha ju pe so ta ru mi no la".split()
_WORDS = (
    "harbour river bread winter market street paper lamp bridge summer window valley train garden letter station "
    "school copper silver timber cotton honey barley maize pepper orchard meadow forest island mountain desert village"
).split()
_GOODS = ("wheat", "diesel", "rice", "sugar", "gas", "rifles")
_MATTERS = ("port", "railway", "fishing", "gas", "transit", "visa", "dam", "airport", "prisoner", "border")


class _Act(NamedTuple):
    verb: str
    act: str
    quad: int
    score: float
    status: str
    weight: int
    about: str = ""


_ACTS = (
    _Act("met", "CONSULT", 1, 2.5, "occurred", 18), _Act("telephoned", "CONSULT", 1, 1.5, "occurred", 6),
    _Act("plans to visit", "CONSULT", 1, 1.0, "planned", 5), _Act("praised", "SUPPORT", 1, 5.0, "occurred", 6),
    _Act("is negotiating with", "AGREE", 1, 3.0, "negotiating", 5, "agreement"),
    _Act("signed with", "AGREE", 1, 6.0, "occurred", 4, "agreement"),
    _Act("supplied", "AID", 2, 10.0, "occurred", 7, "goods"), _Act("will supply", "AID", 2, 5.2, "planned", 4, "goods"),
    _Act("asked", "REQUEST", 3, 0.0, "requested", 8), _Act("rebuffed", "REJECT", 3, -2.0, "refused", 5),
    _Act("accused", "ACCUSE", 3, -2.0, "occurred", 12), _Act("threatened", "THREATEN", 3, -3.5, "occurred", 5),
    _Act("sanctioned", "SANCTION", 4, -6.0, "occurred", 4), _Act("struck", "ASSAULT", 4, -9.0, "occurred", 8, "killed"),
    _Act("did not attack", "ASSAULT", 4, -9.0, "denied", 3),
)  # fmt: skip
_BY_WEIGHT = tuple(accumulate(a.weight for a in _ACTS))


class _State(NamedTuple):
    code: str
    name: str
    parties: tuple[Party, ...]  # the state, its leader, its ministry, a company, a group
    towns: tuple[str, ...]


class _Happening(NamedTuple):
    act: _Act
    actor: Party
    recipient: Party
    day: dt.date
    place: str
    country: str
    number: int
    thing: str
    tellings: int


@dataclass
class _Pair:
    a: _State
    b: _State
    matters: tuple[str, ...]
    running: list[list[object]] = field(default_factory=list)  # happening, its number, how often it is still to be told


class Batch(NamedTuple):
    """Documents with their mentions, (component, event) for all of these, judgements on copies among the documents."""

    items: list[tuple[Document, list[EventMention]]]
    events: list[tuple[str, Event]]
    copies: list[CopyJudgement]


def states() -> list[str]:
    """Return the codes of the states that the records speak of; whom they name is real, what they tell is not."""
    rows = [row for _, row in actors.rows("countries.tsv", "code", "name", "capitals") if row["capitals"]]
    return [row["code"] for row in rows[:: len(rows) // STATES][:STATES]]


def batches(mentions: int, *, seed: int = 1, size: int = BATCH) -> Iterator[Batch]:
    """Yield about so many mentions, in batches of `size` documents in order of publication; five mentions a document.

    Every pair of sixty states has its share, the n-th a share of 1/n: of a million mentions the busiest pair has a
    hundred thousand. Events never cross a batch. The same arguments give the same records.
    """
    crowd = _Crowd(Random(seed))
    documents = round(2 * mentions / sum(MENTIONS))
    for first in range(0, documents, size):
        yield crowd.batch(range(first, min(first + size, documents)), documents)


class _Crowd:
    """The making of one batch after another."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        known = {row["code"]: row for _, row in actors.rows("countries.tsv", "code", "name", "capitals")}
        every = [self._state(known[code]) for code in states()]
        pairs = [(a, b) for i, a in enumerate(every) for b in every[i + 1 :]]
        rng.shuffle(pairs)
        self.pairs = [_Pair(a, b, tuple(self._matter() for _ in range(6))) for a, b in pairs]
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.pairs) + 1)))
        self.happened = 0

    # ------------------------------------------------------------ the world
    def _state(self, row: dict[str, str]) -> _State:
        code, name = row["code"], row["name"]
        person, firm, group = self._name(2), self._name(1), self._name(1)
        parties = (
            Party(name=name, country=code, sectors=("GOV",)),
            Party(name=person, country=code, sectors=("GOV",), role="president"),
            Party(name=f"{name} Foreign Ministry", country=code, sectors=("GOV",)),
            Party(name=f"{firm} Shipping Company", country=code, sectors=("BUS",)),
            Party(name=f"{group} Front", sectors=("REB",)),
        )
        return _State(code, name, parties, (row["capitals"].split("|")[0], self._name(1), self._name(1)))

    def _name(self, words: int) -> str:
        return " ".join("".join(self.rng.choices(_SYLLABLES, k=3)).title() for _ in range(words))

    def _matter(self) -> str:
        return f"{self._name(1)} {self.rng.choice(_MATTERS)} agreement"

    # ------------------------------------------------------------ documents
    def batch(self, numbers: range, total: int) -> Batch:
        """Return the documents of these numbers."""
        items: list[tuple[Document, list[EventMention]]] = []
        tellings: dict[int, list[Telling]] = defaultdict(list)
        copies: list[CopyJudgement] = []
        for n in numbers:
            now = START + dt.timedelta(days=n * 365 * YEARS / total)
            outlet = f"Outlet {self.rng.randrange(OUTLETS) + 1}"
            if items and self.rng.random() < COPIED:
                made, copy = self._copy(self.rng.choice(items[-30:]), now, (outlet, n))
                copies.append(copy)
                told = self._told_by[copy.a if copy.a != made[0].id else copy.b]
            else:
                made, told = self._own(now, (outlet, n))
            if n == numbers.start:
                self._told_by: dict[str, list[int]] = {}
            self._told_by[made[0].id] = told
            items.append(made)
            for m, event in zip(made[1], told, strict=True):
                tellings[event].append(_telling(m, made[0]))
        for pair in self.pairs:
            pair.running.clear()
        origins = {x.mention.id: fold(x.publisher or "") for some in tellings.values() for x in some}
        made_of = [event_of(some, origins) for some in tellings.values()]
        return Batch(items, [(min(e.mentions), e) for e in made_of], copies)

    def _copy(
        self, of: tuple[Document, list[EventMention]], now: dt.date, at: tuple[str, int]
    ) -> tuple[tuple[Document, list[EventMention]], CopyJudgement]:
        """Return a report printed again, and the judgement that it is."""
        old = of[0]
        new = _document(old.text, now, at)
        mentions = [_again(m, new) for m in of[1]]
        a, b = sorted((old.id, new.id))
        whole = Evidence(start=0, end=len(old.text), quote=old.text)
        passages = (SharedPassage(a=whole, b=whole, words=len(old.text.split())),)
        judged = CopyJudgement(a=a, b=b, verdict="same-wire", score=1.0, contained=(1.0, 1.0), passages=passages,
                               reason="the same words", algorithm=1)  # fmt: skip
        return (new, mentions), judged

    def _own(self, now: dt.date, at: tuple[str, int]) -> tuple[tuple[Document, list[EventMention]], list[int]]:
        """Return a report on one pair, and the numbers of the happenings that its mentions tell."""
        rng = self.rng
        pair = rng.choices(self.pairs, cum_weights=self.weights)[0]
        drafts: list[tuple[_Happening, int, str]] = []
        numbers: list[int] = []
        text = ""
        for _ in range(rng.randint(*MENTIONS)):
            number, event = self._next(pair, now, set(numbers))
            sentence = _sentence(event)
            drafts.append((event, len(text), sentence))
            numbers.append(number)
            filling = " ".join(self._filling() for _ in range(rng.randint(1, 2 * FILLING // MENTIONS[0] - 1)))
            text += f"{sentence} {filling}\n\n"
        document = _document(text.strip(), now, at)
        mentions = [self._mention(document, event, (start, said), now) for event, start, said in drafts]
        return (document, mentions), numbers

    def _next(self, pair: _Pair, now: dt.date, told: set[int]) -> tuple[int, _Happening]:
        """Return a happening of the pair that is in the news still, or a new one."""
        for x in pair.running:
            number, event, left = x
            if (
                isinstance(number, int)
                and isinstance(event, _Happening)
                and isinstance(left, int)
                and number not in told
            ):
                x[2] = left - 1
                if left == 1:
                    pair.running.remove(x)
                return number, event
        event = self._happening(pair, now)
        self.happened += 1
        if event.tellings > 1:
            pair.running.append([self.happened, event, event.tellings - 1])
        return self.happened, event

    def _happening(self, pair: _Pair, now: dt.date) -> _Happening:
        rng = self.rng
        act = rng.choices(_ACTS, cum_weights=_BY_WEIGHT)[0]
        one, other = (pair.a, pair.b) if rng.random() < 0.6 else (pair.b, pair.a)
        thing = {"goods": rng.choice(_GOODS), "agreement": rng.choice(pair.matters)}.get(act.about, "")
        where = other if rng.random() < 0.8 else one
        return _Happening(
            act=act, actor=self._party(one), recipient=self._party(other), thing=thing, number=rng.randint(3, 90),
            day=now - dt.timedelta(days=rng.choice((0, 0, 1, 1, 2, 60))), place=rng.choice(where.towns),
            country=where.code, tellings=rng.randint(*TELLINGS),
        )  # fmt: skip

    def _party(self, state: _State) -> Party:
        return self.rng.choices(state.parties, weights=(60, 15, 15, 6, 4))[0]

    def _filling(self) -> str:
        return f"The {' '.join(self.rng.choices(_WORDS, k=self.rng.randint(6, 14)))} remained."

    # ------------------------------------------------------------ mentions
    def _mention(self, of: Document, event: _Happening, told: tuple[int, str], now: dt.date) -> EventMention:
        """Return what one sentence says, every span read off the text."""
        start, sentence = told

        def span(words: str, after: int = 0) -> Span:
            at = start + sentence.index(words, after)
            return Span(start=at, end=at + len(words), text=words)

        act = event.act
        predicate = span(act.verb)
        theme = _theme(event, span)
        day = span(f"{event.day:%B} {event.day.day}")
        town = span(f"near {event.place}")
        dead = span(f"{event.number} people") if act.about == "killed" else None
        nth = of.text.count(act.verb, 0, predicate.start)
        spoken = self.rng.random() < 0.4
        recipient = span(event.recipient.name, predicate.end - start)
        killed = (
            (Count(of="killed", low=float(event.number), high=float(event.number), unit=None, text=dead.text,
                   start=dead.start, end=dead.end),) if dead else ()
        )  # fmt: skip
        return EventMention(
            id=digest(of.id, act.verb, str(nth)), document_id=of.id,
            type="AGREE" if act.act == "AID" and act.status == "planned" else act.act, act=act.act, modes=(),
            contexts=(), quad=act.quad, score=act.score, actors=(_at(event.actor, span(event.actor.name)),),
            recipients=(_at(event.recipient, recipient),), theme=theme,
            when=When(edtf=event.day.isoformat(), text=day.text, start=day.start, end=day.end, basis="absolute"),
            where=Where(name=event.place, country=event.country, text=event.place, start=town.start + 5, end=town.end),
            status=act.status, historical=(now - event.day).days > 30,
            certainty="hedged" if self.rng.random() < 0.1 else "stated",
            attribution=(Voice(source="officials", kind="anonymous", cue="said"),) if spoken else (),
            confidence=0.8, ingredients=_INGREDIENTS, predicate=predicate,
            evidence=(Evidence(start=start, end=start + len(sentence), quote=sentence),),
            sentence=SentenceSpan(start=start, end=start + len(sentence)), counts=killed,
        )  # fmt: skip


_INGREDIENTS = tuple(
    Ingredient(name=n, value=v, weight=w)
    for n, v, w in (("prior", "", 0.5), ("frame", "both", 1.2), ("encoder", "0.93", 0.8), ("parties", "both", 0.7))
)


def _sentence(event: _Happening) -> str:
    act = event.act
    about = {
        "goods": f" with {event.number},000 tonnes of {event.thing}",
        "agreement": f" the {event.thing}",
        "killed": f" and killed {event.number} people",
    }.get(act.about, "")
    day = f"{event.day:%B} {event.day.day}, {event.day.year}"
    return f"{event.actor.name} {act.verb} {event.recipient.name}{about} near {event.place} on {day}."


def _theme(event: _Happening, span: "object") -> Theme | None:
    assert callable(span)
    if event.act.about == "goods":
        load = span(f"{event.number},000 tonnes of {event.thing}")
        return Theme(text=load.text, start=load.start, end=load.end, kind="goods", goods=event.thing,
                     quantity=f"{event.number},000 tonnes")  # fmt: skip
    if event.act.about == "agreement":
        matter = span(f"the {event.thing}")
        return Theme(text=matter.text, start=matter.start, end=matter.end, kind="agreement")
    return None


def _at(party: Party, at: Span) -> Party:
    return Party(name=party.name, country=party.country, sectors=party.sectors, role=party.role, text=at.text,
                 start=at.start, end=at.end)  # fmt: skip


def _document(text: str, now: dt.date, at: tuple[str, int]) -> Document:
    outlet, n = at
    url = f"https://{outlet.lower().replace(' ', '')}.example/{n}"
    return Document(
        id=digest(text, url, outlet), text=text, text_hash=digest(text), url=url, publisher=outlet, language="en",
        title=text.partition(".")[0], published=f"{now.isoformat()}T{n % 24:02}:{n // 24 % 60:02}:00Z",
        published_basis="given", origin=f"crowd:{n}",
    )  # fmt: skip


def _again(m: EventMention, document: Document) -> EventMention:
    """Return a mention as it stands in a copy."""
    nth = document.text.count(m.predicate.text, 0, m.predicate.start)
    fields = {name: getattr(m, name) for name in m.__struct_fields__}
    new = {"id": digest(document.id, m.predicate.text, str(nth)), "document_id": document.id}
    return EventMention(**(fields | new))


def _telling(m: EventMention, of: Document) -> Telling:
    said = of.text[m.sentence.start : m.sentence.end]
    return Telling(mention=m, said=said, published=of.published, publisher=of.publisher)
