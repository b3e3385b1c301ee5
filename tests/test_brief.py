"""The brief of small ledgers whose right answer is known: lines are events, every number refers, faces say the same."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from builders import REPORT, document, mention, report_mentions, run
from dragoman.answer import brief_pages, latest, markdown, tables
from dragoman.answer.brief import Brief
from dragoman.answer.brief_words import FEW, SHOWN, SIDE, Part, course, line_notes, parts, referred
from dragoman.answer.doubts import Row
from dragoman.answer.ledger import Ledger
from dragoman.answer.lines import Line
from dragoman.errors import StopRun
from dragoman.records import Count, EventMention, Party, Voice
from dragoman.resolve import keep
from engines import Place


@pytest.fixture(scope="module")
def ledger(places: Callable[[], Place]) -> Iterator[Ledger]:
    """The report of the builders; it waits for resolution, so each of its mentions is an event of its own."""
    with Ledger.open(places() / "ledger.db") as opened:
        d = document(REPORT)
        opened.store.put(run(), d, report_mentions(d))
        yield opened


@pytest.fixture
def empty(place: Place) -> Iterator[Ledger]:
    with Ledger.open(place / "a.db") as opened:
        yield opened


def by_section(answer: Brief) -> dict[str, list[str]]:
    return {s.name: [f"{x.what} {x.parties}" for x in s.lines] for s in answer.sections}


def every_line(answer: Brief) -> list[Line]:
    return [x for s in answer.sections for x in s.lines]


def rows(answer: Brief, name: str) -> list[str]:
    return [row.text for part in parts(answer) if part.name == name for row in part.rows]


def put(
    ledger: Ledger, text: str, predicate: str, *, publisher: str, made: dict[str, Any], **changed: Any
) -> EventMention:
    """Put one report with one mention into the ledger, and resolve it."""
    d = document(text, publisher=publisher, **changed)
    m = mention(d, predicate, **made)
    ledger.store.put(run(), d, [m])
    keep.resolve(ledger.store.resolving)
    return m


GIVEN = {"recipients": ("Syria",), "goods": "wheat", "when": ("2025-03-05", "March 5")}
DELIVERY = "Russia delivered wheat to Syria on March 5."


def says(name: str, country: str | None) -> tuple[Voice, ...]:
    actor = Party(name=name, country=country) if country else None
    return (Voice(source=name, actor=actor, kind="named" if country else "anonymous", cue="said"),)


# ---------------------------------------------------------------- sections and counts
def test_each_thing_in_its_place(ledger: Ledger) -> None:
    answer = ledger.brief("RUS", "Syria")
    assert by_section(answer) == {
        "talks": ["agreement or offer Russia – Syria"],
        "asked": ["request Syria → Russia", "refusal Russia → Syria"],
        "delivered": ["delivery or aid Russia → Syria", "delivery or aid ? → Syria"],
        "planned": ["cooperation Russia"],
        "contacts": ["phone call Ahmed Sharaa – Vladimir Putin"],
        "background": ["attack Russia"],
    }
    assert [x.number for x in every_line(answer)] == list(range(1, 9))
    assert (answer.as_of, answer.head) == ("2025-03-07", "1 report, 1 outlet · as of 2025-03-07")
    assert "rests on one origin" in answer.sources[0].text
    assert Row(text="hedged or disputed in the reports", numbers=(5,)) in answer.not_settled
    assert next(x for x in every_line(answer) if x.parties.startswith("?")).note == "the other party is not named"


def test_the_state_of_relations_in_words(ledger: Ledger) -> None:
    state = ledger.brief("RUS", "SYR").state
    assert (state.done, state.asked, state.planned, state.in_talks, state.origins) == ((1, 2, 0, 0), 2, 1, 1, 1)
    assert course(state) == [
        (
            "Done, told since 2025-03-07: 3 cooperative (1 in words, 2 in deeds), "
            "0 conflictual (0 in words, 0 in deeds): mostly cooperative."
        ),
        "Open: 2 asked or refused, 1 planned, 1 in talks.",
        "It rests on 1 independent origin.",
    ]


def test_the_same_from_both_sides_and_every_id_opens(ledger: Ledger) -> None:
    there, back = ledger.brief("RUS", "SYR"), ledger.brief("SYR", "RUS")
    assert msgspec.structs.replace(back, a=there.a, b=there.b) == there
    for x in every_line(there):
        assert ledger.explain(x.ids[0]).id == x.ids[0]
        assert [r for r in x.references if not r.said or not r.outlets] == []
        assert sorted(i for r in x.references for i in r.ids) == sorted(x.ids)


def test_between_persons_and_strangers(ledger: Ledger) -> None:
    assert by_section(ledger.brief("Vladimir Putin", "Ahmed Sharaa")) == {
        "contacts": ["phone call Ahmed Sharaa – Vladimir Putin"]
    }
    nothing = ledger.brief("FRA", "NER")
    assert (nothing.sections, nothing.as_of, nothing.changed, nothing.changed_since) == ((), None, (), None)
    assert nothing.sources == (Row(text="nothing in the ledger stands between the two"),)
    assert course(nothing.state) == ["Nothing is told that counts."]
    with pytest.raises(StopRun, match="same party"):
        ledger.brief("RUS", "Russia")


def test_a_third_state_keeps_an_act_out(empty: Ledger) -> None:
    made = {"act": "CONSULT", "actors": ("Russia", "Turkey"), "theme": "Syria"}
    put(empty, "Russia and Turkey discussed Syria.", "discussed", publisher="A", made=made)
    assert empty.brief("RUS", "SYR").sections == ()
    assert len(every_line(empty.brief("RUS", "TUR"))) == 1


# ---------------------------------------------------------------- one line an event
def test_tellings_of_one_act_are_one_line_and_copies_one_origin(empty: Ledger) -> None:
    for outlet in ("A", "B"):
        put(empty, DELIVERY, "delivered", publisher=outlet, made=GIVEN)
    put(empty, "On March 5, Russia brought wheat to Syria.", "brought", publisher="C", made=GIVEN)
    answer = empty.brief("RUS", "SYR")
    (line,) = every_line(answer)
    assert (len(line.ids), sorted(line.outlets), line.origins, line.third) == (3, ["A", "B", "C"], 2, 2)
    assert (sum(answer.state.done), answer.state.origins) == (1, 2)
    assert line.ids[0] == empty.events()[0].id
    assert {frozenset(r.outlets) for r in line.references} == {frozenset("AB"), frozenset("C")}
    assert "2 origins in 3 outlets" in line_notes(line)
    assert Row(text="told by independent origins", numbers=(1,)) in answer.sources


def test_two_acts_that_look_alike_stay_two_lines(empty: Ledger) -> None:
    for day in ("5", "19"):
        made = GIVEN | {"when": (f"2025-03-{int(day):02}", f"March {day}")}
        text = f"Russia delivered wheat to Syria on March {day}."
        put(empty, text, "delivered", publisher=f"Outlet {day}", made=made, published=f"2025-03-{int(day) + 1:02}")
    answer = empty.brief("RUS", "SYR")
    assert [x.date for x in every_line(answer)] == ["2025-03-19", "2025-03-05"]
    assert [(f.of, f.goods, f.flows, f.numbers) for f in answer.flows] == [("delivered", "wheat", 2, (1, 2))]


def test_the_fullest_telling_speaks(empty: Ledger) -> None:
    bare = {"recipients": ("Syria",), "when": ("2025-03-05", "March 5")}
    put(empty, "Russia delivered to Syria on March 5.", "delivered", publisher="A", made=bare)
    put(empty, DELIVERY, "delivered", publisher="B", made=GIVEN, published="2025-03-08")
    (line,) = every_line(empty.brief("RUS", "SYR"))
    assert (line.theme, line.published) == ("wheat", "2025-03-07")


def test_a_plan_that_came_true_is_one_line_done(empty: Ledger) -> None:
    plan = GIVEN | {"status": "planned", "type": "AGREE"}
    put(empty, "Russia will deliver wheat to Syria on March 5.", "deliver", publisher="A", made=plan,
        published="2025-03-01")  # fmt: skip
    put(empty, DELIVERY, "delivered", publisher="B", made=GIVEN)
    answer = empty.brief("RUS", "SYR", changed_since="2025-03-02")
    assert by_section(answer) == {"delivered": ["delivery or aid Russia → Syria"]}
    assert rows(answer, "changed") == ["Russia → Syria: delivery or aid, wheat: from planned to occurred"]
    assert every_line(answer)[0].also == ("delivery or aid (planned)",)
    assert by_section(empty.brief("RUS", "SYR", as_of="2025-03-02")) == {"planned": ["delivery or aid Russia → Syria"]}


# ---------------------------------------------------------------- doubt
def test_a_contradiction_is_shown_not_decided(empty: Ledger) -> None:
    put(empty, DELIVERY, "delivered", publisher="A", made=GIVEN)
    denial = "Syria denied that Russia delivered wheat to Syria on March 5."
    put(empty, denial, "delivered", publisher="B", made=GIVEN | {"status": "denied"}, published="2025-03-09")
    answer = empty.brief("RUS", "SYR", changed_since="2025-03-08")
    assert by_section(answer) == {"delivered": ["delivery or aid Russia → Syria"]}
    assert rows(answer, "disagreements") == [
        (
            "Russia → Syria: delivery or aid, wheat: whether it happened: occurred (A; 1 origin, since 2025-03-07) / "
            "denied (B; 1 origin, since 2025-03-09)"
        )
    ]
    assert [(c.kind, c.now) for c in answer.changed] == [("disagreement", "status")]


@pytest.mark.parametrize(
    ("voices", "told"),
    [
        ([says("the Kremlin", "RUS")], {"Russia": (1,)}),
        ([says("the Kremlin", "RUS"), says("the Russian army", "RUS")], {"Russia": (1,)}),
        ([says("the Kremlin", "RUS"), says("the Syrian presidency", "SYR")], {}),
        ([says("the Kremlin", "RUS"), ()], {}),
        ([says("officials", None)], {"unnamed voices": (1,)}),
        ([says("officials", None), says("the Kremlin", "RUS")], {"Russia": (1,)}),
        ([says("the French embassy", "FRA")], {}),
    ],
)
def test_claimed_by_one_side_only(
    empty: Ledger, voices: list[tuple[Voice, ...]], told: dict[str, tuple[int, ...]]
) -> None:
    for i, voice in enumerate(voices):
        text = f"Russia delivered wheat to Syria on March 5, teller {'abc'[i]} of the harbour said."
        put(empty, text, "delivered", publisher=f"Outlet {i}", made=GIVEN | {"attribution": voice})
    answer = empty.brief("RUS", "SYR")
    assert len(every_line(answer)) == 1
    assert {c.by: c.numbers for c in answer.one_side} == told


def test_a_correction_takes_the_place_of_what_it_corrects(empty: Ledger) -> None:
    same = {"publisher": "A", "url": "https://a.example/1"}
    put(empty, DELIVERY.replace("wheat", "diesel"), "delivered", made=GIVEN | {"goods": "diesel"}, **same)
    put(empty, DELIVERY, "delivered", made=GIVEN, published="2025-03-08", **same)
    answer = empty.brief("RUS", "SYR")
    assert [x.theme for x in every_line(answer)] == ["wheat"]
    assert any("corrected since by A: “Russia delivered diesel" in d.text for d in answer.not_settled)
    assert [x.theme for x in every_line(empty.brief("RUS", "SYR", as_of="2025-03-07"))] == ["diesel"]


def test_a_corrected_number_is_in_no_dispute(empty: Ledger) -> None:
    texts = [f"Russia delivered {n} tonnes of wheat to Syria on March 5." for n in (10, 20, 30)]
    told = zip(texts, (10, 20, 30), ("A", "A", "B"), ("2025-03-06", "2025-03-07", "2025-03-08"), strict=True)
    for text, n, outlet, day in told:
        made = GIVEN | {"counts": (_tons(text, n),)}
        url = "https://a.example/1" if outlet == "A" else None
        put(empty, text, "delivered", publisher=outlet, made=made, url=url, published=day)
    (now,) = empty.brief("RUS", "SYR").disagreements
    assert [(v.value, v.sources) for v in now.versions] == [("20 tonne", ("A",)), ("30 tonne", ("B",))]
    assert empty.brief("RUS", "SYR", as_of="2025-03-07").disagreements == ()


# ---------------------------------------------------------------- as of, and since
def test_as_of(ledger: Ledger) -> None:
    assert ledger.brief("RUS", "SYR", as_of="2025-03-06").sections == ()
    assert ledger.brief("RUS", "SYR", as_of="2025-03-07").reports == 1
    narrowed = ledger.brief("RUS", "SYR", as_of=("2025-04",), act="CONSULT", since="2025-03")
    assert narrowed.head == "1 report, 1 outlet · as of 2025-04 · only with the act CONSULT, since 2025-03"
    assert by_section(narrowed) == {"contacts": ["phone call Ahmed Sharaa – Vladimir Putin"]}


def test_a_past_day_is_as_a_ledger_of_that_day(empty: Ledger, place: Place) -> None:
    told = [("A", "2025-03-06"), ("B", "2025-03-07"), ("C", "2025-03-09")]
    with Ledger.open(place / "then.db") as then:
        for outlet, day in told:
            for one in (empty, then) if day <= "2025-03-07" else (empty,):
                made = GIVEN | {"counts": (_tons(DELIVERY, 10 if outlet == "A" else 20),)}
                put(one, f"{DELIVERY} So says {outlet}.", "delivered", publisher=outlet, made=made, published=day)
        past = empty.brief("RUS", "SYR", as_of="2025-03-07")
        assert past == then.brief("RUS", "SYR", as_of="2025-03-07")
        assert past != empty.brief("RUS", "SYR")


def _tons(text: str, n: float) -> Count:
    at = text.index("wheat")
    return Count(of="goods", low=n, high=n, unit="tonne", text="wheat", start=at, end=at + len("wheat"))


@pytest.mark.parametrize(
    ("since", "numbers", "title"),
    [
        (None, [1], "What changed since 2025-02-15"),
        ("2025-03", [1], "What changed since 2025-03-01"),
        ("2025-03-17", [], None),
        ("2025", [1, 2], "What changed since 2025-01-01"),
        ("2025-03-18", None, None),
    ],
)
def test_what_changed(empty: Ledger, since: str | None, numbers: list[int] | None, title: str | None) -> None:
    for month, day in (("February", "2025-02-09"), ("March", "2025-03-17")):
        made = GIVEN | {"when": (day, f"{month} {int(day[-2:])}")}
        text = f"Russia delivered wheat to Syria on {month} {int(day[-2:])}."
        put(empty, text, "delivered", publisher=month, made=made, published=day)
    put(empty, "Russia delivered coal to Syria.", "delivered", publisher="undated", published=None,
        made={"recipients": ("Syria",), "goods": "coal"})  # fmt: skip
    if numbers is None:
        with pytest.raises(StopRun, match="lies after the day of the brief, 2025-03-17"):
            empty.brief("RUS", "SYR", changed_since=since)
        return
    answer = empty.brief("RUS", "SYR", changed_since=since)
    assert [c.number for c in answer.changed if c.kind == "new"] == numbers
    assert next((p.title for p in parts(answer) if p.name == "changed"), None) == title


# ---------------------------------------------------------------- dossiers
def test_open_dossiers_refer_to_lines(empty: Ledger) -> None:
    made: dict[str, Any] = {"act": "AGREE", "actors": ("Russia", "Syria"), "theme": "a treaty on the port of Tartous"}
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("negotiate", "2025-02-03", {"status": "negotiating"}),
        ("signed", "2025-03-04", {}),
    )
    for predicate, day, changed in steps:
        text = f"Russia and Syria {predicate} a treaty on the port of Tartous."
        put(empty, text, predicate, publisher=predicate, made=made | changed, published=day)
    (matter,) = empty.brief("RUS", "SYR").dossiers
    assert (matter.state, matter.stage, matter.title) == ("signed", "signed", "treaty on the port of Tartous")
    assert matter.numbers == tuple(x.number for x in every_line(empty.brief("RUS", "SYR")))
    put(empty, "Russia and Syria cancelled a treaty on the port of Tartous.", "cancelled", publisher="C",
        made=made | {"status": "cancelled"}, published="2025-04-01")  # fmt: skip
    assert empty.brief("RUS", "SYR").dossiers == ()
    assert len(empty.brief("RUS", "SYR", as_of="2025-03-31").dossiers) == 1


# ---------------------------------------------------------------- length
def test_a_long_brief_is_cut_and_says_so(empty: Ledger) -> None:
    for i in range(SHOWN + 3):
        day = 2 * i + 1
        made = {"recipients": ("Syria",), "goods": "wheat", "when": (f"2025-03-{day:02}", f"March {day},")}
        text = f"Russia delivered wheat to Syria on March {day}, port {i} said."
        put(empty, text, "delivered", publisher=f"P{i}", made=made, published=f"2025-03-{day:02}")
    answer = empty.brief("RUS", "SYR")
    cut = next(p for p in parts(answer) if p.name == "delivered")
    assert (len(cut.lines), cut.left) == (SHOWN, 3)
    assert [x.number for x in cut.lines] == list(range(1, SHOWN + 1))
    for face in (brief_pages.markdown, brief_pages.html):
        assert "… and 3 more" in face(answer)
        assert "… and 3 more" not in face(answer, whole=True)
    assert len(tables.brief_table(answer).rows) == SHOWN + 3
    assert every_number_refers(answer)


def test_side_sections_are_shorter(ledger: Ledger) -> None:
    (background,) = (s for s in ledger.brief("RUS", "SYR").sections if s.name in SIDE)
    many = msgspec.structs.replace(background, lines=background.lines * (FEW + 2))
    many = msgspec.structs.replace(
        many, lines=tuple(msgspec.structs.replace(x, number=i) for i, x in enumerate(many.lines))
    )
    answer = msgspec.structs.replace(ledger.brief("RUS", "SYR"), sections=(many,), changed=(), dossiers=(), flows=())
    (part,) = (p for p in parts(answer) if p.name == background.name)
    assert (len(part.lines), part.left) == (FEW, 2)


# ---------------------------------------------------------------- faces
class Page(HTMLParser):
    """What a browser would make of a page: tags with their attributes, and the text. Each tag must be closed in turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def numbers_in(text: str) -> set[int]:
    return {int(n) for n in re.findall(r"\[(\d+)\\?\]", text)}


def every_number_refers(answer: Brief) -> bool:
    """Return whether each number that a page shows has its references there, and nothing else has."""
    body, references = brief_pages.markdown(answer).split("## References")
    listed = {int(n) for n in re.findall(r"^- \\\[(\d+)\\\]", references, re.MULTILINE)}
    html = Page(brief_pages.html(answer))
    targets = {a["id"] for _, a in html.tags if a.get("id")}
    links = {href[1:] for tag, a in html.tags if tag == "a" and (href := a["href"] or "").startswith("#")}
    shown = numbers_in(html.text.partition("References")[0])
    return shown == numbers_in(body) == listed <= set(answer.lines) and links == targets == {f"r{n}" for n in shown}


def test_every_number_refers(ledger: Ledger) -> None:
    answer = ledger.brief("RUS", "SYR")
    assert set(referred(parts(answer))) == set(answer.lines)
    assert every_number_refers(answer)


def test_each_line_has_outlet_day_quote_and_id(ledger: Ledger) -> None:
    answer = ledger.brief("RUS", "SYR")
    for page in (brief_pages.markdown(answer), Page(brief_pages.html(answer)).text):
        for x in every_line(answer):
            (r,) = x.references
            assert {r.said in page, x.ids[0] in page, f"{r.outlets[0]}, {(r.published or '')[:10]}" in page} == {True}


HOSTILE = "<script>alert(1)</script> ' onmouseover='x' \" & </title><img src=http://x.example/y>"


def test_html_lets_nothing_in(empty: Ledger) -> None:
    text = f"Russia delivered {HOSTILE} to Syria."
    made = {"recipients": ("Syria",), "goods": HOSTILE, "attribution": says(HOSTILE, None)}
    made |= {"actors": ("Russia", HOSTILE)}
    put(empty, text, "delivered", publisher=HOSTILE, made=made, title=HOSTILE, url="javascript:alert(1)")
    page = Page(brief_pages.html(empty.brief("RUS", "SYR")))
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "p", "ul", "li",
        "a", "b", "q", "code", "time", "bdi", "span",
    }  # fmt: skip
    allowed = {"lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "rel"}
    assert {name for _, attrs in page.tags for name in attrs} <= allowed
    assert all((a["href"] or "").startswith("#") for tag, a in page.tags if tag == "a")
    assert "<script>alert(1)</script>" in page.text


def test_html_of_hostile_names_asked_for(empty: Ledger) -> None:
    put(empty, "Russia delivered wheat to <b>Evil.", "delivered", publisher="A", made={"recipients": ("<b>Evil",)})
    page = Page(brief_pages.html(empty.brief("RUS", "<b>Evil")))
    assert "Russia – <b>Evil" in page.text


def test_html_stands_alone(ledger: Ledger) -> None:
    page = brief_pages.html(ledger.brief("RUS", "SYR"))
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert not re.search(r"<script|<link|<img|@import|url\(|\son\w+=", page)
    assert [w for w in ("default-src 'none'", "prefers-color-scheme: dark", "@media print") if w not in page] == []


def test_html_links_reports_with_an_address(empty: Ledger) -> None:
    put(empty, DELIVERY, "delivered", publisher="A", made=GIVEN, url="https://a.example/1?x=1&y='2'")
    hrefs = [a["href"] for tag, a in Page(brief_pages.html(empty.brief("RUS", "SYR"))).tags if tag == "a"]
    assert "https://a.example/1?x=1&y='2'" in hrefs


def test_markdown_keeps_markup_out(empty: Ledger) -> None:
    text = "Russia | *Syria* <b> delivered_wheat [1]."
    m = put(empty, text, "delivered", publisher="A_B", made={"recipients": ("Syria",)})
    page = brief_pages.markdown(empty.brief("RUS", "SYR")) + markdown.explanation(empty.explain(m.id))
    assert "\\*Syria\\* \\<b\\>" in page
    assert "A\\_B" in page


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0)])
def test_the_order_of_reports_changes_nothing(place: Place, order: tuple[int, ...]) -> None:
    told = (
        ("Russia delivered wheat to Syria on March 5.", "delivered", "A", "2025-03-06"),
        ("On March 5, Russia brought wheat to Syria.", "brought", "B", "2025-03-07"),
        ("Syria said Russia handed over wheat on March 5 to Syria.", "handed over", "C", "2025-03-08"),
    )
    pages: list[str] = []
    for some in (range(3), order):
        with Ledger.open(place / f"{len(pages)}.db") as one:
            for i in some:
                text, predicate, outlet, day = told[i]
                put(one, text, predicate, publisher=outlet, made=GIVEN, published=day)
            pages.append(brief_pages.html(one.brief("RUS", "SYR")))
    assert pages[0] == pages[1]


def test_parts_of_nothing() -> None:
    assert referred([Part(name="talks", title="In talks")]) == []


# ---------------------------------------------------------------- where the ledger holds more than can be read
def _daily(ledger: Ledger, days: int) -> None:
    """Put a delivery and, of Syria with another, a talk into a report of each of the first days of March."""
    text = "Russia delivered wheat to Syria on March {}. Syria met Turkey."
    for n in range(1, days + 1):
        d = document(text.format(n), publisher=f"Outlet {n}", published=f"2025-03-{n:02}")
        given: dict[str, Any] = GIVEN | {"when": (f"2025-03-{n:02}", f"March {n}")}
        met = mention(d, "met", act="CONSULT", actors=("Syria",), recipients=("Turkey",))
        ledger.store.put(run(), d, [mention(d, "delivered", **given), met])  # unresolved: each is an event


@pytest.mark.parametrize("asked", [("RUS", "SYR"), ("Russia", "Syria")])
def test_a_large_ledger_is_cut_to_its_latest_reports(
    empty: Ledger, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, str]
) -> None:
    _daily(empty, 9)
    whole = empty.brief(*asked)
    monkeypatch.setattr(latest, "LATEST", 4)
    assert empty.brief(*asked) == whole
    assert whole.cut is None
    monkeypatch.setattr(latest, "WHOLE", 10)
    answer = empty.brief(*asked)
    assert answer.cut == latest.Cut(events=4, of=9, since="2025-03-06", reports=4)
    assert [x.date for x in every_line(answer)] == [f"2025-03-{n:02}" for n in (9, 8, 7, 6)]
    assert answer.reports == 4
    assert "the latest 4 of 9 events between the two, since 2025-03-06; earlier ones: --as-of" in answer.head


def test_what_is_cut_away_is_found_as_of_an_earlier_day(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    _daily(empty, 9)
    monkeypatch.setattr(latest, "LATEST", 2)
    monkeypatch.setattr(latest, "WHOLE", 10)
    answer = empty.brief("RUS", "SYR", as_of="2025-03-05")
    assert [x.date for x in every_line(answer)] == ["2025-03-05", "2025-03-04"]
    assert answer.cut == latest.Cut(events=2, of=None, since="2025-03-04", reports=2)


def test_a_party_without_a_state_is_cut_by_what_was_told_last(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(1, 7):
        text = f"The Harbour Front attacked Syria on March {n}."
        made: dict[str, Any] = {"act": "ASSAULT", "actors": ("Harbour Front",), "recipients": ("Syria",)}
        when = (f"2025-03-{n:02}", f"March {n}")
        d = document(text, publisher=f"Outlet {n}", published=f"2025-03-{n:02}")
        empty.store.put(run(), d, [mention(d, "attacked", **made, when=when)])
    monkeypatch.setattr(latest, "LATEST", 3)
    monkeypatch.setattr(latest, "WHOLE", 5)
    answer = empty.brief("Harbour Front", "SYR")
    assert [x.date for x in every_line(answer)] == ["2025-03-06", "2025-03-05", "2025-03-04"]
    assert answer.cut == latest.Cut(events=3, of=None, since="2025-03-04", reports=3)
