"""Comparing names: one name over spellings and scripts, other names however near, the reasons, the keys of candidates."""

from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman import name_similarity, names
from dragoman.errors import StopRun
from dragoman.names import SAME_NAME, compare, keys
from dragoman.names.organisation_parts import organisations
from dragoman.names.person_parts import persons
from dragoman.names.script import readings
from dragoman.names.sounds import skeleton, sound
from dragoman.scheme import names as tables

KINDS = ("Person", "Organization", "Company", "PublicBody", "LegalEntity", "Vessel", "Airplane", "Address", "Thing")
SAME = """
Muammar Gaddafi | Moammar Qadhafi | transliteration
Muammar Gaddafi | Kadafi, Muammar | family name first
Muammar al-Gaddafi | معمر القذافي | Arabic
Abdel Fattah el-Sisi | Abd al-Fattah as-Sisi | articles
Abdel Fattah el-Sisi | عبد الفتاح السيسي | Arabic
Mohammed bin Salman | Muhammad ibn Salman | bin and ibn
Ahmed al-Sharaa | Ahmad al-Sharʿ | ayn
Ahmed al-Sharaa | أحمد الشرع | Arabic
Salah al-Din Rashid | Salahuddin Rasheed | compounds
Hassan Nasrallah | Hasan Nasrullah | compounds
Abu Bakr al-Baghdadi | Abubakar al-Baghdadi | compounds
Youssef Boutros | Yusuf Butrus | French and English
Ali Khamenei | علی خامنه‌ای | Persian
Qassem Soleimani | Ghasem Soleymani | Persian and Arabic
Benjamin Netanyahu | בנימין נתניהו | Hebrew
Volodymyr Zelensky | Vladimir Zelenskiy | Ukrainian and Russian
Volodymyr Zelenskyy | Володимир Зеленський | Cyrillic
Siarhei Uladzimiravich Ushakou | Sergey Vladimirovich Ushakov | Belarusian
Sergey Viktorovich Lavrov | Lavrov, Sergei | patronymic left out
Vladimir Smirnov | Wladimir Smirnoff | German and French
Mikhail Gorbachev | Michail Gorbatschow | German
Nikol Pashinyan | Նիկոլ Փաշինյան | Armenian
Mikheil Saakashvili | მიხეილ სააკაშვილი | Georgian
Kyriakos Mitsotakis | Κυριάκος Μητσοτάκης | Greek
Ilham Aliyev | İlham Əliyev | Azerbaijani
Narendra Modi | नरेन्द्र मोदी | Devanagari
Angela Merkel | アンゲラ・メルケル | Japanese syllables
Mao Tse-tung | Mao Zedong | Wade-Giles
Xi Jinping | 习近平 | Chinese
Xi Jinping | Jinping Xi | family name last
Kim Jong-un | 김정은 | Korean
Kim Jong Un | 金正恩 | Korean in Chinese characters
Pak Kun-hye | Park Geun-hye | two romanisations
Shinzo Abe | 安倍晋三 | Japanese
Viktor Orbán | Orban Viktor | Hungarian order
Nguyen Phu Trong | Nguyễn Phú Trọng | Vietnamese
Bill Clinton | William Clinton | nickname
Joe Biden | Joseph R. Biden Jr. | nickname, initial, Jr.
A. Khamenei | Ali Khamenei | initial
JC Juncker | Jean-Claude Juncker | initials
Gen. Mark Milley | Mark Milley | title
Nadia Harbour LLC | Nadia Harbour | a legal form that does not belong there
Luiz Inácio Lula da Silva | Luiz Lula da Silva | told in part
Marta Lindqvist | Marta Lindqvst | slip
Marta Lindqvist | MartaLindqvist | written as one
Marta Lindqvist | Marta Lind qvist | written apart
Marta Lindqvist | M4rta L1ndqvist | digits for letters
Marta Lindqvist | Marta tsivqdniL | scrambled, with a capital in the wrong place
Ilse Ilse Brandt | Ilse Brandt | said twice
"""
OTHER = """
Hun Sen | Hun Manet | father and son
Bashar al-Assad | Hafez al-Assad | father and son
Uday Saddam Hussein al-Tikriti | Saddam Hussein al-Tikriti | son and father
Ali Hassan | Hassan Ali | given names in another order
Hans Friedrich | Friedrich Hans | given names in another order
Kim Jong-un | Kim Jong-il | one syllable
Kim Il-su | Kim Su-il | syllables in another order
Mohammed bin Salman | Mohammed bin Zayed | fathers
Sergey Viktorovich Orlov | Sergey Ivanovich Orlov | patronymics
Abdul Malik al-Houthi | Abdul Karim al-Houthi | servants of another name of God
Ahmad Hassan | Ahmadi Hassan | a name and the family named after it
Hasan Karimi | Husayn Karimi | known names near each other
Frank Richter | Franz Richter | known names near each other
Ivan Petrov | Ivana Petrova | a man and a woman
Alexander Ivanov | Alexandra Ivanova | a man and a woman
George Bush | Jeb Bush | brothers
A. Nazarbayev | Nursultan Nazarbayev | initial
Hans O Friedrich | Hans Joachim Friedrich | initial
Ivan Petrov | Ivan Sidorov | family names
Zelensky | Volodymyr Zelensky | a surname alone
N.N. | Nursultan Nazarbayev | initials alone
"""
THINGS = """
same | Company | OAO Gazprom | Gazprom JSC
same | Company | Газпром ООО | Gazprom LLC
same | Company | Brandt Aktiengeselschaft | Brandt AG
same | Company | Brandt & Sons Ltd | Brandt and Sons Limited
same | Company | A.B.C. Company | ABC Co.
same | Company | Goodwill Company | Good Will Company
same | Company | Deutsche Bank (Schweiz) AG | Deutsche Bank AG
same | Company | JSC Murom Instrument-Making Plant | Акционерное общество «Муромский приборостроительный завод»
same | Organization | Ministry of Defence of Russia | Russian Ministry of Defense
same | Organization | Ministry of Foreign Affairs of Syria | Syrian Foreign Ministry
same | Organization | IAEA | International Atomic Energy Agency
same | Organization | Brigade Forty-Four | 44th Brigade
same | Organization | حزب الله | Hezbollah
same | Organization | Al-Qaida | القاعدة
same | PublicBody | Central Bank of the Russian Federation | Central Bank of Russia
same | LegalEntity | Northern Harbour Group | Northern Harbour Group Co Ltd
same | LegalEntity | Anna Lindqvist | Lindqvist, Anna
same | Vessel | M/V Ocean Star | OCEAN STAR
same | Vessel | Ocean Star I | Ocean Star 1
same | Address | 12 Lenin Street, Moscow | Lenin St. 12, Moscow
other | Company | Brandt AG | Brandt GmbH
other | Company | Siemens Energy AG | Siemens AG
other | Company | Harbour Construction Ltd | Construction Ltd
other | Organization | 1st Army | 2nd Army
other | Organization | First Brigade | Brigade
other | Organization | Government of Estonia | Government of Ethiopia
other | Organization | Ministry of Defence of Russia | Ministry of Interior of Russia
other | Organization | People's Liberation Army | People's Liberation Army Navy
other | Organization | Al-Qaida | Al-Qaida in Iraq
other | Organization | University of Aleppo | University of Damascus
other | Organization | Relief Foundation (Kenya) | Relief Foundation (Tanzania)
other | LegalEntity | Northern Shipping Company | Southern Shipping Company
other | Vessel | Ocean Star 1 | Ocean Star 2
other | Vessel | Ocean Star | Ocean Star II
other | Vessel | Lady Leila | Lady Rania
other | Vessel | Caribe | Caribo
other | Airplane | EP-MNA | EP-MNB
other | Address | 12 Lenin Street, Moscow | 14 Lenin Street, Moscow
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in table.strip().splitlines()]


# ---------------------------------------------------------------- what is the same
@pytest.mark.parametrize(("a", "b", "why"), rows(SAME), ids=lambda v: v)
def test_one_person(a: str, b: str, why: str) -> None:
    assert compare(a, b).score >= SAME_NAME, compare(a, b).reasons
    assert keys(a) & keys(b)


@pytest.mark.parametrize(("a", "b", "why"), rows(OTHER), ids=lambda v: v)
def test_two_persons(a: str, b: str, why: str) -> None:
    assert compare(a, b).score < SAME_NAME, compare(a, b).reasons


@pytest.mark.parametrize(("wanted", "kind", "a", "b"), rows(THINGS), ids=lambda v: v)
def test_what_is_no_person(wanted: str, kind: str, a: str, b: str) -> None:
    match = compare(a, b, kind)
    assert match.same == (wanted == "same"), match
    if match.same:
        assert keys(a, kind) & keys(b, kind)


def test_an_unknown_kind_is_a_legal_entity() -> None:
    assert compare("Brandt Ltd", "Brandt Limited", "Wharf") == compare("Brandt Ltd", "Brandt Limited", "LegalEntity")


# ---------------------------------------------------------------- reasons
def test_every_word_has_its_reason() -> None:
    match = compare("Bill Lindqvist", "Lindqvst, William J.")
    told = {(r.rule, r.a, r.b) for r in match.reasons}
    assert ("similar", "bill", "william") in told
    assert ("similar", "lindqvist", "lindqvst") in told
    assert ("only in one", "", "j") in told
    assert match.reasons[-1].rule == "told in part"


@pytest.mark.parametrize(
    ("a", "b", "kind", "rule"),
    [
        ("Ali Hassan", "Hassan Ali", "Person", "given names in another order"),
        ("Zelensky", "Volodymyr Zelensky", "Person", "one word against a fuller name"),
        ("Ivan Petrov", "Ivan Sidorov", "Person", "other words differ"),
        ("1st Army", "2nd Army", "Organization", "other numbers"),
        ("Brandt AG", "Brandt GmbH", "Company", "other legal form"),
        ("IAEA", "International Atomic Energy Agency", "Organization", "acronym"),
    ],
)
def test_the_reason_that_decides(a: str, b: str, kind: str, rule: str) -> None:
    assert compare(a, b, kind).reasons[-1].rule == rule


def test_sides_of_the_reasons_follow_the_arguments() -> None:
    one, two = compare("Zoe Brandt", "Brandt, Z.").reasons, compare("Brandt, Z.", "Zoe Brandt").reasons
    assert [(r.a, r.b) for r in one] == [(r.b, r.a) for r in two]


@pytest.mark.parametrize("wrong", [None, 7, b"Ali"])
def test_what_is_no_name_is_refused(wrong: object) -> None:
    for call in (lambda: name_similarity(wrong, "Ali"), lambda: compare("Ali", wrong), lambda: keys(wrong)):  # type: ignore[arg-type]
        with pytest.raises(ValueError, match=type(wrong).__name__):
            call()


# ---------------------------------------------------------------- parts
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Dr. Anna von Lindqvist", ["anna", "lindqvist"]),
        ("LINDQVIST, Anna", ["anna", "lindqvist"]),
        ("LINDQVIST Anna", ["anna", "lindqvist"]),
        ("Martin Luther King", ["martin", "luther", "king"]),  # no title where nothing follows
        ("'Abd al-Rahman Karim", ["abdulrahman", "karim"]),
        ("Seyed Reza Karimi", ["reza", "karimi"]),
        ("President", ["president"]),
    ],
)
def test_parts_of_a_person(name: str, wanted: list[str]) -> None:
    assert [w.text for w in persons(name)[0].words] == wanted


@pytest.mark.parametrize(
    ("name", "words", "numbers", "legal"),
    [
        ("Brandt Sp. z o.o.", ["brandt"], (), {"limited"}),
        ("Brandt Joynt Stock Company", ["brandt"], (), {"joint"}),
        ("Forty-Fourth Brigade", ["brigade"], (44,), set()),
        ("Harbour Fund III", ["harbour", "foundation"], (3,), set()),
        ("Limited", ["limited"], (), set()),
    ],
)
def test_parts_of_an_organisation(name: str, words: list[str], numbers: tuple[int, ...], legal: set[str]) -> None:
    [parts] = organisations(name)
    assert ([w.text for w in parts.words], parts.numbers, set(parts.legal)) == (words, numbers, legal)


def test_chinese_characters_have_several_readings() -> None:
    told = ["".join(t.text for t in reading) for reading in readings("金正恩")]
    assert told == ["jinzhengen", "kimjongun"]


@pytest.mark.parametrize(
    ("a", "b"), [("khoury", "houri"), ("shcherbakov", "scherbakow"), ("sakalouskaya", "sakalovskaia"), ("xi", "shi")]
)
def test_one_sound(a: str, b: str) -> None:
    assert sound(a) == sound(b)


def test_a_skeleton_is_what_other_scripts_leave() -> None:
    assert skeleton("gaddafi") == skeleton("kdfy") == "ktf"


# ---------------------------------------------------------------- keys
def test_other_names_seldom_share_a_key() -> None:
    people = [row[0] for row in rows(SAME)]
    pairs = [(a, b) for i, a in enumerate(people) for b in people[:i] if not compare(a, b).same]
    assert sum(bool(keys(a) & keys(b)) for a, b in pairs) / len(pairs) < 0.02


def test_a_surname_finds_the_full_name() -> None:
    assert keys("al-Sharaa") & keys("Ahmed al-Sharaa")
    assert keys("M. Ashraf") & keys("Muhammad Ashraf")


# ---------------------------------------------------------------- whatever the names
NAMES = st.text(max_size=24) | st.lists(
    st.sampled_from("al Ali bin 2nd Kim LLC Иван محمد 金 김정 Ltd. O' ,".split())
).map(" ".join)


@given(NAMES, NAMES, st.sampled_from(KINDS))
@example("Michele Nichaela", "Michaela Michelle Micheli", "Person")
@example("İ", "ß", "Company")
def test_the_score_is_symmetric_and_bounded(a: str, b: str, kind: str) -> None:
    score = name_similarity(a, b, kind)
    assert 0.0 <= score <= 1.0
    assert score == name_similarity(b, a, kind) == names.compare(a, b, kind).score


@given(NAMES.filter(str.strip), st.sampled_from(KINDS))
def test_a_name_is_itself(name: str, kind: str) -> None:
    assert name_similarity(name, name, kind) == 1.0
    assert keys(name, kind) == keys(name, kind)
    assert all(keys(name, kind))


# ---------------------------------------------------------------- tables
def test_the_tables_load() -> None:
    found = tables.name_tables()
    assert "slav:vladimir" in found.names["volodymyr"]
    assert found.legal_forms[("limited", "liability", "company")] == "limited"
    assert found.words["syrian"].word == "syria"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("word\nx", "wants the columns"),
        ("word\tkind\nal", "2 cells"),
        ("word\tkind\nal\tverb", "none of article, link"),
    ],
)
def test_a_damaged_table_is_refused(content: str, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    class Folder:
        def __truediv__(self, name: str) -> "Folder":
            self.name = name
            return self

        def read_text(self, _: str) -> str:
            return content if self.name == "particles.tsv" else real(self.name)

    folder = files("dragoman") / "data" / "names"

    def real(name: str) -> str:
        return (folder / name).read_text("utf-8")

    monkeypatch.setattr(tables, "files", lambda _: Folder())
    monkeypatch.setattr(tables, "_states", lambda: iter(()))
    with pytest.raises(StopRun, match=rf"particles.tsv:\d: .*{told}"):
        tables.name_tables.__wrapped__()
