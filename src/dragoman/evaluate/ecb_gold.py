"""The gold of ECB+: documents, their event mentions and which of these are one event. No scoring here.

Standard evaluation: mentions of acts in the sentences that were checked a second time. The test topics are not here.
"""

import json
from collections.abc import Collection, Iterable
from pathlib import Path

from dragoman.records import Reading, Record

DEV = ("2", "5", "12", "18", "21", "23", "34", "35")  # the usual development topics
SPLITS = ("train", "dev")  # a test split is never looked at
_ACTS = ("ACTION_", "NEG_ACTION_")


class GoldMention(Record, frozen=True):
    """A mention of an act: its id is unique over all documents. Offsets index the text of the gold."""

    id: str
    start: int
    end: int
    sentence: int
    cluster: str  # its own id where it stands alone


class GoldDocument(Record, frozen=True):
    """A document: `subtopic` is the event that it reports, two look-alikes to a topic."""

    id: str
    topic: str
    subtopic: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[GoldMention, ...]


def load(file: Path, topics: Collection[str] = DEV) -> tuple[GoldDocument, ...]:
    """Return the documents of some topics, sorted by topic and id."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    found = [_document(row) for row in rows if row["split"] in SPLITS and row["topic"] in topics]
    return tuple(sorted(found, key=lambda d: (int(d.topic), d.id)))


def _document(row: dict[str, object]) -> GoldDocument:
    mentions = [_mention(str(row["id"]), m) for m in row["mentions"] if _counts(m)]  # type: ignore[attr-defined]
    return GoldDocument(
        id=str(row["id"]),
        topic=str(row["topic"]),
        subtopic=str(row["subtopic"]),
        text=str(row["text"]),
        sentences=tuple((s, e) for _, s, e in row["sentences"]),  # type: ignore[attr-defined]
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.id))),
    )


def _counts(m: dict[str, object]) -> bool:
    return bool(m["validated"]) and str(m["tag"]).startswith(_ACTS)


def _mention(document: str, m: dict[str, object]) -> GoldMention:
    own = f"{document}:{m['m_id']}"
    spans: list[dict[str, int]] = m["spans"]  # type: ignore[assignment]
    return GoldMention(
        id=own,
        start=spans[0]["start"],
        end=spans[0]["end"],  # the first piece of a broken one: *checked … into*
        sentence=int(m["sent"]),  # type: ignore[call-overload]
        cluster=str(m["cluster"] or own),
    )


def events(documents: Iterable[GoldDocument]) -> list[list[str]]:
    """Return the mentions by event, single ones too; events and mentions sorted."""
    found: dict[str, list[str]] = {}
    for d in documents:
        for m in d.mentions:
            found.setdefault(m.cluster, []).append(m.id)
    return sorted(sorted(e) for e in found.values())


def offsets(gold: GoldDocument, reading: Reading) -> dict[int, int]:
    """Return sentence → how far it has moved in the text that was read; none for one that was cut as boilerplate."""
    found, at = {}, 0
    for n, (start, end) in enumerate(gold.sentences):
        here = reading.document.text.find(gold.text[start:end], at)
        if here >= 0:
            found[n] = here - start
            at = here + end - start
    return found
