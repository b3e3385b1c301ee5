"""The JSON schemas of what tools give back, made of the records. No record is defined here."""

from typing import Any

import msgspec

NOISE = ("title", "description")  # of records: what `docs` tells once need not fill every client's window


def schema_of(*kinds: Any) -> dict[str, Any]:
    """Return the JSON schema (2020-12) of one of some record types: an object, the records in it under `$defs`."""
    found, made = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    defs = {"$defs": {name: _plain(body) for name, body in sorted(made.items())}}
    if len(found) > 1:
        return {"type": "object", "anyOf": list(found), **defs}
    root = defs["$defs"].pop(found[0]["$ref"].rpartition("/")[2])
    return {**root, **defs}


def _plain(body: Any) -> Any:
    """Return a schema without the words that only readers of the code need; a property may bear such a name."""
    if isinstance(body, list):
        return [_plain(x) for x in body]
    if not isinstance(body, dict):
        return body
    kept = {k: v for k, v in body.items() if k not in NOISE or not isinstance(v, str)}
    return {k: {name: _plain(x) for name, x in v.items()} if k == "properties" else _plain(v) for k, v in kept.items()}
