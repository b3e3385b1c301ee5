"""Copies: signatures and keys, what two documents have of each other, whose words a sentence is."""

import itertools
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import SkipItem, StopRun
from dragoman.records import CopyJudgement, Document, DocumentOrigin
from dragoman.resolve.copies import (
    bands,
    compare_copies,
    credits,  # noqa: A004
    origin_at,
    origin_groups,
    signature,
    wire_of,
)
from dragoman.resolve.copies_words import quotations
from dragoman.scheme import agencies
from dragoman.text import digest

LEAD = (
    "The freighter Halvard left the northern harbour before dawn on Friday with nine containers of turbine parts, port records "
    "show. Its captain had waited two days for a pilot because fog closed the strait to larger ships."
)
BODY = (
    "Two tugs met the ship off the eastern mole and brought it to the outer berth, where cranes stood ready from noon onwards. "
    "Dockers unloaded the first crates under the eyes of a customs patrol that checked each seal against the manifest."
)
END = (
    "The contract for the parts was signed last spring after months of quarrels over the price of steel and insurance. A second "
    "ship is to follow before the winter storms begin, according to the harbour office."
)
WIRE = f"{LEAD}\n\n{BODY}\n\n{END}"
OTHER = (
    "Fishermen in the bay complained on Saturday that the dredging of the channel had driven the herring away. Their union asked "
    "the ministry for boats to be paid through the idle weeks, and for the works to stop in the spawning season.\n\n"
    "The ministry answered that the channel must be deep enough for tankers by March. A court is to hear both sides next week, and "
    "the mayor has offered to pay for a study of the stocks by two marine biologists."
)
OWN = (
    "Residents of the old quarter told this newspaper that they had counted eleven lorries at the gate since midnight. A teacher "
    "showed photographs of the number plates, four of which belong to a haulier from the capital."
)
REWRITTEN = (
    WIRE.replace("Two tugs met", "A pair of tugs met")
    .replace("under the eyes of", "watched by")
    .replace("Friday", "March 6")
)
QUOTE = (
    "“We will open the strait for every ship that keeps to the rules, and we will close it for every ship that does not, "
    "whatever flag it flies and whoever has paid for the cargo in its hold,” "
)


def document(id_: str, text: str, **fields: str | None) -> Document:
    return Document(id=id_, text=text, text_hash=digest(text), **fields)  # type: ignore[arg-type]


def origins(*documents: Document) -> dict[str, DocumentOrigin]:
    return origin_groups(documents, [compare_copies(a, b) for a, b in itertools.combinations(documents, 2)])


# ---------------------------------------------------------------- signatures and keys
def test_another_process_gives_the_same_signature() -> None:
    code = "import sys; from dragoman.resolve.copies import signature; print(signature(sys.stdin.buffer.read().decode()).hex())"
    env = {**os.environ, "PYTHONHASHSEED": "77"}
    done = subprocess.run([sys.executable, "-c", code], input=WIRE.encode(), capture_output=True, check=True, env=env)
    assert done.stdout.decode().strip() == signature(WIRE).hex()


def test_the_signature_of_this_version() -> None:
    # Another hash here means that stored signatures no longer match: raise ALGORITHM_VERSION with it.
    assert digest(signature(WIRE)) == "541fbbb52a9e7381"


def test_a_signature_of_another_version_is_refused() -> None:
    with pytest.raises(SkipItem, match="make it anew"):
        bands(b"\0" + signature(WIRE)[1:])


CANDIDATES: list[tuple[str, str, str, bool]] = [
    ("the same text", WIRE, WIRE, True),
    ("the same text in other quotation marks, case and spacing", WIRE, WIRE.upper().replace("\n\n", "\n"), True),
    ("words changed in every paragraph", WIRE, REWRITTEN, True),
    ("one paragraph of it in a long report", WIRE, f"{OTHER}\n\n{OWN}\n\n{BODY}\n\n{OTHER[::-1]}", True),
    ("only the start of it", WIRE, LEAD, True),
    ("another story", WIRE, OTHER, False),
    ("the same words of a speaker", f"{QUOTE}the captain said. {LEAD}", f"{OTHER} {QUOTE}she added.", False),
    ("nothing", WIRE, "", False),
]


@pytest.mark.parametrize(("a", "b", "found"), [c[1:] for c in CANDIDATES], ids=[c[0] for c in CANDIDATES])
def test_keys_name_the_candidates(a: str, b: str, *, found: bool) -> None:
    assert bool(set(bands(signature(a))) & set(bands(signature(b)))) is found


@given(st.text())
def test_any_text_has_a_signature(text: str) -> None:
    assert bands(signature(text)) == bands(signature(text))
    assert all(len(k) < 40 and k.isascii() for k in bands(signature(text)))


# ---------------------------------------------------------------- two documents
SAME, REWRITE, DIFFERENT = "same-wire", "rewrite-with-shared-passages", "different"
VERDICTS: list[tuple[str, str, str, str]] = [
    ("word for word", WIRE, WIRE, SAME),
    ("a word changed here and there", WIRE, REWRITTEN, SAME),
    ("cut after the first paragraph", WIRE, LEAD, SAME),
    ("paragraphs in another order", WIRE, f"{END}\n\n{LEAD}\n\n{BODY}", SAME),
    ("under another dateline", f"NORHAVN, March 6 (Reuters) - {WIRE}", f"NORHAVN (AFP) — {WIRE}", SAME),
    ("one paragraph and own reporting", WIRE, f"{OWN}\n\n{BODY}\n\n{OTHER}", REWRITE),
    ("another story", WIRE, OTHER, DIFFERENT),
    (
        "one speaker quoted by two reporters",
        f"{LEAD} {QUOTE}he said.",
        f"{OTHER} {QUOTE}the captain told a rally.",
        DIFFERENT,
    ),
    ("quoted by one, told by the other", f"{OTHER} “{LEAD}”, the office wrote.", f"{LEAD} {OWN}", DIFFERENT),
    (
        "calls to the reader",
        f"{LEAD} Sign up for our newsletter and get the best of the harbour in your inbox every morning and every night.",
        f"{OTHER} Sign up for our newsletter and get the best of the harbour in your inbox every morning and every night.",
        DIFFERENT,
    ),
    (
        "a stock phrase in short texts",
        "The foreign ministry said in a statement on Monday that the envoy would return to the talks in May.",
        "The foreign ministry said in a statement on Monday that fishing rights were no matter for a court.",
        DIFFERENT,
    ),
    ("short and the same", "Fog closed the strait on Friday.", "Fog closed the strait on Friday.", SAME),
    ("no words", "— !", "", DIFFERENT),
]


@pytest.mark.parametrize(("a", "b", "verdict"), [c[1:] for c in VERDICTS], ids=[c[0] for c in VERDICTS])
def test_verdicts(a: str, b: str, verdict: str) -> None:
    judged = compare_copies(document("a", a), document("b", b))
    assert judged.verdict == verdict
    assert (judged.passages != ()) == (verdict != DIFFERENT)
    for passage in judged.passages:
        assert a[passage.a.start : passage.a.end] == passage.a.quote
        assert b[passage.b.start : passage.b.end] == passage.b.quote


@pytest.mark.parametrize(("a", "b"), [c[1:3] for c in VERDICTS], ids=[c[0] for c in VERDICTS])
def test_either_may_come_first(a: str, b: str) -> None:
    assert compare_copies(document("a", a), document("b", b)) == compare_copies(document("b", b), document("a", a))


def test_containment_is_told_in_both_directions() -> None:
    whole, part = compare_copies(document("a", WIRE), document("b", BODY)).contained
    assert part == 1.0
    assert 0.2 < whole < 0.5


@given(
    st.lists(st.sampled_from(["fog", "ship", "harbour", "“", "”", "left", "\n\n", "."]), max_size=300), st.integers()
)
@settings(max_examples=60, deadline=None)
def test_passages_quote_and_do_not_overlap(words: list[str], seed: int) -> None:
    a = " ".join(words)
    random.Random(seed).shuffle(words)
    b = f"{LEAD} {' '.join(words)}"
    judged = compare_copies(document("a", f"{a} {LEAD}"), document("b", b))
    for side in ("a", "b"):
        spans = sorted((getattr(p, side).start, getattr(p, side).end) for p in judged.passages)
        assert all(e <= s for (_, e), (s, _) in itertools.pairwise(spans))
    assert all(0 <= c <= 1 for c in judged.contained)


QUOTATIONS: list[tuple[str, list[str]]] = [
    ("He said “we stay” and left.", ["“we stay”"]),
    ('He said "we stay" and "you go".', ['"we stay"', '"you go"']),
    ("He said ‘we can’t stay’ and left.", ["‘we can’t stay’"]),
    ("The ship’s crew didn’t say.", []),
    ("“We stay.\n\n“We don’t go,” he said.", ["“We stay.", "“We don’t go,”"]),
]


@pytest.mark.parametrize(("text", "quoted"), QUOTATIONS)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[s:e] for s, e in quotations(text)] == quoted


# ---------------------------------------------------------------- versions
VERSIONS: list[tuple[str, dict[str, str], dict[str, str], str | None]] = [
    ("one address", {"url": "https://post.example/1"}, {"url": "https://post.example/1"}, "url"),
    ("two addresses", {"url": "https://post.example/1"}, {"url": "https://post.example/2"}, None),
    ("said so", {}, {"supersedes": "a"}, "supersedes"),
    ("UPDATE in the title", {"title": "Ship leaves"}, {"title": "UPDATE 1-Ship leaves for the north"}, "title"),
    ("corrected", {"title": "Ship leaves"}, {"title": "CORRECTED-Ship leaves"}, "title"),
    ("the older one is marked", {"title": "UPDATE 1-Ship leaves"}, {"title": "Ship leaves"}, None),
    ("another outlet", {"title": "Ship leaves"}, {"title": "UPDATE 1-Ship leaves", "publisher": "Quay Dispatch"}, None),
]


@pytest.mark.parametrize(("first", "second", "basis"), [c[1:] for c in VERSIONS], ids=[c[0] for c in VERSIONS])
def test_versions_of_one_article(first: dict[str, str], second: dict[str, str], basis: str | None) -> None:
    a = document("a", WIRE, **{"publisher": "Harbour Post", "published": "2026-03-06", **first})
    b = document("b", f"{WIRE}\n\n{OWN}", **{"publisher": "Harbour Post", "published": "2026-03-07", **second})
    judged = compare_copies(a, b)
    assert (judged.version_basis, judged.newer) == (basis, "b" if basis else None)
    if basis:
        found = origin_groups([b, a], [judged])
        assert {o.origin for o in found.values()} == {"a"}
        assert (found["a"].superseded_by, found["b"].superseded_by) == ("b", None)
        assert origin_at(b, b.text.index("eleven lorries"), found["b"]).origin == "a"


def test_a_notice_of_correction_marks_a_version() -> None:
    a = document("a", WIRE, publisher="Harbour Post", published="2026-03-06")
    b = document(
        "b",
        f"{WIRE}\n\nAn earlier version of this report misstated the berth.",
        publisher="Harbour Post",
        published="2026-03-06",
    )
    assert compare_copies(a, b).version_basis == "notice"


# ---------------------------------------------------------------- credits
CREDITS: list[tuple[str, list[tuple[str, str]]]] = [
    (f"NORHAVN, March 6 (Reuters) - {LEAD}", [("Reuters", "dateline")]),
    (f"NORHAVN, March 6. /TASS/. {LEAD}", [("TASS", "dateline")]),
    (f"BEIJING, March 6 (Xinhua) -- {LEAD}", [("Xinhua", "dateline")]),
    (f"NORHAVN, Norland (AP) — {LEAD}", [("AP", "dateline")]),
    (f"By Anna Example, Associated Press\n\n{LEAD}", [("AP", "byline")]),
    (f"{LEAD} — TASS", [("TASS", "signoff")]),
    (f"{LEAD} (AFP)", [("AFP", "signoff")]),
    (f"{LEAD}\n\nWith reporting by Reuters", [("Reuters", "contribution")]),
    (f"{LEAD}\n\nThe Associated Press contributed to this report.", [("AP", "contribution")]),
    ("The ship had left, AFP reports.", [("AFP", "report")]),
    ("Xinhua reported on Friday that the ship had left.", [("Xinhua", "report")]),
    ("The ship had left, according to the state news agency SANA.", [("SANA", "report")]),
    ("The ship had left, a docker told Agence France-Presse.", [("AFP", "report")]),
    ("Reuters has an office near the harbour.", []),
    (LEAD, []),
]


@pytest.mark.parametrize(("text", "found"), CREDITS)
def test_credits(text: str, found: list[tuple[str, str]]) -> None:
    got = credits(document("a", text))
    assert [(c.agency, c.kind) for c in got] == found
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in got)


def test_a_text_is_an_agency_s_by_publisher_dateline_or_sign_off_but_not_by_help() -> None:
    assert wire_of(document("a", LEAD, publisher="Agence France-Presse")) == "AFP"
    assert wire_of(document("a", f"NORHAVN (Reuters) - {LEAD} — TASS")) == "Reuters"
    assert wire_of(document("a", f"{LEAD}\n\nWith reporting by Reuters")) is None


# ---------------------------------------------------------------- origins
def test_copies_of_a_wire_are_one_origin_with_its_name_and_reasons() -> None:
    a = document(
        "a", f"NORHAVN, March 6 (Reuters) - {WIRE}", publisher="Quay Dispatch", published="2026-03-06T08:00:00Z"
    )
    b = document("b", REWRITTEN, publisher="Harbour Post", published="2026-03-06T10:00:00Z")
    c = document("c", OTHER, publisher="Harbour Post", published="2026-03-07")
    found = origins(b, c, a)
    assert {x: (o.origin, o.wire) for x, o in found.items()} == {
        "a": ("a", "Reuters"),
        "b": ("a", "Reuters"),
        "c": ("c", None),
    }
    assert any("as in a" in reason for reason in found["b"].why)
    assert found["b"].why[-1] == "credited to Reuters"


def test_one_paragraph_is_the_wire_s_and_the_rest_its_own() -> None:
    a = document("a", WIRE, publisher="Reuters", published="2026-03-06")
    b = document("b", f"{OWN}\n\n{BODY}\n\n{OTHER}", publisher="Harbour Post", published="2026-03-07")
    found = origins(a, b)
    assert found["b"].origin == "b"
    shared = origin_at(b, b.text.index("Two tugs"), found["b"])
    own = origin_at(b, b.text.index("eleven lorries"), found["b"])
    assert (shared.origin, shared.wire, shared.basis) == ("a", "Reuters", "shared passage")
    assert (own.origin, own.wire, own.basis) == ("b", None, "own")


def test_a_sentence_that_names_an_agency_is_the_agency_s() -> None:
    a = document("a", f"{OWN} The ship had left the harbour, Interfax reported.")
    [found] = origins(a).values()
    assert origin_at(a, a.text.index("The ship"), found).wire == "Interfax"
    assert origin_at(a, 0, found).wire is None


def test_what_an_editor_changed_in_a_copy_is_still_the_wire_s() -> None:
    a = document("a", f"{WIRE}\n\n{OTHER}", published="2026-03-06")
    b = document("b", f"{WIRE}\n\n{OTHER}\n\nSo it went at the harbour.", published="2026-03-07")
    found = origins(a, b)
    assert origin_at(b, len(b.text) - 5, found["b"]).origin == "a"


def test_a_report_that_joins_two_wires_ties_neither_to_the_other() -> None:
    a, c = document("a", WIRE, published="2026-03-06"), document("c", OTHER, published="2026-03-06")
    b = document("b", f"{WIRE}\n\n{OTHER}", published="2026-03-07")
    found = origins(a, b, c)
    assert (found["a"].origin, found["c"].origin) == ("a", "c")
    assert origin_at(b, b.text.index("Two tugs"), found["b"]).origin == "a"
    assert origin_at(b, b.text.index("Fishermen"), found["b"]).origin == "c"


def test_undated_copies_come_last() -> None:
    found = origins(document("a", WIRE), document("b", WIRE, published="2026-03-06"))
    assert {o.origin for o in found.values()} == {"b"}


POOL = [LEAD, BODY, END, OTHER, OWN, REWRITTEN, WIRE, f"NORHAVN (AFP) - {LEAD}"]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(POOL), min_size=1, max_size=3), st.sampled_from([None, "2026-03-06", "2026-03-07"])
        ),
        min_size=2,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=40, deadline=None)
def test_the_order_of_arrival_plays_no_part(made: list[tuple[list[str], str | None]], dice: random.Random) -> None:
    documents = [document(f"d{i}", "\n\n".join(texts), published=day) for i, (texts, day) in enumerate(made)]
    judgements: list[CopyJudgement] = [compare_copies(a, b) for a, b in itertools.combinations(documents, 2)]
    first = origin_groups(documents, judgements)
    dice.shuffle(documents)
    dice.shuffle(judgements)
    assert origin_groups(documents, judgements + judgements) == first
    for origin in first.values():  # an origin is never later than what prints it, and is its own
        assert first[origin.origin].own == origin.origin
        assert all(a.end <= b.start for a, b in itertools.pairwise(origin.parts))
        assert 0 <= origin.share <= 1


@pytest.mark.parametrize("pattern", [r"\(with [^)]*{agency}\)", r"^By\s{agency}$", r"^By [^\n]*\n{agency}$"])
def test_a_rule_of_credits_stays_within_its_line(pattern: str) -> None:
    row = ["byline", "head", pattern, "By AFP"]
    with pytest.raises(StopRun, match="over the end of a line"):
        agencies._credit("credits.tsv:2", row, agency="(?P<agency>AFP)")


def test_lines_that_name_an_agency_are_found() -> None:
    text = "One line.\nReuters told it.\n\nThe Harbour News Agency did not; AFP and AP did."
    found = [text[a:z] for a, z in agencies.lines_naming(text)]
    assert found == ["Reuters told it.", "The Harbour News Agency did not; AFP and AP did."]
