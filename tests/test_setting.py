"""When and where: the day and the place that each act is given, and the days and places it must not be given."""

import pytest

from dragoman import app
from dragoman.records import EventMention

PUBLISHED = "2023-03-15"  # a Wednesday

# text, the predicate as it stands there, its day in EDTF (None: no day may be given)
WHEN = [
    ("ASMARA, June 7 (Reuters) - Ethiopia bombarded Senafe.", "bombarded", None),
    ("HANOI, April 26 — Indonesia seized the Good Hope on Friday.", "seized", "2023-03-10"),
    ("On Wednesday Norway met Sweden - a first.", "met", "2023-03-15"),
    # the act's own words and those of its clause
    ("Chad expelled two diplomats on Monday.", "expelled", "2023-03-13"),
    ("To please its allies, in 2021, Chad lifted the ban on the party.", "lifted", "2021"),
    ("When announcing the budget on Monday, the premier called on banks to lend more.", "called", "2023-03-13"),
    ("On Monday, students gathered outside the ministry, blocking the exits.", "blocking", "2023-03-13"),
    ("Kenya responded on Monday by expelling the Sudanese envoy.", "expelling", "2023-03-13"),
    ("In January, the envoy helped free the prisoners in Niger.", "free", "2023-01"),
    ("The senate voted to condemn Belarus on Monday.", "voted", "2023-03-13"),
    ("Two soldiers were killed and six were wounded in a raid on Monday.", "killed", "2023-03-13"),
    ("Two soldiers were killed in a bombing that took place on March 2.", "killed", "2023-03-02"),
    ("A bombing in Lahore in January killed ten people.", "killed", "2023-01"),
    ("The quarrel led to a shutdown of the government lasting several weeks in January.", "shutdown", "2023-01"),
    ("Workers have been on strike since January, when the government proposed the bill.", "proposed", "2023-01"),
    ("The commission is scheduled to meet the Turkish minister on Friday.", "scheduled", "2023-03-17"),
    ("The inquiry looks into the killing of a priest by soldiers in January.", "killing", "2023-01"),
    ("The army withdrew its troops after March 2.", "withdrew", "2023-03-02/.."),
    # the day of something else
    ("Chad expelled two diplomats after Monday's vote.", "expelled", None),
    ("The minister condemned the events of last week.", "condemned", None),
    ("Greece has supported the embargo since it joined the union in 1981.", "supported", None),
    ("Peru recalled its envoy. The quarrel began on Monday.", "recalled", None),
    ("Chad promised on Monday to release the prisoners.", "promised", "2023-03-13"),
    ("Russia said on Monday that it would withdraw its troops.", "withdraw", "2023-03-13"),
    ("Officials said on Monday that Chad had jailed the editor.", "jailed", None),
    # the day of speaking, which a speaker's own today and yesterday are reckoned from
    ('"We arrested four officers yesterday," the Chadian minister said on Monday.', "arrested", "2023-03-12"),
    ('"We arrested four officers yesterday," the Chadian minister said.', "arrested", None),
    (
        "President Hakainde Hichilema said on Monday that Zambia wanted peace. He also condemned the coup in Niger.",
        "condemned",
        "2023-03-13",
    ),
    (
        "President Hakainde Hichilema said on Monday that Zambia wanted peace. He had condemned the coup in Niger.",
        "condemned",
        None,
    ),
    (
        "President Hakainde Hichilema said on Monday that Zambia wanted peace. Angola also condemned the coup in Niger.",
        "condemned",
        None,
    ),
    # told again
    (
        "On Monday, nine states filed a lawsuit against the president. The lawsuit was filed in a court in Ohio.",
        "filed",
        "2023-03-13",
    ),
]

# text, predicate, name of the place, its words in the text
WHERE = [
    ("Rebels bombed a market in Goma.", "bombed", "Goma", "Goma"),
    ("A bomb blast struck Goma Cathedral in North Kivu.", "blast", None, "Goma Cathedral"),
    ("The soldiers were arrested at Nairobi airport.", "arrested", "Nairobi", "Nairobi airport"),
    ("Students protested outside the National Assembly Complex.", "protested", None, "National Assembly Complex"),
    ("The Lyon bombing killed three people.", "killed", "Lyon", "Lyon"),
    ("Army planes attacked rebels in the town of Bunia.", "attacked", "Bunia", None),
    ("Soldiers attacked rebels north of Bunia.", "attacked", "Bunia", "north of Bunia"),
    ("A string of suicide bombings took place in Kampala.", "bombings", "Kampala", "Kampala"),
    ("In Chad, where the army rules, two editors were jailed.", "jailed", "Chad", "Chad"),
    ("Protesters gathered in Accra and threw stones at the police.", "threw", "Accra", "Accra"),
    ("France banned the airline from landing in the country.", "banned", "France", "the country"),
    ("Ghana called for a buffer zone to be set up north of Bunia.", "called", "Bunia", "north of Bunia"),
    ("The bomb was found in Tunis. An attack in the capital in 2015 killed ten people.", "killed", "Tunis", "capital"),
    ("The government of Samoa declared a state of emergency.", "declared", "Samoa", None),
    ("Uganda hosts a million Congolese refugees.", "hosts", "Uganda", None),
    # who acts, is asked or given to is no place; nor is what a name is made of
    ("Moscow condemned the raid.", "condemned", None, None),
    ("Denmark ceded the islands to Norway.", "ceded", None, None),
    ("Chad urged Khartoum to free the prisoners.", "urged", None, None),
    ("The minister arrested for fraud spoke in Norway's interest.", "arrested", None, None),
]


def told(text: str, predicate: str) -> EventMention:
    found = [m for m in app.read(text, published=PUBLISHED).mentions if m.predicate.text == predicate]
    assert found, f"no mention at {predicate!r}"
    return found[-1]


@pytest.mark.parametrize(("text", "predicate", "day"), WHEN, ids=[t for t, _, _ in WHEN])
def test_when(text: str, predicate: str, day: str | None) -> None:
    when = told(text, predicate).when
    assert (when.edtf if when is not None else None) == day


@pytest.mark.parametrize(("text", "predicate", "name", "words"), WHERE, ids=[t for t, *_ in WHERE])
def test_where(text: str, predicate: str, name: str | None, words: str | None) -> None:
    where = told(text, predicate).where
    if name is None and words is None:
        assert where is None
    else:
        assert where is not None
        assert name is None or where.name == name
        assert words is None or where.text == words
        assert text[where.start : where.end] == where.text
