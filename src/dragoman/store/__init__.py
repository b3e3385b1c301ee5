"""The ledger on disk: tables, migrations, one writer and one view. No question is phrased here and no text is read."""

from dragoman.store.ledger import Store, open_store
from dragoman.store.view import CopyPair, Listed, Pulse, Seen, StoredDocument
from dragoman.store.writer import Put

__all__ = ["CopyPair", "Listed", "Pulse", "Put", "Seen", "Store", "StoredDocument", "open_store"]
