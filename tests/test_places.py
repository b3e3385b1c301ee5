"""Places in sentences: what is a toponym, which place it is, and when dragoman declines to say."""

import itertools

import pytest

from dragoman.annotate.places import find_places, places_of_text
from dragoman.annotate.syntax import parse_text
from dragoman.records import PlaceMention


def one(text: str, name: str) -> PlaceMention:
    found = [p for p in places_of_text(text) if p.text == name]
    assert found, f"{name} is not among {[p.text for p in places_of_text(text)]}"
    return found[0]


RESOLVED = [  # sentence, words, canonical name, country, kind
    ("DAMASCUS (Reuters) - Talks opened on Monday.", "DAMASCUS", "Damascus", "SYR", "city"),
    ("The minister spoke in Alexandria, Egypt.", "Alexandria", "Alexandria", "EGY", "city"),
    ("A man from Alexandria, Virginia, was arrested.", "Alexandria", "Alexandria", "USA", "city"),
    ("Two people died in Paducah, KY, on Friday.", "Paducah", "Paducah", "USA", "city"),
    ("The coach was born in Columbia, S.C., in 1990.", "S.C.", "South Carolina", "USA", "admin1"),
    ("Officials in Tbilisi said Georgia would never yield Abkhazia.", "Georgia", "Georgia", "GEO", "country"),
    ("Atlanta police said the suspect had left Georgia for Alabama.", "Georgia", "Georgia", "USA", "admin1"),
    ("Kiev and Moscow exchanged prisoners near Chernihiv.", "Kiev", "Kyiv", "UKR", "city"),
    ("Floods hit the Kherson region on Tuesday.", "Kherson", "Kherson Oblast", "UKR", "admin1"),
    ("Fighting spread from Idlib to the countryside of Aleppo.", "Idlib", "Idlib", "SYR", "city"),
    ("The U.S.-led coalition struck Deir ez-Zor.", "U.S.", "United States", "USA", "country"),
    ("Washington imposed sanctions on Tehran.", "Washington", "Washington", "USA", "city"),
    ("Ships passed the Strait of Hormuz at night.", "Strait of Hormuz", "Strait of Hormuz", None, "water"),
    ("The two sides met near the Gulf of Oman.", "Gulf of Oman", "Gulf of Oman", None, "water"),
    ("The West Bank city of Nablus was sealed off.", "West Bank", "West Bank", "PSE", "admin1"),
    ("Protests in Mitrovica, Kosovo, went on.", "Mitrovica", "Mitrovicë", "KOS", "city"),
    ("Residents of Goma in North Kivu fled to Rwanda.", "Goma", "Goma", "COD", "city"),
    ("Benin, Nigeria and Niger signed the pact.", "Benin", "Benin", "BEN", "country"),
    (
        "Envoys from Washington to Baltimore want peace in the Middle East.",
        "Middle East",
        "Middle East",
        None,
        "region",
    ),
    ("The ferry left St. Petersburg for Kaliningrad.", "St. Petersburg", "Saint Petersburg", "RUS", "city"),
    ("Farmers from St. Paris drove to Urbana, Ohio.", "St. Paris", "Saint Paris", "USA", "city"),
    ("Fog closed the port of St. John's, Newfoundland.", "St. John's", "St. John's", "CAN", "city"),
    ("The City of Norfolk, Nebraska, will hire.", "City of Norfolk", "Norfolk", "USA", "city"),
    ("Nine of Indiana counties lost people.", "Indiana", "Indiana", "USA", "admin1"),
    ("The Central Florida District closed two schools in Orlando.", "Florida", "Florida", "USA", "admin1"),
]


@pytest.mark.parametrize(("text", "words", "name", "country", "kind"), RESOLVED)
def test_resolved(text: str, words: str, name: str, country: str | None, kind: str) -> None:
    place = one(text, words)
    assert (place.name, place.country, place.kind) == (name, country, kind)
    assert place.lat is not None
    assert place.lon is not None
    assert 0 < place.score <= 1


NO_PLACE = [  # sentence, words that name no place there
    ("Gov. Jay Washington praised the teachers.", ("Washington",)),
    ("Michael Jordan won again, and Jordan said he was glad.", ("Jordan",)),
    ("The Wall Street Journal reported the call.", ("Wall Street",)),
    ("Fighters of Hayat Tahrir al-Sham took the town.", ("al-Sham",)),
    ("The Islamic State of Iraq and the Levant claimed the attack.", ("Iraq", "Levant")),
    ("We need more time, said the North of them all.", ("North",)),
    ("Members of the Chamber of Commerce met the Red Cross.", ("Commerce", "Red Cross")),
    ("Mason Lee and Devon Lee were lost for days. Mason said that Devon had found the cabin.", ("Mason", "Devon")),
    ("He speaks fluent Russian and reads in German.", ("Russian", "German")),
    ("Thomas Finn led the search.", ("Finn",)),
]


@pytest.mark.parametrize(("text", "words"), NO_PLACE)
def test_no_place(text: str, words: tuple[str, ...]) -> None:
    found = [p.text for p in places_of_text(text)]
    assert not set(words) & set(found), found


DEMONYMS = [  # sentence, word for the people of a place, that place, country
    ("Russian and Syrian officials met on Sunday.", "Syrian", "Syria", "SYR"),
    ("The Sri Lankan navy seized two boats.", "Sri Lankan", "Sri Lanka", "LKA"),
    ("Thousands of Parisians marched on Monday.", "Parisians", "Paris", "FRA"),
    ("Most Ohioans backed the measure.", "Ohioans", "Ohio", "USA"),
    ("European diplomats left the talks.", "European", "Europe", None),
    ("Talks in Tbilisi ended, the Georgian minister said.", "Georgian", "Georgia", "GEO"),
    ("Atlanta's mayor thanked the Georgians who had come from Savannah.", "Georgians", "Georgia", "USA"),
]


@pytest.mark.parametrize(("text", "words", "name", "country"), DEMONYMS)
def test_demonyms(text: str, words: str, name: str, country: str | None) -> None:
    people = one(text, words)
    assert (people.kind, people.name, people.country) == ("demonym", name, country)
    assert words not in [p.text for p in find_places(parse_text(text))]  # an act takes place in Syria, not in "Syrian"


@pytest.mark.parametrize("text", ["She spoke for African American voters.", "The US and the UN disagree."])
def test_no_demonym(text: str) -> None:
    assert "demonym" not in [p.kind for p in places_of_text(text)]


def test_a_demonym_votes_for_its_state() -> None:
    text = "Georgia will not give in. The Georgian army and Georgian police hold the road."
    assert {p.country for p in places_of_text(text)} == {"GEO"}


def test_one_sense_in_a_document() -> None:
    text = "Two men from Paris, Texas, were charged. The mayor of Paris thanked the police."
    assert [p.country for p in places_of_text(text) if p.text == "Paris"] == ["USA", "USA"]


def test_the_other_names_of_a_document_decide() -> None:
    text = "The sheriff of Rapides Parish said the fire began in Alexandria. Crews came from Pineville, Louisiana."
    place = one(text, "Alexandria")
    assert place.country == "USA"
    assert place.lat is not None
    assert abs(place.lat - 31.3) < 0.2


def test_two_names_meet_where_both_are_together() -> None:
    place = one("The fire in Paris spread through Henry County.", "Paris")
    assert (place.country, place.lat) == ("USA", 36.302)  # of ten Henry Counties one holds a Paris


def test_a_bare_name_may_be_the_county_named_in_full() -> None:
    text = "The jail of DeKalb County, Georgia, is full. Still, crime fell in DeKalb."
    assert one(text, "DeKalb").name == "DeKalb County"


WORDING = [  # sentence, the town, its state where one is clear
    ("A detective sergeant said the Crown Court would hear the man from Lancaster.", "Lancaster", "GBR"),
    ("The sheriff said a grand jury charged the man from Dublin, whom state troopers held.", "Dublin", None),
]


@pytest.mark.parametrize(("text", "words", "country"), WORDING)
def test_the_wording_of_a_report_speaks_for_its_state(text: str, words: str, country: str | None) -> None:
    assert one(text, words).country == country


def test_a_list_of_counties() -> None:
    text = "Storms damaged homes in Clarke, Oconee and Oglethorpe counties in Georgia."
    assert [p.name for p in places_of_text(text)][:3] == ["Clarke County", "Oconee County", "Oglethorpe County"]


@pytest.mark.parametrize(
    ("text", "words", "basis"),
    [
        ("He flew in from Springfield.", "Springfield", "ambiguous"),
        ("She was born in Orient, Ohio, in 1950.", "Orient", "no place of this name in Ohio"),
        ("The convoy stopped in the village of Qorvashtan near Damascus.", "Qorvashtan", "not in the gazetteer"),
    ],
)
def test_abstention(text: str, words: str, basis: str) -> None:
    place = one(text, words)
    assert (place.lat, place.lon, place.country, place.geonameid, place.kind) == (None, None, None, None, None)
    assert place.name == words
    assert basis in (place.basis or "")


def test_offsets_order_and_repetition() -> None:
    text = "Envoys left Ankara for Baku.\n\nIn Baku they met officials from Ankara, Tehran and Yerevan."
    found = places_of_text(text)
    assert [text[p.start : p.end] for p in found] == [p.text for p in found]
    assert [p.start for p in found] == sorted(p.start for p in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert places_of_text(text) == found


@pytest.mark.parametrize("text", ["", " \n\n", "42", "no names at all here", "— ( ) --", "СССР и Китай"])
def test_nothing_to_find(text: str) -> None:
    assert places_of_text(text) == []
