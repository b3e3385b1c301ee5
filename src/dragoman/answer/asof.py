"""Events as the ledger would have told them with the documents published by a day. No SQL of its own, no wording."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dragoman.answer.conditions import Condition, conditions, last_day
from dragoman.answer.filters import asked_for
from dragoman.answer.identities import sides
from dragoman.errors import NotFound
from dragoman.records import Event
from dragoman.resolve.consensus import order
from dragoman.resolve.keep import events_of, origins_of, standing
from dragoman.store import Store


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


def day_of(asked: Mapping[str, Any]) -> str | None:
    """Return the last day of what `as_of` asks for; None where it is not asked."""
    days = asked_for(asked).get("as_of", ())
    return max((last_day("--as-of", d) for d in days), default=None)


def events_with(store: Store, mentions: Collection[str], day: str | None) -> list[Event]:
    """Return the events that hold any of these mentions, now or (published by then) as the ledger of a day had them."""
    if day is None:
        return store.events_holding(mentions)
    wanted = set(mentions)
    with store.consulting() as shelf:
        hanging = shelf.tellings(store.hanging_with(wanted))
        told = {x.mention.id: x for x in hanging if x.published and x.published[:10] <= day}
        made = events_of(told, standing(shelf, told), origins_of(shelf, told.values(), day))
    found = [e for some in made.values() for e in some if wanted & set(e.mentions)]
    return sorted(found, key=lambda e: order(told[e.id]))
