"""Pieces of a picture as SVG text, with one palette: no script, nothing fetched, same figures same bytes. Pure.

A white ground under dark ink, for a dark page shows pictures too.
"""

import re
from collections.abc import Sequence
from html import escape

FONTS = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"  # of the reader's machine
INK, QUIET, LINE = "#1f2328", "#57606a", "#d0d7de"
BLUE, ORANGE = "#08519c", "#b33c00"  # told apart by readers who see no red or green
# Quad class → colour; what is only said is paler, and wherever it is drawn thinner or dashed too.
QUAD_COLOURS = {1: "#4292c6", 2: BLUE, 3: "#e07b28", 4: ORANGE}
QUAD_WORDS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no reader of XML takes these


def svg(
    title: str, size: tuple[float, float], parts: Sequence[str], *, described: str = "", linked: bool = False
) -> str:
    """Return a whole picture of this width and height in pixels; `described` says in words what it shows.

    What is `linked` is a group to a screen reader, for the parts of an image can't be reached.
    """
    width, height = size
    box = f'width="{length(width)}" height="{length(height)}" viewBox="0 0 {length(width)} {length(height)}"'
    role = "group" if linked else "img"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="{role}" font-family="{FONTS}">'
    desc = [f"<desc>{plain(described)}</desc>"] if described else []
    inner = f'width="{length(width - 1)}" height="{length(height - 1)}" rx="10"'
    ground = f'<rect x="0.5" y="0.5" {inner} fill="#ffffff" stroke="{LINE}"/>'
    return "\n".join([head, f"<title>{plain(title)}</title>", *desc, ground, *parts, "</svg>"]) + "\n"


def link(inner: str, said: str, address: str | None) -> str:
    """Return a part with the words that a reader gets on pointing at it, leading to an address where it has one."""
    title = f"<title>{plain(said)}</title>"
    if address is None:
        return f"<g>{title}{inner}</g>"
    return f'<a href="{plain(address)}" aria-label="{plain(said)}">{title}{inner}</a>'


def plain(words: str) -> str:
    """Return words as they may stand in XML, in text and in attributes."""
    return escape(_NO_XML.sub("", words))


def text(  # noqa: PLR0913 - three positional, the rest by name
    x: float, y: float, words: str, *, size: int, fill: str = INK, anchor: str = "end", weight: str = "", turn: str = ""
) -> str:
    """Return words at a point; anchor: start, middle, end."""
    more = (f' font-weight="{weight}"' if weight else "") + (f' transform="{turn}"' if turn else "")
    head = f'<text x="{length(x)}" y="{length(y)}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{more}>'
    return f"{head}{plain(words)}</text>"


def rect(x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none") -> str:  # noqa: PLR0913
    """Return a rectangle."""
    place = f'x="{length(x)}" y="{length(y)}" width="{length(width)}" height="{length(height)}"'
    return f'<rect {place} fill="{fill}" stroke="{stroke}"/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: int = 1, dash: str = "") -> str:  # noqa: PLR0913
    """Return a line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{length(x1)}" y1="{length(y1)}" x2="{length(x2)}" y2="{length(y2)}"'
    return f'<line {ends} stroke="{stroke}" stroke-width="{width}"{dashed}/>'


def path(points: Sequence[tuple[float, float]], **attributes: str) -> str:
    """Return a line through points; attributes by name, `_` for `-`."""
    said = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<path d="M{" L".join(f"{length(x)} {length(y)}" for x, y in points)}" {said}/>'


def length(value: float) -> str:
    """Return a length with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
