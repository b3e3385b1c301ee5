"""When and where the acts of one document took place: both in one hand for whoever makes records of them."""

from dragoman.code.placing import Placing
from dragoman.code.timing import Timing
from dragoman.records import Annotated


class Setting:
    """The times and places of one document by the predicate that each belongs to."""

    def __init__(self, annotated: Annotated, predicates: set[int]) -> None:
        self.timing = Timing(annotated, predicates)
        self.placing = Placing(annotated, predicates)
