"""The layers of ARCHITECTURE.md, held: a module imports only from lower layers, and strangers do not meet."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "dragoman"
# Top first. Names of one row are strangers to each other.
LAYERS = [
    ["cli"],
    ["web", "mcp"],
    ["watch"],
    ["app"],
    ["evaluate"],
    ["answer"],
    ["sources", "annotate", "code", "resolve", "store"],
    ["names"],
    ["scheme"],
    ["tree"],
    ["text", "config", "edtf", "geo"],
    ["records"],
    ["errors"],
]
RANK = {name: i for i, row in enumerate(LAYERS) for name in row}
MODULES = sorted(p for p in SOURCE.rglob("*.py") if p.name != "__init__.py" or p.parent != SOURCE)


def layer(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the layers that a module imports, imports inside functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        found |= {n.split(".")[1] for n in names if n.startswith("dragoman.") and n.count(".")}
    return found & set(RANK)


def test_every_module_has_a_layer() -> None:
    assert {layer(p) for p in MODULES} <= set(RANK)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_down(path: Path) -> None:
    own = layer(path)
    wrong = {n for n in imported(path) if n != own and RANK[n] <= RANK[own]}
    assert not wrong, f"{own} may not import {sorted(wrong)}"


def test_a_wrong_import_is_seen(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from dragoman.app import read\n    return read\n")
    assert imported(bad) == {"app"}


@pytest.mark.parametrize("path", [p for p in MODULES if layer(p) != "cli"], ids=lambda p: str(p.relative_to(SOURCE)))
def test_prints_only_in_cli(path: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    assert not [n.lineno for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_modules_say_what_lives_there_and_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 600
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{path.name} opens with no sentence"


def test_only_syntax_knows_the_parser() -> None:
    users = {p.relative_to(SOURCE).as_posix() for p in MODULES if "import spacy" in p.read_text("utf-8")}
    assert users == {"annotate/syntax.py"}


def test_environment_is_read_in_config_only() -> None:
    users = {p.relative_to(SOURCE).as_posix() for p in MODULES if "os.environ" in p.read_text("utf-8")}
    assert users == {"config.py"}
