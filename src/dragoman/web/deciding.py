"""What can be decided on the desk: one row an action, its address, and where it leads back to. Judged in `answer`."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dragoman.answer import review
from dragoman.answer.ledger import Ledger
from dragoman.answer.review import Decision
from dragoman.errors import NotFound
from dragoman.web.form import Form

Path = Mapping[str, str]
Do = Callable[[Ledger, Path, Form, str], Sequence[Decision]]


class Action(NamedTuple):
    """A POST: what it does, and the page that shows what came of it."""

    path: str
    name: str
    summary: str
    do: Do
    fields: tuple[str, ...]
    back: Callable[[Ledger, Path], str]
    scope: str = "review"
    signed: bool = True  # whether it is kept with the name of who did it


def _merge(ledger: Ledger, path: Path, form: Form, by: str) -> Sequence[Decision]:
    ids = [path["id"], *(id_in(v) for v in form.needed("with").split())]
    return review.merge(ledger.store, ids, by, form.one("reason"))


def _split(ledger: Ledger, path: Path, form: Form, by: str) -> Sequence[Decision]:
    form.needed("mention")
    return review.split(ledger.store, path["id"], form.many("mention"), by, form.one("reason"))


def _set(ledger: Ledger, path: Path, form: Form, by: str) -> Sequence[Decision]:
    return review.put_right(ledger.store, path["id"], form.needed("field"), form.one("value"), by)


def _reject(ledger: Ledger, path: Path, form: Form, by: str) -> Sequence[Decision]:
    return review.reject(ledger.store, path["id"], by, form.one("reason"))


def _judge(ledger: Ledger, _: Path, form: Form, by: str) -> Sequence[Decision]:
    pair = (form.needed("a"), form.needed("b"))
    return review.judge(ledger.store, pair, form.needed("verdict"), by, form.one("reason"))


def _undo(ledger: Ledger, path: Path, _: Form, __: str) -> Sequence[Decision]:
    return review.undo(ledger.store, path["id"])


def id_in(words: str) -> str:
    """Return the id in words that may be the address of an event or mention."""
    return words.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]


def _to_event(ledger: Ledger, path: Path) -> str:
    """Return the event's page; the list of decisions where it is gone."""
    try:
        return f"/event/{ledger.store.event(ledger.store.mention(path['id']).id).id}"
    except NotFound:
        return "/decisions"


def _to(page: str) -> Callable[[Ledger, Path], str]:
    return lambda _ledger, _path: page


ACTIONS = (
    Action("/event/{id}/merge", "merge", "Make one event of two or more.", _merge, ("with", "reason"), _to_event),
    Action("/event/{id}/split", "split", "Take mentions out.", _split, ("mention", "reason"), _to_event),
    Action("/event/{id}/set", "set", "Set a field.", _set, ("field", "value"), _to_event),
    Action("/mention/{id}/reject", "reject", "It was read wrongly.", _reject, ("reason",), _to("/decisions")),
    Action("/judge", "judge", "Same event or not.", _judge, ("a", "b", "verdict", "reason"), _to("/queue")),
    Action("/decision/{id}/undo", "undo", "Withdraw a decision.", _undo, (), _to("/decisions"), signed=False),
)
