"""Words of a sentence and the phrases that tell a stage among them. What a telling amounts to is decided in `clues`."""

import re
from collections.abc import Sequence

from dragoman.records import EventMention, Record, Telling
from dragoman.scheme import matters
from dragoman.scheme.resolution import words_of as plain_words

GAP = 6  # words that may stand between two words of a phrase: *the shipment of 20,000 tonnes of wheat left*
FROM = 12  # characters before a name in which its preposition stands: *from the*
TAKEN = (("take", "delivery"), ("took", "delivery"))
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class Line(Record, frozen=True):
    """A telling as words in lower case: its sentence, the index of the predicate in it (-1: not found), its theme."""

    mention: EventMention
    said: tuple[str, ...]
    at: int
    theme: tuple[str, ...]


class Told(Record, frozen=True):
    """A stage and the words that tell it; both empty where none do."""

    stage: str = ""
    words: tuple[str, ...] = ()


def line(t: Telling) -> Line:
    """Return the words of a telling."""
    m = t.mention
    offset = m.predicate.start - m.sentence.start
    starts = [w.start() for w in _WORD.finditer(t.said)]
    at = max((i for i, start in enumerate(starts) if start <= offset), default=-1)
    return Line(mention=m, said=words(t.said), at=at, theme=words(m.theme.text) if m.theme else ())


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case."""
    return tuple(w.lower() for w in _WORD.findall(text))


def is_of(word: str, name: str) -> bool:
    """Return whether a word, or what it is an inflection of, is of a class of `scheme.matters`."""
    return not matters.words_of(name).isdisjoint(matters.bases(word))


def takes(t: Telling) -> bool:
    """Return whether the actor is the one who gets the goods: *agreed to buy*, *took delivery of*.

    Who stands behind *from* gives them, and was read so: *took delivery of wheat from Norland*.
    """
    x = line(t)
    if _given_by(t):
        return False
    if told_at(x.said, x.at, "aid").words in TAKEN:
        return True
    said = (*words(x.mention.predicate.text), *x.theme[:2])
    return x.mention.act != "AID" and any(is_of(w, "taking") for w in said)


def _given_by(t: Telling) -> bool:
    """Return whether an actor stands, in the sentence, behind *from* or *of*, after the word that tells the act."""
    m = t.mention
    for p in m.actors:
        before = words(t.said[max(0, p.start - m.sentence.start - FROM) : max(0, p.start - m.sentence.start)])
        if p.start > m.predicate.end and set(before[-2:]) & {"from", "of"}:
            return True
    return False


# ---------------------------------------------------------------- stages
def told_at(said: Sequence[str], at: int, kind: str) -> Told:
    """Return the stage told by a phrase that holds the word at `at`, or by that word alone."""
    if not 0 <= at < len(said):
        return Told()
    found = [x for i in range(max(0, at - GAP), at + 1) for x in _beginning(said, i, kind) if at in x[2]]
    return _first(found)


def told_first(said: Sequence[str], kind: str) -> Told:
    """Return the stage told by the first words that tell one."""
    return next((told for i in range(len(said)) if (told := _first(_beginning(said, i, kind))).stage), Told())


Match = tuple[int, matters.StageRow, list[int]]


def _beginning(said: Sequence[str], start: int, kind: str) -> list[Match]:
    """Return the rows whose phrase begins at `start`, each with its rank and the places of its words."""
    rows = matters.stages_by_word()
    beginning = {rank: row for b in matters.bases(said[start]) for rank, row in rows.get(b, ())}
    fitting = [(n, r) for n, r in beginning.items() if not kind or not r.matters or kind in r.matters]
    return [(n, r, places) for n, r in fitting if (places := match(said, start, r.words))]


def _first(found: Sequence[Match]) -> Told:
    """Return what the first of these rows tells: phrases before words."""
    best = min(found, key=lambda x: x[0], default=None)
    return Told(stage=best[1].stage, words=best[1].words) if best else Told()


def match(said: Sequence[str], start: int, phrase: Sequence[str]) -> list[int]:
    """Return the places of a phrase that begins at `start`, its words at most GAP apart; [] where it is not there."""
    if phrase[0] not in matters.bases(said[start]):
        return []
    found = [start]
    for word in phrase[1:]:
        after = range(found[-1] + 1, min(len(said), found[-1] + 2 + GAP))
        at = next((i for i in after if word in matters.bases(said[i])), None)
        if at is None:
            return []
        found.append(at)
    return found


# ---------------------------------------------------------------- goods
def goods_nouns(said: Sequence[str]) -> list[str]:
    """Return the nouns that name goods; none where goods only describe another thing: *energy network*, *gas bill*."""
    after = [*said[1:], ""][: len(said)]
    return [noun for word, next_ in zip(said, after, strict=True) if (noun := goods_noun(word)) and _heads(next_)]


def goods_noun(word: str) -> str:
    """Return the goods that a word names, in the singular; "" for no goods and for what only holds them (shipment)."""
    bases = (b for b in matters.bases(word) if matters.commodity(b))
    return next((b for b in bases if b not in matters.words_of("container")), "")


def _heads(after: str) -> bool:
    """Return whether a noun before this word is the head of its phrase, or says what a shipment is of."""
    if not after or after in plain_words("empty") or after.endswith("ed"):
        return True
    if goods_noun(after):  # *fighter jets* are jets
        return False
    told = not matters.stage_words().isdisjoint(matters.bases(after))
    return told or is_of(after, "container") or is_of(after, "generic")
