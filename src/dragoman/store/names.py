"""The table of distinct names, counted: what a document adds when it is put in and takes along. Nothing is compared."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, func, literal, select, update

from dragoman.store import tables as t

Row = dict[str, Any]
Name = tuple[str, str, str, str]  # kind, name, country ("" for none), key
PARTY, PLACE = "party", "place"
_ADD = """
INSERT INTO names (kind, name, country, key, sightings, first_day) {rows}
ON CONFLICT (kind, name, country) DO UPDATE SET sightings = names.sightings + excluded.sightings,
first_day = CASE WHEN names.first_day <= excluded.first_day OR excluded.first_day IS NULL THEN names.first_day
ELSE excluded.first_day END"""
_COLUMNS = "SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[])"


def count_names(
    connection: Connection,
    actors: Iterable[Mapping[str, Any]],
    mentions: Iterable[Mapping[str, Any]],
    days: Mapping[str, str | None],
) -> None:
    """Add the names of these rows; `days` says when the document of each mention was published."""
    told = [(PARTY, a["name"], a["country"], a["key"], days[a["mention_id"]]) for a in actors]
    told += [
        (PLACE, m["place"], m["place_country"], m["place_key"], days[m["id"]])
        for m in mentions
        if m["place"] is not None
    ]
    found: dict[Name, tuple[int, str | None]] = {}
    for kind, name, country, key, day in told:
        one = (kind, name, country or "", key)
        times, first = found.get(one, (0, None))
        found[one] = times + 1, min(filter(None, (first, day)), default=None)
    rows = [(*name, times, first) for name, (times, first) in sorted(found.items(), key=lambda x: x[0])]
    if rows:
        _add(connection, rows)


def _add(connection: Connection, rows: Sequence[tuple[str, str, str, str, int, str | None]]) -> None:
    """Add names with their sightings and first days to those that are there."""
    if connection.dialect.name == "postgresql":  # all at once: it takes as long to ask for one as for thousands
        connection.exec_driver_sql(_ADD.format(rows=_COLUMNS), tuple(map(list, zip(*rows, strict=True))))
    else:
        connection.exec_driver_sql(_ADD.format(rows="VALUES (?, ?, ?, ?, ?, ?)"), list(rows))


def names_in(connection: Connection, document_id: str) -> list[Row]:
    """Return the names of a document as it is stored, with how often each stands there: asked before it is deleted."""
    a, m, times = t.actors.c, t.mentions.c, func.count().label("times")
    state, land = (func.coalesce(c, "").label("country") for c in (a.country, m.place_country))
    parties = select(literal(PARTY).label("kind"), a.name, a.key, state, times).join(t.mentions, m.id == a.mention_id)
    places = select(
        literal(PLACE).label("kind"), m.place.label("name"), m.place_key.label("key"), land, times
    ).where(m.place.is_not(None))  # fmt: skip
    asked = (parties.group_by(a.name, a.key, state), places.group_by(m.place, m.place_key, land))
    return [r._asdict() for some in asked for r in connection.execute(some.where(m.document_id == document_id))]


def discount_names(connection: Connection, names: Iterable[Row], day: str | None) -> None:
    """Take back what a document that is deleted by now had added; a name that nobody has any more goes."""
    n = t.names.c
    for row in names:
        this = and_(n.kind == row["kind"], n.name == row["name"], n.country == row["country"])
        connection.execute(update(t.names).where(this).values(sightings=n.sightings - row["times"]))
        connection.execute(delete(t.names).where(this, n.sightings <= 0))
        if day is not None:
            earliest = _earliest(row)
            connection.execute(update(t.names).where(this, n.first_day == day).values(first_day=earliest))


def _earliest(row: Row) -> Any:
    """Return the question for the day of the earliest document that has a name."""
    a, m, d = t.actors.c, t.mentions.c, t.documents.c
    asked = select(func.min(d.published_day)).join(t.mentions, m.document_id == d.id)
    if row["kind"] == PLACE:
        same = (m.place_key == row["key"], m.place == row["name"], func.coalesce(m.place_country, "") == row["country"])
    else:
        asked = asked.join(t.actors, a.mention_id == m.id)
        same = (a.key == row["key"], a.name == row["name"], func.coalesce(a.country, "") == row["country"])
    return asked.where(*same).scalar_subquery()
