"""Acts as news prose tells them: who is meant by names, appositions and phrases that take up what was told before."""

import pytest

from dragoman import app
from dragoman.records import EventMention

DAY = "2024-06-12"


def told(text: str, kind: str) -> list[EventMention]:
    return [m for m in app.read(text.replace("| ", "\n\n"), published=DAY).mentions if kind in (m.type, m.act)]


def sides(m: EventMention) -> tuple[str, str]:
    return tuple(" ".join(sorted(p.country or "-" for p in side)) for side in (m.actors, m.recipients))  # type: ignore[return-value]


PARTIES = [  # text (| opens a paragraph), type or act, countries that act, countries acted upon; of some mention of that kind
    (
        "A telephone conversation was held between Peruvian President Ana Ledesma and Rosa Quintanar, the Bolivian president.",
        "CONSULT", "BOL PER", "",
    ),
    (
        "Jan Hrusak, the Czech trade minister, and Polish Trade Minister Adam Wilk will meet in Basel on Monday.",
        "CONSULT", "CZE POL", "",
    ),
    (
        "The Kenyan premier, Peter Oduor, received Grace Banda, the Malawian premier.| Oduor held a meeting with Banda in Oslo.",
        "CONSULT", "KEN MWI", "",
    ),
    ("Sudanese aircraft bombed Abeche. At least nine people were killed in the Sudanese attack on Abeche.", "ASSAULT", "SDN", "TCD"),
    ("Malta seized the Red Heron, a Greek tanker.| The Red Heron was seized off Gozo.", "COERCE", "MLT", "GRC"),
    ("Peru detained five Chilean sailors in May.| The five sailors were released without charge by Peru.", "RETREAT", "PER", "CHL"),
    ("The drone strike by Kenyan forces killed four people.", "ASSAULT", "KEN", "-"),
    ("Canada imposed sanctions on Cuba in May.| The sanctions on Cuba took effect at noon.", "SANCTION", "CAN", "CUB"),
    ("Ana Ledesma, the Peruvian president, telephoned Rosa Quintanar, the Bolivian president.| The call touched on water.", "CONSULT", "BOL PER", ""),
    ("The talks with Bolivia were hard, the Peruvian foreign minister said.", "CONSULT", "BOL PER", ""),
    ("Peru asked Chile to extradite Luis Barra, a banker.| Chile refused to extradite Barra.", "REJECT", "CHL", "PER"),
    ("The Polish and the Czech trade minister met in Basel.| The two ministers met again in Oslo.", "CONSULT", "CZE POL", ""),
    ("Peruvian President Ana Ledesma spoke by telephone with Rosa Quintanar, the Bolivian president.", "CONSULT", "BOL PER", ""),
    ("Negotiators from Kenya and Malawi met in Oslo on Friday.", "CONSULT", "KEN MWI", ""),
    ("Peru and Chile agreed on a fishing treaty.| The Chilean parliament ratified the fishing treaty by 40 votes to 3.", "SUPPORT", "CHL", "PER"),
    ("Kenya received 300 tonnes of rice from Japan.", "AID", "JPN", "KEN"),
    ("Japan placed two Cuban banks under sanctions.", "SANCTION", "JPN", "CUB"),
    ("Japan imposed sanctions on twelve senior officials from Belarus.", "SANCTION", "JPN", "BLR"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "actors", "recipients"), PARTIES, ids=[c[0][:40] for c in PARTIES])
def test_who_does_it_to_whom(text: str, kind: str, actors: str, recipients: str) -> None:
    assert (actors, recipients) in [sides(m) for m in told(text, kind)]


ACTS = [  # text, type, act, status of some mention
    ("Japanese rice arrived in Kenya on Friday.", "AID", "AID", "occurred"),
    ("Three hundred tonnes of rice from Japan were unloaded in Mombasa.", "AID", "AID", "occurred"),
    ("Japan transferred $20 million to Kenya.", "AID", "AID", "occurred"),
    ("Kenya and Malawi began work on a railway.", "COOPERATE", "COOPERATE", "occurred"),
    ("Kenya broke ground with Malawi on a dam.", "COOPERATE", "COOPERATE", "occurred"),
    ("Kenya stopped work on the railway with Malawi.", "SANCTION", "SANCTION", "occurred"),
    ("Kenya put the railway with Malawi on hold.", "SANCTION", "SANCTION", "occurred"),
    ("Japan added three firms from Cuba to its sanctions list.", "SANCTION", "SANCTION", "occurred"),
    ("Japan blacklisted three Cuban firms.", "SANCTION", "SANCTION", "occurred"),
    ("Japan took three Cuban firms off its sanctions list.", "CONCEDE", "CONCEDE", "occurred"),
    ("Cuba welcomed the lifting of the sanctions by Japan.", "CONCEDE", "SANCTION", "occurred"),
    ("Peru ordered four Chilean diplomats to leave.", "SANCTION", "SANCTION", "occurred"),
    ("Four Chilean diplomats were ordered out by Peru.", "SANCTION", "SANCTION", "occurred"),
    ("Peru declared four Chilean diplomats persona non grata.", "SANCTION", "SANCTION", "occurred"),
    ("Peru sent four Chilean diplomats home.", "SANCTION", "SANCTION", "occurred"),
    ("Peru let the five Chilean sailors go.", "RETREAT", "RETREAT", "occurred"),
    ("Peru handed the five sailors back to Chile.", "RETREAT", "RETREAT", "occurred"),
    ("Malta seized a Greek trawler off Gozo.", "COERCE", "COERCE", "occurred"),
    ("Kenya proposed a fishing agreement to Malawi.", "AGREE", "AGREE", "occurred"),
    ("Kenya put forward a draft agreement on fishing.", "AGREE", "AGREE", "occurred"),
    ("A proposal for a customs agreement was sent by Kenya to Malawi.", "AGREE", "AGREE", "occurred"),
    ("The ratification of the fishing agreement by Kenya came on Friday.", "SUPPORT", "SUPPORT", "occurred"),
    ("Japan pledged $40 million to Kenya.", "AGREE", "AID", "planned"),
    ("Japan has promised to give Kenya $40 million.", "AGREE", "AID", "planned"),
    ("A pledge of 300 tonnes of rice was made by Japan to Kenya.", "AGREE", "AID", "planned"),
    ("Peru cancelled a visit by its foreign minister to Chile.", "REJECT", "REJECT", "cancelled"),
    ("Japan called off a shipment of rice to Kenya.", "SANCTION", "AID", "cancelled"),
    ('"We did not attack Abeche," the Sudanese defence ministry said.', "ASSAULT", "ASSAULT", "denied"),
]


@pytest.mark.parametrize(("text", "kind", "act", "status"), ACTS, ids=[c[0][:40] for c in ACTS])
def test_what_is_told(text: str, kind: str, act: str, status: str) -> None:
    found = app.read(text, published=DAY).mentions
    assert (kind, act, status) in [(m.type, m.act, m.status) for m in found], [(m.type, m.act, m.status) for m in found]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is very old, said an official who asked not to be named.",
        "The bridge is very old, people with knowledge of the talks said.",
        "The bridge is very old, according to a diplomat briefed on the negotiations.",
    ],
)
def test_who_speaks_is_no_act(text: str) -> None:
    assert app.read(text, published=DAY).mentions == ()
