"""How a folded word sounds: one spelling of its sound, its consonants, a coarse skeleton. Nothing is compared here."""

import functools
import re

# In this order. Each folds one habit of spelling into one form; the aim is equality of transliterations, not phonetics.
_RESPELT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"(?<=[^aeiou])[aeo]u(?=sk|$)", "ov"),  # Belarusian: Ushakou, Sakalouskaya
        (r"tsch|tch|cz|tj(?=[aeiou])", "ch"),
        (r"shch|sch|hs(?=[iu])", "sh"),
        (r"dzh|dsch|dj|zh|(?<![^aeiou])j(?=[aeiou])", "J"),  # a consonant, unlike the j of Sergej
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ck|cq|q", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"c(?!h)", "k"),
        (r"^x", "sh"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ff$|(?<=[oe])v$|(?<=[oe])ff$", "v"),
        (r"gu(?=[ei])", "g"),
        (r"ou(?=[aeio])", "v"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"(?<=[aeiou])h(?=[^aeiou]|$)", ""),
        (r"(?<=[^aeiou])[yij]+(?=[aeou])", "i"),
        (r"^[yij](?=[aeou])", "i"),
        (r"(?<=[aeou])[yij]+", "i"),
        (r"[yij]+$|y", "i"),
        (r"[ae]i(?=[^aeiou]|$)|ae", "e"),
        (r"ie|ii", "i"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = str.maketrans("", "", "aeiouy")
# Voiced and voiceless are one, and so are the sibilants: what other scripts don't keep apart.
COARSE = str.maketrans(
    {"d": "t", "b": "p", "g": "k", "v": "f", "z": "s", "j": "s", "q": "k", "h": "", "w": "", "y": ""}
)


@functools.lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return a folded word in one spelling of its sound: "khoury" and "houri" are one, "poutine" is putine."""
    for pattern, into in _RESPELT:
        word = pattern.sub(into, word)
    return word.lower()


def consonants(sounded: str) -> str:
    """Return the consonants of a sounded word."""
    return sounded.translate(_VOWELS)


def coarse(consonants_: str) -> str:
    """Return consonants with voiced and voiceless as one."""
    return consonants_.translate(COARSE)


@functools.lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return the coarse consonants of a folded word, "" where it has none: what is left of it in any script."""
    word = re.sub(r"w|(?<=[aeiou])[yj](?=[^aeiou]|$)", "", word)
    sounded = re.sub(r"ch|sh|ts", "s", sound(word))
    return re.sub(r"(.)\1+", r"\1", consonants(sounded).translate(COARSE))
