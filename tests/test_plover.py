"""The scheme: every type loads, frames and modes hold together, triggers stand in their examples, and typical predicates find their frame."""

from collections.abc import Iterator

import pytest

from dragoman.annotate.syntax import parse_text
from dragoman.scheme import plover, themes
from dragoman.scheme.plover import Around, Frame

OWN = ("ACCUSE", "AGREE", "CONCEDE", "CONSULT", "REJECT", "REQUEST", "SUPPORT", "THREATEN")
SCORES = {
    "ACCUSE": (3, -2.0), "AGREE": (1, 2.5), "AID": (2, 10.0), "ASSAULT": (4, -9.0), "COERCE": (4, -7.0), "CONCEDE": (1, 4.5),
    "CONSULT": (1, 2.5), "COOPERATE": (2, 9.5), "MOBILIZE": (4, -5.5), "PROTEST": (4, -5.0), "REJECT": (3, -2.0),
    "REQUEST": (3, 0.0), "RETREAT": (2, 6.5), "SANCTION": (4, -6.0), "SUPPORT": (1, 5.0), "THREATEN": (3, -3.5),
}  # fmt: skip
CHOSEN = [
    # lemma, part of speech, what stands around it, type and mode of the first frame that fits
    ("meet", "verb", {}, ("CONSULT", None)),
    ("meet", "verb", {"objects": {"target"}}, None),
    ("visit", "verb", {"party": True}, ("CONSULT", "visit")),
    ("call", "noun", {"modifiers": {"phone"}}, ("CONSULT", "phone")),
    ("call", "verb", {"preps": {"on"}}, ("REQUEST", None)),
    ("call", "verb", {"preps": {"for"}}, ("REQUEST", None)),
    ("call", "verb", {"preps": {"on"}, "party": True}, ("CONSULT", "phone")),
    ("call", "verb", {"objects": {"strike"}, "particles": {"off"}}, ("CONCEDE", None)),
    ("call", "verb", {"objects": {"summit"}, "particles": {"off"}}, ("REJECT", "meet")),
    ("negotiate", "verb", {"objects": {"agreement"}}, ("CONSULT", None)),
    ("sign", "verb", {"objects": {"treaty"}}, ("SUPPORT", None)),
    ("applaud", "verb", {"party": True}, ("SUPPORT", None)),
    ("recognise", "verb", {"party": True}, ("SUPPORT", None)),
    ("agree", "verb", {"complements": {"to-inf"}}, ("AGREE", None)),
    ("announce", "verb", {"objects": {"initiative"}}, ("AGREE", None)),
    ("announce", "verb", {"objects": {"ceasefire"}}, ("CONCEDE", "ceasefire")),
    ("announce", "verb", {"objects": {"withdrawal"}}, ("CONCEDE", "withdraw")),
    ("signal", "verb", {"objects": {"desire"}}, ("AGREE", None)),
    ("invite", "verb", {"party": True}, ("AGREE", None)),
    ("lift", "verb", {"objects": {"curfew"}}, ("CONCEDE", None)),
    ("suspend", "verb", {"objects": {"bill"}}, ("CONCEDE", None)),
    ("drop", "verb", {"objects": {"charge"}}, ("CONCEDE", None)),
    ("apology", "noun", {}, ("CONCEDE", None)),
    ("request", "verb", {"objects": {"extradition"}}, ("REQUEST", "assist")),
    ("demand", "verb", {"objects": {"withdrawal"}}, ("REQUEST", "yield")),
    ("order", "verb", {"objects": {"company"}, "complements": {"to-inf"}}, ("REQUEST", None)),
    ("accuse", "verb", {"party": True}, ("ACCUSE", "allege")),
    ("condemn", "verb", {"objects": {"attack"}}, ("ACCUSE", "disapprove")),
    ("open", "verb", {"objects": {"inquiry"}}, ("ACCUSE", "investigate")),
    ("summon", "verb", {"objects": {"ambassador"}}, ("ACCUSE", "disapprove")),
    ("charge", "verb", {"objects": {"fee"}, "preps": {"for"}}, None),
    ("refuse", "verb", {"complements": {"to-inf"}}, ("REJECT", None)),
    ("veto", "verb", {"objects": {"resolution"}}, ("REJECT", None)),
    ("deny", "verb", {"objects": {"entry"}}, ("REJECT", None)),
    ("threaten", "verb", {"complements": {"to-inf"}}, ("THREATEN", None)),
    ("issue", "verb", {"objects": {"ultimatum"}}, ("THREATEN", None)),
    ("issue", "verb", {"objects": {"warrant"}}, ("THREATEN", "arrest")),
    ("attribute", "verb", {"objects": {"attack"}, "preps": {"to"}}, ("ACCUSE", "allege")),
    ("attack", "verb", {"objects": {"proclamation"}}, ("ACCUSE", "disapprove")),
    ("attack", "verb", {"objects": {"convoy"}}, ("ASSAULT", None)),
    ("face", "verb", {"objects": {"criticism"}}, ("ACCUSE", "disapprove")),
    ("face", "verb", {"objects": {"trial"}}, ("ACCUSE", "allege")),
    ("protest", "verb", {}, ("PROTEST", "demo")),
    ("protest", "verb", {"preps": {"to"}}, ("ACCUSE", "disapprove")),
    ("target", "verb", {"objects": {"hospital"}, "preps": {"with"}}, ("ASSAULT", None)),
    ("target", "verb", {"objects": {"firm"}, "preps": {"with"}}, ("SANCTION", None)),
    ("bar", "verb", {"objects": {"person"}, "preps": {"from"}}, ("COERCE", "restrict")),
    ("capture", "verb", {"objects": {"footage"}}, None),
    ("capture", "verb", {"objects": {"town"}}, ("ASSAULT", None)),
    ("recommend", "verb", {"complements": {"ing"}}, ("REQUEST", None)),
    ("order", "verb", {"party": True, "complements": {"to-inf"}}, ("REQUEST", None)),
    ("order", "verb", {"objects": {"vaccine"}}, ("COOPERATE", None)),
    ("consider", "verb", {"complements": {"to-inf"}}, None),
    ("consider", "verb", {"complements": {"ing"}}, ("AGREE", None)),
    ("announce", "verb", {"objects": {"candidacy"}}, ("AGREE", None)),
    ("suspend", "verb", {"objects": {"flight"}, "preps": {"to"}}, ("SANCTION", None)),
    ("break", "verb", {"objects": {"rally"}, "particles": {"up"}}, ("COERCE", "restrict")),
    ("violate", "verb", {"objects": {"truce"}}, ("ASSAULT", None)),
    ("return", "verb", {"objects": {"painting"}, "preps": {"to"}}, ("RETREAT", None)),
    ("disperse", "verb", {}, ("RETREAT", None)),
    ("disperse", "verb", {"objects": {"crowd"}}, ("ASSAULT", "crowd-control")),
    ("commit", "verb", {"objects": {"suicide"}}, None),
    ("decline", "verb", {"objects": {"%"}}, None),
    ("pact", "noun", {"preps": {"between"}}, ("SUPPORT", None)),
]  # fmt: skip


def frames(*names: str) -> Iterator[Frame]:
    """Yield the frames of the named types."""
    for name in names:
        yield from plover.event_type(name).frame


def test_the_sixteen_types_with_quad_and_score() -> None:
    assert {t.type: (t.quad, t.score) for t in plover.types()} == SCORES


def test_a_mode_replaces_the_score() -> None:
    assert plover.score_of("CONSULT", "visit") == 4.0
    assert plover.score_of("CONSULT") == 2.5


@pytest.mark.parametrize("name", sorted(SCORES))
def test_planned_and_threatened_types_exist(name: str) -> None:
    kind = plover.event_type(name)
    assert kind.planned_as in SCORES
    assert not kind.threatened_as or kind.threatened_as in SCORES


@pytest.mark.parametrize("name", sorted(SCORES))
def test_words_are_lower_case_and_not_doubled(name: str) -> None:
    for frame in frames(name):
        for words in (frame.verbs, frame.nouns):
            assert all(w == w.lower() and w for w in words), frame.id
            assert len(set(words)) == len(words), frame.id


def test_an_unknown_word_triggers_nothing() -> None:
    assert plover.frames_for("xyzzy", "verb") == ()
    assert plover.frames_for("meet", "noun") == ()


def test_classes_of_goods_can_be_named_as_lists() -> None:
    assert {"arms", "energy", "agreement", "project", "goods", "carrier"} <= themes.named_lists().keys()


def test_every_frame_has_an_example_with_its_trigger() -> None:
    cases = [(frame, example) for frame in frames(*OWN) for example in frame.examples]
    assert {f.id for f, _ in cases} == {f.id for f in frames(*OWN)}
    parse = parse_text("\n\n".join(example for _, example in cases))  # one call: the parser reads them in batches
    start = 0
    for frame, example in cases:
        inside = [t for t in parse.tokens if start <= t.start < start + len(example)]
        words = {t.lemma.lower() for t in inside} | {t.text.lower() for t in inside}
        assert words & {*frame.verbs, *frame.nouns}, (frame.type, frame.id, example)
        start += len(example) + 2


@pytest.mark.parametrize(("lemma", "pos", "around", "want"), CHOSEN)
def test_predicates_find_their_frame(
    lemma: str, pos: plover.PartOfSpeech, around: dict[str, object], want: tuple[str, str | None] | None
) -> None:
    here = Around(**{k: v if isinstance(v, bool) else frozenset(v) for k, v in around.items()})  # type: ignore[arg-type, call-overload]
    found = next((f for f in plover.frames_for(lemma, pos) if plover.fits(f, here)), None)
    assert (found and (found.type, found.mode)) == want
