"""Makes docs/mcp.md say what the MCP tools take and answer: tables of their schemas, examples of a small ledger."""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "mcp.md"
sys.path.append(str(ROOT / "tests"))  # the ledger of the examples is that of the tests

import picture  # noqa: E402
import small_ledger  # noqa: E402
from dragoman.answer.ledger import Ledger  # noqa: E402
from dragoman.mcp.parameters import Parameter, checked  # noqa: E402
from dragoman.mcp.replies import Reply  # noqa: E402
from dragoman.mcp.tools import BY_NAME, TOOLS, Tool  # noqa: E402

LINES = 26  # of an example
EXAMPLES: dict[str, dict[str, Any]] = {
    "brief": {"a": "RUS", "b": "SYR", "as_of": "2025-03-08"},
    "search": {"words": "wheat", "limit": 1},
    "events": {"between": ["RUS", "SYR"], "status": "occurred", "limit": 1},
    "event": {"id": "EVENT"},
    "dossiers": {"a": "Russia", "b": "Syria", "limit": 1},
    "dyad": {"a": "RUS", "b": "SYR", "until": "2025-03-08"},
    "explain": {"id": "EVENT"},
    "actor": {"name": "Putin"},
    "flows": {"a": "RUS", "b": "SYR", "limit": 1},
    "contacts": {"a": "Putin"},
}


def blocks() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each marked block of the page."""
    with tempfile.TemporaryDirectory() as folder, small_ledger.made(Path(folder) / "ledger.db") as ledger:
        yield "reference", f"```json\n{_reference(ledger)}\n```"
        for tool in TOOLS:
            yield tool.name, "\n".join([f"{tool.says}\n", *_table(tool.parameters), "", *_example(ledger, tool)])


def _reference(ledger: Ledger) -> str:
    answer = _reply(ledger, "events", EXAMPLES["events"]).answer.to_dict()
    return json.dumps(answer["references"][0], indent=2, ensure_ascii=False)


def _table(parameters: tuple[Parameter, ...]) -> Iterator[str]:
    yield "| parameter | wants | |"
    yield "|---|---|---|"
    for p in parameters:
        default = f" By default {p.schema['default']}." if "default" in p.schema else ""
        needed = ", required" if p.required else ""
        yield f"| `{p.name}` | {p.wants}{needed} | {p.help}{default} |"


def _example(ledger: Ledger, tool: Tool) -> Iterator[str]:
    asked = _asked(ledger, EXAMPLES[tool.name])
    lines = _reply(ledger, tool.name, asked).text.rstrip("\n").splitlines()
    shown = lines if len(lines) <= LINES else [*lines[:LINES], "…"]
    yield f"`{tool.name}({json.dumps(asked)})`"
    yield from ("", "```text", *shown, "```")


def _asked(ledger: Ledger, example: dict[str, Any]) -> dict[str, Any]:
    event = ledger.events()[0].id
    return {name: event if value == "EVENT" else value for name, value in example.items()}


def _reply(ledger: Ledger, name: str, asked: dict[str, Any]) -> Reply:
    tool = BY_NAME[name]
    return tool.answer(ledger, checked(tool.parameters, asked))


def filled() -> str:
    """Return the page as it should be."""
    page = PAGE.read_text("utf8")
    for name, text in blocks():
        page = picture.filled(page, name, text)
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(), "utf8")
