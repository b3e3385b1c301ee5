"""Make what the pages show of the program: pictures, a record, tables of accuracy, types and filters.

    python scripts/picture.py          write the pictures of docs/ and the marked blocks of README.md and docs/
    python scripts/picture.py --check  write nothing; name the pages that are behind (the picture is not looked at)

No table is typed by hand: `tests/test_docs.py` holds the pages against `blocks()`.
"""

import io
import json
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from dragoman import app
from dragoman.answer import dyads_picture, map_picture, network_picture, sankey_picture
from dragoman.answer.brief import Brief
from dragoman.answer.filters import FILTERS, Filter
from dragoman.answer.ledger import Ledger
from dragoman.cli import show_brief
from dragoman.records import EventMention, Reading
from dragoman.scheme import plover

ROOT = Path(__file__).parent.parent
PICTURES = [ROOT / "docs" / f"{name}.svg" for name in ("brief", "dyad", "map", "network", "flows")]
REPORTS = Path(str(files("dragoman") / "data" / "samples" / "reports"))
PAIR = ("RUS", "SYR")  # what `dragoman demo` prints
WIDTH, HEIGHT = 96, 56  # columns and rows of the picture; the brief itself is longer
SHOWN = ("syria-putin-sharaa-call.html", "asked")  # the report and the predicate of the record in the README
FIELDS = (
    "id", "type", "act", "actors", "recipients", "theme", "status", "certainty", "attribution", "confidence", "evidence"
)  # fmt: skip
PARTY = ("name", "country", "text")
QUAD = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
# What each floor measures, in the order of the table: metric → (task, measured on, as).
MEASURES = {
    "facts.found": ("facts of a report", "articles noted by hand", "found"),
    "facts.full": ("facts of a report", "articles noted by hand", "found, by the share of fields right"),
    "facts.precision_where_judged": ("records", "articles noted by hand", "right, of those near a noted fact"),
    "facts.parts_of_found.when": ("time of an act", "articles noted by hand", "right, of the facts found"),
    "facts.parts_of_found.place": ("place of an act", "articles noted by hand", "right, of the facts found"),
    "articles_guard.found": ("facts of a report", "guard reports", "found"),
    "articles_guard.full": ("facts of a report", "guard reports", "found, by the share of fields right"),
    "articles_guard.precision_where_judged": ("records", "guard reports", "right, of those near a noted fact"),
    "articles_guard.when": ("time of an act", "guard reports", "right, of the facts found"),
    "articles_guard.place": ("place of an act", "guard reports", "right, of the facts found"),
    "samples.found": ("facts of a report", "samples", "found"),
    "samples.precision": ("records", "samples", "right, of those near a noted fact"),
    "times.tempeval3_timebank.value": ("times", "TimeBank", "F1, words and value"),
    "times.tempeval3_aquaint.value": ("times", "AQUAINT", "F1, words and value"),
    "places.trnews.F1": ("places", "TR-News", "F1 of the names"),
    "places.trnews.recall161": ("places", "TR-News", "located within 161 km"),
    "places.trnews.acc161_of_placed": ("places", "TR-News", "right, of those located"),
    "places.lgl.F1": ("places", "LGL", "F1 of the names"),
    "places.lgl.recall161": ("places", "LGL", "located within 161 km"),
    "places.lgl.acc161_of_placed": ("places", "LGL", "right, of those located"),
    "attributions.polnear_dev.mean": ("who says what", "PolNeAR", "mean F1 of source, cue, content"),
    "attributions.polnear_dev.micro": ("who says what", "PolNeAR", "F1 over all words"),
    "actors.country": ("parties", "NGEC cases", "state right"),
    "actors.sector": ("parties", "NGEC cases", "main sector right"),
    "names.F1": ("same name or not", "pairs of names", "F1"),
    "names.P": ("same name or not", "pairs of names", "right, of those called the same"),
    "status.fact_uw.macroF1": ("status", "UW factuality", "macro F1"),
    "status.fact_uds_ih2.macroF1": ("status", "UDS-IH2 (web text)", "macro F1"),
    "stories.neus_triplets.F1": ("stories", "NeuS", "F1 of pairs of articles"),
    "stories.gva_story_clusters.F1": ("stories", "GVA, look-alike incidents", "F1 of pairs of articles"),
    "html.web_htmldate.date": ("date of a page", "web pages of htmldate", "right"),
    "html.web_trafilatura.text": ("text of a page", "web pages of trafilatura", "F1"),
    "html.web_trafilatura.date": ("date of a page", "web pages of trafilatura", "right"),
}


def blocks() -> Iterator[tuple[Path, str, str]]:
    """Yield page, name and text of each marked block."""
    readme, usage, scheme = ROOT / "README.md", ROOT / "docs" / "usage.md", ROOT / "docs" / "scheme.md"
    reading = app.read_file(REPORTS / SHOWN[0])
    mention = next(m for m in reading.mentions if m.predicate.text == SHOWN[1])
    yield readme, "sentence", f"> {reading.document.text[mention.sentence.start : mention.sentence.end]}"
    yield readme, "record", f"```json\n{record(reading, mention)}\n```"
    yield readme, "accuracy", accuracy()
    yield usage, "filters", filters()
    yield scheme, "types", types()


def record(reading: Reading, mention: EventMention) -> str:
    """Return some fields of a mention as JSON, one a line."""
    plain = mention.to_dict()
    plain["actors"], plain["recipients"] = ([_some(p, PARTY) for p in plain[side]] for side in ("actors", "recipients"))
    plain["theme"] = plain["theme"] and _some(plain["theme"], ("text", "start", "end", "kind"))
    plain["attribution"] = [_some(v, ("source", "kind", "cue", "start", "end")) for v in plain["attribution"]]
    lines = [f"  {json.dumps(k)}: {json.dumps(plain[k], ensure_ascii=False)}" for k in FIELDS]
    assert all(reading.document.text[e.start : e.end] == e.quote for e in mention.evidence)
    return "{\n" + ",\n".join(lines) + "\n}"


def _some(value: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {k: value[k] for k in keys}


def accuracy() -> str:
    """Return the table of the floors that have a name above."""
    floors = {
        f["metric"]: f for name in ("shared", "articles", "samples") for f in _floors(ROOT / "evals" / f"{name}.toml")
    }
    rows = [(*MEASURES[m], f"{floors[m]['least']:.2f}") for m in MEASURES if m in floors]
    return _table(("what", "measured on", "as", "at least"), rows)


def _floors(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(file.read_text("utf8"))["floor"]
    return found


def types() -> str:
    """Return the table of event types."""
    rows = [
        (f"`{t.type}`", QUAD[t.quad], f"{t.score:g}", t.definition, ", ".join(t.modes) or "–")
        for t in sorted(plover.types(), key=lambda t: (t.quad, t.type))
    ]
    return _table(("type", "quad class", "score", "a report belongs here when", "modes"), rows)


def filters() -> str:
    """Return the table of filters."""
    rows = [(f"`{f.flag} {' '.join([f.value] * f.values)}`", f"`{f.name}`", _meaning(f)) for f in FILTERS]
    return _table(("option", "keyword", "keeps"), rows)


def _meaning(f: Filter) -> str:
    return f"{f.help} One of {', '.join(f.choices)}." if f.choices else f.help


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def filled(page: str, name: str, text: str) -> str:
    """Return the page with the text of one marked block replaced; ValueError where the marks are not there."""
    pattern = re.compile(rf"(<!-- {name}: made by [^\n]*-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"no block {name!r} is marked")
    return pattern.sub(lambda m: f"{m[1]}\n{text}\n\n{m[2]}", page)


def pictures() -> tuple[str, ...]:
    """Return the head of the demo's brief, its dyad, its map, network and flows as SVG."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "demo.db") as ledger:
        app.read_path(REPORTS, ledger)
        return (
            brief(ledger.brief(*PAIR)),
            dyads_picture.picture(ledger.dyad(*PAIR)),
            map_picture.picture(ledger.map()),
            network_picture.picture(ledger.network()),
            sankey_picture.picture(ledger.sankey()),
        )


def brief(answer: Brief) -> str:
    """Return the head of a brief as SVG."""
    drawn = show_brief.brief(answer)
    screen = Console(width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False)
    screen.print(drawn)
    lines = str(screen.file.getvalue()).splitlines()[:HEIGHT]  # type: ignore[attr-defined]
    kept = Console(width=WIDTH, file=io.StringIO(), record=True, highlight=False)
    kept.print("$ dragoman demo", style="bold")
    kept.print(Text("\n").join(Text.from_ansi(line) for line in lines))
    kept.print("…", style="dim")
    drawn_svg = kept.export_svg(title="dragoman", unique_id="brief")
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn_svg, flags=re.DOTALL)  # a picture that fetches nothing


def main() -> None:
    behind = []
    for page, name, text in blocks():
        old = page.read_text("utf8")
        new = filled(old, name, text)
        if new != old:
            behind.append(f"{page.relative_to(ROOT)}: {name}")
        if "--check" not in sys.argv:
            page.write_text(new, "utf8")
    if "--check" not in sys.argv:
        for file, text in zip(PICTURES, pictures(), strict=True):
            file.write_text(text, "utf8")
    sys.stdout.write("".join(f"{line}\n" for line in behind))
    sys.exit(bool(behind) and "--check" in sys.argv)


if __name__ == "__main__":
    main()
