"""What a linear model makes of predicates in text that speaks to its reader: fact, counter or uncertain.

In letters, notices and reviews (questions, orders, "you", "I", no party named, no quotation) few words mark what has
not happened, and the rules of `status` alone are weak there. In reporting only the rules speak: this model is never
asked about a sentence that names a party.
"""

import functools
import math
from collections.abc import Iterator

import msgspec

from dragoman.code.clauses import auxiliaries
from dragoman.code.status import Finding, StatusReader
from dragoman.records import Parse, Record, Token
from dragoman.scheme.models import model_bytes
from dragoman.tree import ancestors, children

CLASSES = ("fact", "counter", "uncertain")
MODEL = "status"
PARTIES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
TELLING = ("if", "please", "would", "could", "when", "want", "need", "should", "unless", "whether", "said")
QUOTES = frozenset({'"', "``", "''", "“", "”"})
PERSONAL = frozenset({"you", "your", "yours", "yourself", "i", "my", "me", "mine", "myself"})
SPEAKERS = {"i": "1", "we": "1", "me": "1", "us": "1", "my": "1", "our": "1", "you": "2", "your": "2"}


class Weights(Record, frozen=True):
    """weights.json: for each feature its weight for each of CLASSES, in thousandths."""

    bias: tuple[int, int, int]
    weights: dict[str, tuple[int, int, int]]


def lean(reader: StatusReader, token: Token) -> dict[str, float]:
    """Return the probability of each class for the predicate at a token."""
    model = _model()
    total = list(model.bias)
    for f in features(reader, token):
        for c, w in enumerate(model.weights.get(f, (0, 0, 0))):
            total[c] += w
    shares = [math.exp((t - max(total)) / 1000) for t in total]
    return {c: s / sum(shares) for c, s in zip(CLASSES, shares, strict=True)}


@functools.cache
def _model() -> Weights:
    return msgspec.json.decode(model_bytes(MODEL, "weights.json"), type=Weights)


def speaks_to_reader(parse: Parse, token: Token) -> bool:
    """Return whether a predicate's sentence addresses someone or tells of its writer, and names no party."""
    s = parse.sentences[token.sentence]
    here = parse.tokens[s.first : s.last]
    words = {t.text.lower() for t in here}
    if any(t.ent in PARTIES for t in here) or words & QUOTES or quoted(parse, s.start):
        return False
    return "?" in words or bool(words & PERSONAL) or is_order(parse, s.root)


def is_order(parse: Parse, root: int) -> bool:
    """Return whether a sentence is an order: a bare verb without a subject."""
    return parse.tokens[root].tag == "VB" and not children(parse, root, "nsubj", "aux")


def quoted(parse: Parse, at: int) -> bool:
    """Return whether a quotation that was opened before an offset in the same paragraph is still open there."""
    before = parse.text[parse.text.rfind("\n\n", 0, at) + 1 : at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def features(reader: StatusReader, token: Token) -> list[str]:
    """Return the features of the predicate at a token, each once, in a fixed order."""
    parse, found = reader.parse, reader.status(token.i)
    own = [*_word(parse, token), *_rule(found, token), *_above(reader, token), *_around(parse, token)]
    return sorted(dict.fromkeys(own))


def _word(parse: Parse, t: Token) -> Iterator[str]:
    aux = [a.text.lower() for a in auxiliaries(parse, t)]
    yield from (f"lemma={t.lemma}", f"tag={t.tag}", f"dep={t.dep}", f"tag,dep={t.tag},{t.dep}", f"aux={'+'.join(aux)}")
    yield from (f"aux,dep={a},{t.dep}" for a in aux)
    for c in children(parse, t.i):
        if c.dep in {"mark", "neg", "advmod", "det", "prt", "amod", "predet", "cc"}:
            yield f"{c.dep}={c.text.lower()}"
        elif c.dep in {"nsubj", "nsubjpass", "dobj", "attr", "acomp"}:
            yield f"{c.dep}:{c.text.lower() if c.pos == 'PRON' else c.pos + ':' + c.ent}"
            yield from (f"{c.dep}.det={d.text.lower()}" for d in children(parse, c.i, "det", "neg"))
        elif c.dep in {"advcl", "xcomp", "ccomp"}:
            yield f"has={c.dep}"
            yield from (f"has={c.dep},{m.text.lower()}" for m in children(parse, c.i, "mark"))


def _rule(f: Finding, t: Token) -> Iterator[str]:
    cue = (f.cue or "").lower()
    yield from (
        f"rule={f.status}",
        f"rule,certainty={f.status},{f.certainty}",
        f"cue={cue}",
        f"rule,cue={f.status},{cue}",
    )
    yield from (f"rule,dep={f.status},{t.dep}", f"rule,tag={f.status},{t.tag}")


def _above(reader: StatusReader, t: Token) -> Iterator[str]:
    parse = reader.parse
    h = parse.tokens[t.head]
    yield from (f"head={h.lemma}", f"head,dep={h.lemma},{t.dep}", f"head.pos,dep={h.pos},{t.dep}")
    if h.dep in {"prep", "mark"}:
        over = parse.tokens[h.head]
        yield from (f"over={over.lemma},{h.lemma}", f"over.status={reader.status(over.i).status},{h.lemma}")
    path = [t.dep]
    for a in ancestors(parse, t.i):
        if a.pos in {"VERB", "AUX"}:
            s = reader.status(a.i).status
            yield from (f"verb={a.lemma},{'>'.join(path)}", f"verb.status={s},{'>'.join(path)}", f"any={s}")
            yield from (f"verb.aux={x.text.lower()},{path[-1]}" for x in auxiliaries(parse, a))
            break
        path.append(a.dep)
    for a in ancestors(parse, t.i):
        yield f"chain={reader.status(a.i).status}"


def _around(parse: Parse, t: Token) -> Iterator[str]:
    """Yield what the sentence is like: a question, an order, a condition, who speaks to whom."""
    s = parse.sentences[t.sentence]
    words = [parse.tokens[i].text.lower() for i in range(s.first, s.last)]
    persons = "".join(sorted({SPEAKERS[w] for w in words if w in SPEAKERS}))
    end = next((w for w in reversed(words) if w in {"?", "!", "."}), "")
    root = parse.tokens[s.root]
    yield from (
        f"persons={persons}",
        f"end={end}",
        f"root={root.tag},{t.i == root.i}",
        f"order={is_order(parse, s.root)}",
    )
    yield f"persons,tag={persons},{t.tag}"
    yield from (f"in={w}" for w in TELLING if w in words)
    subject = next((c.text.lower() for c in children(parse, t.i, "nsubj") if c.pos == "PRON"), "")
    yield f"subject,aux={subject},{'+'.join(a.text.lower() for a in auxiliaries(parse, t))}"
