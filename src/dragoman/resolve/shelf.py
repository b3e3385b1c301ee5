"""What resolution asks of a ledger, as a protocol: `store` keeps it, this package knows nothing of SQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from dragoman.records import CopyJudgement, Document, Event, Judgement, Telling


class Shelf(Protocol):
    """What resolution asks of a ledger, inside one transaction."""

    def waiting(self, limit: int) -> list[Document]:
        """Return the next documents that are not resolved yet, by publication (unknown last) and id."""
        ...

    def documents(self, ids: Collection[str]) -> list[Document]:
        """Return these documents, by id."""
        ...

    def days(self, ids: Collection[str]) -> dict[str, str | None]:
        """Return document → when it was published."""
        ...

    def at_addresses(self, urls: Collection[str]) -> dict[str, list[str]]:
        """Return address → the ids of the documents published there."""
        ...

    def replacing(self, ids: Collection[str]) -> dict[str, list[str]]:
        """Return document → the documents that say they replace it."""
        ...

    def settle(self, ids: Collection[str]) -> None:
        """Mark documents as resolved."""
        ...

    def put_bands(self, bands: Mapping[str, Sequence[str]]) -> None:
        """Keep document → its bands."""
        ...

    def band_mates(self, bands: Collection[str]) -> dict[str, list[str]]:
        """Return band → the ids of the documents that have it."""
        ...

    def put_copies(self, judged: Iterable[CopyJudgement]) -> None:
        """Keep judgements on pairs of documents."""
        ...

    def copies_of(self, ids: Collection[str]) -> list[CopyJudgement]:
        """Return the judgements on pairs with at least one of these documents."""
        ...

    def copy_group(self, ids: Collection[str]) -> set[str]:
        """Return these documents with all that judgements on copies tie to them, directly or through others."""
        ...

    def tellings(self, ids: Collection[str]) -> list[Telling]:
        """Return the mentions with these ids."""
        ...

    def tellings_in(self, documents: Collection[str]) -> list[Telling]:
        """Return the mentions of these documents."""
        ...

    def put_blocks(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Keep mention → its block keys."""
        ...

    def block_mates(self, keys: Collection[str]) -> dict[str, list[str]]:
        """Return key → the ids of the mentions in that block."""
        ...

    def put_judgements(self, judged: Iterable[Judgement]) -> None:
        """Keep judgements; one that is there already stays as it is."""
        ...

    def judgements(self, kind: str, ids: Collection[str]) -> list[Judgement]:
        """Return the standing judgements of a kind on pairs with at least one of these ids."""
        ...

    def put_events(self, components: Mapping[str, Sequence[Event]], documents: Mapping[str, tuple[str, int]]) -> None:
        """Replace the events of all mentions in `documents`, which gives mention → (document, start)."""
        ...
