"""The commands by which people open events and set them right: event, review, resolve."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.asking import open_ledger
from dragoman.cli.options import output_options, store_option
from dragoman.cli.output import Faces, console, emit, to_json
from dragoman.config import without_password

if TYPE_CHECKING:
    from dragoman.answer.review import Decision

ID = 8  # characters of an id on the screen


@click.command(
    short_help="One event: who tells it, and where they differ.",
    epilog="""\b
Examples:
  dragoman event 3fa9
  dragoman event 3fa9c2 --json
""",
)
@click.argument("id_", metavar="ID")
@store_option
@output_options("table", "json", "md")
def event(id_: str, store: str, *, as_json: bool, form: str | None, output: str | None) -> None:
    """One event: its fields, each telling with its origin, where they differ, why they were taken for one.

    ID is the first characters of the id of the event or of any of its mentions.
    """
    from dragoman.answer import event as opening  # noqa: PLC0415 - heavy
    from dragoman.answer import markdown  # noqa: PLC0415
    from dragoman.cli import show_events  # noqa: PLC0415

    with open_ledger(store) as ledger:
        answer = opening.opened(ledger.store, id_)
        faces: Faces = {
            "table": lambda: show_events.opened(answer),
            "json": lambda: to_json(answer),
            "md": lambda: markdown.event(answer),
        }
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="Compare reports that wait.",
    epilog="""\b
Examples:
  dragoman resolve
  dragoman resolve --anew
""",
)
@store_option
@click.option("--anew", is_flag=True, help="All reports, not only those that wait; what people decided stays.")
def resolve(store: str, *, anew: bool) -> None:
    """Compare the reports that wait with the others and make their events. `read` does it by itself.

    Reports wait after a run that was broken off, and in a ledger that an older dragoman wrote.
    """
    from dragoman.resolve import keep  # noqa: PLC0415 - heavy

    with open_ledger(store) as ledger, console(stderr=True).status("resolving") as status:
        if anew:
            ledger.store.unsettle()
        done = keep.resolve(ledger.store.resolving, lambda n: status.update(f"{n} reports resolved"))
    click.echo(
        f"{done.documents} reports resolved, {done.compared} pairs compared → {without_password(store)}", err=True
    )


# ---------------------------------------------------------------- review
@click.group(
    short_help="Merge, split, reject, set right, undo.",
    epilog="""\b
Examples:
  dragoman review queue
  dragoman review merge 3fa9 81c2 --by Ann --reason "one convoy, two days of reporting"
  dragoman review split 3fa9 77d0 --by Ann --reason "the second strike"
  dragoman review set 3fa9 date 2025-03-04 --by Ann
  dragoman review reject 77d0 --by Ann --reason "a film, no event"
  dragoman review same-actor Jolani "Ahmed al-Sharaa" --by Ann
  dragoman review list
  dragoman review undo 5b1e
""",
)
def review() -> None:
    """What people decide on events and actors. It stays through later reading and coding, with who, when and why."""


_who = click.option("--by", required=True, metavar="NAME", help="Who decides.")


def _person(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --store, --by and --reason."""
    reason = click.option("--reason", default="", metavar="TEXT", help="Why.")
    return store_option(_who(reason(function)))


@review.command(epilog='\b\nExamples:\n  dragoman review merge 3fa9 81c2 --by Ann --reason "one convoy"\n')
@click.argument("ids", nargs=-1, required=True, metavar="ID ID…")
@_person
def merge(ids: tuple[str, ...], store: str, by: str, reason: str) -> None:
    """Make one event of those named."""
    _do(store, lambda s: _review().merge(s, ids, by, reason))


@review.command(epilog='\b\nExamples:\n  dragoman review split 3fa9 77d0 --by Ann --reason "the second strike"\n')
@click.argument("id_", metavar="EVENT")
@click.argument("mentions", nargs=-1, required=True, metavar="MENTION…")
@_person
def split(id_: str, mentions: tuple[str, ...], store: str, by: str, reason: str) -> None:
    """Take mentions out of an event."""
    _do(store, lambda s: _review().split(s, id_, mentions, by, reason))


@review.command(epilog='\b\nExamples:\n  dragoman review reject 77d0 --by Ann --reason "a film, no event"\n')
@click.argument("id_", metavar="MENTION")
@_person
def reject(id_: str, store: str, by: str, reason: str) -> None:
    """Take a mention out of all events: it was read wrongly."""
    _do(store, lambda s: _review().reject(s, id_, by, reason))


@review.command(name="set", epilog="\b\nExamples:\n  dragoman review set 3fa9 date 2025-03-04 --by Ann\n")
@click.argument("id_", metavar="EVENT")
@click.argument("field")
@click.argument("value")
@_who
@store_option
def put_right(id_: str, field: str, value: str, store: str, by: str) -> None:
    """Set a field of an event: status, historical, date, place, actor, recipient, a toll."""
    _do(store, lambda s: _review().put_right(s, id_, field, value, by))


@review.command(
    name="same-actor", epilog='\b\nExamples:\n  dragoman review same-actor Jolani "Ahmed al-Sharaa" --by Ann\n'
)
@click.argument("names", nargs=2, metavar="NAME NAME")
@_person
def same_actor(names: tuple[str, str], store: str, by: str, reason: str) -> None:
    """Say that two names are one actor's, as the ledger writes them; NAME/CODE where several states have it."""
    _do(store, lambda s: _review().on_actors(s, names, by, reason, same=True))


@review.command(
    name="other-actor", epilog='\b\nExamples:\n  dragoman review other-actor "Ali Hassan/IRQ" "A. Hassan" --by Ann\n'
)
@click.argument("names", nargs=2, metavar="NAME NAME")
@_person
def other_actor(names: tuple[str, str], store: str, by: str, reason: str) -> None:
    """Say that two names are two actors', as the ledger writes them."""
    _do(store, lambda s: _review().on_actors(s, names, by, reason, same=False))


@review.command(epilog="\b\nExamples:\n  dragoman review undo 5b1e\n")
@click.argument("id_", metavar="DECISION")
@store_option
def undo(id_: str, store: str) -> None:
    """Withdraw a decision, by the id that `review list` gives."""
    _do(store, lambda s: _review().undo(s, id_))


@review.command(name="list", epilog="\b\nExamples:\n  dragoman review list --json\n")
@store_option
@output_options("table", "json", "csv", "md")
def listed(store: str, *, as_json: bool, form: str | None, output: str | None) -> None:
    """What was decided, undone or not."""
    from dragoman.answer import tables  # noqa: PLC0415 - heavy
    from dragoman.cli import show_events  # noqa: PLC0415

    with open_ledger(store) as ledger:
        found = _review().decisions(ledger.store)
        flat = tables.decisions_table(found)
        faces: Faces = {
            "table": lambda: show_events.decisions(found),
            "json": lambda: to_json(found),
            "csv": lambda: tables.to_csv(flat),
            "md": lambda: tables.to_markdown(flat),
        }
        emit(faces, as_json=as_json, form=form, output=output)


@review.command(epilog="\b\nExamples:\n  dragoman review queue --limit 5\n")
@store_option
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many pairs.")
@output_options("table", "json")
def queue(store: str, *, limit: int, as_json: bool, form: str | None, output: str | None) -> None:
    """Pairs of mentions that the rules are unsure of, the likeliest first."""
    from dragoman.cli import show_events  # noqa: PLC0415 - heavy

    with open_ledger(store) as ledger:
        found = _review().queue(ledger.store, limit)
        faces: Faces = {"table": lambda: show_events.queue(found), "json": lambda: to_json(found)}
        emit(faces, as_json=as_json, form=form, output=output)


def _review() -> Any:
    from dragoman.answer import review as reviewing  # noqa: PLC0415 - heavy

    return reviewing


def _do(store: str, decide: Callable[[Any], "Sequence[Decision]"]) -> None:
    """Decide, and say under which ids it can be undone."""
    with open_ledger(store) as ledger:
        for d in decide(ledger.store):
            j = d.judgement
            what = " ".join(part for part in (j.verdict, j.a[:ID], j.b[:ID], j.note) if part)
            click.echo(f"{d.id[:ID]}  {'undone: ' if j.withdrawn_at else ''}{what}")
