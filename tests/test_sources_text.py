"""Plain text: which lines are cut, what stays to the character, blocks, identity, language."""

import io

import pytest

from dragoman.errors import SkipItem
from dragoman.records import Document
from dragoman.scheme import boilerplate
from dragoman.sources import text
from dragoman.sources.clean import clean
from dragoman.sources.document import from_text
from dragoman.sources.given import Given, documents
from dragoman.sources.language import detect
from dragoman.text import digest

TITLE = "Norvia reopens ferry line"
LEAD = "Norvia and Estmark signed an accord on Wednesday that reopens the ferry line between their capitals."
MORE = "The first boat is to leave on June 3, and Norvia will pay for two of the three vessels, its minister said."
LAST = "Estmark closed its port to Norvian ships in 2015 in a quarrel over fishing rights."
BODY = [LEAD, MORE, LAST]
BURMESE_NAMES = (
    "Kyaw Moe Tun met Aung Myo Min, Zin Mar Aung and Duwa Lashi La in Naypyidaw on Monday, and the four of them said that they had "
    "asked Min Aung Hlaing to free Win Myint."
)
GERMAN = (
    "Die Regierung in Berlin hat am Mittwoch ein Abkommen mit dem Nachbarland unterzeichnet, das die Fähre zwischen den beiden "
    "Hauptstädten wieder fahren lässt."
)


def kept(*lines: str, **about: str) -> list[str]:
    return [x for x in clean("\n\n".join(lines), **about).text.splitlines() if x.strip()]


@pytest.mark.parametrize(
    "line",
    ["2 min read", "Updated on", "Updated: March 9, 2025 at 4 p.m.", "ADVERTISEMENT", "Share this story", "Share Tweet Email",
     "READ ALSO: Why the ferry stopped", "Skip to main content", "We use cookies to improve our website.", "Story continues below",
     "© 2024 The Harbour Gazette. All rights reserved.", "Sign up for our daily newsletter", "Tags: Norvia, Estmark, Ferries",
     "██ Norvian waters", "https://harbourgazette.example/ferry", "harbourgazette.com", "View image in fullscreen",
     "Home > World > Europe", "Follow us on Facebook and Twitter", "Click here to read more"],
)  # fmt: skip
def test_line_is_cut_wherever_it_stands(line: str) -> None:
    assert kept(TITLE, LEAD, line, MORE, LAST) == [TITLE, LEAD, MORE, LAST]


@pytest.mark.parametrize(
    "line",
    ["Read the treaty, he said.", "Share prices fell.", "Live fire was heard.", "The photo shows nothing.", "Why it matters",
     "The papers are in the public domain.", "“We will share this,” she said.", "The video was made by Anna Example.",
     "Related parties may object.", "Follow the money, the envoy said.", "Comments by the minister were mild.",
     "More from the port was shipped than in May.", "• Two ferries for Norvia",
     "Background: the quarrel began in 2015.", "Source of the fire: unknown.", "Most read the news calmly."],
)  # fmt: skip
def test_line_of_the_report_stays(line: str) -> None:
    assert line in kept(TITLE, LEAD, line, MORE, LAST)


@pytest.mark.parametrize(
    ("lines", "caption"),
    [
        (["Ferries lie at the quay in Estmark", "Ferries lie at the quay in EstmarkPublic domain"], "Ferries lie at the quay in Estmark"),
        (["Ferries lie at the quay in Estmark", "Ferries lie at the quay in Estmark"], "Ferries lie at the quay in Estmark"),
        (["Ferries at the quay. Image: Anna Example."], "Ferries at the quay."),
        (["The minister speaks on Tuesday. (Photo by Anna Example/Harbour Pictures)"], "The minister speaks on Tuesday."),
        (["Trucks wait at the gate (Reuters/Anna Example)"], "Trucks wait at the gate"),
        (["Photo: Trucks wait at the gate"], "Trucks wait at the gate"),
        (["In this photo released by the ministry, the envoys shake hands."], "In this photo released by the ministry, the envoys shake hands."),
    ],
)  # fmt: skip
def test_caption_is_set_aside(lines: list[str], caption: str) -> None:
    cleaned = clean("\n".join([TITLE, "", *lines, "", *BODY]))
    assert [x for x in cleaned.text.splitlines() if x] == [TITLE, *BODY]
    assert cleaned.captions == (caption,)


def test_sentence_that_stands_twice_stays_once() -> None:
    assert kept(TITLE, LEAD, LEAD, MORE) == [TITLE, LEAD, MORE]


@pytest.mark.parametrize(
    ("tail", "left"),
    [
        (["Related Stories", "No stories found.", "Harbour Gazette", "harbourgazette.com"], []),
        (["Related Stories", "Estmark raises fuel tax", "Norvia names new envoy", "Ferry workers strike"], []),
        (["(Reporting by Anna Example; Editing by Omar Sample)"], []),
        (["Anna Example contributed reporting."], []),
        (["Anna Example is a senior fellow at the Institute of Samples."], []),
        (["desk@harbourgazette.example"], []),
        (["The Extradition League"], ["The Extradition League"]),  # a signature, not a site
        (["“We will wait,” she said."], ["“We will wait,” she said."]),
        (
            ["Anna Example is a reporter who was detained in Estmark."],
            ["Anna Example is a reporter who was detained in Estmark."],
        ),
    ],
)
def test_tail(tail: list[str], left: list[str]) -> None:
    assert kept(TITLE, *BODY, *tail) == [TITLE, *BODY, *left]


def test_report_goes_on_after_a_box_of_other_stories() -> None:
    assert kept(TITLE, LEAD, "Related Stories", "Estmark raises fuel tax", MORE, LAST) == [TITLE, LEAD, MORE, LAST]


def test_head_is_cut_down_to_the_title() -> None:
    head = ["Harbour Gazette", "World", "Menu", TITLE, "By Anna Example and Omar Sample", "May 15, 2024"]
    assert kept(*head, *BODY, title=TITLE) == [TITLE, "May 15, 2024", *BODY]


def test_what_stays_is_unchanged_to_the_character() -> None:
    raw = f"{TITLE}\r\n\r\n{LEAD}  \r\n2 min read\r\n\tThe “quay”\u00a0lay  empty\u200d on Tuesday, said one of the guards there.\r\n"
    assert clean(raw).text == raw.replace("2 min read\r\n", "")


def test_hard_wraps_stay_and_are_not_taken_for_furniture() -> None:
    raw = (
        "Norvia and Estmark signed an accord on Wednesday and said they would\nshare this\n"
        "with the ferry companies of both countries before the first of\nJune. The minister of transport of Norvia told reporters that two\n"
        "of the three vessels would be paid for by the government of the\ncountry.\n"
    )
    assert clean(raw).text == raw


def test_text_without_a_paragraph_is_left_alone() -> None:
    assert clean("Share this\n\n2 min read").text == "Share this\n\n2 min read"


def test_blocks_have_kinds() -> None:
    body = f"{TITLE}\n\nWednesday, May 15, 2024\n\n{LEAD}\n\nWho Pays for the Boats\n\n{MORE}\n\n- Two ferries for Norvia\n\n{LAST}\n"
    document = from_text(body)
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [
        ("title", TITLE), ("dateline", "Wednesday, May 15, 2024"), ("paragraph", LEAD), ("heading", "Who Pays for the Boats"),
        ("paragraph", MORE), ("list", "- Two ferries for Norvia"), ("paragraph", LAST),
    ]  # fmt: skip
    assert (document.title, document.published, document.published_basis) == (TITLE, "2024-05-15", "dateline")


def test_given_outranks_what_the_text_states() -> None:
    document = from_text(
        f"{TITLE}\n\nMay 15, 2024\n\n{LEAD}", published="2024-05-16", publisher="Harbour Gazette", title="Another title"
    )
    assert (document.published, document.published_basis) == ("2024-05-16", "given")
    assert (document.publisher, document.title) == ("Harbour Gazette", "Another title")


def test_undated_text_stays_undated() -> None:
    document = from_text(LEAD)
    assert (document.published, document.published_basis, document.title) == (None, None, None)


def test_identity_rests_on_bytes_url_and_publisher() -> None:
    def read(raw: bytes, **given: str) -> Document:
        [found] = documents(text.items(io.BytesIO(raw), "a.txt", Given(**given)))  # type: ignore[arg-type]
        assert isinstance(found, Document)
        return found

    raw = LEAD.encode()
    one = read(raw)
    assert one.id == digest(raw, None, None) == from_text(LEAD).id
    assert one.text_hash == digest(LEAD)
    assert len({one.id, read(raw, publisher="A").id, read(raw, url="https://a.example/").id, read(raw + b"\n").id}) == 4
    assert read(b"\xef\xbb\xbf" + raw).text_hash == one.text_hash


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (LEAD + " " + MORE, "en"),
        ("Hayat Tahrir al-Sham and Jaish al-Izza fought in Khan Shaykhun", None),  # too short, and all names
        (BURMESE_NAMES, "en"),
        (GERMAN, "de"),
        ("Правительство подписало соглашение о пароме", "ru"),
    ],
)  # fmt: skip
def test_language(words: str, code: str | None) -> None:
    assert detect(words) == code


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "empty"), (" \n\t ", "empty"), ("1 2 3\n4.5 6.7 8.9", "no sentences"), ("Ferry", "no sentences"),
        ("Правительство подписало соглашение о пароме", "language"), ("A ferry\0left the port", "NUL"), ("A \ud83d ferry left", "surrogate"),
        (("Le gouvernement a signé mercredi un accord avec son voisin sur la ligne de bateau entre les deux capitales. ") * 4, "'fr'"),
        ("The ferry left the port. " * 50_000, "characters"),
    ],
)  # fmt: skip
def test_text_that_is_refused(words: str, reason: str) -> None:
    with pytest.raises(SkipItem, match=reason):
        from_text(words)


def test_bad_date_is_refused() -> None:
    with pytest.raises(SkipItem, match="calendar"):
        from_text(LEAD, published="2025-02-31")


def test_rules_match_their_examples_and_whole_kinds_compile() -> None:
    assert {r.kind for r in boilerplate.line_rules()} == set(boilerplate.KINDS)
    for rule in boilerplate.line_rules():
        pattern = boilerplate.line_pattern(rule.kind)
        assert pattern.search(rule.example) if rule.kind == "credit" else pattern.match(rule.example), rule
