"""Noun groups of a parse: a head with what stands before it, cut at possessives; known names win over the parser."""

from dragoman import tree
from dragoman.annotate.actors_match import Hit, agent_at
from dragoman.records import Parse, Record, Sentence, Token

_LEFT = frozenset(
    "det predet amod compound nmod nummod quantmod poss case nn npadvmod advmod appos punct meta dep".split()
)


class Group(Record, frozen=True):
    """Tokens `first` to `last`; `owner` numbers the group that owns it ("Russia" before "'s bases") or is -1."""

    first: int
    last: int
    owner: int = -1


def noun_groups(parse: Parse, hits: list[Hit]) -> list[Group]:
    """Return the noun groups in text order; an owner stands before what it owns."""
    inside = {i: h for h in hits for i in range(h.first, h.last + 1)}
    found: list[Group] = []
    for sentence in parse.sentences:
        _sentence_groups(parse, sentence, inside, found)
    return found


def _sentence_groups(parse: Parse, sentence: Sentence, inside: dict[int, Hit], found: list[Group]) -> None:
    heads = {i: _group_head(parse, i, inside) for i in range(sentence.first, sentence.last)}
    for i in range(sentence.first + 1, sentence.last):
        if parse.tokens[i].tag == "POS" and i not in inside:
            heads[i] = heads[i - 1]
    runs: list[tuple[int, int]] = []
    for i in range(sentence.first, sentence.last):
        if heads[i] < 0:
            continue
        broken = "\n" in parse.text[parse.tokens[i - 1].end : parse.tokens[i].start] if i else False
        if (
            runs
            and not broken
            and runs[-1][1] == i - 1
            and (heads[i - 1] == heads[i] or _title_before(parse, runs[-1], i, inside))
        ):
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    for first, last in _titles_joined(parse, runs, inside):
        _cut(parse, first, last, inside, found)


def _titles_joined(parse: Parse, runs: list[tuple[int, int]], inside: dict[int, Hit]) -> list[tuple[int, int]]:
    """Return the runs with those joined that one office holds together: "Secretary | of | State Jane Doe"."""
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if _name_after_office(parse, joined, first, inside):
            joined[-1] = (joined[-1][0], last)
            continue
        if joined and joined[-1][1] == first - 2 and parse.tokens[first - 1].text == "of":
            before = joined[-1]
            held = (agent_at(parse, before[0], k) for k in range(last, first - 1, -1))
            if any(a and a[0] <= before[1] for a in held):
                joined[-1] = (before[0], last)
                continue
        joined.append((first, last))
    return joined


def _name_after_office(parse: Parse, runs: list[tuple[int, int]], first: int, inside: dict[int, Hit]) -> bool:
    """Return whether a name follows an office with "of" in it ("Secretary of State | Jane Doe")."""
    if not runs or runs[-1][1] != first - 1:
        return False
    with_of = any(t.text == "of" for t in parse.tokens[runs[-1][0] : first])
    return with_of and _title_before(parse, runs[-1], first, inside)


def _title_before(parse: Parse, run: tuple[int, int], i: int, inside: dict[int, Hit]) -> bool:
    """Return whether a title ends right before a name at `i` that the parser cut off ("President | Jane Doe")."""
    if (i in inside and inside[i].entries[0].kind != "person") or parse.tokens[i].pos != "PROPN":
        return False
    title = agent_at(parse, *run)
    return title is not None and title[1].category == "person" and parse.tokens[run[1]].tag in ("NNP", "NN")


def _group_head(parse: Parse, i: int, inside: dict[int, Hit]) -> int:
    """Return the head of the noun group that token `i` is in; -1 outside any."""
    j = (
        tree.head_of_span(parse, parse.tokens[inside[i].first].start, parse.tokens[inside[i].last].end)
        if i in inside
        else i
    )
    joined = _joins_adjectives(parse, i, inside)
    if joined >= 0:
        j = joined
    elif (
        i not in inside
        and parse.tokens[i].pos in ("PUNCT", "CCONJ", "SCONJ", "SPACE")
        and parse.tokens[i].text not in _JOINERS
    ):
        return -1
    while True:
        t = parse.tokens[j]
        if (
            t.dep == "conj"
            and parse.tokens[t.head].dep in ("amod", "compound", "nmod")
            and tree.head(parse, t.head).i > j
        ):
            t = parse.tokens[t.head]  # "legal and religious groups": the second adjective hangs on the first
        up = inside.get(t.head)
        if t.dep not in _LEFT or t.head <= j or not _modifies(parse.tokens[t.head]):
            break
        if up and i in inside and up == inside[i]:
            break
        j = t.head if up is None else tree.head_of_span(parse, parse.tokens[up.first].start, parse.tokens[up.last].end)
        if j <= i and i not in inside:
            break
    nominal = parse.tokens[j].pos in ("NOUN", "PROPN", "NUM", "X", "PRON", "ADJ") or j in inside
    return j if nominal else -1


def _joins_adjectives(parse: Parse, i: int, inside: dict[int, Hit]) -> int:
    """Return the first of two adjectives that token `i` joins before one noun ("legal and religious groups"), or -1.

    Two nationalities are two parties: names of any kind are not joined.
    """
    t = parse.tokens[i]
    one = parse.tokens[t.head]
    if t.pos != "CCONJ" or one.dep != "amod" or one.pos != "ADJ" or tree.head(parse, one.i).i < i:
        return -1
    both = (one.i, *(k.i for k in tree.children(parse, one.i, "conj")))
    plain = all(parse.tokens[k].pos == "ADJ" and not parse.tokens[k].ent and k not in inside for k in both)
    return one.i if plain and len(both) > 1 else -1


def _modifies(t: Token) -> bool:
    """Return whether a noun group may run through `t`: a nominal, or a participle before a noun ("state-owned")."""
    return t.pos in ("NOUN", "PROPN", "ADJ", "NUM", "X", "PRON") or (t.pos == "VERB" and t.dep == "amod")


_JOINERS = frozenset(("-", "–", "'", "’", "/", ".", '"', "“", "”"))


def _cut(parse: Parse, first: int, last: int, inside: dict[int, Hit], found: list[Group]) -> None:
    """Add the group first..last, cut at each possessive mark that no name holds."""
    owner, start = -1, first
    for i in range(first, last + 1):
        if parse.tokens[i].tag == "POS" and i not in inside and i > start:
            found.append(Group(first=start, last=i - 1, owner=owner))
            owner, start = len(found) - 1, i + 1
        elif parse.tokens[i].tag == "PRP$":
            found.append(Group(first=i, last=i, owner=owner))
            owner, start = len(found) - 1, i + 1
    while start <= last and parse.tokens[start].text in _JOINERS:
        start += 1
    while last >= start and parse.tokens[last].text in _JOINERS and last not in inside:
        last -= 1
    if start <= last:
        found.append(Group(first=start, last=last, owner=owner))
