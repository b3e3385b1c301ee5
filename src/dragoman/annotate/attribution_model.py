"""The scores of the attribution model: does a token head a cue, which role does a token play for it? No assembly."""

import numpy as np
from numpy.typing import NDArray

from dragoman.annotate.attribution_features import View, cue_features, hashed, is_candidate, token_features
from dragoman.scheme.speech import speech_model


def cue_scores(view: View) -> dict[int, float]:
    """Return the probability that each candidate token heads a cue."""
    weights = speech_model().cue
    found: dict[int, float] = {}
    for t in view.tokens:
        if is_candidate(t):
            total = float(weights[hashed(cue_features(view, t.i), len(weights))].sum())
            found[t.i] = 1 / (1 + float(np.exp(-total)))
    return found


def role_scores(view: View, cue: int, tokens: list[int]) -> NDArray[np.float64]:
    """Return for each of `tokens` the probabilities of the ROLES, seen from `cue`."""
    weights = speech_model().roles
    rows = (hashed(token_features(view, cue, i), len(weights)) for i in tokens)
    totals = np.stack([weights[r].sum(axis=0, dtype=np.float64) for r in rows])
    odds = np.exp(totals - totals.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
    return shares
