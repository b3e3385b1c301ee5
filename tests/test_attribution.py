"""Who says what: sources, cues and contents in sentences of our own."""

import pytest

from dragoman.annotate.attribution import attributions_of_text, find_attributions
from dragoman.annotate.attribution_quotes import find_quotes
from dragoman.annotate.syntax import parse_text
from dragoman.records import AttributionSpan, Span
from dragoman.scheme.speech import cue_kind, cue_kinds, source_lexicon, speech_model, voice_kind

# text, words of the source, words of the cue, words that the content holds, words that it does not hold
CASES = [
    ("The minister said that the port would reopen in May.", "The minister", "said", ["port would reopen in May"], ["minister"]),
    ("The port will reopen in May, the governor of Kesk said.", "governor of Kesk", "said", ["port will reopen in May"], ["governor"]),
    ('"We will not pay," Foreign Minister Lena Orval told reporters.', "Lena Orval", "told", ["We will not pay"], ["reporters"]),
    ("Norland is moving guns to the border, according to Orvan and Keskan officials.", "Orvan and Keskan officials", "according to", ["Norland is moving guns to the border"], ["officials"]),
    ("According to The Kesk Times, Orva has asked for the loan, but Norland has refused to talk about it.", "The Kesk Times", "According to", ["Orva has asked for the loan", "Norland has refused"], []),
    ("Orva received new trucks on Monday, with more deliveries expected in June, a government official confirmed.", "a government official", "confirmed", ["Orva received new trucks", "more deliveries expected"], ["official confirmed"]),
    ("The alliance accused Norland of violating the ceasefire.", "The alliance", "accused", ["Norland", "violating the ceasefire"], []),
    ("The president called on both sides to return to talks.", "The president", "called on", ["to return to talks"], []),
    ("The company denied that it had sold the missiles.", "The company", "denied", ["it had sold the missiles"], []),
    ("The rebels are believed to have moved heavy guns to the border.", "", "believed", ["to have moved heavy guns"], []),
    ("Norland is reportedly planning a new base in the north.", "", "reportedly", ["planning a new base"], []),
    ("The minister's claim that the port had been sold caused an uproar.", "minister", "claim", ["that the port had been sold"], ["uproar"]),
    ('The ministry wrote on Twitter, "The embassy is open again."', "The ministry", "wrote", ["The embassy is open again"], ["Twitter"]),
    ("The exports included a cargo of diesel sent to Orva aboard a tanker under Norlandic sanctions—the first such supply in years, according to shipping data.", "shipping data", "according to", ["the first such supply"], ["The exports"]),
]  # fmt: skip


def joined(spans: tuple[Span, ...]) -> str:
    return " ".join(s.text for s in spans)


def of_cue(found: list[AttributionSpan], cue: str) -> AttributionSpan:
    hits = [a for a in found if cue in joined(a.cue)]
    assert hits, f"no attribution by {cue!r} among {[joined(a.cue) for a in found]}"
    return hits[0]


@pytest.mark.parametrize(("text", "source", "cue", "held", "not_held"), CASES, ids=[c[0][:45] for c in CASES])
def test_case(text: str, source: str, cue: str, held: list[str], not_held: list[str]) -> None:
    got = of_cue(attributions_of_text(text), cue)
    assert source in joined(got.source)
    assert bool(source) == bool(got.source)
    assert [w for w in held if w not in joined(got.content)] == []
    assert [w for w in not_held if w in joined(got.content)] == []


def test_spans_quote_the_text() -> None:
    for text in [c[0] for c in CASES]:
        for a in attributions_of_text(text):
            assert a.content
            assert a.cue
            for s in (*a.source, *a.cue, *a.content):
                assert text[s.start : s.end] == s.text


def test_nested_voices_are_both_found() -> None:
    found = attributions_of_text(
        "President Aron Vey said that the army had told him that Norland was planning an attack."
    )
    assert "Norland was planning an attack" in joined(of_cue(found, "said").content)
    assert "the army" in joined(of_cue(found, "told").source)
    assert "Norland was planning an attack" in joined(of_cue(found, "told").content)


def test_a_quotation_goes_on_in_the_next_sentence() -> None:
    text = '"We will not pay the fee," the minister said. "It would cost us billions. We have told our partners."'
    content = joined(of_cue(attributions_of_text(text), "said").content)
    assert "We will not pay" in content
    assert "It would cost us billions" in content
    assert "We have told our partners" in content


def test_plain_narration_has_no_voice() -> None:
    assert attributions_of_text("The train left the station at noon. Rain fell on the valley.") == []
    assert attributions_of_text("") == []
    assert attributions_of_text("*** --- \n\n :") == []


def test_quotations_left_open_go_on() -> None:
    parse = parse_text('"The first thing is bread.\n\n"The second is water," General Ruk said. The "old" road is shut.')
    quotes = find_quotes(parse)
    assert len(quotes.spans) == 3
    assert quotes.open_ended == (True, False, False)
    ruk = next(t.i for t in parse.tokens if t.text == "Ruk")
    assert quotes.quote[ruk] == -1


VOICES = [
    ("a source familiar with the matter", "anonymous"),
    ("two senior officials", "anonymous"),
    ("European and Syrian officials", "anonymous"),
    ("LSEG data", "data"),
    ("The Wall Street Journal", "outlet"),
    ("the Kesk Times", "outlet"),
    ("state media", "outlet"),
    ("Rudaw", "outlet"),
    ("a statement", "document"),
    ("a report by the Kesk Institute", "document"),
    ("Foreign Minister Lena Orval", "named"),
    ("President Vladimir Putin", "named"),
    ("the foreign ministry", "named"),
    ("she", "named"),
]


@pytest.mark.parametrize(("source", "kind"), VOICES, ids=[v[0] for v in VOICES])
def test_kind_of_voice(source: str, kind: str) -> None:
    text = f"The port was closed, according to {source}."
    parse = parse_text(text)
    start = text.index(source)
    assert voice_kind(parse, (Span(start=start, end=start + len(source), text=source),)) == kind


def test_no_source_is_anonymous() -> None:
    assert voice_kind(parse_text("It is expected to rain."), ()) == "anonymous"


@pytest.mark.parametrize(("text", "cue", "kind"), [
    ("The minister said that the war was over.", "said", "say"),
    ("The minister vowed to end the war.", "vowed", "commit"),
    ("The minister condemned the attack.", "condemned", "judge"),
    ("The minister urged both sides to talk.", "urged", "call"),
])  # fmt: skip
def test_kind_of_cue(text: str, cue: str, kind: str) -> None:
    parse = parse_text(text)
    start = text.index(cue)
    assert cue_kind(parse, (Span(start=start, end=start + len(cue), text=cue),)) == kind


def test_same_parse_same_answer() -> None:
    parse = parse_text(" ".join(c[0] for c in CASES))
    assert find_attributions(parse) == find_attributions(parse)


def test_lists_and_weights_load() -> None:
    assert cue_kinds()["say/VERB"] == "say"
    assert source_lexicon().head["source"] == "anonymous"
    model = speech_model()
    assert model.roles.shape[1] == 4
    assert len(model.sha256) == 64
