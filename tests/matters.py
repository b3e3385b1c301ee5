"""Makers of events from sentences for tests of dossiers, flows and contacts: one telling a sentence, no reading."""

from collections.abc import Sequence
from typing import Any

import msgspec

from builders import document, mention
from dragoman.records import Count, Event, Telling, When
from dragoman.resolve.consensus import event_of


def telling(
    said: str, predicate: str, published: str = "2025-03-07", *, outlet: str = "Post", day: str = "", **changed: Any
) -> Telling:
    """Return the telling of one sentence, a document of its own; `day` is that of the act, as EDTF."""
    made = mention(document(said, publisher=outlet, published=published), predicate, **changed)
    if day:
        when = When(edtf=day, text="", start=-1, end=-1, basis="absolute")
        made = msgspec.structs.replace(made, when=when)
    return Telling(mention=made, said=said, published=published, publisher=outlet)


def money(sum_: float, unit: str = "USD") -> Count:
    """Return a sum of money."""
    return Count(of="money", low=sum_, high=sum_, unit=unit, text="", start=0, end=0)


def goods(amount: float, unit: str = "tonne") -> Count:
    """Return a measure of goods."""
    return Count(of="goods", low=amount, high=amount, unit=unit, text="", start=0, end=0)


def event(*told: Telling) -> Event:
    """Return the event that these tellings amount to, each an origin of its own."""
    return event_of(told, {t.mention.id: t.mention.document_id for t in told})


def ledger(*events: Sequence[Telling]) -> tuple[list[Event], dict[str, Telling]]:
    """Return the events of groups of tellings, and the tellings by mention."""
    return [event(*told) for told in events], {t.mention.id: t for told in events for t in told}
