"""The two families of failure: skip this item, or stop the run. No handling of them lives here."""


class DragomanError(Exception):
    """Anything that dragoman says went wrong."""


class SkipItem(DragomanError):
    """This item can't be used; the rest goes on. It becomes a `rejected` row.

    `reason` says what is wrong and what to do in one line, `where` names the item (a path, a path with a line, a url),
    `stage` the part of the program that gave up.
    """

    def __init__(self, reason: str, where: str, stage: str = "sources") -> None:
        super().__init__(f"{where}: {reason}")
        self.reason = reason
        self.where = where
        self.stage = stage


class StopRun(DragomanError):
    """The whole run can't go on: a damaged model file, a ledger that can't be written, a path that is not there."""


class NotFound(StopRun):
    """What was asked for by name or id is not in the ledger."""
