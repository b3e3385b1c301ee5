"""The encoder's training examples: labelled pairs, and pairs between which nothing happens. No training here."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.annotate.syntax import parse_text
from dragoman.records import Parse
from dragoman.tree import ancestors, children, phrase, subtree, tokens_between

ACTORS = frozenset({"GPE", "NORP", "ORG", "PERSON"})
# A party in one of these places acts or is acted upon: such a pair may well hold an event, so it is no negative.
ACTIVE = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "dative", "csubj", "poss", "ROOT", "oprd"})
INACTIVE_WORDS = frozenset({"in", "near", "across", "at", "like", "including", "than", "as"})
STATIC = frozenset(
    """be have become remain include play win live work know feature stand seem consist belong contain exist study die
    grow last sit cost score rank weigh lie own lack resemble run born bear""".split()
)
# CAMEO calls these neutral where PLOVER has a type for them: a rebuff, a meeting, an appeal, a promise.
TYPED = re.compile(
    r"\b(reject|den(y|ie)|refus|urg|call(s|ed|ing)? (on|for)|visit|me(e|)t|talk|discuss|condemn|agree|welcom|"
    r"prais|back|support|negotiat|criticis|ask|invit|condolence|promis|offer|blam|accus|warn)",
    re.IGNORECASE,
)
CAPS = {"apart": 260, "static": 170, "place": 110, "neutral": 140}  # most negatives of each kind, so that no kind rules
Example = dict[str, Any]


def prepare(bench: Path, out: Path, seed: int) -> None:
    """Write the examples, one JSON object a line: {id, text, source, target, short_source, short_target, label}."""
    rng = random.Random(seed)
    pairs = list(labelled(bench / "plv_train.jsonl"))
    pools: dict[str, list[Example]] = {k: [] for k in CAPS}
    for e in negatives(bench):
        pools[e["id"].split(":")[0]].append(e)
    for kind, pool in pools.items():
        kept = rng.sample(pool, min(len(pool), CAPS[kind]))
        print(f"{kind}: {len(kept)} of {len(pool)}")
        pairs += kept
    with out.open("w", encoding="utf8") as f:
        f.writelines(json.dumps(e, ensure_ascii=False) + "\n" for e in pairs)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file."""
    with path.open(encoding="utf8") as f:
        yield from map(json.loads, f)


def labelled(path: Path) -> Iterator[Example]:
    """Yield the labelled pairs, each with the name inside each party as a shorter span."""
    for r in rows(path):
        parse = parse_text(r["text"])
        source, target = r["source_spans"][0], r["target_spans"][0] if r["target_spans"] else None
        yield {
            "id": r["id"], "text": r["text"], "label": r["gold_root"], "source": source, "target": target,
            "short_source": name_in(parse, source), "short_target": name_in(parse, target),
        }  # fmt: skip


def name_in(parse: Parse, span: list[int] | None) -> list[int] | None:
    """Return the first name of an actor inside a span, None where there is none."""
    inside = [e for e in entities(parse) if span and span[0] <= e[0] and e[1] <= span[1]]
    return list(inside[0][:2]) if inside else None


def entities(parse: Parse) -> list[tuple[int, int, int]]:
    """Return start, end and head token of each name of an actor."""
    found: list[tuple[int, int, int]] = []
    first = -1
    for t in parse.tokens:
        if t.ent not in ACTORS:
            first = -1
            continue
        first = t.i if t.ent_start or first < 0 else first
        after = parse.tokens[t.i + 1] if t.i + 1 < len(parse.tokens) else None
        if after is None or after.ent != t.ent or after.ent_start:
            heads = [
                j
                for j in range(first, t.i + 1)
                if not first <= parse.tokens[j].head <= t.i or parse.tokens[j].head == j
            ]
            found.append((parse.tokens[first].start, t.end, heads[-1] if heads else t.i))
    return found


def negatives(bench: Path) -> Iterator[Example]:
    """Yield pairs with no act between them, from sentences with and without events."""
    for r in rows(bench / "plv_train.jsonl"):
        taken = [*r["source_spans"], *(r["target_spans"] or [])]
        yield from apart(r["id"], parse_text(r["text"]), taken)
    for r in rows(bench / "wikinews_articles.jsonl"):
        if not r.get("tokenized"):
            yield from from_article(r["id"], r["text"])
    for r in rows(bench / "cameo_sentences.jsonl"):
        if r["gold_penta"] == 0 and r["spans"] and not r["near_dup_of_hidden"] and not TYPED.search(r["text"]):
            yield from neutral(r)


def neutral(r: dict[str, Any]) -> Iterator[Example]:
    """Yield the first source and target of a sentence that annotators found neutral: a statement, a comment."""
    side = {
        tag: next(([s["start"], s["end"]] for s in r["spans"] if s["tag"] == tag), None) for tag in ("source", "target")
    }
    if side["source"]:
        yield example(f"neutral:{r['id']}", r["text"], side["source"], side["target"])


def example(name: str, text: str, source: list[int], target: list[int] | None) -> Example:
    """Return a negative."""
    return {"id": name, "text": text, "label": "NONE", "source": source, "target": target}


def from_article(name: str, text: str) -> Iterator[Example]:
    """Yield the negatives of each sentence of an article."""
    for paragraph in text.split("\n\n"):
        whole = parse_text(paragraph)
        for s in whole.sentences:
            sentence = whole.text[s.start : s.end]
            if 40 < len(sentence) < 400:
                parse = parse_text(sentence)
                yield from apart(name, parse, [])
                yield from static(name, parse)


def apart(name: str, parse: Parse, taken: list[list[int]]) -> Iterator[Example]:
    """Yield one pair of names that are neither doers nor sufferers of anything, and one such place alone."""
    free = [e for e in entities(parse) if idle(parse, e[2]) and not any(a < e[1] and e[0] < b for a, b in taken)]
    if len(free) > 1:
        first, second = free[0], free[-1]
        yield example(f"apart:{name}", parse.text, whole(parse, first), whole(parse, second))
    elif free and placed(parse, free[0][2]):
        yield example(f"place:{name}", parse.text, whole(parse, free[0]), None)


def idle(parse: Parse, i: int) -> bool:
    """Return whether a name stands under a preposition of place or in apposition to nothing active."""
    t = parse.tokens[i]
    if t.dep == "pobj":
        return parse.tokens[t.head].text.lower() in INACTIVE_WORDS
    return t.dep in ("npadvmod", "appos") and all(a.dep not in ACTIVE for a in list(ancestors(parse, i))[:1])


def placed(parse: Parse, i: int) -> bool:
    """Return whether a name is the place of something: in X, near X."""
    t = parse.tokens[i]
    return t.dep == "pobj" and parse.tokens[t.head].text.lower() in {"in", "near", "across"} and t.ent == "GPE"


def static(name: str, parse: Parse) -> Iterator[Example]:
    """Yield the subject of a verb that is no act with another name in its clause."""
    for t in parse.tokens:
        subject = next((c.i for c in children(parse, t.i, "nsubj")), None)
        if (
            t.pos not in ("VERB", "AUX")
            or t.lemma not in STATIC
            or subject is None
            or children(parse, t.i, "xcomp", "ccomp", "aux")
        ):
            continue
        below = set(subtree(parse, t.i))
        left = set(subtree(parse, subject))
        others = [e for e in entities(parse) if e[2] in below - left]
        if others and any(e[2] in left for e in entities(parse)):
            s = phrase(parse, subject, without=frozenset({"relcl", "acl", "appos", "prep"}))
            yield example(f"static:{name}", parse.text, [s.start, s.end], whole(parse, others[0]))
            return


def whole(parse: Parse, entity: tuple[int, int, int]) -> list[int]:
    """Return the noun phrase that a name heads, as annotators mark parties; the name alone where it heads none."""
    start, end, i = entity
    s = phrase(parse, i, without=frozenset({"relcl", "acl", "appos", "prep", "conj", "cc", "punct"}))
    inside = tokens_between(parse, s.start, s.end)
    return [s.start, s.end] if s.start <= start and end <= s.end and len(inside) < 9 else [start, end]
