"""Scoring against MUC-4: does a report hold an incident, and are its slots right? Reading of the gold; no mapping here.

Documents whose templates are all optional count neither way; an optional template or fill counts where it was found and
is forgotten where it was not (the rule of the MUC-4 scorer). Slots are scored over aligned templates and those missed;
what is found beyond the gold costs `incidents.precision` only.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from dragoman.errors import SkipItem
from dragoman.evaluate.muc4_incidents import Incident, incidents, same
from dragoman.records import Reading, Record
from dragoman.text import fold

ReadText = Callable[[str, str | None], Reading]
SAMPLE = 120  # documents: half a minute
SPLITS = ("train", "dev")  # a test split is never looked at
COUNTRIES = dict(
    zip(
        "ARG BOL BRA CHL COL ECU SLV ESP GTM HND JAM NIC PAN PER USA VEN".split(),
        "argentina,bolivia,brazil,chile,colombia,ecuador,el salvador,spain,guatemala,honduras,jamaica,nicaragua,panama,"
        "peru,united states,venezuela".split(","),
        strict=True,
    )
)
SLOTS = ("type", "stage", "date", "country", "town", "victims", "organisation", "claimed")
# Of a slot in the aligning. The type alone is enough, as in the MUC-4 scorer, but so is a victim, or two lesser slots.
WORTH = {"type": 2, "victims": 2, "date": 1, "country": 1, "town": 1, "organisation": 1}
LEAST = 2
BEFORE = timedelta(days=90)  # how far back "- 30 NOV 89" (on or before) reaches
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAY = re.compile(r"(\d{1,2}) ([a-z]{3})[a-z]* (\d\d)\b")
_TOWN = re.compile(r"([^:()/]+?) \((?:CITY|TOWN|VILLAGE|MUNICIPALITY|HAMLET|CAPITAL|PORT)\b")
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')


class Fill(Record, frozen=True):
    """One fill of the gold: any of the alternatives is right, an optional one may be missing."""

    alternatives: tuple[str, ...]
    optional: bool = False


class Template(Record, frozen=True):
    """One incident of the gold: its fills by slot, as in `SLOTS`; `areas` are places that are no towns."""

    optional: bool
    fills: dict[str, tuple[Fill, ...]]
    areas: tuple[str, ...] = ()


class Gold(Record, frozen=True):
    """One document of the gold; `published` from its dateline, None where that has none."""

    id: str
    text: str
    published: str | None
    templates: tuple[Template, ...]


class Tally(Record, frozen=True):
    """Right ones, given ones, wanted ones; sums of tallies are tallies."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(right=self.right + other.right, given=self.given + other.given, wanted=self.wanted + other.wanted)

    def scores(self, name: str) -> dict[str, float]:
        """Return precision, recall and F1 under `name`; nought where nothing was given or wanted."""
        whole = self.given + self.wanted
        return {
            f"{name}.precision": self.right / self.given if self.given else 0.0,
            f"{name}.recall": self.right / self.wanted if self.wanted else 0.0,
            f"{name}.f1": 2 * self.right / whole if whole else 0.0,
        }


def muc4_scores(file: Path, read: ReadText, size: int | None = SAMPLE) -> dict[str, float]:
    """Read and score `size` documents of a MUC-4 file, all of them where it is None."""
    return score((gold, found(gold, read)) for gold in load(file, size))


def found(gold: Gold, read: ReadText) -> list[Incident]:
    """Return the incidents that dragoman finds; a document that it skips holds none."""
    try:
        return incidents(read(gold.text, gold.published).mentions, gold.published)
    except SkipItem:
        return []


def score(answers: Iterable[tuple[Gold, Sequence[Incident]]]) -> dict[str, float]:
    """Return the scores of documents and what was found in them, by dotted name."""
    tallies = dict.fromkeys(("document", "incidents", *SLOTS), Tally())
    aligned = typed = 0
    for gold, given in answers:
        tallies["document"] += _document(gold, given)
        if not gold.templates:
            continue
        pairs = align(gold.templates, given)
        hits = sum(i is not None for _, i in pairs)
        wanted = sum(i is not None or not t.optional for t, i in pairs)
        tallies["incidents"] += Tally(right=hits, given=len(given), wanted=wanted)
        for t, i in pairs:
            if i is None and t.optional:
                continue
            for slot in SLOTS:
                tallies[slot] += compare(slot, t, i)
            aligned += i is not None
            typed += i is not None and compare("type", t, i).right
    scores = {f"muc4.{k}": v for name, tally in tallies.items() for k, v in tally.scores(name).items()}
    return scores | {"muc4.type.accuracy": typed / aligned if aligned else 0.0}


def _document(gold: Gold, given: Sequence[Incident]) -> Tally:
    if gold.templates and all(t.optional for t in gold.templates):
        return Tally()
    holds = bool(gold.templates)
    return Tally(right=holds and bool(given), given=bool(given), wanted=holds)


def align(gold: Sequence[Template], given: Sequence[Incident]) -> list[tuple[Template, Incident | None]]:
    """Pair every template with the incident that answers it, the best pair first; None where nothing does."""
    worths = [(worth(t, i), -g, -n) for g, t in enumerate(gold) for n, i in enumerate(given)]
    partner: dict[int, int] = {}
    for value, g, n in sorted(worths, reverse=True):
        if value >= LEAST and -g not in partner and -n not in partner.values():
            partner[-g] = -n
    return [(t, given[partner[g]] if g in partner else None) for g, t in enumerate(gold)]


def worth(t: Template, i: Incident) -> int:
    """Return how much speaks for it that an incident answers a template."""
    return sum(points for slot, points in WORTH.items() if compare(slot, t, i).right)


def compare(slot: str, t: Template, i: Incident | None) -> Tally:
    """Compare one slot; each given value answers at most one fill."""
    given = values(slot, t, i) if i else []
    free, right = list(t.fills.get(slot, ())), 0
    for value in given:
        hit = next((f for f in free if any(_fits(slot, a, value) for a in f.alternatives)), None)
        if hit is not None:
            free.remove(hit)
            right += 1
    return Tally(right=right, given=len(given), wanted=right + sum(not f.optional for f in free))


def values(slot: str, t: Template, i: Incident) -> list[str]:
    """Return what an incident gives for a slot; a place that the gold knows as an area or country is no town."""
    organisation = [i.organisation] if i.organisation else []
    place = fold(i.place or "")
    given: dict[str, list[str]] = {
        "type": [i.type],
        "stage": [i.stage],
        "date": [f"{i.earliest or i.latest}/{i.latest}"] if i.latest else [],
        "country": [COUNTRIES.get(i.country, i.country)] if i.country else [],
        "town": [place] if place and place not in t.areas and place not in COUNTRIES.values() else [],
        "victims": list(i.victims),
        "organisation": organisation,
        "claimed": organisation if i.claimed else [],
    }
    return given[slot]


def _fits(slot: str, alternative: str, value: str) -> bool:
    if slot == "date":
        return _dates_fit(alternative, value)
    if slot in ("victims", "organisation", "claimed"):
        return same(alternative, value)
    return alternative == value


def _dates_fit(alternative: str, value: str) -> bool:
    """Return whether two spans of days, "first/last", meet."""
    (first, last), (earliest, latest) = alternative.split("/"), value.split("/")
    return first <= latest and earliest <= last


# ---------------------------------------------------------------- the gold
def load(file: Path, size: int | None = SAMPLE) -> Iterator[Gold]:
    """Read the documents of train and dev in the order of their ids' hashes, the first `size`: a fixed sample."""
    with file.open(encoding="utf-8") as f:
        rows = [row for line in f if (row := json.loads(line))["split"] in SPLITS]
    rows.sort(key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())
    for row in rows[:size]:
        yield Gold(
            id=row["id"],
            text=row["text"],
            published=row["dct"],
            templates=tuple(template(t["slots"], optional=t["optional"]) for t in row["templates"]),
        )


def template(slots: Mapping[str, Sequence[str]], *, optional: bool) -> Template:
    """Return the template of raw fill lines."""
    places = list(slots.get("incident.location", ()))
    towns = tuple(fold(name) for line in places for name in _TOWN.findall(line))
    parts = tuple(fold(re.sub(r"\(.*", "", part)) for line in places for part in re.split(r"[:/]| - ", line))
    countries = tuple(fold(c) for line in places for c in line.split(":")[0].split("/"))
    claims = [x for x in slots.get("perp.organization_confidence", ()) if "CLAIMED" in x.split(":")[0]]
    plain = {s: slots.get(f"incident.{key}", ()) for s, key in (("type", "type"), ("stage", "stage_of_execution"))}
    fills: dict[str, tuple[Fill, ...]] = {s: tuple(_plain(x) for x in lines) for s, lines in plain.items()}
    fills |= {
        "date": tuple(fill for line in slots.get("incident.date", ()) if (fill := days(line))),
        "country": (Fill(alternatives=countries),) if countries else (),
        "town": (Fill(alternatives=towns),) if towns else (),
        "victims": victims(slots.get("hum_tgt.name", ()), slots.get("hum_tgt.description", ())),
        "organisation": tuple(quoted(x) for x in slots.get("perp.organization_id", ())),
        "claimed": tuple(quoted(x) for x in claims),
    }
    return Template(optional=optional, fills=fills, areas=tuple(p for p in parts if p not in towns))


def _plain(line: str) -> Fill:
    return Fill(alternatives=tuple(x.strip("?() ") for x in line.split("/")), optional=line.startswith("?"))


def quoted(line: str) -> Fill:
    """Return the fill of a line of quoted alternatives."""
    return Fill(alternatives=tuple(x.replace('\\"', '"') for x in _QUOTED.findall(line)), optional=line.startswith("?"))


def victims(names: Sequence[str], descriptions: Sequence[str]) -> tuple[Fill, ...]:
    """Return one fill for each victim: a name with the descriptions that hold for it, or a description alone."""
    fills = [quoted(n) for n in names]
    for line in descriptions:
        said, holds_for = quoted(line), quoted(re.split(r'"\)?: *(?=")', line)[-1])
        at = next((n for n, f in enumerate(fills) if set(f.alternatives) & set(holds_for.alternatives)), None)
        if at is None:
            fills.append(said)
        else:
            known = fills[at]
            fills[at] = Fill(
                alternatives=(*known.alternatives, *said.alternatives), optional=known.optional or said.optional
            )
    return tuple(fills)


def days(line: str) -> Fill | None:
    """Return the spans of days of a date line: one day, "a - b", or "- b" (on or before), which need not be found."""
    spans = []
    open_ended = False
    for alternative in line.lower().split("/"):
        dates = [_iso(*m.groups()) for m in _DAY.finditer(alternative)]
        if not dates:
            continue
        first, last = dates[0], dates[-1]
        if alternative.strip("?( ").startswith("-"):
            open_ended = True
            first = (date.fromisoformat(last) - BEFORE).isoformat()
        spans.append(f"{first}/{last}")
    return Fill(alternatives=tuple(spans), optional=open_ended or line.startswith("?")) if spans else None


def _iso(day: str, month: str, year: str) -> str:
    """Return the ISO day; a day that its month lacks ("31 NOV") is taken back to the 28th."""
    number = _MONTHS.index(month) + 1
    kept = int(day) if int(day) <= 28 else min(int(day), 30 if number in (4, 6, 9, 11) else 28 if number == 2 else 31)
    return f"19{year}-{number:02}-{kept:02}"
