"""The desk: pages and an HTTP API over the ledger. A thin edge; what is said is decided by `answer`."""
