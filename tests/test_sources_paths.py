"""Files, folders, standard input and JSON Lines: order, formats, and one clear line for each bad item."""

import io
import json
import os
from pathlib import Path

import pytest

from dragoman.errors import SkipItem
from dragoman.records import Document
from dragoman.sources import jsonl
from dragoman.sources.given import Found, Given, documents
from dragoman.sources.paths import count, read_paths

LEAD = "Norvia and Estmark signed an accord on Wednesday that reopens the ferry line between their capitals."
HTML = f"<html><head><title>Ferry</title></head><body><article><p>{LEAD}</p><p>{LEAD[:-1]}, they said.</p></article></body></html>"
FRENCH = "Le gouvernement a signé mercredi un accord avec son voisin sur la ligne de bateau entre les deux capitales du nord. "


def said(found: Found) -> str:
    return found.origin if isinstance(found, Document) else f"{found.where}: {found.reason}"


def test_folder_is_read_in_sorted_order_and_below(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name, body in {
        "c.txt": LEAD,
        "a.html": HTML,
        "b/z.md": LEAD,
        "b/a.jsonl": json.dumps({"text": LEAD}),
        ".hidden": "x",
    }.items():
        (tmp_path / name).write_text(body, encoding="utf8")
    got = [os.path.relpath(d.origin, tmp_path) for d in read_paths([tmp_path]) if isinstance(d, Document)]
    assert got == ["a.html", "b/a.jsonl:1", "b/z.md", "c.txt"]
    assert count([tmp_path, "-"]) == 5


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("report.pdf", b"%PDF-1.7\n1 0 obj", "PDF file"),
        ("report.txt", b"%PDF-1.7\n1 0 obj", "PDF file"),
        ("a.zip", b"PK\x03\x04rest", "ZIP archive"),
        ("a.png", b"\x89PNG\r\n\x1a\nrest", "PNG image"),
        ("page.mht", b"From: <Saved by Browser>\r\n", "web archive"),
        ("binary.txt", b"The ferry left\0the port of Estmark\0\0", "binary"),
        ("control.txt", b"The ferry \x01\x02\x03\x04\x05\x06 left the port", "binary"),
        ("greek.txt", "Η κυβέρνηση υπέγραψε συμφωνία για το πλοίο".encode("cp1253"), "encoding"),
        ("french.txt", (FRENCH * 3).encode(), "language"),
        ("figures.txt", b"1 2 3\n4 5 6\n7 8 9\n", "no sentences"),
        ("big.txt", b"The ferry left the port. " * 100, "limit"),
        ("big.html", b"<html><p>The ferry left the port.</p>" * 100, "limit"),
    ],
)
def test_bad_file_is_one_clear_line_and_the_rest_is_read(tmp_path: Path, name: str, raw: bytes, reason: str) -> None:
    (tmp_path / "good.txt").write_text(LEAD)
    (tmp_path / name).write_bytes(raw)
    good, bad = (list(read_paths([tmp_path / n], max_bytes=2000)) for n in ("good.txt", name))
    assert [said(d) for d in good] == [str(tmp_path / "good.txt")]
    [found] = bad
    assert isinstance(found, SkipItem)
    assert reason in found.reason
    assert found.where == str(tmp_path / name)
    assert "\n" not in str(found)
    both = list(read_paths([tmp_path], max_bytes=2000))
    assert [isinstance(d, Document) for d in both].count(True) == 1
    assert len(both) == 2


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text(LEAD)
    (tmp_path / "settings.toml").write_text("a = 1")
    reasons = {os.path.relpath(d.where, tmp_path): d.reason for d in read_paths([tmp_path]) if isinstance(d, SkipItem)}
    assert sorted(reasons) == ["loop", "pipe", "settings.toml", "sub/up"]
    assert "symbolic link" in reasons["sub/up"]
    assert "regular file" in reasons["pipe"]
    [missing] = read_paths([tmp_path / "missing.txt"])
    assert isinstance(missing, SkipItem)
    assert "no such file" in missing.reason
    [web] = read_paths(["https://harbourgazette.example/ferry"])
    assert isinstance(web, SkipItem)
    assert "--url" in web.reason
    (tmp_path / "none").mkdir()
    assert "no files" in said(next(read_paths([tmp_path / "none"])))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    (tmp_path / "a.txt").chmod(0)
    assert "permissions" in said(next(read_paths([tmp_path / "a.txt"])))


def test_file_that_is_named_is_read_as_text_whatever_its_extension(tmp_path: Path) -> None:
    (tmp_path / "report.wire").write_text(LEAD)
    assert isinstance(next(read_paths([tmp_path / "report.wire"])), Document)
    assert isinstance(next(read_paths([tmp_path])), SkipItem)


@pytest.mark.parametrize(
    ("raw", "origin"), [(LEAD.encode(), "-"), (HTML.encode(), "-"), (json.dumps({"text": LEAD}).encode(), "-:1")]
)
def test_standard_input_is_told_by_its_first_bytes(raw: bytes, origin: str) -> None:
    [found] = read_paths(["-"], Given(published="2024-05-15"), stdin=io.BytesIO(raw))
    assert isinstance(found, Document)
    assert (found.origin, found.published, LEAD in found.text) == (origin, "2024-05-15", True)


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_of_text(tmp_path: Path, name: str) -> None:
    words = f"{LEAD} The minister’s café in Malmö — closed since 2015 — will open again."
    (tmp_path / "a.txt").write_bytes(words.encode(name))
    [found] = read_paths([tmp_path / "a.txt"])
    assert isinstance(found, Document)
    assert found.text == words


def test_one_broken_byte_does_not_change_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        f"{LEAD} The minister’s café in Malmö — closed —".encode() + b"\xff" + b" will open again."
    )
    [found] = read_paths([tmp_path / "a.txt"])
    assert isinstance(found, Document)
    assert "minister’s café in Malmö — closed —\ufffd will" in found.text


GOOD = {
    "text": LEAD,
    "title": "Ferry",
    "url": "https://a.example/1",
    "source": {"name": "Harbour Gazette"},
    "date": "2024-05-15",
}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut off', "no JSON"),
        ("[1, 2]", "holds a list"),
        ('"text"', "holds a string"),
        ('{"title": "Ferry"}', "no text"),
        ("{}", "no text"),
        ('{"text": ["a"]}', "'text' holds a list"),
        ('{"text": ""}', "no text"),
        (json.dumps({**GOOD, "date": "2024-02-31"}), "calendar"),
        (json.dumps({**GOOD, "date": "n/a"}), "no date"),
        (json.dumps({**GOOD, "language": "fr"}), "language"),
        ('{"text": "A \\ud83d ferry left the port"}', ""),
        (json.dumps({"text": "x " * 3000}), "limit"),
    ],
)
def test_bad_line_is_named_and_the_others_are_read(line: str, reason: str) -> None:
    raw = "\n".join([json.dumps(GOOD), line, "", json.dumps({"body": LEAD})]).encode()
    found = list(documents(jsonl.items(io.BytesIO(raw), "a.jsonl", Given(), max_bytes=5000)))
    assert [type(d) for d in found] == [Document, SkipItem, Document]
    assert isinstance(found[1], SkipItem)
    assert found[1].where == "a.jsonl:2"
    assert reason in found[1].reason
    assert "\n" not in str(found[1])


def test_fields_of_a_line() -> None:
    [found] = documents(jsonl.items(io.BytesIO(json.dumps(GOOD).encode()), "a.jsonl", Given()))
    assert isinstance(found, Document)
    assert (found.title, found.url, found.publisher) == ("Ferry", "https://a.example/1", "Harbour Gazette")
    assert (found.published, found.published_basis, found.origin) == ("2024-05-15", "given", "a.jsonl:1")


@pytest.mark.parametrize("raw", [b'{\n  "text": "a"\n}\n', b"[\n{}\n]\n"])
def test_object_over_many_lines_is_rejected_once(raw: bytes) -> None:
    [found] = documents(jsonl.items(io.BytesIO(raw), "a.json", Given()))
    assert isinstance(found, SkipItem)
    assert "JSON Lines" in found.reason


def test_same_bytes_give_the_same_documents(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML)
    (tmp_path / "b.txt").write_text(LEAD)
    assert list(read_paths([tmp_path])) == list(read_paths([tmp_path]))
