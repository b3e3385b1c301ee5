"""The encoder's training rows: sentences as ids, with the places and labels of each head. No model here.

A row of *pairs* has its parties marked; a row of *words* has none, and labels single words in place: the type of act,
its status, its factuality, and which parties are its doers and sufferers.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.annotate.syntax import parse_text
from dragoman.code.encoder import CERTAINTIES, FACTS, ROLES, STATUSES, TYPES, PairInput, locate, mark
from dragoman.evaluate.corpus import Act, Labelled, Offsets, part
from dragoman.records import Parse
from dragoman.tree import head_of_span
from encoder_examples import entities

PLOVER = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
    "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
PAIR_LABELS = (*PLOVER, "NONE")
DROP_TARGET, SHORTEN = 0.12, 0.35  # shares of pairs that lose their target, or have a party cut to the name in it
NO_LABEL = -1
# Texts that a teacher answers, how many of each set: world and domestic reporting, old and new.
UNLABELLED = {
    "wikinews_articles": 200,
    "trnews": 118,
    "muc4": 300,
    "polnear_train": 250,
    "neus_triplets": 500,
    "rams": 400,
}
Example = dict[str, Any]


@dataclass
class Row:
    """A sentence as ids with what the heads are to say of it."""

    ids: list[int]
    set: str  # plv, own or fact: which data it is from
    at: tuple[int, int] = (0, 0)  # the opening markers of a pair
    pair: int = NO_LABEL
    words: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)
    # place, type, status, certainty, historical, fact; each NO_LABEL where nothing is known
    roles: list[tuple[int, int, int]] = field(default_factory=list)  # place of the trigger, of the party, role
    soft_pair: list[float] | None = None  # what a teacher says, here and below
    soft_words: list[tuple[int, list[float], list[float]]] = field(default_factory=list)  # place, types, statuses
    soft_roles: list[tuple[int, int, list[float]]] = field(default_factory=list)


# ---------------------------------------------------------------- pairs
def pair_row(e: Example, vocabulary: dict[str, int], rng: random.Random | None) -> Row:
    """Return a pair as one epoch sees it: with `rng`, now and then without its target or with a party cut short."""
    source, target = e["source"], e["target"]
    if rng is not None:
        source = e["short_source"] if e.get("short_source") and rng.random() < SHORTEN else source
        target = e["short_target"] if e.get("short_target") and rng.random() < SHORTEN else target
        target = None if rng.random() < DROP_TARGET else target
    item = PairInput(sentence=e["text"], source=tuple(source), target=tuple(target) if target else None)
    ids, at = mark(item, vocabulary)
    return Row(ids, "plv", (at[0], at[1]), PAIR_LABELS.index(e["label"]))


def own_pairs(corpus: Sequence[Labelled]) -> Iterator[Example]:
    """Yield the pairs of the corpus: parties between which something is done, and those between which nothing is."""
    for s in corpus:
        for a in s.acts:
            sides = [next((p for p in side if not isinstance(p, str)), None) for side in (a.actors, a.recipients)]
            if a.type != "NONE" and sides[0] is not None:
                label = "YIELD" if a.type in ("CONCEDE", "RETREAT") else a.type
                yield {"id": s.where, "text": s.text, "label": label, "source": sides[0], "target": sides[1]}
        for idle in s.idle:
            yield {"id": s.where, "text": s.text, "label": "NONE", "source": idle[0], "target": idle[-1]}


# ---------------------------------------------------------------- words
def own_row(s: Labelled, parse: Parse, vocabulary: dict[str, int]) -> Row:
    """Return a sentence of the corpus: its triggers, the verbs that are none, and who does what to whom."""
    words: dict[int, tuple[int, ...]] = {}
    named = {_start(parse, p) for p in _parties(s)}
    for t in parse.tokens:  # what stands unlabelled is no act
        if t.pos in ("VERB", "NOUN", "ADJ") and t.dep not in ("aux", "auxpass") and t.start not in named:
            words[t.start] = (TYPES.index("NONE"), *[NO_LABEL] * 4)
    for a in s.acts:
        words[a.trigger[0]] = _labels(a)
    parties = {p: _start(parse, p) for p in _parties(s)}
    starts = sorted({*words, *parties.values()})
    ids, places = locate(s.text, starts, vocabulary)
    place = dict(zip(starts, places, strict=True))
    row = Row(ids, "own")
    row.words = [(place[w], *labels) for w, labels in words.items() if place[w]]  # type: ignore[misc]
    for a in s.acts:
        if a.type == "NONE" or not place[a.trigger[0]]:
            continue
        for p, start in parties.items():
            if place[start] and start != a.trigger[0]:
                role = "actor" if p in a.actors else "recipient" if p in a.recipients else "none"
                row.roles.append((place[a.trigger[0]], place[start], ROLES.index(role)))
    return row


def _labels(a: Act) -> tuple[int, ...]:
    if a.type == "NONE":
        return (TYPES.index("NONE"), *[NO_LABEL] * 4)
    status = STATUSES.index(a.status or "occurred")
    return (TYPES.index(a.type), status, CERTAINTIES.index(a.certainty), int(a.historical), NO_LABEL)


def _parties(s: Labelled) -> dict[Offsets, None]:
    """Return all that stands as a party in the sentence: of acts, of pairs, and the voices."""
    named = [p for a in s.acts for p in (*a.actors, *a.recipients) if not isinstance(p, str)]
    return dict.fromkeys([*named, *(p for idle in s.idle for p in idle), *(v.source for v in s.voices)])


def _start(parse: Parse, span: Offsets) -> int:
    """Return where the head word of a span begins: there the party is looked for at run time."""
    i = head_of_span(parse, *span)
    return parse.tokens[i].start if i >= 0 else span[0]


# ---------------------------------------------------------------- factuality
def fact_rows(path: Path, vocabulary: dict[str, int], split: str) -> Iterator[Row]:
    """Yield the sentences of a factuality set: predicates with a crowd's mean, as three classes."""
    with path.open(encoding="utf8") as f:
        for r in map(json.loads, f):
            if r["split"] != split:
                continue
            starts = sorted({e["start"] for e in r["events"]})
            ids, places = locate(r["text"], starts, vocabulary)
            place = dict(zip(starts, places, strict=True))
            none = [NO_LABEL] * 4
            row = Row(ids, "fact")
            row.words = [
                (place[e["start"]], *none, FACTS.index(fact_class(e["factuality"])))
                for e in r["events"]
                if place[e["start"]]
            ]  # type: ignore[misc]
            yield row


def fact_class(value: float) -> str:
    """Return the class of a crowd's mean from -3 to 3."""
    return "fact" if value >= 1.5 else "counter" if value <= -1.5 else "uncertain"


# ---------------------------------------------------------------- unlabelled sentences, for a teacher to answer
def unlabelled(bench: Path, count: int, seed: int, barred: Sequence[str]) -> Iterator[Example]:
    """Yield sentences of reporting with the places of their words and names; none from a `barred` text."""
    rng = random.Random(seed)
    pool: list[tuple[str, str]] = []
    for name, share in UNLABELLED.items():
        texts = [t for t in _texts(bench / f"{name}.jsonl") if t not in barred]
        rng.shuffle(texts)
        paragraphs = [p for t in texts[:share] for p in t.split("\n\n")]
        pool += [(name, p) for p in paragraphs if 60 < len(p) < 1200]
    rng.shuffle(pool)
    told = 0
    for name, paragraph in pool:
        parse = parse_text(paragraph)
        for s in parse.sentences:
            inside = parse.tokens[s.first : s.last]
            names = [e for e in entities(parse) if s.start <= e[0] and e[1] <= s.end]
            if not names or not 8 <= len(inside) <= 60:
                continue
            words = [
                t.start - s.start
                for t in inside
                if t.pos in ("VERB", "NOUN", "ADJ") and t.dep not in ("aux", "auxpass")
            ]
            heads = [parse.tokens[e[2]].start - s.start for e in names]
            spans = [(e[0] - s.start, e[1] - s.start) for e in names]
            yield {"id": name, "text": parse.text[s.start : s.end], "words": words, "heads": heads, "spans": spans}
            told += 1
            if told == count:
                return


def _texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf8") as f:
        for r in map(json.loads, f):
            if r.get("split") != "test":
                yield r["text"]


def taught_rows(e: Example, vocabulary: dict[str, int]) -> Iterator[Row]:
    """Yield the rows of a sentence that a teacher answered: its words with roles, and its first two names as a pair."""
    starts = sorted({*e["words"], *e["heads"]})
    ids, places = locate(e["text"], starts, vocabulary)
    place = dict(zip(starts, places, strict=True))
    row = Row(ids, "taught")
    row.soft_words = [(place[w], t, s) for w, (t, s) in zip(e["words"], e["told"], strict=True) if place[w]]
    row.soft_roles = [(place[t], place[p], x) for t, p, x in e["told_roles"] if place[t] and place[p]]
    if row.soft_words:
        yield row
    if e["told_pair"] is not None:
        item = PairInput(sentence=e["text"], source=tuple(e["spans"][0]), target=tuple(e["spans"][1]))
        ids, at = mark(item, vocabulary)
        yield Row(ids, "taught", (at[0], at[1]), soft_pair=e["told_pair"])


# ---------------------------------------------------------------- the corpus and its parts
def corpus_sentences(folder: Path, *, dev: bool) -> list[tuple[Labelled, Parse]]:
    """Return the sentences of the training or the dev part with their parses, in the order of files and lines."""
    return [(s, parse_text(s.text)) for s in part(folder, dev=dev)]
