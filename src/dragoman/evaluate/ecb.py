"""Scoring resolution against ECB+: is what two reports tell one event? Its dev topics; the reader is handed in.

The same gold mentions are grouped by several rules, each within a topic: `same_lemma_…` (mentions of one lemma are one
event, within a topic, within a story that dragoman finds, within what the report is truly of: the last is how the
published 76.4 on the test topics is made), `ledger` (resolution as it is), `extended` (its score with what ECB+ asks
beyond it). `own_…` are our own mentions, grouped so: `…_met` counts, on both sides, only those that meet.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dragoman.errors import SkipItem
from dragoman.evaluate.coreference import scores
from dragoman.evaluate.ecb_gold import DEV, GoldDocument, events, load, offsets
from dragoman.evaluate.ecb_pairs import extended, load_weights, nearness, resolved, shipped
from dragoman.evaluate.ecb_triggers import Trigger, of_gold, of_mentions
from dragoman.evaluate.muc4 import ReadText, Tally
from dragoman.records import Document, EventMention, Reading

WEIGHTS = "weights.tsv"


def ecb_scores(folder: Path, file: Path, read: ReadText, topics: Sequence[str] = DEV) -> dict[str, float]:
    """Read and score the documents of some topics; `folder` holds the weights. Every figure is named `ecb.…`."""
    documents = load(file, topics)
    readings = {d.id: read_gold(d, read) for d in documents}
    near = nearness(documents)
    topic = {d.id: d.topic for d in documents}
    rules = {"ledger": shipped(), "extended": extended(load_weights(folder / WEIGHTS), near)}
    triggers = {i: t for d in documents for i, t in of_gold(d, readings[d.id]).items()}
    gold = events(documents)
    places = {"same_lemma_topic": topic, "same_lemma_story": near.story}
    places["same_lemma_report"] = {d.id: d.subtopic for d in documents}
    found: dict[str, float] = {}
    for name, place in places.items():
        found |= scores(f"ecb.{name}", gold, same_lemma(triggers, place))
    for name, rule in rules.items():
        found |= scores(f"ecb.{name}", gold, resolved(triggers, rule, topic))
    own, name_of = own_triggers(documents, readings)
    found |= Tally(right=len(name_of), given=len(own), wanted=len(triggers)).scores("ecb.own.mentions")
    groups = {f"own_{name}": resolved(own, rule, topic) for name, rule in rules.items()}
    groups["own_same_lemma"] = same_lemma(own, near.story)
    for name, group in groups.items():
        given = [[name_of.get(i, i) for i in cluster] for cluster in group]
        found |= scores(f"ecb.{name}", gold, given)
        found |= scores(f"ecb.{name}_met", _only(gold, name_of.values()), _only(given, name_of.values()))
    return found


def read_gold(gold: GoldDocument, read: ReadText) -> Reading:
    """Return the reading of a document; an empty one where it is skipped."""
    try:
        return read(gold.text, None)
    except SkipItem:
        return Reading(document=Document(id=gold.id, text="", text_hash=""), mentions=())


def same_lemma(triggers: Mapping[str, Trigger], place: Mapping[str, str]) -> list[list[str]]:
    """Return the mentions by lemma within each place; `place` gives document → place."""
    found: dict[tuple[str, str], list[str]] = {}
    for i, t in sorted(triggers.items()):
        found.setdefault((place[t.facet.document], t.lemma), []).append(i)
    return list(found.values())


# ---------------------------------------------------------------- dragoman's own mentions
def own_triggers(
    documents: Iterable[GoldDocument], readings: Mapping[str, Reading]
) -> tuple[dict[str, Trigger], dict[str, str]]:
    """Return our own mentions in the sentences with gold, and which mention of the gold each of them meets, if any."""
    triggers: dict[str, Trigger] = {}
    met: dict[str, str] = {}
    for d in documents:
        made = of_mentions(d.id, readings[d.id], list(_judged(d, readings[d.id])))
        triggers |= made
        met |= meet(d, readings[d.id], made)
    return triggers, met


def _judged(gold: GoldDocument, reading: Reading) -> Iterator[EventMention]:
    """Yield our mentions in the sentences in which the gold has any."""
    moved = offsets(gold, reading)
    kept = sorted({m.sentence for m in gold.mentions} & set(moved))
    spans = [(gold.sentences[n][0] + moved[n], gold.sentences[n][1] + moved[n]) for n in kept]
    yield from (m for m in reading.mentions if any(s <= m.predicate.start < e for s, e in spans))


def meet(gold: GoldDocument, reading: Reading, own: Iterable[str]) -> dict[str, str]:
    """Return our mention → the mention of the gold that its predicate overlaps, each once, in text order."""
    moved, kept = offsets(gold, reading), set(own)
    free = [
        (m.id, m.start + moved[m.sentence], m.end + moved[m.sentence]) for m in gold.mentions if m.sentence in moved
    ]
    found = {}
    for m in sorted((m for m in reading.mentions if m.id in kept), key=lambda m: (m.predicate.start, m.id)):
        hit = next((g for g in free if g[1] < m.predicate.end and m.predicate.start < g[2]), None)
        if hit is not None:
            free.remove(hit)
            found[m.id] = hit[0]
    return found


def _only(clusters: Iterable[Iterable[str]], kept: Collection[str]) -> list[list[str]]:
    there = set(kept)
    left = [[m for m in cluster if m in there] for cluster in clusters]
    return [cluster for cluster in left if cluster]
