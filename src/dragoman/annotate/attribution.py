"""Who says what: sources, cues and contents of a text, assembled from the scores of the model. No chains and no actors."""

import numpy as np
from numpy.typing import NDArray

from dragoman.annotate.attribution_features import View, window
from dragoman.annotate.attribution_model import cue_scores, role_scores
from dragoman.records import AttributionSpan, Parse, Span
from dragoman.scheme.speech import ROLES, cue_kinds
from dragoman.tree import span

# Chosen on a tenth of the training set (documents whose number ends in 3), F1 over the words of all roles.
CUE_THRESHOLD = 0.35
NONE_DISCOUNT = 0.6  # the share of "none" is multiplied by this before the best role is taken
CUE, SOURCE, CONTENT = ROLES.index("cue"), ROLES.index("source"), ROLES.index("content")


def find_attributions(parse: Parse) -> list[AttributionSpan]:
    """Return the attributions of a parse in the order of their cues. A source may be empty ("is expected to"), a content never is."""
    view = View(parse, cue_kinds())
    scores = cue_scores(view)
    found: list[AttributionSpan] = []
    for cue in sorted(i for i, p in scores.items() if p >= CUE_THRESHOLD):
        tokens = window(view, cue)
        made = _assemble(view, cue, tokens, _roles(role_scores(view, cue, tokens)))
        if made:
            found.append(made)
    return found


def attributions_of_text(text: str) -> list[AttributionSpan]:
    """Return the attributions of a bare text."""
    from dragoman.annotate.syntax import parse_text  # noqa: PLC0415 - the parser is needed by this convenience alone

    return find_attributions(parse_text(text))


def _roles(shares: NDArray[np.float64]) -> list[int]:
    """Return the role of each token."""
    weighed = shares.copy()
    weighed[:, 0] *= NONE_DISCOUNT
    return [int(n) for n in weighed.argmax(axis=1)]


def _assemble(view: View, cue: int, tokens: list[int], roles: list[int]) -> AttributionSpan | None:
    """Return the attribution that the roles of the window spell, None where nothing is attributed."""
    role = dict(zip(tokens, roles, strict=True))
    role[cue] = CUE
    if CONTENT not in role.values():
        return None
    _smooth(view, tokens, role)
    return AttributionSpan(
        source=_spans(view, tokens, role, SOURCE), cue=_spans(view, tokens, role, CUE), content=_spans(view, tokens, role, CONTENT)
    )


def _smooth(view: View, tokens: list[int], role: dict[int, int]) -> None:
    """Give a punctuation mark, and a lone word, between two words of one role that role too."""
    for before, here, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if after - before == 2 and role[before] == role[after] != role[here] and role[here] in (0, role[before]) and role[before]:
            role[here] = role[before]


def _spans(view: View, tokens: list[int], role: dict[int, int], wanted: int) -> tuple[Span, ...]:
    """Return the runs of tokens of one role; runs without a word are left out."""
    runs: list[list[int]] = []
    for i in tokens:
        if role[i] != wanted:
            continue
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    kept = [r for r in runs if any(view.tokens[i].text[-1:].isalnum() for i in r) or (wanted == CUE and len(runs) == 1)]
    return tuple(span(view.parse, r[0], r[-1]) for r in kept)
