"""The pages against the program: commands, names, examples, tables, links, sources of data. What a page says must hold."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import dragoman
import picture
from dragoman.cli import cli
from dragoman.evaluate.floors import load
from dragoman.scheme import plover

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("decisions/*.md")])
DATA = ROOT / "src" / "dragoman" / "data"
USAGE = (ROOT / "docs" / "usage.md").read_text("utf8")
SCHEME = (ROOT / "docs" / "scheme.md").read_text("utf8")
README = (ROOT / "README.md").read_text("utf8")
# Written so that this file does not name them itself.
FORBIDDEN = ["/" + "work/", "/" + "root/", "/" + "home/", "/opt" + "/pypi", "pypi" + ".org", "files.python" + "hosted"]
BINARY = {".png", ".onnx", ".npz", ".bin", ".marisa"}
# Shared development data are named where a maintainer needs them, and nowhere else.
SHARED = "../" + "shared"


def blocks(page: str, kind: str) -> list[str]:
    """Return the fenced blocks of a page that are marked as `kind` ("" for plain ones)."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def lines_of(page: Path, program: str) -> Iterator[list[str]]:
    """Yield the words of each line in a plain block that calls `program`."""
    for block in blocks(page.read_text("utf8"), ""):
        for line in block.splitlines():
            if line.startswith(f"{program} "):
                yield shlex.split(line, comments=True)[1:]


DRAGOMAN = [(p.name, words) for p in PAGES for words in lines_of(p, "dragoman")]
MAKE = [(p.name, words) for p in PAGES for words in lines_of(p, "make")]


# ---------------------------------------------------------------- commands
@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_its_section(name: str) -> None:
    assert f"### {name}\n" in USAGE
    assert f"dragoman {name}" in USAGE


@pytest.mark.parametrize(("page", "words"), DRAGOMAN, ids=lambda v: v if isinstance(v, str) else " ".join(v)[:40])
def test_every_command_line_is_understood(page: str, words: list[str]) -> None:
    command = cli.commands[words[0]]
    try:
        command.make_context(words[0], list(words[1:]))
    except click.ClickException as fault:
        pytest.fail(f"{page}: dragoman {shlex.join(words)}: {fault.format_message()}")


@pytest.mark.parametrize(("page", "words"), MAKE, ids=lambda v: v if isinstance(v, str) else " ".join(v))
def test_every_make_verb_is_there(page: str, words: list[str]) -> None:
    verbs = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE)
    assert set(words) <= set(verbs), page


def test_the_readme_has_the_two_commands() -> None:
    assert [words for page, words in MAKE if page == "README.md"][:2] == [["demo"], ["test"]]


def test_the_option_table_has_every_shared_option() -> None:
    for option in ("--store", "--json", "--format csv", "--format md", "--format parquet", "-o FILE"):
        assert f"{option}" in USAGE


# ---------------------------------------------------------------- Python
@pytest.mark.parametrize("name", dragoman.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert re.search(rf"^### .*dragoman\.{name}\b", USAGE, re.MULTILINE)
    assert getattr(dragoman, name).__doc__


@pytest.mark.parametrize("page", ["README.md", "docs/usage.md"])
def test_python_examples_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = tmp_path / "saved-pages"
    saved.mkdir()
    shutil.copy(DATA / "samples" / "reports" / "syria-banknotes.html", saved / "report.html")
    monkeypatch.chdir(tmp_path)
    examples = blocks((ROOT / page).read_text("utf8"), "python")
    assert examples
    exec(compile("\n".join(examples), page, "exec"), {})


def test_a_name_that_is_named_exists() -> None:
    named = {name for page in (README, USAGE) for name in re.findall(r"\bdragoman\.([a-z_]+)\(", page)}
    assert named == set(dragoman.__all__)


# ---------------------------------------------------------------- made by the program
def test_the_tables_and_the_record_are_up_to_date() -> None:
    behind = [
        f"{page.relative_to(ROOT)}: {name}"
        for page, name, text in picture.blocks()
        if picture.filled(page.read_text("utf8"), name, text) != page.read_text("utf8")
    ]
    assert not behind, f"{', '.join(behind)}: run `make picture`"


def test_a_page_that_is_behind_is_seen() -> None:
    page = "<!-- types: made by x -->\n\nold\n\n<!-- end of types -->"
    assert picture.filled(page, "types", "old") == page
    assert picture.filled(page, "types", "new") != page
    with pytest.raises(ValueError, match="no block 'filters'"):
        picture.filled(page, "filters", "new")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("brief.svg", "dragoman"),
        ("dyad.svg", "Russia – Syria"),
        ("map.svg", "Damascus"),
        ("network.svg", "Russia – Syria"),
        ("flows.svg", "Russia → Syria"),
    ],
)
def test_the_picture_is_there_and_fetches_nothing(name: str, words: str) -> None:
    svg = (ROOT / "docs" / name).read_text("utf8")
    assert words in svg
    assert not re.search(r"url\(['\"]?https?:|@import|<image|<script", svg)


def test_every_floor_of_the_table_exists() -> None:
    metrics = {f.metric for name in ("shared", "samples") for f in load(ROOT / "evals" / f"{name}.toml")}
    shown = {m for m in picture.MEASURES if m in metrics}
    assert len(shown) >= 15
    counted = {m for m in metrics if m.endswith(("traps_sprung", "strict", "none"))}  # not shares, or told by others
    assert metrics - counted <= set(picture.MEASURES), "name the new floor in scripts/picture.py"


# ---------------------------------------------------------------- scheme
def test_every_field_of_a_frame_is_explained() -> None:
    table = SCHEME.split("## How a frame reads")[1].split("## To add a word")[0]
    filled_by_the_loader = {"type"}
    for name in set(plover.Frame.__struct_fields__) - filled_by_the_loader:
        assert f"`{name}`" in table, name


@pytest.mark.parametrize("folder", sorted(p for p in DATA.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_every_data_folder_says_where_it_comes_from(folder: Path) -> None:
    source = (folder / "SOURCE.md").read_text("utf8")
    for word in ("origin", "licence", "known problems"):
        assert word in source.lower(), word
    assert re.search(r"20\d\d", source), "no date"


@pytest.mark.parametrize("folder", sorted(p for p in DATA.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_every_table_is_named_where_it_lies(folder: Path) -> None:
    said = "".join(p.read_text("utf8") for p in folder.glob("*.md"))
    for table in folder.glob("*.tsv"):
        assert table.name in said, table.name
    assert f"`{folder.name}/`" in SCHEME


def test_every_model_has_its_card() -> None:
    models = [p for p in (DATA / "models").iterdir() if p.is_dir()]
    page = (ROOT / "docs" / "models.md").read_text("utf8")
    for model in models:
        assert [
            p for name in ("MODEL_CARD.md", "README.md") for p in model.glob(name) if f"{model.name}/{p.name}" in page
        ]


def test_no_code_in_data() -> None:
    assert not [p for p in DATA.rglob("*") if p.suffix in {".py", ".pyc", ".so", ".sh"}]


# ---------------------------------------------------------------- architecture
def test_the_map_names_every_module_of_the_coder_and_no_other() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf8")
    told = page.split("## How a mention is made")[1].split("\n## ")[0]
    modules = {p.name for p in (ROOT / "src" / "dragoman" / "code").glob("*.py") if p.name != "__init__.py"}
    assert set(re.findall(r"`(?:code/)?([a-z_]+\.py)`", told)) == modules


@pytest.mark.parametrize(
    "name", re.findall(r"`((?:data|scripts|store|answer)/[\w./*]+)`", (ROOT / "ARCHITECTURE.md").read_text())
)
def test_what_the_map_names_is_there(name: str) -> None:
    assert [*ROOT.glob(name), *(ROOT / "src" / "dragoman").glob(name.replace("TYPE", "*"))], name


# ---------------------------------------------------------------- links and places
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "decisions" / "README.md").read_text("utf8")
    for page in (ROOT / "decisions").glob("0*.md"):
        assert f"({page.name})" in listed


def tracked() -> list[Path]:
    """Return the files under version control; all files of the tree where there is no git (an unpacked source archive)."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        skipped = {".venv", "build", "dist", "__pycache__"}
        return [p for p in ROOT.rglob("*") if p.is_file() and not skipped & set(p.parts)]
    return [ROOT / name for name in done.stdout.decode().split("\0") if name]


def test_no_place_of_a_machine_is_named() -> None:
    files = [p for p in tracked() if p.suffix not in BINARY and p.is_file()]
    assert len(files) > 100
    found = [f"{p.relative_to(ROOT)}: {s}" for p in files for s in FORBIDDEN if s in p.read_text("utf8")]
    assert not found


def test_the_shared_folder_is_no_business_of_a_user() -> None:
    for page in [ROOT / "README.md", ROOT / "docs" / "models.md", *DATA.rglob("*.md")]:
        assert SHARED not in page.read_text("utf8"), page
