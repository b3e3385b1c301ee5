"""Names of states by code, from the actor lexicon. Nothing else of states lives here."""

import functools

from dragoman.scheme.actors import rows


@functools.cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for _, row in rows("countries.tsv", "code", "name")}


def state_name(code: str) -> str:
    """Return the English name of a state by its alpha-3 code; the code itself where it is none of ours."""
    return _names().get(code, code)
