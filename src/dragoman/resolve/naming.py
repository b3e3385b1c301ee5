"""Which matter a telling speaks of: its kind and the words that name it. Stages are read in `clues`."""

import re
from collections.abc import Iterable, Sequence

from dragoman.records import EventMention, Record
from dragoman.resolve.facets import stem
from dragoman.resolve.phrases import Line, goods_nouns, is_of, told_at, words
from dragoman.scheme import matters
from dragoman.scheme.resolution import words_of as plain_words
from dragoman.text import fold

AROUND = 7  # words between a predicate and the matter that its sentence, but not its theme, names
BEFORE = 3  # words before a noun that may name the matter: *water-sharing agreement*, *new naval base*
UNASKED = frozenset({"expel", "convict", "withdraw"})  # modes of SANCTION that are no sanctions
SANCTIONING = ("SANCTION", "CONCEDE", "COERCE")
GIVING = ("AID", "COOPERATE", "SANCTION", "REJECT", "AGREE", "REQUEST", "SUPPORT")  # acts that may be about goods
LOOSE = ("vehicles", "technology", "goods", "troops", "relief")  # goods whose nouns name much else
MONEY = "money"
_CAPITAL = re.compile(r"[A-Z][\w’'-]+")


class Named(Record, frozen=True):
    """A kind of matter ("" for none) and the stems that name it; `own` where the theme tells the kind."""

    kind: str = ""
    keys: tuple[str, ...] = ()
    own: bool = False


def name(x: Line) -> Named:
    """Return the matter of a telling: by its theme, else by the noun phrase nearest to its predicate."""
    if _sanctioning(x):
        return Named(kind="sanction", own=True)
    kind = _kind(x)
    if kind == "aid":
        return Named(kind=kind, keys=_goods_keys(x), own=True)
    keys = _about(x, kind)
    if kind and keys:
        return Named(kind=kind, keys=_with_money(keys, x.theme), own=True)
    near = _topic(x) if kind == "talks" else _phrase(x, kind)
    if near.keys:
        return Named(kind=near.kind, keys=_with_money(near.keys, x.said), own=bool(kind))
    return Named(kind=kind, keys=keys, own=bool(kind))


# ---------------------------------------------------------------- kinds
def _sanctioning(x: Line) -> bool:
    """Return whether the act is to impose, keep or lift sanctions."""
    m = x.mention
    if set(m.modes) & UNASKED:
        return False
    if any(_noun(w) == "sanction" for w in (*x.theme, *words(m.predicate.text))):
        return True
    near = any(_noun(w) == "sanction" for w in x.said)
    return near and m.act in SANCTIONING and not any(_noun(w) for w in x.theme)


def _kind(x: Line) -> str:
    """Return the kind of matter that the theme names."""
    nouns = [k for w in x.theme if (k := _noun(w))]
    if "case" in nouns or _hands_over(x):
        return "case"
    goods = bool(_goods_keys(x))
    if x.mention.act == "AID" and goods and "agreement" not in nouns:
        return "aid"
    if nouns:
        return nouns[0]
    if goods and x.mention.act in GIVING:
        return "aid"
    return "talks" if x.mention.act == "CONSULT" and _negotiates(x.mention) else ""


def _negotiates(m: EventMention) -> bool:
    """Return whether the act is told as talks: meetings, calls and visits are contacts."""
    said = words(m.predicate.text)
    return any(told_at(said, i, "talks").stage == "negotiating" for i in range(len(said)))


def _hands_over(x: Line) -> bool:
    """Return whether a named person is to be handed over: *to surrender Jan Novak*, *will not hand over Jan Novak*."""
    m = x.mention
    if not any(is_of(w, "custody") for w in (*words(m.predicate.text), *x.theme[:2])):
        return False
    nameless = (p.name for p in (*m.recipients, *m.actors) if not p.country)
    text = m.theme.text if m.theme else " ".join(nameless)
    return any(not matters.state_named(w) for w in _CAPITAL.findall(text[1:] if m.theme else text))


def _noun(word: str) -> str:
    """Return the kind of matter that a noun names."""
    known = matters.matter_nouns()
    return next((known[b] for b in matters.bases(word) if b in known), "")


# ---------------------------------------------------------------- the words that name it
def _about(x: Line, kind: str) -> tuple[str, ...]:
    """Return the stems of the theme that name its matter; of talks without their place: talks on water in Istanbul."""
    keys = _naming(x.theme, x.mention)
    place = {stem(fold(w)) for w in words(x.mention.where.name)} if x.mention.where else set()
    return tuple(k for k in keys if k not in place) if kind == "talks" else keys


def _naming(found: Iterable[str], m: EventMention) -> tuple[str, ...]:
    """Return the stems among these words that name a matter: no grammar, states, parties, dates or stages."""
    date = set(words(m.when.text)) if m.when else set()
    parties = {w for p in (*m.actors, *m.recipients) for w in words(p.name) if p.country}
    left = [w for w in _stateless(list(found)) if w not in date and w not in parties and _names(w)]
    return tuple(sorted({stem(fold(w)) for w in left} - {""}))


def _stateless(found: list[str]) -> list[str]:
    """Return the words without those of states and capitals, which may have several: *Addis Ababa*."""
    left: list[str] = []
    i = 0
    while i < len(found):
        n = next((n for n in (3, 2, 1) if matters.state_named(" ".join(found[i : i + n]))), 0)
        if n == 0:
            left.append(found[i])
        i += max(n, 1)
    return left


def _names(word: str) -> bool:
    """Return whether a word can tell one matter from another."""
    plain = fold(word)
    if not plain or plain[0].isdigit() or plain in plain_words("empty") or is_of(plain, "generic"):
        return False
    return matters.stage_words().isdisjoint(matters.bases(plain))


def _goods_keys(x: Line) -> tuple[str, ...]:
    """Return the goods of an act: of giving any, of other acts those whose nouns are seldom anything else."""
    m = x.mention
    nouns = [n for n in goods_nouns(x.theme) if m.act == "AID" or matters.commodity(n) not in LOOSE]
    found = {key for n in nouns if (key := matters.goods_key(n))}
    if (m.theme and m.theme.money) or any(c.of == MONEY for c in m.counts):
        found.add(f"~{MONEY}")
    return tuple(sorted(found))


def _with_money(keys: tuple[str, ...], said: Sequence[str]) -> tuple[str, ...]:
    """Return the keys with that of money where the matter is one of money: *a loan agreement*."""
    money = any(matters.commodity(b) == MONEY for w in said for b in matters.bases(w))
    return tuple(sorted({*keys, f"~{MONEY}"})) if money else keys


# ---------------------------------------------------------------- what only the sentence names
def _phrase(x: Line, kind: str) -> Named:
    """Return the noun phrase nearest to the predicate that names a matter of this kind, or of any."""
    around = range(max(0, x.at - AROUND), min(len(x.said), x.at + AROUND + 1))
    for i in sorted(around, key=lambda i: (abs(i - x.at), i)):
        noun = _noun(x.said[i])
        if noun in ("agreement", "project", "asset") and kind in ("", noun):
            found = _naming([*_before(x.said, i), x.said[i]], x.mention)
            if found:
                return Named(kind=noun, keys=found)
    return Named()


def _before(said: Sequence[str], at: int) -> list[str]:
    """Return the words that stand before a noun, back to the first word of grammar."""
    found: list[str] = []
    for word in reversed(said[max(0, at - BEFORE) : at]):
        if word in plain_words("empty"):
            break
        found.append(word)
    return found


def _topic(x: Line) -> Named:
    """Return what talks are about: what follows *on* or *over* behind the predicate."""
    after = range(x.at + 1, min(len(x.said), x.at + 1 + AROUND))
    about = next((i for i in after if x.said[i] in matters.words_of("about")), None)
    if about is None or x.at < 0:
        return Named(kind="talks")
    return Named(kind="talks", keys=_naming(x.said[about + 1 : about + 2 + BEFORE], x.mention))
