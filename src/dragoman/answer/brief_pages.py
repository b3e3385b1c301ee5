"""The brief as Markdown and as one HTML page, each sentence with its references. What it says is decided elsewhere."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain

from dragoman.answer.brief import Brief
from dragoman.answer.brief_words import (
    REFERENCES,
    Part,
    course,
    line_notes,
    line_text,
    mark,
    parts,
    referred,
    when,
)
from dragoman.answer.doubts import Row
from dragoman.answer.lines import Line, Reference
from dragoman.answer.markdown import plain
from dragoman.answer.words import count

WEB = ("http://", "https://")  # addresses that may be a link; any other scheme could run something


# ---------------------------------------------------------------- Markdown
def markdown(answer: Brief, *, whole: bool = False) -> str:
    """Return a brief as Markdown; its references stand at the end."""
    shown = parts(answer, whole=whole)
    rests = [line for n in referred(shown) for line in _md_references(answer.lines[n])]
    return "\n".join([body(answer, shown, ": `--all`"), *(["## References", "", *rests, ""] if rests else [])])


def body(answer: Brief, shown: Iterable[Part], hint: str = "") -> str:
    """Return these parts of a brief as Markdown, without references; `hint` follows a number of what is left out."""
    text = [
        f"# {plain(answer.a)} – {plain(answer.b)}",
        "",
        f"{plain(answer.head)}  ",
        " ".join(course(answer.state)),
        "",
    ]
    for part in shown:
        text += [f"## {part.title}", "", *map(_md_line, part.lines), *map(_md_row, part.rows)]
        text += [f"- … and {part.left} more{hint}"] * bool(part.left) + [""]
    return "\n".join(text)


def _md_line(x: Line) -> str:
    body = " — ".join(plain(part) for part in line_text(x))
    notes = "; ".join(line_notes(x))
    beside = f" ({plain(notes)})" if notes else ""
    return f"- {mark(x)} **{when(x)}** {body}{beside} \\[{x.number}\\]"


def _md_row(row: Row) -> str:
    return " ".join([f"- {plain(row.text)}", *(f"\\[{n}\\]" for n in row.numbers)])


def _md_references(x: Line) -> list[str]:
    """Return the references of a line: its number and id, then one point a sentence."""
    shown, left = _cut(x.references)
    more = [f"  - … and {left} more: `dragoman event {x.ids[0]}`"] if left else []
    told = [f"  - {plain(_who(r))}: “{plain(r.said)}” `{r.ids[0]}`" for r in shown]
    return [f"- \\[{x.number}\\] `{x.ids[0]}`", *told, *more]


# ---------------------------------------------------------------- what a reference says
def _cut(references: Sequence[Reference]) -> tuple[Sequence[Reference], int]:
    return references[:REFERENCES], len(references[REFERENCES:])


def _who(r: Reference) -> str:
    """Return outlet, day and voice of a reference."""
    outlets = r.outlets[0] + (f" and {count(len(r.outlets) - 1, 'other outlet')}" if len(r.outlets) > 1 else "")
    parts_ = (outlets, (r.published or "undated")[:10], f"per {' ← '.join(r.says)}" if r.says else "")
    return ", ".join(part for part in parts_ if part) + (" (corrected since)" if r.withdrawn else "")


# ---------------------------------------------------------------- HTML
def html(answer: Brief, *, whole: bool = False) -> str:
    """Return a brief as one HTML page that needs nothing else: no script, no fetched part, links to reports only."""
    shown = parts(answer, whole=whole)
    title = escape(f"{answer.a} – {answer.b}")
    rests = "".join(_html_references(answer.lines[n]) for n in referred(shown))
    body = [
        f"<header><h1>{title}</h1><p class='dim'>{escape(answer.head)}</p>",
        f"<p>{escape(' '.join(course(answer.state)))}</p></header>",
        *map(_html_part, shown),
        f"<section class='references'><h2>References</h2><ul>{rests}</ul></section>" if rests else "",
    ]
    return f"{_HEAD.format(title=title, style=_STYLE)}{chr(10).join(x for x in body if x)}\n</main></body></html>\n"


def _html_part(part: Part) -> str:
    items = chain(map(_html_line, part.lines), map(_html_row, part.rows))
    more = f"<li class='dim'>… and {part.left} more: <code>--all</code></li>" if part.left else ""
    return (
        f"<section class='{escape(part.name)}'><h2>{escape(part.title)}</h2><ul>{''.join(items)}{more}</ul></section>"
    )


def _html_line(x: Line) -> str:
    head, *rest = map(_bdi, line_text(x))
    notes = "; ".join(map(_bdi, line_notes(x)))
    beside = f" <span class='dim'>({notes})</span>" if notes else ""
    about = "".join(f" — {part}" for part in rest)
    return f"<li>{mark(x)} <time>{escape(when(x))}</time> <b>{head}</b>{about}{beside} {_links((x.number,))}</li>"


def _html_row(row: Row) -> str:
    return f"<li>{_bdi(row.text)} {_links(row.numbers)}</li>"


def _links(numbers: Iterable[int]) -> str:
    return " ".join(f"<a href='#r{n}'>[{n}]</a>" for n in numbers)


def _html_references(x: Line) -> str:
    """Return the references of a line, with links to reports that have an address."""
    shown, left = _cut(x.references)
    told = "".join(f"<li>{_html_reference(r)}</li>" for r in shown)
    more = f"<li class='dim'>… and {left} more: <code>dragoman event {escape(x.ids[0])}</code></li>" if left else ""
    return f"<li id='r{x.number}'>[{x.number}] <code>{escape(x.ids[0])}</code><ul>{told}{more}</ul></li>"


def _html_reference(r: Reference) -> str:
    linked = r.url is not None and r.url.lower().startswith(WEB)
    who = f"<a href='{escape(r.url or '')}' rel='noreferrer'>{_bdi(_who(r))}</a>" if linked else _bdi(_who(r))
    return f"{who}: <q>{_bdi(r.said)}</q> <code>{escape(r.ids[0])}</code>"


def _bdi(text: str) -> str:
    """Return text of a report made plain, and kept from turning the direction of what stands around it."""
    return f"<bdi>{escape(text)}</bdi>"


# The policy forbids every fetch and script, should a text ever get past `escape`.
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="generator" content="dragoman">
<title>{title}</title><style>{style}</style></head><body><main>
"""
_STYLE = """
:root { color-scheme: light dark; --ink: #1c1b19; --dim: #6a665f; --paper: #fdfcf9; --rule: #d9d5cc; --link: #1f4e79 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6df; --dim: #a09b91; --paper: #191816; --rule: #3b3833; --link: #8fb8de }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 Georgia, "Times New Roman", serif }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { font-size: 1.7rem; margin: 0 } header p { margin: .3rem 0 }
h2 { font-size: 1rem; text-transform: uppercase; letter-spacing: .06em; border-bottom: 1px solid var(--rule);
  margin: 2rem 0 .5rem }
ul { list-style: none; margin: 0; padding: 0 } li { margin: .35rem 0; overflow-wrap: anywhere }
li ul { padding-left: 1.2rem } .dim, .context, .background { color: var(--dim) }
time { font-variant-numeric: tabular-nums; color: var(--dim) } a { color: var(--link); text-decoration: none }
a:hover, a:focus { text-decoration: underline } code { font-size: .8em; color: var(--dim) }
.references { font-size: .85rem } :target { background: var(--rule) }
@media print {
  :root { --ink: #000; --dim: #444; --paper: #fff; --rule: #bbb; --link: #000 }
  body { font-size: 10.5pt } main { max-width: none; padding: 0 } li { break-inside: avoid } h2 { break-after: avoid }
}
"""
