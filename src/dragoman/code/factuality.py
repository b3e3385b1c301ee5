"""Fact, uncertain or counter to fact: what the rules read of a predicate, weighed together with the encoder's word.

The weights were fitted by `scripts/train_factuality.py` to crowds' judgements of news and of web text.
"""

import math
from collections.abc import Mapping, Sequence

from dragoman.code.encoder import WordReading
from dragoman.code.status import Finding
from dragoman.records import Parse, Token
from dragoman.scheme.factuality import CLASSES, factuality_weights
from dragoman.tree import children

PARTIES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
QUOTES = frozenset({'"', "``", "''", "“", "”"})
SPEAKER, READER = frozenset("i my me mine myself we our us".split()), frozenset("you your yours yourself".split())
SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
OTHER = 0.3  # a sentence is of other text only where it is no more likely than this to be of reporting
FARTHEST = 6.0  # log-odds beyond this say no more


def shares(parse: Parse, token: Token, found: Finding, told: WordReading) -> dict[str, float]:
    """Return the share of each class of factuality for a predicate."""
    return weighed(features(parse, token, found, told), factuality_weights())


def weighed(row: Mapping[str, float], weights: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the shares that features add up to: by the weights for reporting, or for text that is plainly other."""
    known = [(value, weights[name]) for name, value in row.items() if name in weights]
    reporting = 1 / (1 + math.exp(-sum(value * w[-1] for value, w in known)))
    first = 0 if reporting > OTHER else len(CLASSES)
    sums = [sum(value * w[first + n] for value, w in known) for n in range(len(CLASSES))]
    powers = [math.exp(s - max(sums)) for s in sums]
    return {c: p / sum(powers) for c, p in zip(CLASSES, powers, strict=True)}


def is_of_sentence(name: str) -> bool:
    """Return whether a feature says what kind of text a sentence is of."""
    return name.startswith(("sentence: ", "tag: ", "dependency: "))


def features(parse: Parse, token: Token, found: Finding, told: WordReading) -> dict[str, float]:
    """Return what speaks for and against a predicate being fact: how much there is of each by name."""
    row = {"base": 1.0, f"rules: {found.status}": 1.0, f"tag: {token.tag}": 1.0, f"dependency: {token.dep}": 1.0}
    row[f"certainty: {found.certainty}"] = 1.0
    row[f"cue: {'embedding' if found.lexical else 'other' if found.cue else 'none'}"] = 1.0
    encoder = {c: _log_odds(told.facts[c], told.facts["fact"]) for c in CLASSES[1:]}
    row |= {f"encoder: {c}": x for c, x in encoder.items()}
    row |= {f"encoder's status: {s}": p for s, p in told.status.items()}
    row["encoder: no act"] = told.types["NONE"]
    for about in _sentence(parse, token):
        row[f"sentence: {about}"] = 1.0
        row |= {f"{about} and encoder: {c}": x for c, x in encoder.items()}
        row[f"{about} and rules: {found.status}"] = 1.0
    return row


def speaks_to_reader(parse: Parse, token: Token) -> bool:
    """Return whether a predicate's sentence asks, orders or tells of its writer, names no party and quotes nobody."""
    about = set(_sentence(parse, token))
    return not about & {"with a party", "a quotation"} and bool(about)


def _log_odds(share: float, other: float) -> float:
    return max(-FARTHEST, min(FARTHEST, math.log(max(share, 1e-6) / max(other, 1e-6))))


def _sentence(parse: Parse, token: Token) -> list[str]:
    """Return what a sentence is like: whom it speaks to and of, whether it asks, orders or quotes."""
    s = parse.sentences[token.sentence]
    here = parse.tokens[s.first : s.last]
    words = {t.text.lower() for t in here}
    order = parse.tokens[s.root].tag in ("VB", "VBP") and not children(parse, s.root, *SUBJECTS)
    marks = {
        "of its writer": bool(words & SPEAKER),
        "to its reader": bool(words & READER),
        "a question": "?" in words,
        "an order": order,
        "a quotation": bool(words & QUOTES),
        "with a party": any(t.ent in PARTIES for t in here),
    }
    return [name for name, holds in marks.items() if holds]
