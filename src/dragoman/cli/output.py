"""Writing an answer in the form asked for, to the screen or a file. What it says is decided elsewhere."""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from dragoman.config import from_environment
from dragoman.errors import StopRun

SUFFIXES = {
    ".json": "json", ".csv": "csv", ".md": "md", ".html": "html", ".parquet": "parquet", ".svg": "svg"
}  # fmt: skip
FILE_WIDTH = 120  # columns of a table written to a file
_PADDING = re.compile(r"[ ]+(?=\n)")  # what rich fills lines up with: noise in a pipe
Faces = dict[str, Callable[[], Any]]


def chosen_form(*, as_json: bool, form: str | None, output: str | None) -> str:
    """Return the form: as asked, by the file's suffix, or a table."""
    if as_json:
        return "json"
    return form or SUFFIXES.get(Path(output).suffix.lower(), "table") if output else form or "table"


def emit(faces: Faces, *, as_json: bool, form: str | None, output: str | None) -> None:
    """Write one face of an answer: text, bytes, or something rich can draw, made only when asked for."""
    name = chosen_form(as_json=as_json, form=form, output=output)
    if name not in faces:
        raise StopRun(f"--format {name}: this answer has only {', '.join(faces)}")
    if name == "parquet" and output is None:
        raise StopRun("--format parquet: is no text for the screen; name a file with -o FILE")
    try:
        face = faces[name]()
    except ModuleNotFoundError as fault:
        raise StopRun(f"--format {name}: needs {fault.name}; install it with `pip install {fault.name}`") from fault
    if output is None:
        _to_screen(face)
    else:
        _to_file(face, Path(output))


def to_json(answer: Any) -> str:
    """Return the answer as JSON, indented, keys in the order of the record."""
    import msgspec  # noqa: PLC0415 - needed only here

    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode() + "\n"


def console(*, stderr: bool = False, file: Any = None) -> Any:
    """Return a console of the terminal's width (80 where there is none); colour only on a terminal without NO_COLOR."""
    from rich.console import Console  # noqa: PLC0415 - 40 ms that --json need not pay

    width = FILE_WIDTH if file else None
    return Console(
        stderr=stderr, file=file, width=width, highlight=False, markup=False, no_color=not from_environment().colour
    )


def _to_screen(face: Any) -> None:
    if isinstance(face, str):
        click.echo(face, nl=False)
    else:
        screen = console()
        with screen.capture() as drawn:
            screen.print(face)
        click.echo(_PADDING.sub("", drawn.get()), nl=False)
    sys.stdout.flush()


def _to_file(face: Any, path: Path) -> None:
    """Write a face to a file whole, UTF-8."""
    try:
        if isinstance(face, bytes):
            path.write_bytes(face)
        elif isinstance(face, str):
            path.write_text(face, encoding="utf8", newline="")
        else:
            drawn = io.StringIO()
            console(file=drawn).print(face)
            path.write_text(_PADDING.sub("", drawn.getvalue()), encoding="utf8", newline="")
    except OSError as fault:
        raise StopRun(f"{path}: can't be written ({fault.strerror}); name another file with -o") from fault
    click.echo(f"wrote {path}", err=True)
