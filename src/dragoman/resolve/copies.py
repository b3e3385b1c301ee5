"""Judges whether two documents are copies of one text; the door to signatures, credits and origins. No storage.

keys = bands(signature(document.text))          # keep; equal keys of other documents name the candidates
judgement = compare_copies(document, candidate) # keep; an equal url of one publisher is a candidate too
origins = origin_groups(documents, judgements)  # of all documents that judgements tie together
teller = origin_at(document, mention.predicate.start, origins[...])
"""

from dragoman.records import CopyJudgement, Document, Record, SharedPassage
from dragoman.resolve.copies_credits import credits, lead_source, wire_of  # noqa: A004
from dragoman.resolve.copies_match import shared_passages
from dragoman.resolve.copies_origins import origin_at, origin_groups
from dragoman.resolve.copies_signature import ALGORITHM_VERSION, bands, signature
from dragoman.resolve.copies_words import words_of
from dragoman.scheme.agencies import version_pattern
from dragoman.text import fold

__all__ = [
    "ALGORITHM_VERSION",
    "bands",
    "compare_copies",
    "credits",
    "lead_source",
    "origin_at",
    "origin_groups",
    "signature",
    "wire_of",
]

SAME, REWRITE, DIFFERENT = "same-wire", "rewrite-with-shared-passages", "different"
# Share of the own words of the text that has more of the other. Set by hand, checked on GVA: see decisions/0015.
_SAME = 0.7
_SAME_SHORT = 0.8  # in a text of fewer own words than _SHORT one stock sentence is a large share
_SHORT = 60
_SHARED_WORDS, _SHARED = 25, 0.25  # so many equal words, or this share, are more than a stock sentence
_VERSION = 0.5  # of the earlier version stands in the later: an update adds, a correction changes a line


class _Versions(Record, frozen=True):
    newer: str
    basis: str


def compare_copies(a: Document, b: Document) -> CopyJudgement:
    """Return what two documents have of each other; the same whichever comes first.

    `a` of the judgement is the document with the smaller id. The method is greedy tiling of equal runs of five words
    and more; what stands in quotation marks, and the credit of an agency, is not counted.
    """
    if b.id < a.id:
        a, b = b, a
    words_a, words_b = words_of(a.text), words_of(b.text)
    passages = tuple(shared_passages(a.text, b.text, words_a, words_b))
    shared = sum(p.words for p in passages)
    own = sum(words_a.own), sum(words_b.own)
    equal = words_a.folded == words_b.folded != ()
    contained = (1.0, 1.0) if equal else (_share(shared, own[0]), _share(shared, own[1]))
    verdict = SAME if equal else _verdict(shared, max(contained), min(own))
    versions = _versions(a, b, max(contained))
    return CopyJudgement(
        a=a.id,
        b=b.id,
        verdict=verdict,
        score=max(contained),
        contained=contained,
        passages=passages if verdict != DIFFERENT else (),
        reason=_reason(passages, shared, own),
        algorithm=ALGORITHM_VERSION,
        newer=versions.newer if versions else None,
        version_basis=versions.basis if versions else None,
    )


def _share(shared: int, own: int) -> float:
    return round(min(1.0, shared / own), 4) if own else 0.0


def _verdict(shared: int, share: float, shorter: int) -> str:
    if share >= (_SAME_SHORT if shorter < _SHORT else _SAME):
        return SAME
    return REWRITE if shared >= _SHARED_WORDS or (shared and share >= _SHARED and shorter >= _SHORT) else DIFFERENT


def _reason(passages: tuple[SharedPassage, ...], shared: int, own: tuple[int, int]) -> str:
    if not passages:
        return "no passage in common outside quotations"
    count = f"{len(passages)} passage{'s' if len(passages) > 1 else ''}"
    return f"{count} of {shared} equal words in common, of {own[0]} and {own[1]} outside quotations"


def _versions(a: Document, b: Document, share: float) -> _Versions | None:
    """Return which of two documents is the later version of one article; None where they are two articles."""
    if a.supersedes == b.id or b.supersedes == a.id:
        return _Versions(newer=a.id if a.supersedes == b.id else b.id, basis="supersedes")
    if fold(a.publisher or "") != fold(b.publisher or "") or (not a.publisher and a.url != b.url):
        return None
    older, newer = sorted((a, b), key=lambda d: (d.published or "", d.id))
    if a.url and a.url == b.url:
        return _Versions(newer=newer.id, basis="url")
    if share < _VERSION or older.published is None:
        return None
    marks = [(d, basis) for d in (newer, older) if (basis := _marked(d))]
    if older.published == newer.published and len(marks) == 1:  # of one day: the one that says so
        return _Versions(newer=marks[0][0].id, basis=marks[0][1])
    return _Versions(newer=newer.id, basis=marks[0][1]) if marks and marks[0][0] is newer else None


def _marked(document: Document) -> str | None:
    """Return by what a document says that it is an update or a correction."""
    if document.title and version_pattern("title").match(document.title):
        return "title"
    return "notice" if version_pattern("notice").search(document.text) else None
