"""Labels of public reporting: kept as offsets into the texts of the shared data, so that no word of them is ours.

    python scripts/reporting.py keep --sentences n00.json --labels n00.lab --out corpus/reporting/n00.labels

A label file names words (the format of corpus/README.md, by `@number` of the sentence); `keep` turns the words into
offsets. `read` gives the sentences back where the shared data is; a text that has changed stops it.
"""

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import StopRun
from dragoman.evaluate.corpus import Act, Labelled, Offsets, find, read_act

DEV_OF = 5  # every fifth file is kept from all models: there are few, and most are wanted for training
SHA = 16  # digits of a text's hash


# ---------------------------------------------------------------- reading
def read(folder: Path, bench: Path, *, dev: bool) -> list[Labelled]:
    """Return the labelled sentences of the training or the dev part; raises StopRun at a text that is not there."""
    files = sorted(p for p in folder.glob("*.labels") if is_dev(p) == dev)
    wanted = {line.split()[1] for p in files for line in _lines(p) if line.startswith("D ")}
    texts = {name: _texts(bench / f"{name}.jsonl") for name in sorted(wanted)}
    return [s for p in files for s in _read(p, texts)]


def is_dev(path: Path) -> bool:
    """Return whether a file is of the dev part, by its number."""
    return int("".join(c for c in path.stem if c.isdigit())) % DEV_OF == 0


def _read(path: Path, texts: dict[str, dict[str, str]]) -> Iterator[Labelled]:
    text, now = "", None
    for number, line in enumerate(_lines(path), 1):
        kind, _, rest = line.partition(" ")
        where = f"{path.name}:{number}"
        if kind == "D":
            name, key, sha = rest.split()
            text = texts[name].get(key, "")
            if _sha(text) != sha:
                raise StopRun(f"{where}: the text of {key} in {name} is not the one that was labelled")
        elif kind == "S":
            if now is not None:
                yield now
            start, end = _span(rest)
            now = Labelled(where=where, text=text[start:end])
        elif now is None or kind not in ("E", "P"):
            raise StopRun(f"{where}: a line begins with D, S, E or P, this one with {kind!r}")
        elif kind == "E":
            now.acts.append(_act(rest))
        else:
            now.idle.append(tuple(_span(x) for x in rest.split(" + ")))
    if now is not None:
        yield now


def _lines(path: Path) -> list[str]:
    return [x for x in path.read_text("utf8").splitlines() if x and not x.startswith("#")]


def _texts(path: Path) -> dict[str, str]:
    with path.open(encoding="utf8") as f:
        return {r["id"]: r["text"] for r in map(json.loads, f)}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:SHA]


def _span(words: str) -> Offsets:
    start, _, end = words.partition("-")
    return int(start), int(end)


def _act(rest: str) -> Act:
    parts = [x.strip() for x in rest.split("|")]
    if parts[1] == "NONE":
        return Act(trigger=_span(parts[0]), type="NONE")
    sides = [tuple(_party(x) for x in side.split(" + ") if x.strip()) for side in parts[2].split(">")]
    status, *marks = parts[3].split(", ")
    certainty = next((m for m in marks if m != "historical"), "stated")
    return Act(
        trigger=_span(parts[0]), type=parts[1], actors=sides[0], recipients=sides[1], status=status,
        certainty=certainty, historical="historical" in marks,
    )  # fmt: skip


def _party(words: str) -> Offsets | str:
    words = words.strip()
    return words[1:] if words.startswith("=") else _span(words)


# ---------------------------------------------------------------- keeping
def keep(bench: Path, sentences: Path, labels: Path, out: Path) -> None:
    """Write labels by words as labels by offsets; only sentences that a labeller has seen are kept."""
    places: list[dict[str, Any]] = json.loads(sentences.read_text("utf8"))
    texts = {name: _texts(bench / f"{name}.jsonl") for name in sorted({p["set"] for p in places})}
    told: dict[int, list[str]] = defaultdict(list)
    number = 0
    for line in labels.read_text("utf8").splitlines():
        if line.startswith("@"):
            number = int(line[1:].split()[0])
            told[number] += []
        elif line.strip():
            told[number].append(line.strip())
    lines, document = [], None
    for n in sorted(told):
        p = places[n - 1]
        text = texts[p["set"]][p["id"]]
        if p["id"] != document:
            document = p["id"]
            lines.append(f"D {p['set']} {document} {_sha(text)}")
        lines.append(f"S {p['start']}-{p['end']}")
        lines += [_kept(text[p["start"] : p["end"]], x, f"{labels.name} @{n}") for x in told[n]]
    out.write_text("\n".join(lines) + "\n", "utf8")


def _kept(text: str, line: str, where: str) -> str:
    kind, _, rest = line.partition(" ")
    if kind == "P":
        return "P " + " + ".join(_told(find(text, x, where)) for x in rest.split(" + "))
    act = read_act(text, rest, where)
    if act.type == "NONE":
        return f"E {_told(act.trigger)} | NONE"
    sides = " > ".join(" + ".join(_told(x) for x in side) for side in (act.actors, act.recipients))
    marks = [m for m in (act.certainty,) if m != "stated"] + ["historical"] * act.historical
    return f"E {_told(act.trigger)} | {act.type} | {sides} | {', '.join([act.status or 'occurred', *marks])}"


def _told(party: Offsets | str) -> str:
    return f"={party}" if isinstance(party, str) else f"{party[0]}-{party[1]}"


def main(arguments: Sequence[str] | None = None) -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("command", choices=["keep"])
    p.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    p.add_argument("--sentences", type=Path, required=True, help="JSON: set, id, start, end of each sentence")
    p.add_argument("--labels", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    s = p.parse_args(arguments)
    keep(s.bench, s.sentences, s.labels, s.out)


if __name__ == "__main__":
    main()
