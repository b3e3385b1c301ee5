"""Pieces of a picture as SVG text, with one palette: no script, nothing fetched, same figures same bytes. Pure.

A white ground under dark ink, for a dark page shows pictures too.
"""

from collections.abc import Sequence
from html import escape

FONTS = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"  # of the reader's machine
INK, QUIET, LINE = "#1f2328", "#57606a", "#d0d7de"
BLUE, ORANGE = "#08519c", "#b33c00"  # told apart by readers who see no red or green


def svg(title: str, size: tuple[float, float], parts: Sequence[str]) -> str:
    """Return a whole picture of this width and height in pixels."""
    width, height = size
    box = f'width="{length(width)}" height="{length(height)}" viewBox="0 0 {length(width)} {length(height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" font-family="{FONTS}">'
    inner = f'width="{length(width - 1)}" height="{length(height - 1)}" rx="10"'
    ground = f'<rect x="0.5" y="0.5" {inner} fill="#ffffff" stroke="{LINE}"/>'
    return "\n".join([head, f"<title>{escape(title)}</title>", ground, *parts, "</svg>"]) + "\n"


def text(  # noqa: PLR0913 - three positional, the rest by name
    x: float, y: float, words: str, *, size: int, fill: str = INK, anchor: str = "end", weight: str = "", turn: str = ""
) -> str:
    """Return words at a point; anchor: start, middle, end."""
    more = (f' font-weight="{weight}"' if weight else "") + (f' transform="{turn}"' if turn else "")
    head = f'<text x="{length(x)}" y="{length(y)}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{more}>'
    return f"{head}{escape(words)}</text>"


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
