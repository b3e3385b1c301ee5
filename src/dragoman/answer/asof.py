"""Events as the ledger would have told them with the documents published by a day. No SQL of its own, no wording."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.answer.conditions import Condition, conditions
from dragoman.answer.identities import sides
from dragoman.answer.reclustered import day_of, events_with
from dragoman.errors import NotFound
from dragoman.records import Event
from dragoman.store import Store
from dragoman.store.dyads import dyad_days

__all__ = ["acts_by_day", "day_of", "events", "events_with", "latest"]


def events(store: Store, asked: Mapping[str, Any], only: Sequence[Condition] = ()) -> list[Event]:
    """Return the events with at least one mention that satisfies the filters, in the order of their first telling.

    `only` are conditions that this mention satisfies too.

    With `as_of` they are clustered anew from the mentions of that day: what later reports joined is apart again, and
    what they added is not known yet.
    """
    asked_of = [*conditions(asked, sides(store, asked)), *only]
    day = day_of(asked)
    if day is None:
        return store.events(*asked_of)
    return events_with(store, store.mention_ids(*asked_of), day)


def latest(store: Store, asked: Mapping[str, Any], limit: int, after: str | None) -> list[Event]:
    """Return at most `limit` of these events, the latest told first, from the one after the event `after` on."""
    if day_of(asked) is None:
        return store.latest_events(limit, after, *conditions(asked, sides(store, asked)))
    found = events(store, asked)
    found = [e for e in found if e.published][::-1] + [e for e in found if not e.published]
    at = next((i for i, e in enumerate(found) if e.id == after), None)
    if after is not None and at is None:
        raise NotFound(f"{after}: no event of that day has this id; begin the list anew")
    begin = 0 if at is None else at + 1
    return found[begin : begin + limit]


def acts_by_day(store: Store, asked: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the days that acts stand under, in order, with how many; of the filters only `as_of` counts."""
    days = {n: v for n, v in asked.items() if n == "as_of"}
    if day_of(days) is None:
        return store.acts_by_day()
    return sorted(Counter(r.day for e in events(store, days) for r in dyad_days(e) if r.day).items())
