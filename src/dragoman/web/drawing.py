"""The templates and the words they use: everything of a report is escaped. What is drawn is decided by the pages."""

import functools
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from dragoman import __version__
from dragoman.answer import words
from dragoman.answer.brief_pages import WEB

SHORT = 8  # characters of an id on a page
KEPT = ("as_of",)  # parameters that a link to another page carries on


@functools.cache
def environment() -> Environment:
    """Return the templates' environment: autoescaping everywhere, an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("dragoman.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        lstrip_blocks=True,
    )
    made.globals |= {"version": __version__, "address": address, "drawn": Markup}
    made.filters |= {
        "short": lambda id_: id_[:SHORT],
        "parties": lambda e: words.parties_words(e.actors, e.recipients),
        "when": lambda e: words.date_words(e.when.edtf if e.when else None, getattr(e, "published", None)),
        "act": words.act_words,
        "clip": words.clip,
        "count": words.count,
        "counted": words.count_words,
        "stage": words.stage_words,
        "sum": words.sum_words,
        "called": words.called,
        "names": words.names,
        "web": lambda url: url if url and url.lower().startswith(WEB) else None,
    }
    return made


def address(path: str, /, *pairs: tuple[str, str], **query: Any) -> str:
    """Return an address of this site: a path of ours and a query, values of any text."""
    said = [*pairs]
    for name, value in query.items():
        said += [(name, str(v)) for v in (value if isinstance(value, list | tuple) else [value]) if v not in (None, "")]
    return f"{path}?{urlencode(said)}" if said else path


def linking(query: Mapping[str, str]) -> Callable[..., str]:
    """Return `address` that carries on the day of knowledge of the page that it is used on."""
    kept = {name: query[name] for name in KEPT if query.get(name)}
    return lambda path, /, *pairs, **more: address(path, *pairs, **{**kept, **more})


def again(here: str, query: Sequence[tuple[str, str]]) -> Callable[..., str]:
    """Return the function that gives this page's address with some parameters changed; None takes one out."""

    def changed(**more: Any) -> str:
        return address(here, *((n, v) for n, v in query if n not in more), **more)

    return changed


def within(path: str, /, *_: tuple[str, str], **__: Any) -> str:
    """Return the address of an event's sentences on a page of a bundle; other pages are not in it."""
    return f"#e-{path.removeprefix('/event/')}" if path.startswith("/event/") else "#"


def nowhere(**_: Any) -> str:
    """Return the address, on a page of a bundle, of what the bundle does not hold."""
    return "#"


@functools.cache
def style() -> Markup:
    """Return the style sheet, for a page that stands alone."""
    return Markup((files("dragoman.web") / "static" / "desk.css").read_text("utf8"))  # noqa: S704 - a file of ours


def draw(template: str, **view: Any) -> str:
    """Return a page."""
    return environment().get_template(template).render(**view)
