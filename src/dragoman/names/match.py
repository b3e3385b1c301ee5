"""What a comparison of two names comes to: a score with its reasons. Nothing is compared here."""

from dragoman.records import Record

# From this score on two names are the same: the contract of `name_similarity`, not a setting.
SAME_NAME = 0.7
# What keeps a pair below SAME_NAME: how near to it a pair stands that lacks evidence, or has some against it.
UNSURE = 0.6
AGAINST = 0.45


class Reason(Record, frozen=True):
    """One ingredient: `rule` by its name, the words on both sides ("" where there are none), and how like they are."""

    rule: str
    a: str = ""
    b: str = ""
    likeness: float = 0.0


class Match(Record, frozen=True):
    """Score from 0 to 1, SAME_NAME and over = the same name, with what speaks for it and against it, in order."""

    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the two are the same name."""
        return self.score >= SAME_NAME
