"""The ledger on disk: tables, migrations, one writer and one view. No question is phrased here and no text is read."""

from dragoman.store.ledger import Store, open_store
from dragoman.store.view import Pulse, Seen, StoredDocument
from dragoman.store.writer import Put

__all__ = ["Pulse", "Put", "Seen", "Store", "StoredDocument", "open_store"]
