"""Archives, tables and packed lists: what they hold is read, and what is hostile in them costs itself only."""

import csv
import gzip
import io
import json
import random
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import SkipItem, StopRun
from dragoman.records import Document
from dragoman.sources import packed, sheet, unpack, warc
from dragoman.sources.given import Found, Given, Item
from dragoman.sources.paths import read_paths

TEXTS = [
    (
        "Harbour ministers met in Oslo on Tuesday and signed an agreement on ferries. The deputy minister said that it "
        "would take effect in May, and that both sides had waited long for it."
    ),
    (
        "The border crossing near Narva was closed on Friday after a dispute about grain. Estonia called the closure "
        "regrettable, and officials said that talks would go on next week."
    ),
    (
        "Kenya recalled its ambassador from Djibouti on Monday. The foreign ministry said that the decision followed "
        "remarks about a port, and that it hoped for an early apology."
    ),
]
ROW = {"text": TEXTS[0], "title": "Ferry deal signed", "published": "2025-03-07", "url": "https://harbour.example/1"}


def read(path: Path, given: Given | None = None, *, max_bytes: int = 200_000) -> list[Found]:
    return list(read_paths([path], given, max_bytes=max_bytes))


def good(found: list[Found]) -> list[str]:
    return [d.text for d in found if isinstance(d, Document)]


def bad(found: list[Found]) -> list[str]:
    return [str(s) for s in found if isinstance(s, SkipItem)]


# ---------------------------------------------------------------- WARC
def page(text: str, extra: str = "") -> bytes:
    return f"<html><head><title>A report</title>{extra}</head><body><article><h1>A report on it</h1><p>{text}</p></article></body></html>".encode()


def response(body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(block: bytes, n: int = 0, kind: str = "response", length: int | None = None) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{n:012}>\r\n"
        f"WARC-Date: 2025-04-02T10:00:00Z\r\nWARC-Target-URI: https://harbour.example/{n}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


ARCHIVE = [
    record(b"software: test\r\n", kind="warcinfo"),
    *(record(response(page(t)), n) for n, t in enumerate(TEXTS, 1)),
    record(response(page(TEXTS[0]), status="404 Not Found"), 4),
    record(response(b"\x89PNG....", kind="image/png"), 5),
    record(b"GET / HTTP/1.1\r\n\r\n", 6, kind="request"),
]


@pytest.mark.parametrize(
    "packing", [b"".join, lambda rs: b"".join(map(gzip.compress, rs)), lambda rs: gzip.compress(b"".join(rs))]
)
def test_pages_of_an_archive(tmp_path: Path, packing: object) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packing(ARCHIVE))  # type: ignore[operator]
    found = read(path)
    assert bad(found) == []
    assert [d.url for d in found if isinstance(d, Document)] == [f"https://harbour.example/{n}" for n in (1, 2, 3)]
    assert all(t in d for t, d in zip(TEXTS, good(found), strict=True))
    assert all(d.published is None for d in found if isinstance(d, Document))  # the day of the crawl is no publication


def test_the_library_finds_the_same_records(tmp_path: Path) -> None:
    """FastWARC is the oracle of whole archives; cut ones it ends in silence, which is why it is not used."""
    raw = b"".join(map(gzip.compress, ARCHIVE))
    theirs = [
        r.headers["WARC-Target-URI"] for r in ArchiveIterator(io.BytesIO(raw), record_types=WarcRecordType.response)
    ]
    assert theirs == [f"https://harbour.example/{n}" for n in (1, 2, 3, 4, 5)]
    ours = [i.given.url for i in warc.items(io.BytesIO(raw), "a", Given()) if not isinstance(i, SkipItem)]
    assert ours == theirs[:3]


@pytest.mark.parametrize("form", ["plain", "packed"])
def test_a_cut_archive_gives_its_whole_records_and_says_where(form: str) -> None:
    """Cut anywhere: the records before it, and one rejection with file and byte, unless it falls between two."""
    parts = [gzip.compress(r) if form == "packed" else r for r in ARCHIVE[1:4]]
    starts = [0, len(parts[0]), len(parts[0] + parts[1]), len(b"".join(parts))]
    tail = 8 if form == "packed" else 4  # the sum of a member, the empty lines of a record: what is whole stands before
    for cut in range(1, starts[-1], 23):
        found = list(warc.items(io.BytesIO(b"".join(parts)[:cut]), "a.warc", Given()))
        skips = [f for f in found if isinstance(f, SkipItem)]
        whole = sum(s - tail <= cut for s in starts[1:])
        begun = max(s for s in starts if s <= cut)
        if whole == sum(s <= cut for s in starts[1:]) and cut != begun:
            assert len(skips) == 1, cut
            assert f":{begun}:" in str(skips[0]) or f"byte {begun:,} " in str(skips[0]), str(skips[0])
        assert len(found) - len(skips) == whole, cut


@pytest.mark.parametrize("at", [12, 60, 200, -6])
def test_damage_costs_one_record(at: int) -> None:
    """A broken byte in a member, its trailing sum included."""
    parts = [bytearray(gzip.compress(r)) for r in ARCHIVE[1:4]]
    parts[1][at] ^= 0xFF
    found = list(warc.items(io.BytesIO(b"".join(parts)), "a.warc.gz", Given()))
    urls = [i.given.url for i in found if not isinstance(i, SkipItem)]
    assert [u for u in urls if u and u[-1] in "13"] == ["https://harbour.example/1", "https://harbour.example/3"]
    assert sum(isinstance(f, SkipItem) for f in found) == 1


HOSTILE = [  # what stands between two good records → what the rejection says, "" where nothing need be said
    (b"no record\r\n" * 5, "no WARC record"),
    (record(response(page(TEXTS[1])), length=10), "longer than it says"),
    (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n", "how long"),
    (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n", "how long"),
    (b"WARC/1.0\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", "too long"),
    (b"\0" * 300_000 + b"\r\n", ""),
    (record(response(page("x" * 300_000))), "limit"),
    (record(response(gzip.compress(b"a" * 3_000_000), more="Content-Encoding: gzip\r\n")), "limit"),
    (record(response(gzip.compress(page(TEXTS[1]))[:-9], more="Content-Encoding: gzip\r\n")), ""),
    (record(response(b"\x8b\x02\x80", more="Content-Encoding: br\r\n")), "packed by br"),
    (record(response(b"")), "empty"),
    (record(b""), ""),
    (record(b"HTTP/1.1"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("between", "said"), HOSTILE)
def test_hostile_records_cost_themselves(tmp_path: Path, between: bytes, said: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(ARCHIVE[1] + between + ARCHIVE[3])
    found = read(path)
    urls = [d.url for d in found if isinstance(d, Document)]
    assert urls[0] == "https://harbour.example/1"
    assert urls[-1] == "https://harbour.example/3"
    assert all(said in b and f"{path}:" in b for b in bad(found))
    assert len(bad(found)) == 1 or not said


def test_codings_of_a_page(tmp_path: Path) -> None:
    body = page(TEXTS[1])
    chunks = b"".join(f"{len(c):x}\r\n".encode() + c + b"\r\n" for c in (body[:100], body[100:], b""))
    forms = [
        response(gzip.compress(body), more="Content-Encoding: gzip\r\n"),
        response(zlib.compress(body), more="Content-Encoding: deflate\r\n"),
        response(chunks, more="Transfer-Encoding: chunked\r\n"),
        response(body, more="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),  # undone, the header kept
        response(
            body.decode().replace("regrettable", "„žal“").encode("cp1250"), kind="text/html; charset=windows-1250"
        ),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(record(f, n) for n, f in enumerate(forms)))
    found = good(read(tmp_path / "a.warc"))
    assert len(found) == 5
    assert all("closed on Friday" in t for t in found)
    assert "„žal“" in found[-1]


# ---------------------------------------------------------------- packed lists
LINES = b"".join(json.dumps({"text": t, "published": "2025-03-07"}).encode() + b"\n" for t in TEXTS)


@pytest.mark.parametrize(
    ("name", "pack"), [("a.jsonl.gz", gzip.compress), ("a.jsonl.zst", zstandard.ZstdCompressor().compress)]
)
def test_packed_lists(tmp_path: Path, name: str, pack: object) -> None:
    packed_ = pack(LINES)  # type: ignore[operator]
    (tmp_path / name).write_bytes(packed_ + pack(LINES.replace(b"2025", b"2024")))  # type: ignore[operator]
    assert good(read(tmp_path / name)) == TEXTS * 2
    (tmp_path / name).write_bytes(packed_[:-5])
    [fault] = bad(read(tmp_path / name))
    assert "cut short" in fault
    assert name in fault


def test_a_cut_list_gives_the_lines_before_the_cut(tmp_path: Path) -> None:
    rows = b"".join(LINES.replace(b"Oslo", random.Random(n).randbytes(8).hex().encode()) for n in range(2000))
    for name, raw in (("a.jsonl.gz", gzip.compress(rows)), ("b.jsonl.zst", zstandard.ZstdCompressor().compress(rows))):
        (tmp_path / name).write_bytes(raw[: len(raw) // 2])
        with (tmp_path / name).open("rb") as stream:
            found = list(documents_of_lines(stream, name))
        whole = [f for f in found if not isinstance(f, SkipItem)]
        assert len(whole) > 1000
        assert all(w.raw in rows for w in whole)
        assert len(found) == len(whole) + 1
        assert "cut short" in str(found[-1])


def documents_of_lines(stream: object, name: str) -> Iterator[Item | SkipItem]:
    try:
        yield from packed.items(stream, name, Given())  # type: ignore[arg-type]
    except SkipItem as e:
        yield e


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "FLOOR", 4 << 20)
    zeros = zstandard.ZstdCompressor(level=1) if name.endswith("zst") else zlib.compressobj(wbits=31)
    raw = b"".join(zeros.compress(b"0" * (1 << 20)) for _ in range(200)) if name.endswith("zst") else bomb(200)
    (tmp_path / name).write_bytes(
        gzip.compress(LINES) + raw if name.endswith("gz") else zstandard.ZstdCompressor().compress(LINES) + raw
    )
    tracemalloc.start()
    found = read(tmp_path / name)
    assert tracemalloc.get_traced_memory()[1] < 80 << 20
    tracemalloc.stop()
    assert good(found) == TEXTS
    assert any("unpacks to over" in b or "limit" in b for b in bad(found))


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(b"0" * (1 << 20)) for _ in range(megabytes)), packer.flush()])


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(gzip.compress(LINES)))
    [fault] = bad(read(tmp_path / "a.jsonl.gz"))
    assert "gzip" in fault


# ---------------------------------------------------------------- CSV
def table(path: Path, rows: list[dict[str, str]], **form: str) -> Path:
    with path.open("w", newline="", encoding=form.pop("encoding", "utf8")) as out:
        writer = csv.DictWriter(out, list(rows[0]), **form)  # type: ignore[arg-type]
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    "form", [{}, {"delimiter": ";"}, {"delimiter": "\t"}, {"encoding": "utf-8-sig"}, {"encoding": "utf-16"}, {"encoding": "cp1252"}, {"lineterminator": "\n"}]
)  # fmt: skip
def test_a_table(tmp_path: Path, form: dict[str, str]) -> None:
    rows = [ROW | {"text": f"“{t}”\n\n{t}"} for t in TEXTS]
    found = read(table(tmp_path / "a.csv", rows, **form))
    assert bad(found) == []
    assert [(d.title, d.published, d.url) for d in found if isinstance(d, Document)] == [
        ("Ferry deal signed", "2025-03-07", ROW["url"])
    ] * 3
    assert all(t in g for t, g in zip(TEXTS, good(found), strict=True))


def test_columns_by_name(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"Kicker": "x", "Words": TEXTS[0], "When": "7 March 2025", "Body": TEXTS[1]}])
    columns = (("text", "words"), ("published", "When"))
    [found] = read(path, Given(columns=columns))
    assert isinstance(found, Document)
    assert (found.text, found.published) == (TEXTS[0], "2025-03-07")
    assert good(read(path)) == [TEXTS[1]]
    with pytest.raises(StopRun, match="has no column 'wrds'; it has Kicker"):
        read(path, Given(columns=(("text", "wrds"),)))


def test_a_table_without_text_says_which_columns_there_are(tmp_path: Path) -> None:
    [fault] = bad(read(table(tmp_path / "a.csv", [{"a": "1", "b": "2"}])))
    assert "--columns text=NAME (it has a, b)" in fault


def test_a_row_and_the_same_line_of_json_are_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json.dumps(ROW, separators=(",", ":")).encode())
    ids = {
        d.id
        for p in (table(tmp_path / "a.csv", [ROW]), tmp_path / "a.jsonl")
        for d in read(p)
        if isinstance(d, Document)
    }
    assert len(ids) == 1


BAD_ROWS = [  # a line of a table of text and date → what its rejection says
    (f'"{TEXTS[0]}',  "no CSV"),  # the quotation is never closed
    (f'"{TEXTS[0]}" and more,2025-03-07', "no CSV"),
    (f"{TEXTS[0].replace(',', '')}", "has 1 fields"),
    (f'"{TEXTS[0]}",2025-03-07,extra', "has 3 fields"),
    (f'"{TEXTS[0]}",2025-02-30', "calendar"),
    (f'"{TEXTS[0]}\0",2025-03-07', "NUL"),
    ('"",2025-03-07', "no text"),
    ("x" * 300_000 + ",2025-03-07", "limit"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said"), BAD_ROWS)
def test_a_bad_row_costs_itself(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'text,date\n"{TEXTS[1]}",2025-03-07\n{row}\n"{TEXTS[2]}",2025-03-08\n', newline="")
    found = read(path)
    assert good(found) == TEXTS[1:]
    [fault] = bad(found)
    assert said in fault
    assert f"{path}:3" in fault


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\r\x0b\x0c"), min_size=1),
        min_size=1,
        max_size=8,
    )
)
def test_any_table_that_csv_writes_is_read_as_it_reads_it(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["text", "title"], *([c, "t"] for c in cells)])
    raw = out.getvalue().encode()
    expected = [r[0] for r in csv.reader(io.StringIO(out.getvalue(), newline=""))][1:]
    if any(c in out.getvalue() for c in map(chr, (*range(1, 9), *range(0x0E, 0x20), 0x85, 0x2028, 0x2029))):
        return  # control characters are refused line by line
    found = [
        json.loads(i.raw).get("text")
        for i in sheet.items(io.BytesIO(raw), "a.csv", Given())
        if not isinstance(i, SkipItem)
    ]
    assert found == [e if e.strip() else None for e in expected]


# ---------------------------------------------------------------- Parquet
def test_a_parquet_table(tmp_path: Path) -> None:
    import datetime as dt  # noqa: PLC0415

    columns = {
        "body": TEXTS,
        "headline": ["One", None, "Three"],
        "date": [dt.date(2025, 3, 7), dt.date(2025, 3, 8), None],
        "n": [1, 2, 3],
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet", row_group_size=2)
    found = read(tmp_path / "a.parquet")
    assert good(found) == TEXTS
    assert [d.published for d in found if isinstance(d, Document)] == ["2025-03-07", "2025-03-08", None]
    assert [d.origin for d in found if isinstance(d, Document)] == [f"{tmp_path}/a.parquet:{n}" for n in (1, 2, 3)]
    [fault] = bad(read(tmp_path / "a.parquet", Given(columns=(("text", "n"),))))[:1]
    assert "holds int, not text" in fault


def test_a_broken_parquet_table(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = [f"{n} {t}" for n in range(200) for t in TEXTS]
    pq.write_table(pa.table({"text": rows}), path, row_group_size=200, use_dictionary=False, write_page_checksum=True)
    raw = bytearray(path.read_bytes())
    for cut in (b"", raw[:3], raw[: len(raw) // 2], raw[:-4] + b"\xff\xff\xff\xff"):
        path.write_bytes(cut)
        assert len(bad(read(path))) == 1
    third = len(raw) // 3
    raw[third + 400 : third + 500] = b"\xff" * 100
    path.write_bytes(raw)
    found = read(path)
    assert len(good(found)) >= 400
    assert any("row group 1" in b for b in bad(found)) or len(good(found)) == 600


def test_a_value_in_a_million_rows_is_there_once(tmp_path: Path) -> None:
    big = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000), pa.array([TEXTS[0] * 600]))
    pq.write_table(pa.table({"text": big}), tmp_path / "a.parquet")  # two gigabytes, in a few kilobytes
    assert (tmp_path / "a.parquet").stat().st_size < 200_000
    before = pa.total_allocated_bytes()
    found = read_paths([tmp_path / "a.parquet"], max_bytes=200_000)
    first = next(found)
    assert isinstance(first, Document)
    assert pa.total_allocated_bytes() - before < 64 << 20


# ---------------------------------------------------------------- streaming
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.jsonl.gz", "a.warc"])
def test_a_long_list_is_never_held_whole(tmp_path: Path, name: str) -> None:
    """Reading ten times as much takes no more memory: measured over the items, before they are looked into."""
    text = TEXTS[0] * 20
    row = {"jsonl": json.dumps({"text": text}).encode() + b"\n", "csv": f'"{text}"\n'.encode()}
    one = record(response(page(text))) if name.endswith("warc") else row["csv" if name.endswith("csv") else "jsonl"]
    raw = (b"text\n" if name.endswith("csv") else b"") + one * 4000
    (tmp_path / name).write_bytes(gzip.compress(raw, 1) if name.endswith("gz") else raw)
    from dragoman.sources.paths import items_of  # noqa: PLC0415

    tracemalloc.start()
    count = sum(not isinstance(i, SkipItem) for i in items_of([tmp_path / name]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4000
    assert peak < 8 << 20 < len(raw)
