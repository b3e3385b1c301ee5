"""The scenario generator: the same bytes for a seed, a truth that fits its text, wordings refused with the path to a fault."""

import json
import tomllib
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import generate
import wordings
from dragoman.records import Document
from dragoman.sources import jsonl
from dragoman.sources.given import Given, documents

FOLDER = Path(generate.__file__).parent
DEV = FOLDER / "wordings-dev.toml"
FILES = sorted(FOLDER.glob("wordings-*.toml"))
Made = tuple[list[dict[str, str]], dict[str, Any]]


@pytest.fixture(scope="module")
def made() -> Made:
    return generate.scenario(wordings.load(DEV), 7)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_wordings_file_is_sound(file: Path) -> None:
    assert len(wordings.load(file)) == len(list(wordings.sections()))


def test_a_seed_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    for name in ("one", "two"):
        generate.main(["--wordings", str(DEV), "--seed", "7", "-o", str(tmp_path / name)])
    for file in ("documents.jsonl", "truth.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert json.loads((tmp_path / "one" / "truth.json").read_text("utf8")) == json.loads(json.dumps(made[1]))
    assert generate.scenario(wordings.load(DEV), 8)[0] != made[0]


def test_size_and_variety(made: Made) -> None:
    rows, truth = made
    assert len(rows) >= 400
    assert len(truth["events"]) == 40
    assert len({tuple(sorted(e["dyad"])) for e in truth["events"]}) == 8
    assert len({r["publisher"] for r in rows}) == 12
    assert len({r["url"] for r in rows}) == len(rows) - sum(d["kind"] == "correction" for d in truth["documents"])
    assert {d["kind"] for d in truth["documents"]} == {"original", "copy", "partial-copy", "rewrite", "correction"}
    assert {t["status"] for e in truth["events"] for t in e["tellings"]} == {
        "occurred",
        "planned",
        "cancelled",
        "denied",
    }
    fields = {d["field"] for e in truth["events"] for d in e["disagreements"]}
    assert fields >= {"date", "status", "killed", "detained", "goods", "money"}
    sentences = [r["text"].count(". ") + r["text"].count(".\n") + 1 for r in rows]
    assert 2 <= min(sentences) <= 4
    assert max(sentences) >= 16


def test_dragoman_leaves_the_text_as_it_is(made: Made) -> None:
    raw = "".join(json.dumps(row) + "\n" for row in made[0]).encode()
    read = list(documents(jsonl.items(BytesIO(raw), "documents.jsonl", Given())))
    for row, document in zip(made[0], read, strict=True):
        assert isinstance(document, Document)
        assert document.text == row["text"]
        assert document.published == row["published"]


def test_tellings_are_whole_sentences(made: Made) -> None:
    rows, truth = made
    for event in truth["events"]:
        for t in event["tellings"]:
            text = rows[t["document"]]["text"][t["start"] : t["end"]]
            assert text == text.strip()
            assert text[0].isupper() or text[0] in '“"$' or text[0].isdigit(), text
            assert t["role"] == "headline" or text.rstrip('”"')[-1] in ".!?", text
            assert "{" not in text


def test_a_telling_gives_the_values_that_stand_in_it(made: Made) -> None:
    rows, truth = made
    checked = 0
    for event in truth["events"]:
        for t in event["tellings"]:
            words = rows[t["document"]]["text"][t["start"] : t["end"]]
            if "goods" in t["told"]:
                assert f"{int(t['told']['goods']):,} tonnes" in words.lower()
                checked += 1
            if "money" in t["told"]:
                assert f"{int(t['told']['money']) // 1_000_000} million" in words.lower()
                checked += 1
            if "place" in t["told"]:
                assert t["told"]["place"] in words
                checked += 1
    assert checked > 200


def test_copies_repeat_what_they_copy(made: Made) -> None:
    rows, truth = made
    tellings = {t["id"]: t for e in truth["events"] for t in e["tellings"]}
    copies = [t for t in tellings.values() if t["copy_of"]]
    assert len(copies) > 100
    for t in copies:
        first = tellings[t["copy_of"]]
        assert _plain(rows, t) == _plain(rows, first)
        assert t["origin"] == first["origin"]
        assert first["copy_of"] is None
        assert first["published"] <= t["published"]


def _plain(rows: list[dict[str, str]], t: dict[str, Any]) -> str:
    words = rows[t["document"]]["text"][t["start"] : t["end"]]
    return str(words.translate(str.maketrans("“”’", '""\'')))


def test_origins_are_newsrooms(made: Made) -> None:
    for event in made[1]["events"]:
        told = [t for t in event["tellings"] if t["role"] != "headline"]
        assert event["origins"] == len({t["origin"] for t in told}) >= 1
        assert event["origins"] < len(told)


def test_disagreements_are_told_and_open_in_order(made: Made) -> None:
    for event in made[1]["events"]:
        for d in event["disagreements"]:
            assert len(d["versions"]) >= 2
            assert [v["since"] for v in d["versions"]] == sorted(v["since"] for v in d["versions"])
            for v in d["versions"]:
                told = [t for t in event["tellings"] if v["value"] in (t["told"].get(d["field"]), t["status"])]
                assert min(t["published"] for t in told) == v["since"] or d["field"] == "status"


def test_nothing_is_reported_before_it_is_known(made: Made) -> None:
    for event in made[1]["events"]:
        for t in event["tellings"]:
            if t["status"] == "planned" and t["role"] == "plan":
                assert t["published"][:10] <= event["date"]
            elif t["status"] == "occurred":
                assert t["published"][:10] >= event["date"]


def test_look_alikes_are_of_one_kind_and_pair(made: Made) -> None:
    events = {e["id"]: e for e in made[1]["events"]}
    assert len(made[1]["look_alikes"]) >= 10
    for a, b in made[1]["look_alikes"]:
        assert (events[a]["kind"], events[a]["dyad"]) == (events[b]["kind"], events[b]["dyad"])
        assert events[a]["date"] != events[b]["date"]


def test_flows_are_summed_once(made: Made) -> None:
    truth = made[1]
    assert {f["class"] for f in truth["flows"]} == {"pledged", "committed", "delivered"}
    assert sum(s["sum"] for s in truth["flow_sums"]) == sum(f["low"] for f in truth["flows"])
    cancelled = {e["id"] for e in truth["events"] if e["status"] == "cancelled"}
    assert cancelled
    assert not cancelled & {f["event"] for f in truth["flows"]}


def test_no_phrase_is_worn_out(made: Made) -> None:
    """No five words stand in more than a tenth of the reports that are no copies."""
    rows, truth = made
    own = [r for r, d in zip(rows, truth["documents"], strict=True) if d["kind"] == "original"]
    seen: Counter[tuple[str, ...]] = Counter()
    for row in own:
        words = row["text"].lower().split()
        seen.update(set(zip(*(words[i:] for i in range(5)), strict=False)))
    (phrase, times), *_ = seen.most_common(1)
    assert times <= len(own) / 10, (phrase, times)


# ---------------------------------------------------------------- wordings files
FAULTS = [
    ("{a} delivered {load} to {c} {when}.", "act.delivery.lead[1]: {c} may not stand here"),
    ("{a} delivered {load} and {load}.", "act.delivery.lead[1]: {load} stands twice"),
    ("{a} delivered {load} to {b} {when}", "act.delivery.lead[1]: no full stop"),
    ("{a} delivered {load to {b}.", "act.delivery.lead[1]: a brace"),
    ('{a} said "yes" to {b}.', "act.delivery.lead[1]: a straight double quote"),
    ("“The ship is here, {a} said.", "act.delivery.lead[1]: a quotation that does not close"),
    ("{a} delivered {load}. {b} took it.", "act.delivery.lead[1]: more than one sentence"),
    ("{a} sent {a_person}'s gift to {b}.", "act.delivery.lead[1]: a person has no possessive"),
    ("the ship brought {load}.", "act.delivery.lead[1]: a small letter"),
    ("{b} received {load} from {a} {when}.", "act.delivery.lead[2]: the same as [1]"),
]


@pytest.mark.parametrize(("words", "fault"), FAULTS)
def test_a_fault_is_named_with_its_path(words: str, fault: str, tmp_path: Path) -> None:
    raw = tomllib.loads(DEV.read_text("utf8"))
    raw["act"]["delivery"]["lead"][0] = words
    assert fault in _refused(raw, tmp_path)


def test_missing_unknown_and_too_few(tmp_path: Path) -> None:
    raw = tomllib.loads(DEV.read_text("utf8"))
    del raw["act"]["call"]["lead"]
    raw["act"]["call"]["toll"] = ["No."]
    raw["act"]["visit"]["plan"] = raw["act"]["visit"]["plan"][:3]
    raw["source"]["third"] = "one"
    raw["attribution"]["data"] = ["According to {source}, {claim}."]
    said = _refused(raw, tmp_path)
    assert "act.call.lead: missing; it needs at least 12" in said
    assert "act.call.toll: no such section" in said
    assert "act.visit.plan: 3 variants, at least 8" in said
    assert "source.third: a list of strings" in said
    assert "attribution.data: 0 variants open with {claim}; 2 are needed" in said


def _refused(raw: dict[str, Any], folder: Path) -> str:
    """Return what is said of a wordings file, written as inline TOML; JSON strings are TOML strings."""
    lines = []
    for table, rows in raw.items():
        if table == "act":
            for kind, roles in rows.items():
                lines += [f"[act.{kind}]", *(f"{r} = {json.dumps(v, ensure_ascii=False)}" for r, v in roles.items())]
        else:
            lines += [f"[{table}]", *(f"{r} = {json.dumps(v, ensure_ascii=False)}" for r, v in rows.items())]
    file = folder / "w.toml"
    file.write_text("\n".join(lines), "utf8")
    with pytest.raises(wordings.WordingsError) as refused:
        wordings.load(file)
    return str(refused.value)


def test_the_command_line_refuses_and_explains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[act.call]\nlead = 3\n", "utf8")
    assert generate.main(["--wordings", str(bad), "--check"]) == 2
    assert "act.call.lead: a list of strings is wanted here" in capsys.readouterr().err
    assert generate.main(["--slots"]) == 0
    assert "act.strike.toll" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        generate.main([])


def test_the_format_tells_every_kind_and_slot() -> None:
    told = (FOLDER / "FORMAT.md").read_text("utf8")
    for section in wordings.sections():
        assert f"`{section.role}`" in told or section.role in ("named", "killed"), section.path
        for slot in section.allowed:
            assert f"`{{{slot}}}`" in told, slot
    for kind in wordings.KINDS:
        assert f"| {kind}" in told or f", {kind} " in told, kind
