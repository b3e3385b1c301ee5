"""The command group: its commands in order, and how errors leave the program. No command lives here."""

import os
import sys
from typing import Any

import click

from dragoman import __version__
from dragoman.cli import (
    asking,
    dyads,
    following,
    mcp,
    pictures,
    reading,
    reviewing,
    scoring,
    searching,
    serving,
    watching,
)
from dragoman.errors import DragomanError


class Failure(click.ClickException):
    """An error that the user can mend, in one line."""

    def show(self, file: Any = None) -> None:
        """Write the line to standard error."""
        click.echo(f"dragoman: {self.format_message()}", file=file, err=file is None)


class Group(click.Group):
    """Commands in the order of this list, DragomanError as one line, a closed pipe as a quiet end."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Return the commands in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DragomanError as fault:
            raise Failure(str(fault)) from fault
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more at exit
            ctx.exit(0)
        except OSError as fault:  # a full disk, a closed terminal
            raise Failure(f"the output can't be written: {fault.strerror or fault}") from fault


EXAMPLES = """\b
Examples:
  dragoman demo                              read the sample reports, print a brief
  dragoman read report.html                  read a page into dragoman.db
  dragoman read --published 2025-03-07 a.txt
  dragoman brief RUS SYR                     what stands between two parties
  dragoman search wheat                      everything with a word
  dragoman dossiers RUS SYR                  their matters over time, with stages
  dragoman events --actor Russia --json
  dragoman explain 3fa9                      one entry, down to its words
"""


@click.group(cls=Group, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dragoman", message="%(prog)s %(version)s")
def cli() -> None:
    """Read reporting on politics and keep the ledger.

    Who did what to whom, when, where, according to whom, and whether it has happened at all.
    """


for command in (
    reading.read,
    watching.watch,
    searching.search,
    asking.brief,
    dyads.dyad,
    dyads.dyads,
    asking.events,
    reviewing.event,
    asking.mentions,
    asking.explain,
    following.dossiers,
    following.dossier,
    following.flows,
    following.contacts,
    pictures.map_,
    pictures.network,
    asking.actors,
    asking.actor,
    asking.documents,
    asking.rejected,
    serving.serve,
    serving.token,
    mcp.mcp,
    serving.verify,
    reviewing.review,
    reviewing.resolve,
    scoring.evaluate,
    reading.demo,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    cli(prog_name="dragoman")
