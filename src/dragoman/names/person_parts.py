"""The parts of a person's name: words without titles and particles, family name last. Nothing is compared here."""

import functools
import re
from collections.abc import Sequence

import msgspec

from dragoman.names.script import Token, letters_for_digits, readings
from dragoman.names.words import Word, word
from dragoman.scheme.names import name_tables

_SERVANT = re.compile(r"abd(?:[aeu]|ou|o|i)?(?:[lrsnztd]|dh|sh)?")  # Abd, Abdul, Abdel, Abdur, Abdus: "servant of"
_FAITH = re.compile(r"(?:[aeu]d)?d(?:in|een|ine|ene)")  # Salah al-Din, Salah Eddine: "of the faith"


class Person(msgspec.Struct, frozen=True):
    """A name in parts. `words`: given names first where the writing tells which they are.

    `family`: how many words at the end a comma marks as the family name; `adrift`: a "bin" or "de" at either end shows
    that the words are out of order; `scrambled`: words with a capital in the wrong place.
    """

    words: tuple[Word, ...]
    adrift: bool
    family: int
    scrambled: frozenset[str]


@functools.lru_cache(maxsize=32768)
def persons(name: str) -> tuple[Person, ...]:
    """Return the readings of a person's name in parts."""
    return tuple(_parts(tokens) for tokens in readings(name))


def _parts(tokens: Sequence[Token]) -> Person:
    tables = name_tables()
    tokens, family = _given_first(tokens)
    texts = [msgspec.structs.replace(t, text=letters_for_digits(t.text)) if not t.text.isalpha() else t for t in tokens]
    kept = _core([i for t in texts for i in _initials(t, tokens)])
    words = tuple(dict.fromkeys(word(t.text, t.native, loose=t.loose) for t in _compounds(kept)))
    if not words:
        words = tuple(word(t.text, t.native, loose=t.loose) for t in tokens)
    ends = {tokens[0].text, tokens[-1].text} if tokens else set()
    return Person(
        words=words,
        adrift=bool(ends & tables.links),
        family=min(family, len(words) - 1),
        scrambled=frozenset(t.text for t in tokens if t.stray),
    )


def _given_first(tokens: Sequence[Token]) -> tuple[Sequence[Token], int]:
    """Put a family name that a comma or capitals mark behind the given names; return its words where a comma does."""
    comma = next((i for i, t in enumerate(tokens) if t.after == ","), -1)
    if 0 <= comma < len(tokens) - 1:
        before, behind = tokens[: comma + 1], tokens[comma + 1 :]
        return ((*behind, *before), len(_compounds(_core(before)))) if _core(behind) else (before, 0)
    capitals = [t.capitals for t in tokens]
    if any(capitals) and not all(capitals) and capitals == sorted(capitals, reverse=True):
        big = sum(capitals)
        if all(len(t.text) > 2 for t in tokens[:big]):
            return (*tokens[big:], *tokens[:big]), 0
    return tokens, 0


def _initials(token: Token, tokens: Sequence[Token]) -> list[Token]:
    """Return two or three initials that are written as one word ("JC Juncker") one by one."""
    few = 1 < len(token.text) < 4 and token.capitals and not all(t.capitals for t in tokens)
    if few and not set(token.text) & set("aeiouy") and token.text not in name_tables().titles:
        return [msgspec.structs.replace(token, text=c) for c in token.text]
    return [token]


def _core(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without titles, and without legal forms at the end where two words are left before them."""
    tables = name_tables()
    places = [tables.titles.get(t.text, "") for t in tokens]
    kept = [
        t
        for i, (t, place) in enumerate(zip(tokens, places, strict=True))
        if not (place == "before" and not all(places[i + 1 :])) and not (place == "after" and not all(places[:i]))
    ]
    named = [t for t in kept if t.text not in tables.links and t.text not in tables.articles]
    if len([t for t in named if tables.titles.get(t.text) != "beside"]) > 1:
        kept = [t for t in kept if tables.titles.get(t.text) != "beside"]
    while len(kept) > 2 and (kept[-1].text,) in tables.legal_forms and len(kept[-1].text) > 1 and kept[-1].capitals:
        kept = kept[:-1]
    return kept


def _compounds(tokens: Sequence[Token]) -> list[Token]:
    """Join what is one name (Abd and a name of God, Abu and a name, a name and "al-Din"); drop articles and links."""
    tables = name_tables()
    found: list[Token] = []
    joining = ""
    for token in tokens:
        text = token.text
        opens = not found and not joining and text in tables.links and text in tables.nicknames
        bare = opens or token is tokens[-1] or (text not in tables.articles and text not in tables.links)
        if joining and (bare or text == "allah"):
            found.append(_join(joining, token))
            joining = ""
        elif text in ("abu", "abou", "abi", "abo") or token.native == "ابو":
            joining = "abu"
        elif (_SERVANT.fullmatch(text) and text != "abdi") or token.native == "عبد":
            joining = "abdul"
        elif found and _FAITH.fullmatch(text):
            found[-1] = msgspec.structs.replace(found[-1], text=f"{found[-1].text}addin", native="")
        elif bare:
            found.append(token)
    if joining:
        found.append(Token(text=joining))
    return found or [t for t in tokens if t.text not in tables.articles] or list(tokens)


def _join(first: str, token: Token) -> Token:
    native = {"abdul": "عبد", "abu": "ابو"}[first]
    if token.native:
        rest = token.native if first == "abu" else f"ال{token.native.removeprefix('ال')}"
        whole = native + (token.native if token.native in ("الله", "اللّه") else rest)
        return msgspec.structs.replace(token, text=first + token.text, native=whole)
    return msgspec.structs.replace(
        token, text="abdallah" if token.text in ("allah", "lah", "ullah") else first + token.text
    )
