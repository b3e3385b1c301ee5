"""The one frozen Settings record, and the only place that reads the environment."""

import os
import re

from dragoman.records import Record

# In an address of a ledger: what stands between the user's name and the host, and what its options give.
_PASSWORD = re.compile(r"(?<=://)([^:/@?]*):.*@(?=[^@]*$)|(?<=[?&]password=)[^&]*|(?<=[?&]sslpassword=)[^&]*")


class Settings(Record, frozen=True):
    """What a run can be told. Every field goes into the run's record."""

    store: str = "dragoman.db"
    max_bytes: int = 20_000_000  # one file or page over this is rejected: no article is this long
    max_characters: int = 1_000_000  # one text over this is rejected: spaCy's own limit
    colour: bool = True


def from_environment() -> Settings:
    """Return the defaults, with DRAGOMAN_STORE and NO_COLOR applied."""
    return Settings(store=os.environ.get("DRAGOMAN_STORE", "dragoman.db"), colour="NO_COLOR" not in os.environ)


def without_password(store: str) -> str:
    """Return the name of a ledger as it may be shown and kept: the password of an address is starred out."""
    return _PASSWORD.sub(lambda m: "***" if m[1] is None else f"{m[1]}:***@", store)
