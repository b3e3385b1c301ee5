"""dragoman reads reporting on politics and keeps the ledger of relations between states.

The names below are the public API; everything is loaded on first use, so that `import dragoman` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.app import (
        actors,
        attributions,
        code_pair,
        name_similarity,
        open,  # noqa: A004 - the public name of design.md: dragoman.open("ledger.db")
        page,
        places,
        predicates,
        read,
        read_path,
        stories,
        times,
    )

__version__ = "0.1.0"
__all__ = [
    "actors",
    "attributions",
    "code_pair",
    "name_similarity",
    "open",
    "page",
    "places",
    "predicates",
    "read",
    "read_path",
    "stories",
    "times",
]


def __getattr__(name: str) -> Any:
    """Load the public names from the composition root when they are first asked for."""
    if name in __all__:
        return getattr(import_module("dragoman.app"), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}", name=name, obj=import_module("dragoman"))


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
