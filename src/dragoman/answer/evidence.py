"""What an answer rests on, as a bundle that stands alone: sentences, sources, runs and hashes in one ZIP. No layout."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.answer.reclustered import events_with
from dragoman.errors import StopRun
from dragoman.records import Document, EventMention, Record, Run
from dragoman.store import Store, StoredDocument
from dragoman.store import tables as t

MOST = 5000  # mentions of one bundle: beyond it is an export of the ledger, not the evidence of an answer
LARGEST = 200_000_000  # bytes that a bundle may unpack to when it is checked
MANIFEST = "MANIFEST.json"
_ID = re.compile(rb'"([0-9a-f]{16})"')
_NEVER = (1980, 1, 1, 0, 0, 0)  # the time of every file in the ZIP: the same answer gives the same bytes
README = """The evidence of one answer of a dragoman ledger.

answer.json, .csv, .md   the answer, as its address gave it (index.html: its page)
evidence.jsonl           a mention a line: its record, the passages of the report that it rests on (offsets count
                         characters of the report's text), and the report: address, outlet, date, SHA-256 of the text
runs.jsonl               the runs that read these reports: version, settings, hashes of models and data
MANIFEST.json            the address, and the SHA-256 of every file here

Check it: dragoman verify FILE.zip
Passages are quoted from the reports named beside them.
"""


class Passage(Record, frozen=True):
    """Words of a report: `text` stands at characters `start` to `end` of the report's text."""

    start: int
    end: int
    text: str


class Source(Record, frozen=True):
    """A report, less its text; `sha256` is that of the text in UTF-8."""

    document: str
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    published_basis: str | None
    sha256: str
    read_at: str
    run: str


class Exhibit(Record, frozen=True):
    """A mention, the event it tells (None where a person rejected it), and the words it rests on."""

    event: str | None
    mention: EventMention
    passages: tuple[Passage, ...]
    source: Source


class Checked(Record, frozen=True):
    """What checking a bundle found: its address, how many files and exhibits, and each fault in a line."""

    address: str
    files: int
    exhibits: int
    faults: tuple[str, ...]


# ---------------------------------------------------------------- gathering
def exhibits(store: Store, answer: Any, day: str | None = None) -> list[Exhibit]:
    """Return what an answer rests on: every mention of every event that it names, in the order of the reports.

    `day` is that as of which it was asked: of its events, the mentions published by then. Raises StopRun where that is
    too much for a bundle.
    """
    named = {i.decode() for i in _ID.findall(msgspec.json.encode(answer))}
    events = events_with(store, named, day)
    of = {m: e.id for e in events for m in e.mentions}
    if len(of) > MOST:
        raise StopRun(f"the answer rests on {len(of)} mentions; a bundle takes {MOST}: narrow the question")
    with store.consulting() as shelf:
        told = shelf.tellings(sorted({*of, *named}))
    mentions = [x.mention for x in told if day is None or (x.published or "9")[:10] <= day]
    reports = _reports(store, sorted({m.document_id for m in mentions}))
    mentions.sort(
        key=lambda m: (reports[m.document_id].document.published or "9", m.document_id, m.sentence.start, m.id)
    )
    return [_exhibit(m, of.get(m.id), reports[m.document_id]) for m in mentions]


def _reports(store: Store, ids: Sequence[str]) -> dict[str, StoredDocument]:
    """Return documents by id; in slices, since an engine takes a limited number of parameters."""
    slices = (ids[at : at + 500] for at in range(0, len(ids), 500))
    return {s.document.id: s for some in slices for s in store.documents(t.documents.c.id.in_(some))}


def _exhibit(m: EventMention, event: str | None, of: StoredDocument) -> Exhibit:
    source = _source(of.document, of.read_at, of.run)
    return Exhibit(event=event, mention=m, passages=_passages(m, of.document), source=source)


def _passages(m: EventMention, of: Document) -> tuple[Passage, ...]:
    """Return the sentence, then each piece of evidence that stands outside it."""
    first = (m.sentence.start, m.sentence.end)
    spans = {(e.start, e.end) for e in (*m.evidence, *m.doubts)}
    apart = sorted(s for s in spans if not (first[0] <= s[0] and s[1] <= first[1]))
    return tuple(Passage(start=a, end=b, text=of.text[a:b]) for a, b in (first, *apart))


def _source(d: Document, read_at: str, run: str) -> Source:
    return Source(
        document=d.id,
        url=d.url,
        title=d.title,
        publisher=d.publisher,
        published=d.published,
        published_basis=d.published_basis,
        sha256=hashlib.sha256(d.text.encode("utf8", "surrogatepass")).hexdigest(),
        read_at=read_at,
        run=run,
    )


# ---------------------------------------------------------------- writing
def bundle(store: Store, answer: Any, shown: Sequence[Exhibit], address: str, faces: Mapping[str, str]) -> bytes:
    """Return the bundle of an answer as a ZIP; `address` says what was asked, `faces` are more files, by name."""
    runs = {r.id: r for r in store.runs()}
    files: dict[str, bytes] = {
        "README.txt": README.encode(),
        "answer.json": msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n",
        **{name: face.encode() for name, face in faces.items()},
        "evidence.jsonl": _lines(shown),
        "runs.jsonl": _lines([runs[i] for i in sorted({x.source.run for x in shown}) if i in runs]),
    }
    listed = {name: hashlib.sha256(body).hexdigest() for name, body in sorted(files.items())}
    manifest = {"address": address, "dragoman": __version__, "files": listed}
    files[MANIFEST] = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for name in sorted(files):
            into.writestr(zipfile.ZipInfo(name, _NEVER), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _lines(records: Iterable[Exhibit | Run]) -> bytes:
    return b"".join(msgspec.json.encode(r) + b"\n" for r in records)


# ---------------------------------------------------------------- checking
def check(path: Path) -> Checked:
    """Check a bundle without a ledger: its files against their hashes, every quotation against its passage.

    Raises StopRun for what is no bundle.
    """
    files = _unpacked(path)
    try:
        manifest = msgspec.json.decode(files.pop(MANIFEST), type=_Manifest)
        shown = [msgspec.json.decode(x, type=Exhibit) for x in files.get("evidence.jsonl", b"").splitlines()]
    except (KeyError, msgspec.DecodeError) as fault:
        raise StopRun(f"{path}: is no bundle of evidence ({fault})") from fault
    faults = [f"{name}: is not in the bundle" for name in sorted(set(manifest.files) - set(files))]
    faults += [f"{name}: is not in the manifest" for name in sorted(set(files) - set(manifest.files))]
    faults += [
        f"{name}: was changed"
        for name in sorted(set(files) & set(manifest.files))
        if hashlib.sha256(files[name]).hexdigest() != manifest.files[name]
    ]
    faults += [fault for x in shown for fault in _misquoted(x)]
    return Checked(address=manifest.address, files=len(files), exhibits=len(shown), faults=tuple(faults))


class _Manifest(Record, frozen=True):
    address: str
    dragoman: str
    files: dict[str, str]


def _unpacked(path: Path) -> dict[str, bytes]:
    """Return the files of a ZIP by name, read in memory: nothing is written, whatever the names say."""
    try:
        with zipfile.ZipFile(path) as from_:
            if sum(i.file_size for i in from_.infolist()) > LARGEST:
                raise StopRun(f"{path}: unpacks to more than {LARGEST:,} bytes")
            names = [i.filename for i in from_.infolist()]
            if len(names) > len(set(names)):  # what another program unpacks need not be what is checked here
                raise StopRun(f"{path}: is no bundle of evidence (a file stands in it twice)")
            return {i.filename: from_.read(i) for i in from_.infolist()}
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise StopRun(f"{path}: can't be read as a ZIP ({fault})") from fault


def _misquoted(x: Exhibit) -> list[str]:
    """Return a line for each quotation that stands in no passage at its place."""
    said = [e for e in (*x.mention.evidence, *x.mention.doubts) if not _stands(e.start, e.end, e.quote, x.passages)]
    return [f"{x.mention.id}: \u201c{e.quote[:60]}\u201d does not stand at {e.start} to {e.end}" for e in said]


def _stands(start: int, end: int, quote: str, passages: Sequence[Passage]) -> bool:
    return any(p.start <= start and end <= p.end and p.text[start - p.start : end - p.start] == quote for p in passages)
