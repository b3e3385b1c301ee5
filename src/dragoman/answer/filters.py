"""The filters: one row each, which drives SQL condition, command-line flag and English. No SQL is built here."""

from collections.abc import Mapping
from typing import Any

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.scheme.status import CERTAINTIES, STATUSES


class Filter(Record, frozen=True):
    """One filter. `operator` names the way in which `conditions` compares; several values mean any of them."""

    name: str
    column: str
    operator: str
    english: str
    help: str
    value: str = "TEXT"
    choices: tuple[str, ...] = ()
    values: int = 1  # how many values one use of the flag takes

    @property
    def flag(self) -> str:
        """Return the flag of the command line."""
        return "--" + self.name.replace("_", "-")


FILTERS = (
    Filter(name="actor", column="actor", operator="party", english="by {}", value="PARTY",
           help="Who acts: a code (RUS), a state (Russia) or a name (Putin)."),
    Filter(name="recipient", column="recipient", operator="party", english="towards {}", value="PARTY",
           help="To whom, in the same ways."),
    Filter(name="party", column="either", operator="party", english="with {} on either side", value="PARTY",
           help="Actor or recipient."),
    Filter(name="between", column="either", operator="between", english="between {} and {}", value="PARTY", values=2,
           help="Two parties: one acts towards the other, or both act."),
    Filter(name="type", column="type", operator="plover", english="of type {}",
           help="PLOVER type of the record (a planned AID is AGREE)."),
    Filter(name="act", column="act", operator="plover", english="with the act {}",
           help="PLOVER type of the act itself (a planned AID is AID)."),
    Filter(name="quad", column="quad", operator="number", english="of quad class {}", choices=("1", "2", "3", "4"),
           help="1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."),
    Filter(name="status", column="status", operator="is", english="{}", value="STATUS", choices=STATUSES,
           help="Whether it happened."),
    Filter(name="historical", column="historical", operator="flag", english="background: {}", choices=("yes", "no"),
           help="Told as background, or as news."),
    Filter(name="certainty", column="certainty", operator="is", english="{}", choices=CERTAINTIES,
           help="How surely it is told."),
    Filter(name="since", column="last_day", operator="since", english="since {}", value="DATE",
           help="Happened on this day or later; undated acts are left out."),
    Filter(name="until", column="first_day", operator="until", english="until {}", value="DATE",
           help="Happened on this day or earlier; undated acts are left out."),
    Filter(name="as_of", column="published_day", operator="as_of", english="as of {}", value="DATE",
           help="Only what had been published by this day; reports without a date are left out."),
    Filter(name="place", column="place", operator="place", english="in {}", value="PLACE",
           help="Where: a country's code or name, or a place's name."),
    Filter(name="source", column="source", operator="voice", english="said by {}",
           help="Who says so (words of the source's name)."),
    Filter(name="outlet", column="publisher", operator="words", english="reported by {}",
           help="Who printed it."),
    Filter(name="document", column="id", operator="prefix", english="in document {}", value="ID",
           help="One document, by the first characters of its id."),
    Filter(name="min_confidence", column="confidence", operator="at_least", english="with confidence {} and over",
           value="NUMBER", help="0 to 1."),
    Filter(name="text", column="said", operator="words", english="containing “{}”",
           help="Words of the sentence, as they stand there."),
)  # fmt: skip
BY_NAME: Mapping[str, Filter] = {f.name: f for f in FILTERS}
# Those of dossiers, flows and contacts, which have their parties A and B beside them.
MATTERS = ("as_of", "since", "until", "status", "certainty", "place", "outlet", "source", "min_confidence", "text")


def asked_for(asked: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return filter name → values, without what was left open; raises StopRun for an unknown filter."""
    unknown = sorted(set(asked) - set(BY_NAME))
    if unknown:
        raise StopRun(f"{unknown[0]}: no such filter; there are {', '.join(BY_NAME)}")
    found = {f.name: _values(f, asked[f.name]) for f in FILTERS if f.name in asked}
    return {name: values for name, values in found.items() if values}


def english(asked: Mapping[str, Any]) -> str:
    """Return the question in English: "by Russia towards Syria, since 2025-01"; empty where nothing was asked."""
    parts = []
    for name, values in asked_for(asked).items():
        form = BY_NAME[name].english
        parts.append(" or ".join(form.format(*v) if isinstance(v, tuple) else form.format(v) for v in values))
    return ", ".join(parts)


def _values(f: Filter, given: Any) -> tuple[Any, ...]:
    """Return the values of one filter as a tuple; a pair is one value where the filter takes two."""
    if given is None or given in ("", ()):
        return ()
    if f.values == 2:
        return (tuple(given),) if isinstance(given[0], str) else tuple(tuple(pair) for pair in given)
    values = (given,) if isinstance(given, str | bool | int | float) else tuple(given)
    return tuple(_checked(f, _plain(v)) for v in values)


def _plain(value: Any) -> str:
    """Return the value as the command line would give it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _checked(f: Filter, value: str) -> str:
    """Return `value` in the spelling of the choices."""
    if f.choices and value.lower() not in f.choices:
        raise StopRun(f"{f.flag} {value}: one of {', '.join(f.choices)}")
    return value.lower() if f.choices else value
