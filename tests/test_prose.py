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
    ("Japan imposed sanctions on twelve senior officials from Belarus.", "SANCTION", "JPN", "BLR"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "actors", "recipients"), PARTIES, ids=[c[0][:40] for c in PARTIES])
def test_who_does_it_to_whom(text: str, kind: str, actors: str, recipients: str) -> None:
    assert (actors, recipients) in [sides(m) for m in told(text, kind)]
