"""What a tool can be asked: its parameters with their JSON schemas, made of the filter table, and their check."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.answer.filters import BY_NAME, Filter
from dragoman.answer.words import clip
from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.scheme import plover

Schema = dict[str, Any]
DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"
SINGLE = ("DATE", "NUMBER")  # of these filters several values would mean nothing
LONGEST = 300  # characters of a text: no name, id or theme is longer
MANY = 50  # values of one filter
SHOWN = 60  # characters of a wrong value that are said back


class Parameter(Record, frozen=True):
    """One parameter. `wants` says in words what `schema` takes."""

    name: str
    schema: Schema
    wants: str
    help: str
    required: bool = False


def text(name: str, help_: str, *, required: bool = False) -> Parameter:
    """Return a parameter that takes words."""
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    return Parameter(name=name, schema=schema, wants="words", help=help_, required=required)


def day(name: str, help_: str) -> Parameter:
    """Return a parameter that takes a day, a month or a year."""
    return Parameter(
        name=name, schema={"type": "string", "pattern": DATE}, wants="YYYY, YYYY-MM or YYYY-MM-DD", help=help_
    )


def choice(name: str, values: Sequence[str], default: str, help_: str) -> Parameter:
    """Return a parameter that takes one of some values."""
    schema = {"type": "string", "enum": [*values], "default": default}
    return Parameter(name=name, schema=schema, wants=f"one of {', '.join(values)}", help=help_)


def whole(name: str, most: int, default: int, help_: str) -> Parameter:
    """Return a parameter that takes a number from 1 to `most`."""
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter(name=name, schema=schema, wants=f"a whole number from 1 to {most}", help=help_)


# ---------------------------------------------------------------- filters
def filters(*names: str) -> tuple[Parameter, ...]:
    """Return one parameter a filter, in the order of the names."""
    return tuple(_filter(BY_NAME[n]) for n in names)


def _filter(f: Filter) -> Parameter:
    one, wants = _value(f)
    if f.values > 1:
        schema = {"type": "array", "items": one, "minItems": f.values, "maxItems": f.values}
        return Parameter(name=f.name, schema=schema, wants=f"a list of {f.values} names", help=f.help)
    if f.value in SINGLE or f.operator in ("flag", "at_least"):
        return Parameter(name=f.name, schema=one, wants=wants, help=f.help)
    several = {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": MANY}]}
    return Parameter(
        name=f.name, schema=several, wants=f"{wants}, or a list of such", help=f"{f.help} Several: any of them."
    )


def _value(f: Filter) -> tuple[Schema, str]:
    """Return the schema of one value of a filter, and what it wants in words."""
    choices = [kind.type for kind in plover.types()] if f.operator == "plover" else list(f.choices)
    if f.operator == "flag":
        return {"type": "boolean"}, "true or false"
    if f.operator == "number":
        return {"type": "integer", "enum": [int(c) for c in choices]}, f"one of {', '.join(choices)}"
    if choices:
        return {"type": "string", "enum": choices}, f"one of {', '.join(choices)}"
    if f.operator == "at_least":
        return {"type": "number", "minimum": 0, "maximum": 1}, "a number from 0 to 1"
    if f.value == "DATE":
        return {"type": "string", "pattern": DATE}, "YYYY, YYYY-MM or YYYY-MM-DD"
    return {"type": "string", "minLength": 1, "maxLength": LONGEST}, "a name" if f.value == "PARTY" else "words"


# ---------------------------------------------------------------- schema and check
def schema_of(parameters: Sequence[Parameter]) -> Schema:
    """Return the JSON schema of a tool's input."""
    return {
        "type": "object",
        "properties": {p.name: {**p.schema, "description": p.help} for p in parameters},
        "required": [p.name for p in parameters if p.required],
        "additionalProperties": False,
    }


def checked(parameters: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given, with defaults, without nulls; StopRun, saying what to give, for what does not fit."""
    known = {p.name: p for p in parameters}
    asked = {name: value for name, value in given.items() if value is not None}
    for name in sorted(set(asked) - set(known)):
        raise StopRun(f"{clip(name, SHOWN)}: no such parameter; there are {', '.join(known)}")
    for p in parameters:
        if p.required and p.name not in asked:
            raise StopRun(f"{p.name}: is missing; wants {p.wants}. {p.help}")
        if p.name in asked and not fits(p.schema, asked[p.name]):
            raise StopRun(f"{p.name}: wants {p.wants}; given was {clip(json.dumps(asked[p.name]), SHOWN)}")
    return {p.name: p.schema["default"] for p in parameters if "default" in p.schema} | asked


def fits(schema: Schema, value: Any) -> bool:
    """Return whether a value satisfies one of the schemas of this module, by the JSON schema words that they use."""
    if "anyOf" in schema:
        return any(fits(one, value) for one in schema["anyOf"])
    if "enum" in schema and value not in schema["enum"]:
        return False
    match schema["type"]:
        case "string":
            least, most = schema.get("minLength", 0), schema.get("maxLength", LONGEST)
            return isinstance(value, str) and least <= len(value) <= most and bool(_matches(schema, value))
        case "array":
            right = isinstance(value, list) and schema["minItems"] <= len(value) <= schema["maxItems"]
            return right and all(fits(schema["items"], one) for one in value)
        case "boolean":
            return isinstance(value, bool)
        case kind:
            number = isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
            return number and schema.get("minimum", value) <= value <= schema.get("maximum", value)


def _matches(schema: Schema, value: str) -> bool:
    return "pattern" not in schema or re.fullmatch(schema["pattern"], value) is not None
