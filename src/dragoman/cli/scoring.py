"""The command that scores dragoman against the development sets: `evaluate`."""

import click


@click.command(
    short_help="Score the development sets.",
    context_settings={"ignore_unknown_options": True},
    epilog="""\b
Examples:
  dragoman evaluate
  dragoman evaluate times places
""",
)
@click.argument("names", nargs=-1, metavar="[SET…]")
def evaluate(names: tuple[str, ...]) -> None:
    """Score the development sets where they are there and compare with the floors."""
    from dragoman import evaluate as scores  # noqa: PLC0415 - heavy

    click.get_current_context().exit(scores.main(list(names)))
