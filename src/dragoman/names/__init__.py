"""Comparing names across spellings and scripts: scores with their reasons, and keys to find candidates by."""

from dragoman.names.compare import compare, name_similarity
from dragoman.names.keys import keys
from dragoman.names.match import SAME_NAME, Match, Reason

__all__ = ["SAME_NAME", "Match", "Reason", "compare", "keys", "name_similarity"]
