"""Parties in sentences: who is named, which state and sectors, who a pronoun is, and when dragoman declines to say."""

import itertools

import pytest

from dragoman.annotate.actors import actors_of_text, find_actors
from dragoman.annotate.syntax import parse_text
from dragoman.records import ActorMention
from dragoman.scheme.actors import in_office, lexicon, pieces, standing
from dragoman.scheme.actors_towns import town_country

DAY = "2025-03-07"


def named(text: str, words: str, published: str = DAY) -> list[ActorMention]:
    return [m for m in actors_of_text(text, published) if m.text == words]


PARTIES = [  # sentence, words of the mention, name, country, main sector
    (
        "Syrian President Ahmed al-Sharaa met reporters.",
        "Syrian President Ahmed al-Sharaa",
        "Ahmed al-Sharaa",
        "SYR",
        "GOV",
    ),
    ("Damascus signalled that it would reopen talks.", "Damascus", "Syria", "SYR", "GOV"),
    ("Washington imposed sanctions on Tehran.", "Washington", "United States", "USA", "GOV"),
    ("The Kremlin said on Friday that nothing had changed.", "The Kremlin", "Russia", "RUS", "GOV"),
    (
        "A senior Russian diplomat visited Damascus in January.",
        "senior Russian diplomat",
        "senior Russian diplomat",
        "RUS",
        "GOV",
    ),
    ("Fighters of Hayat Tahrir al-Sham took the town.", "Hayat Tahrir al-Sham", "Hayat Tahrir al-Sham", "SYR", "REB"),
    (
        "Chile's Defense Ministry published a report.",
        "Chile's Defense Ministry",
        "Chile's Defense Ministry",
        "CHL",
        "GOV",
    ),
    ("Ukrainian farmers blocked the crossing.", "Ukrainian farmers", "Ukrainian farmers", "UKR", "AGR"),
    ("The Moldovan police arrested a smuggler.", "Moldovan police", "Moldovan police", "MDA", "COP"),
    ("The U.S. Treasury named two banks.", "U.S. Treasury", "US Treasury", "USA", "GOV"),
    ("The European Union froze the funds.", "European Union", "European Union", "EUR", None),
    ("The United Nations sent observers.", "United Nations", "United Nations", "UNO", None),
    ("NATO moved its headquarters staff.", "NATO", "NATO", "IGO", "MIL"),
    ("Germany grounded Mahan Air on Monday.", "Mahan Air", "Mahan Air", "IRN", "BUS"),
    ("Shanghai police closed the street.", "Shanghai police", "Shanghai police", "CHN", "COP"),
    ("Members of the Knesset walked out.", "Members", "Knesset", "ISR", "LEG"),
    (
        "The Tunisian League for the Defence of Fishermen condemned it.",
        "Tunisian League for the Defence of Fishermen",
        "Tunisian League for the Defence of Fishermen",
        "TUN",
        "CVL",
    ),
    (
        "The National Directorate of Harbours closed a pier.",
        "National Directorate of Harbours",
        "National Directorate of Harbours",
        None,
        "GOV",
    ),
    (
        "The Federal Harbour Office of Germany closed a pier.",
        "Federal Harbour Office",
        "Federal Harbour Office",
        "DEU",
        "GOV",
    ),
    (
        "French Ambassador to Mali Jane Testley left.",
        "French Ambassador to Mali Jane Testley",
        "Jane Testley",
        "FRA",
        "GOV",
    ),
    ("The Chilean League on Monday praised Peru.", "Chilean League", "Chilean League", "CHL", "CVL"),
    ("Seven members states had bid for the seat.", "Seven members states", "Seven members states", None, "GOV"),
    ("Ruritania Shipping Ltd bought two tankers.", "Ruritania Shipping Ltd", "Ruritania Shipping Ltd", None, "BUS"),
    (
        "Foreign Minister Pavlo Testenko of Ukraine resigned.",
        "Foreign Minister Pavlo Testenko",
        "Pavlo Testenko",
        "UKR",
        "GOV",
    ),
]


@pytest.mark.parametrize(("text", "words", "name", "country", "sector"), PARTIES)
def test_a_party_has_its_name_state_and_sector(
    text: str, words: str, name: str, country: str | None, sector: str | None
) -> None:
    found = named(text, words)
    assert found, [m.text for m in actors_of_text(text, DAY)]
    assert (found[0].name, found[0].country, (*found[0].sectors, None)[0]) == (name, country, sector)


MODIFIERS = [  # a thing's owner is a state mention on its own token, for "U.S. sanctions" are sanctions by the U.S.
    ("The tanker is under U.S. sanctions.", "U.S.", "USA"),
    ("Russian bases stay open.", "Russian", "RUS"),
    ("Turkish military operations went on.", "Turkish", "TUR"),
    ("They paid with Russian-printed currency.", "Russian", "RUS"),
    ("Russia's bases stay open.", "Russia", "RUS"),
    ("European sanctions hurt the bank.", "European", "EUR"),
]


@pytest.mark.parametrize(("text", "words", "country"), MODIFIERS)
def test_a_state_named_before_a_thing_is_found(text: str, words: str, country: str) -> None:
    assert [(m.country, m.kind) for m in named(text, words)] == [(country, "state")]


PLACES = [  # the capital is a place here, no party
    ("Assad fled to Moscow.", "Moscow"),
    ("The minister spoke in Damascus.", "Damascus"),
    ("He visited Ankara in May.", "Ankara"),
    ("The cash arrived at Damascus airport.", "Damascus"),
    ("Ships gathered in the Gulf of Oman.", "Oman"),
    ("turkey is eaten at Christmas", "turkey"),
    ("He told us to wait.", "us"),
]


@pytest.mark.parametrize(("text", "words"), PLACES)
def test_a_place_is_no_party(text: str, words: str) -> None:
    assert not named(text, words)


PHRASES = [  # phrase, country, main sector: a common noun has sectors and no state
    ("soldier", None, "MIL"),
    ("smuggling gang", None, "CRM"),
    ("a disgraced former minister", None, "ELI"),
    ("retired vice president", None, "ELI"),
    ("American warplanes", "USA", "MIL"),
    ("a group of thieves", None, "CRM"),
    ("president of the Riigikogu", "EST", "LEG"),
    ("authorities", None, "GOV"),
    ("people in the UK", "GBR", "CVL"),
    ("members of SANDF", "ZAF", "MIL"),
    ("Abkhazia", "GEO", "PRE"),
    ("foreign forces", None, "MIL"),
]


@pytest.mark.parametrize(("phrase", "country", "sector"), PHRASES)
def test_a_bare_phrase(phrase: str, country: str | None, sector: str) -> None:
    first = actors_of_text(phrase, "2022-06-01")[0]
    assert (first.country, first.sectors[:1]) == (country, (sector,))


OFFICES = [  # who, on which day, main sector, role
    ("Trump", "2019-04-01", "GOV", "president"),
    ("Trump", "2022-04-01", "ELI", "president"),
    ("Angela Merkel", "2021-11-01", "GOV", "chancellor"),
    ("Angela Merkel", "2022-01-10", "ELI", "chancellor"),
    ("Dmitry Medvedev", "2010-05-05", "GOV", "president"),
    ("Dmitry Medvedev", "2015-05-05", "GOV", "prime minister"),
    ("Taliban", "2002-05-01", "REB", None),
    ("Taliban", "2022-05-01", "GOV", None),
]


@pytest.mark.parametrize(("name", "day", "sector", "role"), OFFICES)
def test_an_office_is_read_on_the_day_of_publication(name: str, day: str, sector: str, role: str | None) -> None:
    first = actors_of_text(name, day)[0]
    assert (first.sectors[0], first.role) == (sector, role)


REFERENCES = [  # text, words, whom they stand for
    ("Russia said that it would keep its bases.", "it", "Russia"),
    ("Russia said that it would keep its bases.", "its", "Russia"),
    ("President Vladimir Putin spoke first. He left early.", "He", "Vladimir Putin"),
    ("Theresa May resigned after she lost the vote.", "she", "Theresa May"),
    ("Mahan Air flies to Spain. The airline was founded in 1992.", "The airline", "Mahan Air"),
    ("Hungary has grown. The country joined the alliance.", "The country", "Hungary"),
    ("Carrie Lam apologised. Lam had resisted for weeks.", "Lam", "Carrie Lam"),
    ("Syrian President Bashar al-Assad left. Assad had ruled for years.", "Assad", "Bashar al-Assad"),
    ("To modernize its army, Hungary bought helicopters.", "its", "Hungary"),
    ("The Kurdistan Workers' Party (PKK) is banned.", "PKK", "Kurdistan Workers' Party"),
]


@pytest.mark.parametrize(("text", "words", "name"), REFERENCES)
def test_a_reference_finds_its_party(text: str, words: str, name: str) -> None:
    assert [m.name for m in named(text, words, "2019-06-01")] == [name]


UNCLEAR = [  # nothing plain to stand for
    ("It is clear that talks failed.", "It"),
    ("He left early.", "He"),
    ("Vladimir Putin and Emmanuel Macron met in Sochi. He left early.", "He"),
]


@pytest.mark.parametrize(("text", "words"), UNCLEAR)
def test_an_unclear_reference_is_left_alone(text: str, words: str) -> None:
    assert not named(text, words)


def test_joined_parties_are_apart_each_with_its_own_head() -> None:
    text = "Turkey and Russia agreed, and Saudi Arabia and the United States protested."
    parse = parse_text(text)
    found = find_actors(parse, DAY)
    assert [(m.country, parse.tokens[m.head].text) for m in found] == [
        ("TUR", "Turkey"), ("RUS", "Russia"), ("SAU", "Arabia"), ("USA", "States"),
    ]  # fmt: skip


def test_the_two_nations_are_two_parties_on_one_span() -> None:
    found = [m for m in actors_of_text("Russia wrote to Syria. The two nations will talk.", DAY) if m.basis == "pair"]
    assert {m.country for m in found} == {"RUS", "SYR"}
    assert len({(m.start, m.end) for m in found}) == 1


def test_a_bloc_is_none_of_two_nations() -> None:
    text = "Russia wrote to Syria, European officials said. The two nations will talk."
    found = [m for m in actors_of_text(text, DAY) if m.basis == "pair"]
    assert {m.country for m in found} == {"RUS", "SYR"}


def test_officials_of_two_states_are_two_parties() -> None:
    found = named("European and Syrian officials confirmed it.", "European and Syrian officials")
    assert [m.country for m in found] == ["EUR", "SYR"]


def test_the_navies_of_three_states_are_three_parties() -> None:
    found = named("The navies of China, India and Oman held a drill.", "navies")
    assert [m.country for m in found] == ["CHN", "IND", "OMN"]
    found = named("The navy of China and the ports of India were closed.", "navy")
    assert [m.country for m in found] == ["CHN"]


def test_bare_bodies_belong_to_the_state_in_play() -> None:
    found = actors_of_text("Benin held a vote. The government praised the army.", DAY)
    assert [(m.text, m.country) for m in found] == [("Benin", "BEN"), ("government", "BEN"), ("army", "BEN")]


def test_an_apposition_gives_name_and_office() -> None:
    found = actors_of_text("Jane Testley, the Canadian defence minister, resigned.", DAY)
    assert [(m.name, m.country) for m in found] == [("Jane Testley", "CAN")] * 2


def test_spans_hold_and_top_mentions_do_not_overlap() -> None:
    text = (
        "US Secretary of State Mike Pompeo met members of the Afghan Taliban in Doha; both sides praised Qatar’s help."
    )
    found = actors_of_text(text, "2020-09-12")
    assert found
    assert all(text[m.start : m.end] == m.text for m in found)
    pairs = itertools.pairwise(found)
    assert all(a.end <= b.start or (a.start, a.end) == (b.start, b.end) for a, b in pairs)


def test_reading_twice_gives_the_same() -> None:
    text = "Russia, Iran and Turkey met in Astana. They invited the UN envoy."
    assert actors_of_text(text, DAY) == actors_of_text(text, DAY)


def test_empty_and_foreign_texts_have_no_parties() -> None:
    assert actors_of_text("", DAY) == []
    assert actors_of_text("   \n\n  ", None) == []


# ---------------------------------------------------------------- the lexicon itself
def test_every_tenure_ends_after_it_begins() -> None:
    people = {e for found in lexicon().entries.values() for e in found if e.kind == "person"}
    assert len(people) > 900
    for e in people:
        for t in e.tenures:
            assert not (t.since and t.until) or t.since <= t.until, (e.name, t)


def test_nobody_but_heirs_of_one_office_holds_it_twice_over() -> None:
    """One state has one prime minister at a time: overlaps are slips in the dates, but where two governments stood."""
    rivals = {"LBY", "CIV"}
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    people = sorted({e for v in lexicon().entries.values() for e in v if e.kind == "person"}, key=lambda e: e.name)
    for e in people:
        for t in e.tenures:
            if t.role in ("prime minister", "chancellor", "foreign minister") and e.country and e.country not in rivals:
                held.setdefault((e.country, t.role), []).append((t.since, t.until or "9999", e.name))
    for office, terms in held.items():
        for (_, until, a), (since, _, b) in itertools.pairwise(sorted(terms)):
            assert until[:7] <= since[:7] or a == b, (office, a, b)


def test_offices_by_date() -> None:
    putin = lexicon().entries[pieces("Vladimir Putin")][0]
    held = standing(putin, "2009-01-01")
    assert held is not None
    assert held.role == "prime minister"
    assert not in_office(held, "2013-01-01")


@pytest.mark.parametrize(("town", "country"), [("Minsk", "BLR"), ("Shanghai", "CHN"), ("Nowhereville", None)])
def test_the_state_of_a_town(town: str, country: str | None) -> None:
    assert town_country(town) == country
