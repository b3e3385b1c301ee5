"""Time expressions in whole sentences: extent, type, TIMEX3 value, EDTF and basis."""

import time
from itertools import pairwise

import pytest

from dragoman.annotate.times import times_of_text
from dragoman.annotate.times_grammar import candidates, expression
from dragoman.records import TimeExpression
from dragoman.scheme.calendar import Pattern, patterns

FRIDAY = "2025-03-07"


def only(text: str, published: str | None = FRIDAY) -> TimeExpression:
    found = times_of_text(text, published)
    assert len(found) == 1, [(t.text, t.value) for t in found]
    assert text[found[0].start : found[0].end] == found[0].text
    return found[0]


@pytest.mark.parametrize("pattern", [p for p in patterns() if p.example], ids=lambda p: p.name)
def test_every_pattern_matches_its_example(pattern: Pattern) -> None:
    regex = expression(pattern)
    tails = ("", " after the vote", " ended March 31")  # some patterns look at the word that follows
    hits = [m for m in (regex.match(pattern.example + tail) for tail in tails) if m]
    assert any(m[0] == pattern.example for m in hits)


ABSOLUTE = [
    ("The two states signed the pact on February 12, 2019.", "February 12, 2019", "2019-02-12", "2019-02-12"),
    ("The two states signed the pact on 12 February 2019.", "12 February 2019", "2019-02-12", "2019-02-12"),
    ("The pact was signed on the 5th of March 2021.", "the 5th of March 2021", "2021-03-05", "2021-03-05"),
    ("Talks were held from March 3-5, 2021.", "March 3-5, 2021", "2021-03-03", "2021-03-03/2021-03-05"),
    ("Talks were held on March 3-5, 2021.", "March 3-5, 2021", "2021-03-03", "2021-03-03/2021-03-05"),
    ("The note is dated 2019-03-04.", "2019-03-04", "2019-03-04", "2019-03-04"),
    ("The treaty entered into force in early March 2019.", "early March 2019", "2019-03", "2019-03"),
    ("The war began in 2011.", "2011", "2011", "2011"),
    ("The country has been under sanctions since 2011.", "2011", "2011", "2011/.."),
    ("The bank closed in early 2018.", "early 2018", "2018", "2018-01/2018-03"),
    ("The bank has been closed since late 2018.", "late 2018", "2018", "2018-10/.."),
    ("By 2010 the army had been disarmed.", "2010", "2010", "../2010"),
    ("The bank will pay in 2030 or later.", "2030 or later", "2030", "2030/.."),
    ("The war of 2011-2015 ruined the town.", "2011-2015", "2011", "2011/2015"),
    ("The border was closed in the 1990s.", "the 1990s", "199", "199X"),
    ("The dispute goes back to the 19th century.", "the 19th century", "18", "18XX"),
    ("Exports fell in the third quarter of 2019.", "the third quarter of 2019", "2019-Q3", "2019-07/2019-09"),
    ("The offensive began in the winter of 1994.", "the winter of 1994", "1994-WI", "1994-24"),
    ("He took office in nineteen ninety-six.", "nineteen ninety-six", "1996", "1996"),
    ("They met on Christmas Eve 2020.", "Christmas Eve 2020", "2020-12-24", "2020-12-24"),
]


@pytest.mark.parametrize(("text", "words", "value", "edtf"), ABSOLUTE)
def test_absolute_dates(text: str, words: str, value: str, edtf: str) -> None:
    for published in (FRIDAY, None):
        found = only(text, published)
        assert (found.text, found.type, found.value, found.edtf) == (words, "DATE", value, edtf)
        assert found.basis == "absolute"


RELATIVE = [
    ("The minister resigned yesterday.", "yesterday", "2025-03-06", "2025-03-06"),
    ("Syria received the shipment on Wednesday.", "Wednesday", "2025-03-05", "2025-03-05"),
    ("The presidents will meet on Wednesday.", "Wednesday", "2025-03-12", "2025-03-12"),
    ("The envoys are expected to meet on Monday.", "Monday", "2025-03-10", "2025-03-10"),
    ("The envoys met on Friday.", "Friday", "2025-03-07", "2025-03-07"),
    ("Parliament voted last Friday.", "last Friday", "2025-02-28", "2025-02-28"),
    ("The diplomat visited Damascus in January.", "January", "2025-01", "2025-01"),
    ("The diplomat visited Damascus in October.", "October", "2024-10", "2024-10"),
    ("The diplomat will visit Damascus in October.", "October", "2025-10", "2025-10"),
    ("The presidents spoke on February 12.", "February 12", "2025-02-12", "2025-02-12"),
    ("The fleet left the port last year.", "last year", "2024", "2024"),
    ("The envoy arrived last week.", "last week", "2025-W09", "2025-02-24/2025-03-02"),
    ("The plan will be unveiled later this week.", "later this week", "2025-W10", "2025-03-03/2025-03-09"),
    ("The summit will open next month.", "next month", "2025-04", "2025-04"),
    ("The union widened its list earlier in the month.", "earlier in the month", "2025-03", "2025-03"),
    ("The court ruled last February.", "last February", "2024-02", "2024-02"),
    ("The law takes force next Wednesday, March 12.", "next Wednesday, March 12", "2025-03-12", "2025-03-12"),
    ("The March summit failed.", "March", "2025-03", "2025-03"),
    ("Leaders Of Both States Will Meet In Paris This Week.", "This Week", "2025-W10", "2025-03-03/2025-03-09"),
    ("He fled three months ago.", "three months ago", "2024-12", "2024-12"),
    ("The strike came about a week ago.", "about a week ago", "2025-W09", "2025-02-28~"),
    ("The ship was seized ten days ago.", "ten days ago", "2025-02-25", "2025-02-25"),
    ("The court ruled last August.", "last August", "2024-08", "2024-08"),
    ("The army moved last summer.", "last summer", "2024-SU", "2024-22"),
    ("The tariff, effective April 1, was signed.", "April 1", "2025-04-01", "2025-04-01/.."),
    ("The parties must agree by October 31.", "October 31", "2025-10-31", "../2025-10-31"),
    ("The work is to be done around November 1.", "around November 1", "2025-11-01", "2025-11-01~"),
    ("The envoys met this past weekend.", "this past weekend", "2025-W09-WE", "2025-03-01/2025-03-02"),
    (
        "The pact will replace the one of this past weekend.",
        "this past weekend",
        "2025-W09-WE",
        "2025-03-01/2025-03-02",
    ),
    ("The port was shelled this past week.", "this past week", "2025-W10", "2025-03-03/2025-03-09"),
    ("The fleet left late last year.", "late last year", "2024", "2024-10/2024-12"),
    ("The camp was emptied the day before last Tuesday.", "the day before last Tuesday", "2025-03-03", "2025-03-03"),
    ("The army will leave the day after Easter.", "the day after Easter", "2025-04-21", "2025-04-21"),
    ("The pope will speak in Easter week.", "Easter week", "2025-W16", "2025-04-14/2025-04-20"),
    ("The fleet left on Labor Day weekend.", "Labor Day weekend", "2024-W35-WE", "2024-08-31/2024-09-01"),
    ("The army shelled the port in the early hours of Monday.", "Monday", "2025-03-03", "2025-03-03"),
    ("He left two Sundays ago.", "two Sundays ago", "2025-02-23", "2025-02-23"),
    ("The plant will close by year-end.", "year-end", "2025-12-31", "../2025-12-31"),
    ("The plant will close by the year's end.", "the year's end", "2025", "../2025-12-31"),
    ("Prices have risen since year-end.", "year-end", "2024-12-31", "2024-12-31/.."),
    ("The army shelled the port during the day Thursday.", "Thursday", "2025-03-06", "2025-03-06"),
]


@pytest.mark.parametrize(("text", "words", "value", "edtf"), RELATIVE)
def test_dates_relative_to_publication(text: str, words: str, value: str, edtf: str) -> None:
    found = only(text)
    assert (found.text, found.value, found.edtf) == (words, value, edtf)
    assert found.basis in {"publication", "tense"}
    assert only(text, None).edtf is None
    assert only(text, None).basis == "unresolved"


ANCHORED = [
    ("They spoke on February 12. Two days later, the cash arrived.", "Two days later", "2025-02-14"),
    ("They spoke on February 12. The following day the envoy left.", "The following day", "2025-02-13"),
    ("The war began in 1998. That year the port was closed.", "That year", "1998"),
    ("The pact was signed on May 3, 2010. The previous week the border had opened.", "The previous week", "2010-W17"),
    ("The fleet came in June 2015. Two years earlier it had left.", "Two years earlier", "2013"),
    ("On 3 May 2010 they met. The rebels had left the night before.", "the night before", "2010-05-02TNI"),
]


@pytest.mark.parametrize(("text", "words", "value"), ANCHORED)
def test_dates_relative_to_the_event_before(text: str, words: str, value: str) -> None:
    found = times_of_text(text, FRIDAY)[-1]
    assert (found.text, found.value, found.basis) == (words, value, "event-before")


def test_without_an_earlier_time_a_shift_stays_unresolved() -> None:
    found = only("Two days later the cash arrived.")
    assert (found.value, found.edtf, found.basis) == (None, None, "unresolved")


def test_a_week_after_dates_what_came_before() -> None:
    text = "The president spoke on Sunday. The speech came approximately one week after a strike on the refinery."
    found = times_of_text(text, "2025-03-10")[-1]
    assert (found.text, found.type, found.value, found.edtf) == (
        "approximately one week", "DURATION", "P1W", "2025-03-02~",
    )  # fmt: skip


LENGTHS = [
    ("The talks lasted two weeks.", "two weeks", "DURATION", "P2W"),
    ("The talks lasted nearly two years.", "nearly two years", "DURATION", "P2Y"),
    ("The truce held for a few days.", "a few days", "DURATION", "PXD"),
    ("They waited half an hour.", "half an hour", "DURATION", "PT30M"),
    ("The 13-year war is over.", "13-year", "DURATION", "P13Y"),
    ("The envoys meet every week.", "every week", "SET", "P1W"),
    ("The fleets drill annually.", "annually", "SET", "P1Y"),
    ("The paper appears daily.", "daily", "SET", "P1D"),
    ("They protest on Mondays.", "Mondays", "SET", "XXXX-WXX-1"),
    ("They are now at war.", "now", "DATE", "PRESENT_REF"),
    ("They recently met.", "recently", "DATE", "PAST_REF"),
    ("A few days later they fled.", "A few days", "DURATION", "PXD"),
    ("They watched the port for a three-year period.", "a three-year period", "DURATION", "P3Y"),
    ("They hope to meet soon.", "soon", "DATE", "FUTURE_REF"),
    ("An hour later they fled.", "An hour", "DURATION", "PT1H"),
    ("They met after a weekend of talks.", "a weekend", "DURATION", "P1WE"),
    ("A decades-old conflict ended.", "decades-old", "DURATION", "PXY"),
    ("Over the years many have fled.", "the years", "DURATION", "PXY"),
    ("After several quarters of losses the bank closed.", "several quarters", "DURATION", "PXQ"),
    ("The talks lasted three and a half years.", "three and a half years", "DURATION", "P3Y6M"),
    ("Banks close on weekends.", "weekends", "SET", "XXXX-WXX-WE"),
    ("The exiles will one day return.", "one day", "DATE", "FUTURE_REF"),
    ("The talks will last one day.", "one day", "DURATION", "P1D"),
    ("The loan is paid back over three years.", "three years", "DURATION", "P3Y"),
    ("The two day rally ended.", "two day", "DURATION", "P2D"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), LENGTHS)
def test_lengths_sets_and_references(text: str, words: str, kind: str, value: str) -> None:
    found = only(text)
    assert (found.text, found.type, found.value, found.edtf) == (words, kind, value, None)


def test_a_length_that_ends_with_publication_is_an_interval() -> None:
    found = only("They have negotiated the deal over the last four years.")
    assert (found.type, found.value, found.edtf) == ("DURATION", "P4Y", "2021/2025")
    found = only("They will negotiate the deal for the next couple of years.")
    assert (found.type, found.value, found.edtf) == ("DURATION", "P2Y", "2025/2027")


TERMS = [
    ("The troops will leave in two weeks.", "two weeks", "P2W", "2025-03-21~"),
    ("The troops will leave within three months.", "three months", "P3M", "../2025-06"),
    ("The troops left in two weeks.", "two weeks", "P2W", None),
    ("It will be the biggest cut in ten years.", "ten years", "P10Y", None),
    ("The field will be cleared within a week of the vote.", "a week", "P1W", None),
    ("Trade has grown over the past decade.", "the past decade", "P10Y", "2015/2025"),
    (
        "The envoy will come in the next two to three weeks.",
        "the next two to three weeks",
        "P2W",
        "2025-03-07/2025-03-21",
    ),
    ("In the last 24 hours three towns fell.", "the last 24 hours", "P1D", "2025-03-06/2025-03-07"),
]


@pytest.mark.parametrize(("text", "words", "value", "edtf"), TERMS)
def test_a_length_tells_when_something_will_be(text: str, words: str, value: str, edtf: str | None) -> None:
    found = only(text)
    assert (found.text, found.type, found.value, found.edtf) == (words, "DURATION", value, edtf)


def test_a_term_counts_from_the_day_that_the_sentence_names() -> None:
    found = times_of_text("He said on Monday that the troops will leave in two weeks.", FRIDAY)[-1]
    assert (found.text, found.edtf) == ("two weeks", "2025-03-17~")


DAYS_OF_ONE_MONTH = [
    ("The summit will be held on April 24 and 25.", [("April 24", "2025-04-24"), ("25", "2025-04-25")]),
    (
        "They met on April 24, 25 and 26, 1999, in Rome.",
        [("April 24", "1999-04-24"), ("25", "1999-04-25"), ("26, 1999", "1999-04-26")],
    ),
    ("On February 24 and 25 people died in Rome.", [("February 24", "2025-02-24")]),
]


@pytest.mark.parametrize(("text", "told"), DAYS_OF_ONE_MONTH)
def test_days_that_share_a_month(text: str, told: list[tuple[str, str]]) -> None:
    assert [(t.text, t.value) for t in times_of_text(text, FRIDAY)] == told


CLOCK = [
    ("The blast came at 10 p.m. Wednesday.", "10 p.m. Wednesday", "2025-03-05T22:00"),
    ("The deadline passed at noon on Thursday.", "noon on Thursday", "2025-03-06T12:00"),
    ("The premier spoke this morning.", "this morning", "2025-03-07TMO"),
    ("The shelling resumed last night.", "last night", "2025-03-06TNI"),
    ("They met on Tuesday evening.", "Tuesday evening", "2025-03-04TEV"),
    ("At about 8 o'clock on Monday night a bomb went off.", "about 8 o'clock on Monday night", "2025-03-03T20:00"),
    ("Forecasters predict landfall on Sunday morning.", "Sunday morning", "2025-03-09TMO"),
]


@pytest.mark.parametrize(("text", "words", "value"), CLOCK)
def test_times_of_day(text: str, words: str, value: str) -> None:
    found = only(text)
    assert (found.text, found.type, found.value) == (words, "TIME", value)


QUARTERS = [  # published on Thursday, 2 November 2023; the last expression counts
    ("The firm reported a third-quarter loss.", "third-quarter", "2023-Q3"),
    ("The firm cut jobs in its third quarter.", "third quarter", "2023-Q3"),
    ("The bank expects to report on the third quarter soon after the vote.", "the third quarter", "2023-Q3"),
    ("The ministry will pay in the first quarter.", "the first quarter", "2024-Q1"),
    ("It posted a jump in profit for the first half.", "the first half", "2023-H1"),
    ("It fears for fourth-quarter results. Sales fell in the latest quarter.", "the latest quarter", "2023-Q3"),
    ("Exports rose in the third quarter from 3 million tons a year earlier.", "a year earlier", "2022-Q3"),
    ("In the first nine months it lost 2 million, against 1 million in the 2022 period.", "the 2022 period", "2022"),
    ("Sales rose in the quarter ended June 30.", "June 30", "2023-06-30"),
    ("Sales rose in the year ended March 31.", "March 31", "2023-03-31"),
    (
        "It lost 2 million in the third quarter. It had won 1 million in last year's quarter.",
        "last year's quarter",
        "2022-Q3",
    ),
]


@pytest.mark.parametrize(("text", "words", "value"), QUARTERS)
def test_quarters_and_what_they_compare_with(text: str, words: str, value: str) -> None:
    found = times_of_text(text, "2023-11-02")[-1]
    assert (found.text, found.value) == (words, value)


PERIODS_THAT_ENDED = [
    ("Sales rose in the quarter ended June 30.", "the quarter", "DATE", "2023-Q2"),
    ("Sales rose in the quarter ended July 31.", "the quarter", "DATE", "2023-Q2"),
    ("Sales rose in the fiscal year ended March 31.", "the fiscal year", "DURATION", "P1Y"),
    ("A loss is forecast for the year ending June 30.", "the year", "DURATION", "P1Y"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), PERIODS_THAT_ENDED)
def test_a_period_that_ended_on_a_day(text: str, words: str, kind: str, value: str) -> None:
    found = times_of_text(text, "2023-11-02")[0]
    assert (found.text, found.type, found.value) == (words, kind, value)


DIRECTIONS = [  # published on a Friday
    ("The envoys meet in Geneva on Monday.", "Monday", "2025-03-10"),
    ("The union plans on Tuesday to open its list.", "Tuesday", "2025-03-11"),
    ("Troops were ready to leave as soon as Tuesday.", "Tuesday", "2025-03-11"),
    ("The summit was planned for late September.", "late September", "2025-09"),
    ("They announced an agreement to close the base in September.", "September", "2025-09"),
    ("The spokesman could not be reached on Thursday.", "Thursday", "2025-03-06"),
    ("No official could be reached on Thursday.", "Thursday", "2025-03-06"),
    ("The talks could resume on Thursday.", "Thursday", "2025-03-13"),
    ("Other talks have been planned until December.", "December", "2025-12"),
    ("The colonel was shot last Oct. 23 at his home.", "last Oct. 23", "2024-10-23"),
    ("Protesters planned a large rally in the capital on Sunday.", "Sunday", "2025-03-09"),
    ("The opposition has called a general strike for Thursday.", "Thursday", "2025-03-13"),
    ("The pope arrives on Monday.", "Monday", "2025-03-10"),
    ("The vote in the north is on Sunday.", "Sunday", "2025-03-09"),
    ("Turkey holds elections on Sunday.", "Sunday", "2025-03-09"),
    ("The paper reports that he fled on Monday.", "Monday", "2025-03-03"),
    ("The envoys plan talks on Tuesday.", "Tuesday", "2025-03-11"),
    ("The miners called for a strike on Thursday.", "Thursday", "2025-03-13"),
    ("He was jailed for October 23 attacks on the port.", "October 23", "2024-10-23"),
    ("He was jailed for Tuesday's attack on the port.", "Tuesday", "2025-03-04"),
    ("The death toll for Thursday rose to ten.", "Thursday", "2025-03-06"),
    ("The parties are supposed to conclude the talks by May.", "May", "2025-05"),
    ("A truce agreed on Sunday has collapsed.", "Sunday", "2025-03-02"),
    ("The raid ordered on Monday killed ten people.", "Monday", "2025-03-03"),
    ("The minister offered on Monday to resign.", "Monday", "2025-03-03"),
    ("The index left its record set on September 6 behind.", "September 6", "2024-09-06"),
    ("They will discuss Monday's attack.", "Monday", "2025-03-03"),
    ("Washington announced new tariffs on steel, to be levied on 22 August.", "22 August", "2025-08-22"),
    ("Washington announced new tariffs on steel, to take effect on 22 August.", "22 August", "2025-08-22"),
    ("The law takes effect on October 1.", "October 1", "2025-10-01"),
    ("The ministries signed a pact to be carried out in October.", "October", "2025-10"),
    ("She was the first envoy to be killed there on February 1.", "February 1", "2025-02-01"),
    ("He flew to Oslo to be honoured on Monday.", "Monday", "2025-03-03"),
    ("They will attend Monday's summit.", "Monday", "2025-03-10"),
    ("The family would appeal Wednesday's ruling.", "Wednesday", "2025-03-05"),
    ("The ministry hopes to sell the mine under a December agreement.", "December", "2024-12"),
]


@pytest.mark.parametrize(("text", "words", "value"), DIRECTIONS)
def test_the_verb_says_whether_a_day_lies_ahead(text: str, words: str, value: str) -> None:
    found = only(text)
    assert (found.text, found.value, (found.edtf or "").removeprefix("../")) == (words, value, value)


def test_a_clock_time_or_part_of_day_is_never_put_on_the_day_of_publication() -> None:
    for text, value in [
        ("The shelling began at 4 a.m. in the port.", "XXXX-XX-XXT04:00"),
        ("The ship burnt overnight.", "XXXX-XX-XXTNI"),
    ]:
        found = only(text)
        assert (found.value, found.edtf, found.basis) == (value, None, "unresolved")


NAMED_DAYS = [
    ("The base has grown since 9/11.", FRIDAY, "9/11", "2001-09-11"),
    ("It was the worst blow since the Sept. 11 attacks.", FRIDAY, "Sept. 11", "2001-09-11"),
    ("The Sept. 11 vote was quiet.", FRIDAY, "Sept. 11", "2024-09-11"),
    ("The Oct. 7 attack killed two.", "2019-11-02", "Oct. 7", "2019-10-07"),
    ("The Oct. 7 attack shook the region.", FRIDAY, "Oct. 7", "2023-10-07"),
]


@pytest.mark.parametrize(("text", "published", "words", "value"), NAMED_DAYS)
def test_a_day_that_is_known_by_its_date(text: str, published: str, words: str, value: str) -> None:
    found = only(text, published)
    assert (found.text, found.value) == (words, value)


def test_the_last_day_of_a_stretch_comes_after_its_first() -> None:
    found = times_of_text("The drill runs from Monday to Friday.", "2025-03-05")
    assert [t.value for t in found] == ["2025-03-10", "2025-03-14"]


def test_a_clock_time_has_the_day_behind_its_double_in_another_zone() -> None:
    found = times_of_text("The blast came at 7:37 p.m. local time (1137 UTC) on Wednesday.", FRIDAY)
    assert [t.value for t in found] == ["2025-03-05T19:37", "2025-03-05T11:37", "2025-03-05"]


def test_the_full_stop_after_a_clock_time_is_not_its_own() -> None:
    assert [t.text for t in times_of_text("The crowd left at 3:30am.", FRIDAY)] == ["3:30am"]


def test_what_is_past_passes_over_days_that_are_planned() -> None:
    text = "On Tuesday they struck the port. He will be heard on April 5. The raid began at 1:40 p.m. at the gate."
    assert times_of_text(text, FRIDAY)[-1].value == "2025-03-04T13:40"
    text = "He is to leave on April 5 at 5 p.m. local time."
    assert times_of_text(text, FRIDAY)[-1].value == "2025-04-05T17:00"


NO_TIMES = [
    "Mrs. May said the union may march on.",
    "Britain sent a letter to Theresa May, who passed it by May to her aide.",
    "Protesters march in the capital.",
    "A second shipment reached the port.",
    "Some 2,000 people fled the town.",
    "The shell hit 2015 houses.",
    "The sudden fall of the government surprised Moscow.",
    "The Sunday Times printed the letter.",
    "The spring in the garden ran dry.",
    "The ruler, 52 years old, fled.",
    "The team won 3-2 in the match.",
    "Three-quarters of the town was destroyed.",
    "The flat costs $1,990 in rent.",
    "The crew of the ship told 60 Minutes of the raid.",
    "In today's world no border is safe.",
    "The leaders of tomorrow are in jail.",
    "Their 6-month-old son was freed.",
    "It is just a matter of days.",
    "They were soon freed.",
    "Easter Island is a barren place.",
    "The storm moves at 30 miles per hour.",
    "They won this second Olympiad.",
    "They long for the day they can go home.",
    "The town keeps the quarter century of its fair.",
    "The recent fall of the town shocked the ministers.",
    "The annual report of the agency names no state.",
    "The mine gives $17 million annually.",
    "The party's daily Pravda printed the letter.",
    "Guards stand at the gate 24 hours a day, seven days a week.",
    "For Poland, high noon comes once more.",
    "The quarter-to-quarter change is small.",
    "It takes a long time to build a road.",
    "She won the race in 2:14:04.",
    "The survey asked 10-19 year olds.",
    "In the year since the coup many have fled.",
    "He has forgotten the night the general was shot.",
    "Her brother is older by decades.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert [t.text for t in times_of_text(text, FRIDAY)] == []


def test_publication_may_have_a_time_and_a_zone() -> None:
    assert only("The minister resigned yesterday.", "2025-03-07T10:00:00Z").value == "2025-03-06"


def test_publication_less_than_a_day_resolves_nothing() -> None:
    assert only("The minister resigned yesterday.", "2025-03").basis == "unresolved"


def test_expressions_are_in_order_and_do_not_overlap() -> None:
    text = (
        "On Monday, March 3, they met at noon; two days later, on Wednesday evening, all left for the next few weeks."
    )
    found = times_of_text(text, FRIDAY)
    assert len(found) >= 5
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_white_space_and_hard_wraps_inside_an_expression() -> None:
    assert only("The presidents signed the long agreement at the palace on\nFebruary\n12, 2019.").value == "2019-02-12"


@pytest.mark.parametrize("published", ["0001-01-01", FRIDAY, "9999-12-31", None])
def test_what_lies_outside_the_calendar_is_not_resolved(published: str | None) -> None:
    text = (
        "He fled 9999999 Sundays ago. It will end in 99999999 years, or on Tuesday, or after the past 100000 decades."
    )
    assert all(t.edtf is None for t in times_of_text(text, published) if "9999" in t.text or "decades" in t.text)


def test_the_empty_text_and_a_long_number_have_no_time() -> None:
    assert times_of_text("", FRIDAY) == []
    assert times_of_text("1" * 20000, FRIDAY) == []


@pytest.mark.parametrize("words", ["one ", "the last ", "1,", " \n", "May "])
def test_the_grammar_takes_linear_time(words: str) -> None:
    started = time.process_time()
    candidates(words * 2000)
    assert time.process_time() - started < 10


def test_last_winter_told_in_winter_is_the_one_before() -> None:
    found = only("The camp was shelled last winter.", "2016-01-20")
    assert (found.value, found.edtf) == ("2014-WI", "2014-24")
