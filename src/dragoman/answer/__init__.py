"""Questions to the ledger and their answers as plain records and flat tables. The terminal is drawn by `cli`."""
