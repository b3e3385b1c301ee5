"""Who says what: sources, cues and contents of a text, assembled from the model's scores. No chains, no actors."""

import numpy as np
from numpy.typing import NDArray

from dragoman.annotate.attribution_features import View, window
from dragoman.annotate.attribution_model import cue_scores, role_scores
from dragoman.annotate.attribution_quotes import MARKS
from dragoman.records import AttributionSpan, Parse, Span
from dragoman.scheme.speech import ROLES, cue_kinds
from dragoman.tree import ancestors, children, span, subtree

# All four were chosen on every tenth document of the training set (there 0.76 mean and 0.83 micro F1 over words).
CUE_THRESHOLD = 0.35  # 0.30 to 0.40 give the same F1 within 0.001; higher loses contents, lower adds half-cues
NONE_SHARE = 0.5  # "none" counts half: the annotators left out much that they would have accepted
SWITCH = 3.0  # the cost, in log-odds, of a change of role between two words: a seventh fewer spans at the same F1
SWITCH_AT_MARK = 1.5  # the same at a punctuation mark or the edge of a sentence
# Frames that carry an attribution whatever the weights of a model of another kind of news say.
SURE_THRESHOLD = 0.10
CLAUSES = frozenset({"ccomp", "acl"})
SURE_KINDS = {"VERB": {"say", "show"}, "NOUN": {"say", "commit", "call"}, "ADV": {"say"}}
TRIMMED = frozenset(",;:.—–-") | {"and", "but", "or", "--"}
DASHES = frozenset({"—", "–", "--"})
NONE, SOURCE, CUE, CONTENT = (ROLES.index(r) for r in ("none", "source", "cue", "content"))


def find_attributions(parse: Parse) -> list[AttributionSpan]:
    """Return the attributions of a parse in the order of their cues.

    A source may be empty ("is expected to", "reportedly"), a content never is. Contents may overlap and nest.
    """
    view = View(parse, cue_kinds())
    found: list[AttributionSpan] = []
    for cue, score in sorted(cue_scores(view).items()):
        if score >= (SURE_THRESHOLD if _sure(view, cue) else CUE_THRESHOLD):
            made = _assemble(view, cue)
            if made:
                found.append(made)
    return found


def attributions_of_text(text: str) -> list[AttributionSpan]:
    """Return the attributions of a bare text."""
    from dragoman.annotate.syntax import parse_text  # noqa: PLC0415 - the parser is needed by this convenience alone

    return find_attributions(parse_text(text))


def _sure(view: View, cue: int) -> bool:
    """Return whether a candidate stands in a frame of reporting: a known word with a clause, a hedging adverb."""
    t = view.tokens[cue]
    if view.kind(cue) not in SURE_KINDS.get(t.pos, ()):
        return False
    kids = [view.tokens[c] for c in view.parse.children[cue]]
    if t.pos == "VERB":
        return any(k.dep == "ccomp" for k in kids) and any(k.dep == "nsubj" and k.pos != "ADV" for k in kids)
    return t.pos == "ADV" or any(k.dep in CLAUSES for k in kids)


def _assemble(view: View, cue: int) -> AttributionSpan | None:
    """Return the attribution that a cue makes, None where nothing is attributed."""
    tokens = window(view, cue)
    shares = role_scores(view, cue, tokens)
    role = dict(zip(tokens, _best_roles(view, tokens, shares), strict=True))
    role[cue] = CUE
    if SOURCE not in role.values():  # a speaker far from his second verb: the cost of two changes hid him
        best = dict(zip(tokens, shares.argmax(axis=1), strict=True))
        role |= {i: SOURCE for i in tokens if best[i] == SOURCE and role[i] == NONE}
    _narrow_noun(view, cue, role)
    _narrow(view, cue, role)
    content = _spans(view, tokens, role, CONTENT)
    if not content:
        return None
    source = _spans(view, tokens, role, SOURCE)
    return AttributionSpan(source=source, cue=_spans(view, tokens, role, CUE), content=content)


def _best_roles(view: View, tokens: list[int], shares: NDArray[np.float64]) -> list[int]:
    """Return the best sequence of roles (Viterbi): each word's score, less a cost for every change of role."""
    scores = np.log(shares + 1e-9)
    scores[:, NONE] += np.log(NONE_SHARE)
    total = scores[0].copy()
    back: list[NDArray[np.int64]] = []
    same = np.arange(len(ROLES))
    for before, here, score in zip(tokens, tokens[1:], scores[1:], strict=False):
        edge = here - before > 1 or "PUNCT" in (view.tokens[before].pos, view.tokens[here].pos)
        best = int(total.argmax())
        switched = total[best] - (SWITCH_AT_MARK if edge else SWITCH)
        back.append(np.where(total >= switched, same, best))
        total = np.maximum(total, switched) + score
    roles = [int(total.argmax())]
    for step in reversed(back):
        roles.append(int(step[roles[-1]]))
    return roles[::-1]


def _narrow_noun(view: View, cue: int, role: dict[int, int]) -> None:
    """Let a cue noun with a content of its own ("the claim that ...") have nothing else."""
    if view.tokens[cue].pos != "NOUN":
        return
    below = set(subtree(view.parse, cue))
    if any(role.get(i) == CONTENT for i in below):
        role |= {i: NONE for i, here in role.items() if here == CONTENT and i not in below}


def _narrow(view: View, cue: int, role: dict[int, int]) -> None:
    """Let "according to" in an apposition behind a dash cover that and the noun phrase before it, not the sentence."""
    t = view.tokens[cue]
    if t.text.lower() != "according":
        return
    s = view.parse.sentences[t.sentence]
    dash = next((i for i in range(cue - 1, s.first, -1) if view.tokens[i].text in DASHES), -1)
    after = [view.tokens[i] for i in range(dash + 1, cue)]
    if dash < 0 or not after or any(x.tag in ("VBD", "VBP", "VBZ", "MD") for x in after):
        return
    first = _named_before(view, dash)
    if first < 0:
        return
    for i, here in role.items():
        if here == CONTENT and (i < first or i > cue):
            role[i] = NONE


def _named_before(view: View, dash: int) -> int:
    """Return the first token of the widest noun phrase that ends at a dash; -1 where a whole clause is summed up."""
    top = view.tokens[dash - 1]
    for a in ancestors(view.parse, dash - 1):
        if a.pos in ("VERB", "AUX") and (a.dep != "acl" and (a.tag != "VBG" or a.lemma.lower() != "include")):
            return -1 if top.pos == "ADP" else _leftmost(view, top.i)
        if a.lemma.lower() in ("include", "like", "as"):
            break
        top = a
    return _leftmost(view, top.i)


def _leftmost(view: View, i: int) -> int:
    """Return the first token of what hangs to the left of token `i`."""
    while left := [c.i for c in children(view.parse, i) if c.i < i]:
        i = left[0]
    return i


def _spans(view: View, tokens: list[int], role: dict[int, int], wanted: int) -> tuple[Span, ...]:
    """Return the runs of tokens of one role, loose marks and conjunctions cut off; runs without a word are left out."""
    runs: list[list[int]] = []
    for i in tokens:
        if role[i] != wanted:
            continue
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    if wanted == CUE:
        return tuple(span(view.parse, r[0], r[-1]) for r in runs)
    trimmed = [_trimmed(view, r) for r in runs]
    return tuple(span(view.parse, r[0], r[-1]) for r in trimmed if any(_is_word(view, i) for i in r))


def _trimmed(view: View, run: list[int]) -> list[int]:
    """Return a run without marks and conjunctions at its ends; a mark inside a closing quotation stays."""
    while run and view.tokens[run[0]].text.lower() in TRIMMED:
        run = run[1:]
    while run and view.tokens[run[-1]].text.lower() in TRIMMED and view.quotes.quote[run[-1]] < 0:
        run = run[:-1]
    return run


def _is_word(view: View, i: int) -> bool:
    """Return whether a token is more than a mark."""
    return view.tokens[i].text not in MARKS and any(c.isalnum() for c in view.tokens[i].text)
