"""What the attribution model looks at: features of a cue candidate, and of a token seen from a cue. No weights."""

import zlib
from collections.abc import Iterable, Mapping

from dragoman.annotate.attribution_quotes import MARKS, Quotes, find_quotes
from dragoman.records import Parse, Sentence, Token

CANDIDATE_POS = frozenset({"VERB", "NOUN", "ADJ", "AUX"})
CANDIDATE_WORDS = frozenset({"according", ":", "per", "via", "reportedly", "allegedly", "against", "for", "behind"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
COMPLEMENTS = frozenset(
    "ccomp xcomp dobj acomp prep agent relcl acl advcl prt neg attr oprd dative".split()  # labels of the parser
)
WINDOW = 400  # tokens looked at beyond the cue's own sentence: reaches 95 % of the contents of the training set
INHERITS = frozenset("conj xcomp advcl pcomp prep aux dobj ccomp attr acomp pobj".split())  # of a subject above
PATH = 3  # labels of a path that are kept


class View:
    """A parse with what the features need beside it: quotations and the paths to the roots."""

    def __init__(self, parse: Parse, kinds: Mapping[str, str]) -> None:
        self.parse = parse
        self.tokens: tuple[Token, ...] = parse.tokens
        self.quotes: Quotes = find_quotes(parse)
        self.kinds = kinds
        self.chains: dict[int, tuple[int, ...]] = {}
        self.commas = _running(parse, frozenset({","}))
        self.marks = _running(parse, MARKS)
        self.verbs = _running_verbs(parse)

    def chain(self, i: int) -> tuple[int, ...]:
        """Return token `i` and its heads up to the root."""
        if i not in self.chains:
            head = self.tokens[i].head
            self.chains[i] = (i,) if head == i else (i, *self.chain(head))
        return self.chains[i]

    def text(self, i: int, sentence: Sentence) -> str:
        """Return the lower-case token `i` of a sentence, a mark for what lies beyond it."""
        return self.tokens[i].text.lower() if sentence.first <= i < sentence.last else "<>"

    def kind(self, i: int) -> str:
        """Return the kind of cue that the word at `i` is known as, "" where it is none."""
        t = self.tokens[i]
        return self.kinds.get(f"{t.lemma.lower()}/{t.pos}", "")


def _running(parse: Parse, words: frozenset[str]) -> list[int]:
    """Return for each token how many tokens up to it are among `words`."""
    return _count(t.text in words for t in parse.tokens)


def _running_verbs(parse: Parse) -> list[int]:
    """Return for each token how many tokens up to it are full verbs."""
    return _count(t.pos == "VERB" for t in parse.tokens)


def _count(flags: Iterable[bool]) -> list[int]:
    """Return the running count of the flags that are up."""
    total, found = 0, []
    for flag in flags:
        total += flag
        found.append(total)
    return found


def hashed(features: Iterable[str], size: int) -> list[int]:
    """Return the rows of a table of `size` rows that the features fall into (CRC-32: the same on every machine)."""
    return [zlib.crc32(f.encode()) % size for f in features]


def is_candidate(t: Token) -> bool:
    """Return whether a token can head a cue at all."""
    return t.pos in CANDIDATE_POS or t.text.lower() in CANDIDATE_WORDS


# ---------------------------------------------------------------- cue candidates
def cue_features(view: View, i: int) -> list[str]:
    """Return the features of token `i` as the head of a cue."""
    t = view.tokens[i]
    s = view.parse.sentences[t.sentence]
    kids = [view.tokens[c] for c in view.parse.children[i]]
    low, head = t.lemma.lower(), view.tokens[t.head]
    base = f"{low}/{t.pos}"
    kind = view.kind(i)
    deps = sorted({k.dep for k in kids if k.dep in COMPLEMENTS or k.dep in SUBJECTS})
    found = [
        "bias",
        f"l={base}",
        f"w={t.text.lower()}",
        f"tag={t.tag}",
        f"dep={t.dep}",
        f"k={kind}",
        f"pos={t.pos}",
        f"l+dep={base}|{t.dep}",
        f"l+tag={base}|{t.tag}",
        f"k+dep={kind}|{t.dep}",
        f"frame={'+'.join(deps)}",
        f"frame+pos={'+'.join(deps)}|{t.pos}",
        f"h={head.lemma.lower()}",
        f"h+dep={head.lemma.lower()}|{t.dep}",
        f"hk={view.kind(head.i)}|{t.dep}",
        f"hp={head.pos}|{t.dep}|{t.pos}",
        f"p={view.text(i - 1, s)}",
        f"n={view.text(i + 1, s)}",
        f"pp={view.text(i - 2, s)}",
        f"nn={view.text(i + 2, s)}",
        f"l+n={base}|{view.text(i + 1, s)}",
        f"l+p={base}|{view.text(i - 1, s)}",
        f"block={s.block}",
        f"suf={low[-3:]}|{t.pos}",
    ]
    for d in deps:
        found += [f"d={d}", f"l+d={base}|{d}", f"k+d={kind}|{d}", f"pos+d={t.pos}|{t.tag}|{d}"]
    for k in kids:
        if k.dep in ("prep", "prt", "agent", "mark", "aux", "neg", "auxpass", "poss", "advmod"):
            found += [f"c={k.dep}:{k.lemma.lower()}", f"l+c={base}|{k.dep}:{k.lemma.lower()}"]
        if k.dep in ("dobj", "ccomp", "xcomp", "attr", "acomp", "advcl"):
            found += [
                f"o={k.dep}:{k.lemma.lower()}",
                f"op={k.dep}:{k.pos}:{k.tag}|{low}",
                f"o+k={kind}|{k.dep}:{k.pos}",
            ]
    subject = subject_of(view, i)
    found += _subject_features(view, i, subject, base, kind)
    found += _quote_features(view, i, base, kind)
    return found


def _subject_features(view: View, i: int, subject: int, base: str, kind: str) -> list[str]:
    """Return what the subject of a candidate tells: a speaker is a name, a pronoun, a role."""
    if subject < 0:
        return ["s=none", f"s=none|{kind}", f"s=none|{base}"]
    s = view.tokens[subject]
    shape = f"{s.pos}:{s.ent}"
    return [
        f"s={s.lemma.lower()}",
        f"sp={shape}",
        f"sp+k={shape}|{kind}",
        f"sp+l={shape}|{base}",
        f"st={s.text.lower()}|{view.tokens[i].tag}",
        f"sd={s.dep}|{view.tokens[i].tag}",
        f"side={'l' if s.i < i else 'r'}|{base}",
        f"own={s.head == i}|{shape}",
    ]


def _quote_features(view: View, i: int, base: str, kind: str) -> list[str]:
    """Return how a candidate stands to the quotations of its sentence."""
    t = view.tokens[i]
    s = view.parse.sentences[t.sentence]
    quote = view.quotes.quote
    inside = quote[i] >= 0
    long = inside and view.quotes.spans[quote[i]][1] - view.quotes.spans[quote[i]][0] > 6
    others = any(quote[j] >= 0 and quote[j] != quote[i] for j in range(s.first, s.last))
    after = any(view.tokens[j].text in MARKS for j in range(i + 1, min(i + 4, s.last)))
    before = any(view.tokens[j].text in MARKS for j in range(max(s.first, i - 4), i))
    state = f"{'long' if long else inside}|{others}|{before}|{after}"
    return [f"q={state}", f"q+k={state}|{kind}", f"q+l={state}|{base}", f"q+t={state}|{t.tag}|{t.dep}", f"in={inside}"]


def subject_of(view: View, i: int) -> int:
    """Return the head token of the subject of `i`, its own or that of the clause it hangs on; -1 for none."""
    for j in view.chain(i):
        for c in view.parse.children[j]:
            if view.tokens[c].dep in SUBJECTS and c != i:
                return c
        t = view.tokens[j]
        if t.dep == "relcl" and j == i:
            return t.head
        if t.dep == "acl":
            return t.head
        if t.dep not in INHERITS:
            return -1
    return -1


# ---------------------------------------------------------------- tokens seen from a cue
def window(view: View, cue: int) -> list[int]:
    """Return the tokens that a cue can attribute, in order: its sentence, the quotations that touch or follow it."""
    parse, quotes = view.parse, view.quotes
    own = parse.sentences[parse.tokens[cue].sentence]
    first, last = own.i, own.i
    while first > 0 and own.first - parse.sentences[first - 1].first <= WINDOW and _joins(view, first - 1, first):
        first -= 1
    final = len(parse.sentences) - 1
    while last < final and parse.sentences[last + 1].last - own.last <= WINDOW and _follows(view, last, last + 1):
        last += 1
    found: list[int] = []
    for n in range(first, last + 1):
        s = parse.sentences[n]
        found += [i for i in range(s.first, s.last) if n == own.i or quotes.quote[i] >= 0]
    return found


def _joins(view: View, before: int, here: int) -> bool:
    """Return whether a quotation that ends sentence `before` carries on in `here`, over paragraphs if left open."""
    quotes, a, b = view.quotes, view.parse.sentences[before], view.parse.sentences[here]
    ending, opening = quotes.quote[a.last - 1], quotes.quote[b.first]
    if ending < 0 or opening < 0:
        return False
    return quotes.paragraph[before] == quotes.paragraph[here] or quotes.open_ended[ending]


def _follows(view: View, here: int, after: int) -> bool:
    """Return whether sentence `after` opens quoted, in the paragraph of `here` or carrying on from it."""
    quotes, a, b = view.quotes, view.parse.sentences[here], view.parse.sentences[after]
    if quotes.quote[b.first] < 0:
        return False
    if quotes.paragraph[here] == quotes.paragraph[after]:
        return True
    ending = view.tokens[a.last - 1]
    return ending.text == ":" or quotes.quote[ending.i] >= 0


def token_features(view: View, cue: int, i: int) -> list[str]:
    """Return the features of token `i` for the question what it is to the cue headed by `cue`."""
    c, t = view.tokens[cue], view.tokens[i]
    s = view.parse.sentences[t.sentence]
    lemma = f"{c.lemma.lower()}/{c.pos}"
    found = ["bias", f"w={t.text.lower()}", f"p={view.text(i - 1, s)}", f"n={view.text(i + 1, s)}"]
    found.append(f"pos={t.pos}|{t.dep}")
    if c.sentence != t.sentence:
        return found + _outside(view, cue, i, lemma)
    return found + _path_features(view, cue, i, lemma) + _between(view, cue, i, lemma)


def _outside(view: View, cue: int, i: int, lemma: str) -> list[str]:
    """Return the features of a token in another sentence of the window: all of it is quoted."""
    c, t, quotes = view.tokens[cue], view.tokens[i], view.quotes
    own = view.parse.sentences[c.sentence]
    s = view.parse.sentences[t.sentence]
    side = "after" if t.sentence > c.sentence else "before"
    same = any(quotes.quote[j] == quotes.quote[i] for j in range(own.first, own.last))
    far = min(abs(t.sentence - c.sentence), 3)
    paragraphs = min(abs(quotes.paragraph[t.sentence] - quotes.paragraph[c.sentence]), 2)
    whole = _all_quoted(view, s)
    kind = view.kind(cue)
    state = f"{side}|{same}|{whole}|{paragraphs}"
    ends = view.tokens[own.last - 1].text
    quoted = any(quotes.quote[j] >= 0 for j in range(own.first, own.last))
    inside = quotes.quote[cue] >= 0
    return [
        f"x={state}",
        f"x+far={state}|{far}",
        f"x+l={state}|{lemma}",
        f"x+k={state}|{kind}",
        f"x+end={state}|{ends}",
        f"x+q={state}|{quoted}|{inside}",
        f"x+d={state}|{c.dep}|{c.tag}",
        f"x+qk={state}|{quoted}|{inside}|{kind}",
    ]


def _all_quoted(view: View, s: Sentence) -> bool:
    """Return whether every word of a sentence is quoted."""
    return all(view.quotes.quote[j] >= 0 or view.tokens[j].pos == "PUNCT" for j in range(s.first, s.last))


def _path_features(view: View, cue: int, i: int, lemma: str) -> list[str]:
    """Return the features of the way through the tree from the cue to the token."""
    up, down, top, branch = _path(view, cue, i)
    c, t = view.tokens[cue], view.tokens[i]
    ups = "<".join(view.tokens[j].dep for j in up[:PATH])
    downs = [view.tokens[j].dep for j in down]
    one = f"{ups}^{'>'.join(downs[:1])}"
    two = f"{ups}^{'>'.join(downs[:2])}"
    full = f"{ups}^{'>'.join(downs[:PATH])}{'>..' if len(downs) > PATH else ''}"
    side = "l" if i < cue else "r" if i > cue else "="
    found = [
        f"f={full}|{side}",
        f"1={one}|{side}",
        f"2={two}|{side}",
        f"1+l={one}|{side}|{lemma}",
        f"2+l={two}|{side}|{lemma}",
        f"f+l={full}|{lemma}",
        f"1+t={one}|{side}|{c.tag}",
        f"2+t={two}|{side}|{c.tag}",
        f"1+k={one}|{view.kind(cue)}|{side}",
        f"2+k={two}|{view.kind(cue)}|{c.tag}",
        f"2+p={two}|{t.pos}",
        f"f+p={full}|{t.pos}|{t.tag}",
        f"1+d={one}|{c.dep}",
        f"2+d={two}|{c.dep}|{side}",
        f"deep={min(len(up), 4)}|{min(len(down), 4)}|{side}",
        f"last={'>'.join(downs[-2:])}|{min(len(up), 2)}|{min(len(down), 2)}",
    ]
    if branch >= 0:
        b = view.tokens[branch]
        kids = view.parse.children[branch]
        inner = view.tokens[kids[-1]].dep if kids else ""
        found += [
            f"b={one}|{b.lemma.lower()}",
            f"b+l={one}|{lemma}|{b.lemma.lower() if b.pos in ('ADP', 'SCONJ', 'PART', 'AUX', 'PRON') else b.pos}",
            f"bp={one}|{b.pos}|{b.tag}|{side}",
            f"b+in={one}|{b.pos}|{inner}|{lemma}",
            f"be={one}|{b.ent}|{t.pos}",
            f"2b={two}|{b.lemma.lower()}",
        ]
    if up:
        a = view.tokens[top]
        found += [
            f"a={ups}|{a.pos}|{side}",
            f"a+l={ups}|{view.kind(top)}|{one}",
            f"ac={ups}|{one}|{_has_subject(view, cue)}",
            f"ak={view.kind(top)}|{two}",
        ]
    return [*found, f"subj={_has_subject(view, cue)}|{two}", f"sub={i == subject_of(view, cue)}|{c.tag}"]


def _path(view: View, cue: int, i: int) -> tuple[tuple[int, ...], list[int], int, int]:
    """Return the tokens climbed from the cue, those descended to the token, the top, the first descended to (-1)."""
    mine, other = view.chain(cue), view.chain(i)
    above = set(mine)
    cut = next((n for n, j in enumerate(other) if j in above), len(other) - 1)
    top = other[cut]
    up = mine[: mine.index(top)] if top in above else mine
    down = list(reversed(other[:cut]))
    return up, down, top, down[0] if down else -1


def _has_subject(view: View, i: int) -> str:
    """Return which subjects a token has of its own."""
    return "+".join(sorted(view.tokens[c].dep for c in view.parse.children[i] if view.tokens[c].dep in SUBJECTS))


def _between(view: View, cue: int, i: int, lemma: str) -> list[str]:
    """Return the features of the order of words: distance, what stands between, quotations."""
    quote = view.quotes.quote
    lo, hi = min(cue, i), max(cue, i)
    side = "l" if i < cue else "r" if i > cue else "="
    far = hi - lo
    commas = min(view.commas[hi] - view.commas[lo], 3)
    verbs = min(view.verbs[hi] - view.verbs[lo], 3)
    marks = min(view.marks[hi] - view.marks[lo], 3)
    bucket = far if far < 5 else 5 if far < 8 else 8 if far < 15 else 15
    inside = f"{quote[i] >= 0}|{quote[cue] >= 0}|{quote[i] == quote[cue]}"
    s = view.parse.sentences[view.tokens[cue].sentence]
    any_quote = any(q >= 0 for q in quote[s.first : s.last])
    t = view.tokens[i]
    found = [
        f"far={bucket}|{side}",
        f"far+l={min(far, 4)}|{side}|{lemma}",
        f"cm={commas}|{side}",
        f"vb={verbs}|{side}",
        f"cv={commas}|{verbs}|{side}|{t.pos}",
        f"mk={marks}|{inside}|{side}",
        f"q={inside}|{side}|{any_quote}",
        f"q+l={inside}|{side}|{lemma}",
        f"q+k={inside}|{any_quote}|{view.kind(cue)}|{side}",
        f"q+w={inside}|{t.text if t.pos == 'PUNCT' else ''}|{side}",
    ]
    if far <= 3:
        found += [
            f"at={i - cue}|{t.pos}|{t.dep}",
            f"at+w={i - cue}|{t.text.lower()}",
            f"at+l={i - cue}|{lemma}|{t.text.lower()}",
        ]
    return found
