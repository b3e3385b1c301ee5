"""The ledger as tools of an assistant (Model Context Protocol): a thin edge over `answer`. Nothing is decided here.

Only `server` knows the official SDK, which is an extra; the other modules work without it.
"""
