"""Walking the parse: subtrees, spans, children by label. It knows no parser and no language rule beyond the labels."""

from collections.abc import Iterator

from dragoman.records import Parse, Sentence, Span, Token

_JOINERS = frozenset({"-", "–", "/"})  # inside a word: never cut off with the other punctuation

# Cut off as punctuation, but not where a phrase goes on.
_ENCLOSERS = frozenset({"(", ")", "[", "]", '"', "“", "”", "'", "‘", "’"})


def children(parse: Parse, i: int, *deps: str) -> list[Token]:
    """Return the direct dependents of token `i`, in order; only those with one of `deps` where given."""
    kids = (parse.tokens[c] for c in parse.children[i])
    return [k for k in kids if not deps or k.dep in deps]


def head(parse: Parse, i: int) -> Token:
    """Return the head of token `i`: itself for a root."""
    return parse.tokens[parse.tokens[i].head]


def is_root(parse: Parse, i: int) -> bool:
    """Return whether token `i` heads its sentence."""
    return parse.tokens[i].head == i


def ancestors(parse: Parse, i: int) -> Iterator[Token]:
    """Yield the heads of token `i` from the nearest to the root."""
    while parse.tokens[i].head != i:
        i = parse.tokens[i].head
        yield parse.tokens[i]


def subtree(parse: Parse, i: int) -> list[int]:
    """Return the indices of token `i` and all that hangs below it, in text order."""
    found, todo = [], [i]
    while todo:
        j = todo.pop()
        found.append(j)
        todo.extend(parse.children[j])
    return sorted(found)


def conjuncts(parse: Parse, i: int) -> list[int]:
    """Return the tokens joined to `i` by coordination below it (not `i` itself), in order."""
    found: list[int] = []
    for c in children(parse, i, "conj"):
        found += [c.i, *conjuncts(parse, c.i)]
    return found


def first_conjunct(parse: Parse, i: int) -> int:
    """Return the token that opens the coordination `i` stands in."""
    while parse.tokens[i].dep == "conj":
        i = parse.tokens[i].head
    return i


def span(parse: Parse, first: int, last: int) -> Span:
    """Return the span from token `first` to token `last`, both inclusive."""
    start, end = parse.tokens[first].start, parse.tokens[last].end
    return Span(start=start, end=end, text=parse.text[start:end])


def phrase(parse: Parse, i: int, *, without: frozenset[str] = frozenset()) -> Span:
    """Return the contiguous span of the phrase that `i` heads; dependents labelled in `without` are cut off whole."""
    keep, todo = {i}, [i]
    while todo:
        for c in children(parse, todo.pop()):
            if c.dep not in without or c.text in _JOINERS:
                keep.add(c.i)
                todo.append(c.i)
    first = last = i
    while first - 1 in keep or (first - 2 in keep and parse.tokens[first - 1].text in _ENCLOSERS):
        first -= 1
    while last + 1 in keep or (last + 2 in keep and parse.tokens[last + 1].text in _ENCLOSERS):
        last += 1
    return span(parse, first, last)


def sentence_of(parse: Parse, i: int) -> Sentence:
    """Return the sentence of token `i`."""
    return parse.sentences[parse.tokens[i].sentence]


def tokens_between(parse: Parse, start: int, end: int) -> list[Token]:
    """Return the tokens that overlap the offsets `start` to `end` (binary search over the ordered tokens)."""
    lo, hi = 0, len(parse.tokens)
    while lo < hi:
        mid = (lo + hi) // 2
        if parse.tokens[mid].end <= start:
            lo = mid + 1
        else:
            hi = mid
    found = []
    while lo < len(parse.tokens) and parse.tokens[lo].start < end:
        found.append(parse.tokens[lo])
        lo += 1
    return found


def head_of_span(parse: Parse, start: int, end: int) -> int:
    """Return the token of the span whose head lies outside it (the syntactic head); -1 for a span without tokens."""
    inside = tokens_between(parse, start, end)
    here = {t.i for t in inside}
    outward = [t.i for t in inside if t.head not in here or t.head == t.i]
    return outward[-1] if outward else (inside[-1].i if inside else -1)
