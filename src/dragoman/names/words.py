"""One word of a name, with what is known of it, and how like two words are. Names as a whole are compared elsewhere."""

import functools
import re

import msgspec
from rapidfuzz.distance import OSA

from dragoman.names.sounds import coarse, consonants, skeleton, sound
from dragoman.scheme.names import name_tables

# Likeness of two words by the way in which they agree, all above MATCHED.
SAME, SPELLING, SOUND, SYLLABLE, NICKNAME, INITIAL = 1.0, 0.97, 0.94, 0.94, 0.86, 0.8
# From here on two words are one: a consonant in five letters is wrong. Tried on persons of OFAC's list
# (`scripts/names_guard.py`) at 0.66, 0.70, 0.76 and 0.86: aliases found 0.605, 0.600, 0.572, 0.529; nearest names of
# others taken for the same 1.5, 1.3, 1.1, 1.1 %. UN and EU alike; below 0.70 Pikin and Parikin are one.
MATCHED = 0.7
DIFFERENT = 0.3  # two known names, two syllables, or the forms for a man and a woman: no slip of the pen joins them
_VOICED = 0.82  # voiced and voiceless taken for each other, and nothing else: "Pudin"
_FAR = 4  # words of so many other letters are not looked at more closely
_EDIT = 1.5  # the price of a wrong consonant against the length of the word; a vowel costs half


class Word(msgspec.Struct, frozen=True, eq=False):
    """A folded word. `loose`: from a script that leaves out vowels or tells fewer sounds apart.

    Compared and hashed by identity: `word` makes one of each.
    """

    text: str
    loose: bool
    names: frozenset[str]
    sure: bool  # the table has this very spelling, not only its sound
    given: bool
    syllables: frozenset[str]
    nicknames: frozenset[str]
    sound: str
    consonants: str
    skeleton: str
    coarse: str  # consonants, voiced and voiceless as one
    fathers: frozenset[str]  # the known names in a Slavic patronymic: that of Vladimir in Uladzimiravich
    served: str  # what follows "servant of": malik in Abdulmalik, "" in other names


_NONE: frozenset[str] = frozenset()


_SERVANT = re.compile(r"abd(?:ou|[aeiou])(?:l|([rsznt]|d|sh)(?=\1)|(?=[rskq]))(.{3,})")
_FAITH = re.compile(r"(.{3,}?)(?:ou|[aeiou])[ld]?-?d(?:in|een|ine|ene)")
_GOD = re.compile(r"(.{3,}?)(?:ou|[aeuo])l?lah")


_PATRONYMIC = re.compile(r"(.{3,}?)(?:[yi]?[aeo][vwu](?:i|y)?(?:ch|c|tch|tsch)|[yi]?[aeo][vu]n[ae]|ich(?:na)?)")


def _fathers(text: str) -> frozenset[str]:
    """Return the names in a patronymic, whose ending it drops ("Nikola-", "Yur-"); none where the table knows none."""
    m, names = _PATRONYMIC.fullmatch(text), name_tables().names
    stems = [m[1] + end for end in ("", "i", "y", "ei", "iy")] if m else []
    return next((names[stem] for stem in stems if stem in names), _NONE)


def _served(text: str) -> str:
    m = _SERVANT.fullmatch(text)
    return m[2] if m and m[2] not in ("lah", "lahi") else ""


def _respelt(text: str) -> str:
    """Return a compound of Arabic with one spelling of its end: Salahuddin and Salaheddine, Nasrallah and Nasrullah."""
    if m := _FAITH.fullmatch(text):
        return f"{m[1]}addin"
    if m := _GOD.fullmatch(text):
        return f"{m[1]}ullah"
    return text


@functools.cache
def _names_by_sound() -> dict[str, frozenset[str]]:
    """Return the known names by sound; a sound that several names share tells of none."""
    found: dict[str, frozenset[str]] = {}
    for spelling, names in sorted(name_tables().names.items()):
        if spelling.isascii() and len(spelling) > 3:
            sounded = sound(spelling)
            found[sounded] = names if found.get(sounded, names) == names else _NONE
    return found


@functools.lru_cache(maxsize=65536)
def word(text: str, native: str = "", *, loose: bool = False) -> Word:
    """Return what is known of a folded word; `native` is its spelling in Arabic or Hebrew letters, where it has one."""
    tables = name_tables()
    spelt = native if native in tables.names else text
    names = tables.names.get(spelt, _NONE)
    if native in tables.names:  # the commonest Latin spelling stands for it
        text, loose = min(names).partition(":")[2], False
    elif not names:
        text = _respelt(text)
    sounded = sound(text)
    if not names and not loose and len(text) > 3 and text not in tables.nicknames:
        names = _names_by_sound().get(sounded, _NONE)
    return Word(
        text=text,
        loose=loose,
        names=names,
        sure=spelt in tables.names,
        given=spelt in tables.given,
        syllables=_NONE if loose else tables.syllables.get(text, _NONE),
        nicknames=tables.nicknames.get(text, _NONE),
        sound=sounded,
        consonants=consonants(sounded),
        skeleton=skeleton(text),
        coarse=coarse(consonants(sounded)),
        fathers=_fathers(text),
        served=_served(text),
    )


@functools.lru_cache(maxsize=262144)
def likeness(a: Word, b: Word) -> float:
    """Return how like two words are, 0 to 1: MATCHED and over = one word."""
    if a.text == b.text:
        return SAME
    if a.names and b.names:
        if a.names & b.names:
            return SPELLING
        if a.sure and b.sure:
            return NICKNAME if _nickname(a, b) or _nickname(b, a) else DIFFERENT
    if a.fathers and b.fathers:
        return SPELLING if a.fathers & b.fathers else DIFFERENT
    if a.served and b.served:
        return min(SPELLING, likeness(word(a.served), word(b.served)))
    if a.syllables and b.syllables:
        return SYLLABLE if a.syllables & b.syllables else NICKNAME if a.sound == b.sound else DIFFERENT
    if (a.nicknames and _nickname(a, b)) or (b.nicknames and _nickname(b, a)):
        return NICKNAME
    if len(a.text) == 1 or len(b.text) == 1:
        return INITIAL if _initial(a, b) else 0.0
    if a.loose or b.loose:
        return _loosely(a, b)
    return _spelt(a, b)


def _nickname(short: Word, full: Word) -> bool:
    return full.text in short.nicknames or any(name.partition(":")[2] in short.nicknames for name in full.names)


def _initial(a: Word, b: Word) -> bool:
    """Return whether the one is the first letter of the other, or of a name that it is a spelling of."""
    short, full = (a, b) if len(a.text) == 1 else (b, a)
    firsts = {full.text[0], *(name.partition(":")[2][0] for name in full.names)}
    return short.text in firsts or (short.sound in {sound(f) for f in firsts})


def _loosely(a: Word, b: Word) -> float:
    """Compare by coarse consonants, l and r as one: all that a script without vowels leaves."""
    if (a.loose and "w" in a.text) or (b.loose and "w" in b.text):  # a vowel, or a consonant that Persian says as v
        return max(_bare(a.skeleton, b.skeleton, a, b), _bare(_with_v(a), _with_v(b), a, b))
    return _bare(a.skeleton, b.skeleton, a, b)


def _with_v(w: Word) -> str:
    return skeleton(w.text.replace("w", "v")) if w.loose else w.skeleton


def _bare(a_skeleton: str, b_skeleton: str, a: Word, b: Word) -> float:
    x, y = a_skeleton.replace("l", "r"), b_skeleton.replace("l", "r")
    if not x or not y:
        return SAME if a.sound == b.sound else 0.5 * (a.sound[:1] == b.sound[:1])
    if x == y:
        return 0.9 if len(x) > 2 else 0.8
    return max(0.0, 1 - OSA.distance(x, y) / max(len(x), len(y), 2))


def _article_glued(a: str, b: str) -> bool:
    """Return whether `a` is `b` with an Arabic article before it ("Elsheikh")."""
    return len(a) == len(b) + 2 > 5 and a[2:] == b and a[:2] in ("al", "el")


def _of_a_woman(a: str, b: str) -> bool:
    """Return whether `a` is the form for a woman of the family name `b` ("Ivanova", "Ivanov")."""
    return (a == b + "a" and b.endswith(("ov", "ev", "in", "yn"))) or (
        a.endswith(("skaya", "skaia", "ska", "cka")) and b.endswith(("sky", "ski", "skiy", "skyy", "skyi", "cki"))
    )


def _another_form(a: Word, b: Word) -> bool:
    """Return whether `a` is made from `b` and is another name: for a woman, or of a family ("Ahmadi" from "Ahmad")."""
    return _of_a_woman(a.text, b.text) or (b.given and a.text == b.text + "i")


def _spelt(a: Word, b: Word) -> float:
    """Compare by spelling: the same sound, else the price of the slips."""
    if a.sound == b.sound:
        return SOUND
    letters = OSA.distance(a.text, b.text, score_cutoff=_FAR)
    if letters > _FAR:  # most pairs of words end here
        return 0.0
    if _article_glued(a.text, b.text) or _article_glued(b.text, a.text):
        return SOUND
    if a.text[:3] == b.text[:3] and (_another_form(a, b) or _another_form(b, a)):
        return DIFFERENT
    first = 0.5 * (a.text[:1] != b.text[:1])
    plain = 1 - _EDIT * (letters + first) / max(len(a.text), len(b.text))
    slips = _slips(a, b)
    long = max(len(a.sound), len(b.sound))
    few = 0.5 if a.consonants == b.consonants else 1.0
    voiced = _VOICED if long > 3 and a.coarse == b.coarse and len(a.coarse) > 1 and slips <= few else 0.0
    return max(voiced, plain, 1 - _EDIT * slips / long, 0.0)


def _slips(a: Word, b: Word) -> float:
    """Return the price of the slips in sound: 1 for a consonant, half for a vowel, half more at the beginning."""
    price = 0.5 * OSA.distance(a.sound, b.sound) + 0.5 * OSA.distance(a.consonants, b.consonants)
    return price + 0.5 * (a.sound[:1] != b.sound[:1])
