"""What is true of the printed reports: tellings with their offsets, origins, disagreements, dossiers, flows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plot import Event, Story, flow, modes
from press import Report
from telling import Sentence, restyled

_DAY = len("2025-03-07")  # a whole month or a week is no rival of a day
_NOT_DISPUTED = ("wounded",)  # told as it comes; nobody contradicts anybody on it


@dataclass(frozen=True)
class Printed:
    """A report as text, with the place of each sentence."""

    report: Report
    index: int
    text: str
    placed: tuple[tuple[Sentence, int, int], ...]

    @property
    def published(self) -> str:
        """When it came out, as the documents have it."""
        return f"{self.report.published:%Y-%m-%dT%H:%M:%SZ}"

    @property
    def row(self) -> dict[str, str]:
        """The report as a line of documents.jsonl."""
        return {
            "url": self.report.url, "publisher": self.report.outlet.name,
            "title": restyled(self.report.title, self.report.outlet), "text": self.text, "published": self.published,
        }  # fmt: skip


def printed(reports: Iterable[Report]) -> list[Printed]:
    """Return the reports as text, in order."""
    return [_print(report, n) for n, report in enumerate(reports)]


def _print(report: Report, index: int) -> Printed:
    """Return one report as text: headline, dateline, paragraphs."""
    pieces: list[str] = []
    placed: list[tuple[Sentence, int, int]] = []
    at = 0

    def put(words: str, sentence: Sentence | None = None) -> None:
        nonlocal at
        if sentence:
            placed.append((sentence, at, at + len(words)))
        pieces.append(words)
        at += len(words)

    if report.headline:
        put(restyled(report.headline.text, report.outlet), report.headline)
        put("\n\n")
    put(report.dateline)
    for n, paragraph in enumerate(report.paragraphs):
        put("\n\n" if n else "")
        for i, sentence in enumerate(paragraph):
            put(" " if i else "")
            put(restyled(sentence.text, report.outlet), sentence)
    return Printed(report, index, "".join(pieces), tuple(placed))


def truth(story: Story, reports: list[Printed], **about: Any) -> dict[str, Any]:
    """Return the whole truth as plain data; FORMAT.md tells its fields."""
    tellings = _tellings(reports)
    told = {e.id: [t for t in tellings if t["event"] == e.id] for e in story.events}
    flows = [f for e in story.events if (f := flow(e))]
    return {
        **about,
        "start": story.start.isoformat(),
        "events": [_event(e, told[e.id]) for e in story.events],
        "look_alikes": [list(pair) for pair in story.look_alikes],
        "documents": [_document(p, reports) for p in reports],
        "dossiers": story.dossiers,
        "flows": flows,
        "flow_sums": _sums(flows),
        "contacts": [
            {"event": e.id, "form": e.sort.form, "level": e.sort.level, "status": e.status}
            for e in story.events
            if e.sort.form
        ],
    }


def _tellings(reports: list[Printed]) -> list[dict[str, Any]]:
    """Return every sentence that tells an event, in order of publication."""
    names: dict[int, str] = {}
    found: list[dict[str, Any]] = []
    for paper in reports:
        for sentence, start, end in paper.placed:
            if sentence.event is None:
                continue
            name = f"t{len(found) + 1:05}"
            names.setdefault(id(sentence), name)
            found.append(
                {
                    "id": name, "event": sentence.event, "document": paper.index, "url": paper.report.url,
                    "start": start, "end": end, "role": sentence.role, "status": sentence.status,
                    "told": dict(sorted(sentence.told.items())), "voice": sentence.voice, "side": sentence.side,
                    "background": sentence.background, "origin": sentence.origin,
                    "copy_of": names.get(id(sentence.copied)) if sentence.copied else None,
                    "variant": sentence.variant, "published": paper.published,
                }
            )  # fmt: skip
    return found


def _event(event: Event, tellings: list[dict[str, Any]]) -> dict[str, Any]:
    facts = event.facts
    counts: dict[str, int] = {k: facts[k] for k in ("killed", "wounded") if k in facts}
    if "crew" in facts:
        counts["released" if event.kind == "release" else "detained"] = facts["crew"]
    body = [t for t in tellings if t["role"] != "headline"]
    return {
        "id": event.id, "kind": event.kind, "dyad": [event.a.code, event.b.code], "act": event.sort.act,
        "also": list(event.sort.also), "modes": modes(event),
        "actors": [event.a.code, event.b.code] if event.sort.both else [event.a.code],
        "recipients": [] if event.sort.both else [event.b.code],
        "date": event.at.date().isoformat(), "place": facts.get("place"), "counts": counts,
        "goods": facts.get("goods"), "tonnes": facts.get("load"),
        "money": facts["sum"] * 1_000_000 if "sum" in facts else None,
        "about": {k: v for k, v in facts.items() if k in ("topic", "pact", "project", "target", "charge", "suspect")},
        "status": event.status, "series": event.series, "dossier": _dossier(event),
        "tellings": [{k: v for k, v in t.items() if k != "event"} for t in tellings],
        "origins": len({t["origin"] for t in body}),
        "disagreements": _disagreements(body),
    }  # fmt: skip


def _dossier(event: Event) -> str | None:
    name = event.step.get("dossier")
    return f"{event.arc}.{name}" if name else None


def _disagreements(tellings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the fields on which the tellings differ, with each version and since when it is told."""
    values: dict[str, dict[str, str]] = {}
    standing: dict[str, set[str]] = {}
    last = {t["url"]: t["document"] for t in tellings}  # the latest version at each address
    for t in tellings:
        claims = dict(t["told"])
        if t["status"] in ("occurred", "denied"):
            claims["status"] = t["status"]
        for field, value in claims.items():
            values.setdefault(field, {}).setdefault(value, t["published"])
            if last[t["url"]] == t["document"]:
                standing.setdefault(field, set()).add(value)
    found = []
    for field, told in values.items():
        firm = [v for v in told if field != "date" or len(v) == _DAY]
        if len(firm) > 1 and field not in _NOT_DISPUTED:
            versions = [{"value": v, "since": told[v]} for v in sorted(firm, key=lambda v: (told[v], v))]
            # Where only an article that has since been put right says otherwise, nobody disagrees any more.
            corrected = len(standing.get(field, set()) & set(firm)) < 2
            found.append({"field": field, "versions": versions, "corrected": corrected})
    return sorted(found, key=lambda d: str(d["field"]))


def _document(paper: Printed, reports: list[Printed]) -> dict[str, Any]:
    report = paper.report
    corrected = next((p.index for p in reports if p.report is report.corrects), None)
    return {
        "url": report.url, "publisher": report.outlet.name, "published": paper.published,
        "origin_group": f"g{report.group:03}", "kind": report.kind, "form": report.form,
        "event": report.event.id, "supersedes": corrected,
    }  # fmt: skip


def _sums(flows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the flows summed by parties, unit, month and class, each event once."""
    sums: dict[tuple[str, str, str, str, str], float] = {}
    for f in flows:
        key = (f["from"], f["to"], f["unit"], f["month"], f["class"])
        sums[key] = sums.get(key, 0.0) + f["low"]
    names = ("from", "to", "unit", "month", "class", "sum")
    return [dict(zip(names, (*k, v), strict=True)) for k, v in sorted(sums.items())]
