"""Bundles of evidence: whole, the same each time, and what was tampered with is found."""

import contextlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from dragoman.answer import evidence
from dragoman.cli.group import cli
from dragoman.errors import StopRun

ADDRESS = "/brief?a=RUS&b=SYR&format=zip"


@pytest.fixture
def bundle(desk: TestClient, tmp_path: Path) -> Path:
    path = tmp_path / "evidence.zip"
    path.write_bytes(desk.get(ADDRESS).content)
    return path


def changed(bundle: Path, name: str, body: bytes | None) -> Path:
    """Return a copy of a bundle with one file replaced, or taken out."""
    with zipfile.ZipFile(bundle) as old:
        files = {i: old.read(i) for i in old.namelist()}
    files[name] = body or b""
    if body is None:
        del files[name]
    path = bundle.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as new:
        for each, content in files.items():
            new.writestr(each, content)
    return path


def test_a_bundle_holds_what_the_answer_rests_on(bundle: Path) -> None:
    found = evidence.check(bundle)
    assert not found.faults
    assert found.address == "/brief?a=RUS&b=SYR"
    with zipfile.ZipFile(bundle) as files:
        exhibits = [json.loads(x) for x in files.read("evidence.jsonl").splitlines()]
        told = json.loads(files.read("answer.json"))
        events = {i for s in told["sections"] for x in s["lines"] for i in x["ids"]}
        runs = [json.loads(x) for x in files.read("runs.jsonl").splitlines()]
        page = files.read("index.html").decode()
    assert events <= {x["mention"]["id"] for x in exhibits} | {x["event"] for x in exhibits}
    assert {x["source"]["run"] for x in exhibits} == {r["id"] for r in runs}
    assert all(len(x["source"]["sha256"]) == 64 for x in exhibits)
    assert "<script" not in page
    assert 'href="/' not in page  # nothing leads out of the bundle


def test_the_same_answer_gives_the_same_bytes(desk: TestClient, bundle: Path) -> None:
    assert desk.get(ADDRESS).content == bundle.read_bytes()


@pytest.mark.parametrize("address", ["/events?actor=RUS", "/dyad?a=RUS&b=SYR", "/dossiers", "/flows", "/runs"])
def test_every_page_can_be_bundled(desk: TestClient, tmp_path: Path, address: str) -> None:
    path = tmp_path / "evidence.zip"
    given = desk.get(address, params=None, headers={"accept": "application/zip"})
    assert given.headers["content-type"] == "application/zip"
    path.write_bytes(given.content)
    assert not evidence.check(path).faults


def test_what_was_changed_is_found(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as files:
        told = files.read("evidence.jsonl")
    quote = json.loads(told.splitlines()[0])["mention"]["evidence"][0]["quote"]
    forged = told.replace(f'"quote":{json.dumps(quote, ensure_ascii=False)}'.encode(), b'"quote":"never said"')
    assert forged != told
    for name, body, says in (
        ("answer.csv", b"x", "was changed"),
        ("README.txt", None, "is not in the bundle"),
        ("more.txt", b"x", "is not in the manifest"),
        ("evidence.jsonl", forged, "does not stand at"),
    ):
        faults = evidence.check(changed(bundle, name, body)).faults
        assert any(says in f for f in faults), name


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(StopRun, match=r"bundle of evidence|as a ZIP"):
        evidence.check(path)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "LARGEST", 1000)
    path = tmp_path / "x.zip"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("a", b"0" * 2000)
    path.write_bytes(out.getvalue())
    with pytest.raises(StopRun, match="unpacks to more"):
        evidence.check(path)


def test_a_file_that_stands_in_it_twice_is_refused(bundle: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(bundle, "a") as more:
        more.writestr("index.html", "another page")
    with pytest.raises(StopRun, match="twice"):
        evidence.check(bundle)


def test_a_bundle_that_was_damaged_is_refused_at_every_byte(bundle: Path) -> None:
    whole = bundle.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 300)):
        bundle.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with contextlib.suppress(StopRun):  # some bytes say nothing of the content: when it was packed, by what
            evidence.check(bundle)


def test_what_a_bundle_says_does_not_move_the_cursor(bundle: Path) -> None:
    done = CliRunner().invoke(cli, ["verify", str(changed(bundle, "x\x1b[2J\ny", b"1"))])
    assert done.exit_code == 1
    assert "is not in the manifest" in done.output
    assert "\x1b" not in done.output
