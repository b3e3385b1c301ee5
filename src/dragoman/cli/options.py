"""Options that several commands share: the ledger, the form of the output, and one option a filter."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from dragoman.answer.filters import BY_NAME, FILTERS, Filter
from dragoman.config import from_environment

F = TypeVar("F", bound=Callable[..., Any])
WIDE = 4  # choices that fit beside a flag; more go into the help text
FORMATS = ("table", "json", "csv", "md", "parquet")


def store_option(function: F) -> F:
    """Add --store."""
    return click.option(
        "--store",
        metavar="LEDGER",
        default=lambda: from_environment().store,
        help="The ledger: a file, or a database URL.  [default: $DRAGOMAN_STORE or dragoman.db]",
    )(function)


def output_options(*formats: str) -> Callable[[F], F]:
    """Add --json, --format and -o."""

    def add(function: F) -> F:
        function = click.option("-o", "--output", metavar="FILE", help="Write to a file instead of the screen.")(
            function
        )
        function = click.option("--format", "form", type=click.Choice(formats or FORMATS), help="Form of the answer.")(
            function
        )
        return click.option("--json", "as_json", is_flag=True, help="The same as --format json.")(function)

    return add


def filter_options(*names: str) -> Callable[[F], F]:
    """Add one option for each named filter; all of them without names."""

    def add(function: F) -> F:
        for f in reversed([BY_NAME[n] for n in names] if names else FILTERS):
            function = _option(f)(function)
        return function

    return add


def _option(f: Filter) -> Callable[[F], F]:
    kind: Any = click.Choice(f.choices, case_sensitive=False) if f.choices else str
    wide = len(f.choices) > WIDE
    metavar = f"{f.value} {f.value}" if f.values == 2 else f.value if wide or not f.choices else None
    said = f"{f.help} One of {', '.join(f.choices)}." if wide else f.help
    return click.option(f.flag, f.name, type=kind, multiple=True, nargs=f.values, metavar=metavar, help=said)


def asked(options: dict[str, Any]) -> dict[str, Any]:
    """Return the filters that were used."""
    return {name: value for name, value in options.items() if value}
