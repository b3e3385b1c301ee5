"""The command line: a thin edge over `app` and `answer`. Heavy imports wait inside the commands."""

from dragoman.cli.group import cli, main

__all__ = ["cli", "main"]
