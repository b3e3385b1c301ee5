"""Wordings files: which sections and slots there are, and the check of a file against them. Nothing is told here."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LEADS, OTHERS, SOURCES = 12, 8, 6  # least variants of a lead, of any other section, of a list of speakers
PLAIN = 2  # least variants of each section that need neither a date nor a speaker nor a number in a series
CARRIED = 3  # least leads and details that name a figure on which tellers differ
# A variant in which somebody speaks already is not put into anybody else's mouth.
_SPEAKS = re.compile(r"[“”]|\b(?:sa(?:id|ys|ying)|confirmed|announced|told|welcomed|thanked|regretted|repeated)\b")
# One that opens so stands first in a frame: "… , X said", not "X said that accused of …".
_LEANS = re.compile(r"\{when\}|[A-Z]\w*(?:ing|ed) |(?:With|After|In|By|At|On|During|Under|For|From|Days|Two weeks) ")
SLOT = re.compile(r"\{([a-z_]+)\}")

_STATES = ("a", "b", "a_name", "b_name", "a_adj", "b_adj", "a_capital", "b_capital")
_PEOPLE = ("a_person", "b_person", "b_counterpart")
_TOLD = ("when", "when_bare", "source", "ordinal")
OPTIONAL = frozenset(_TOLD)
_TOLD_ALWAYS = frozenset(("source", "ordinal"))  # what a variant of a dated role may have to do without
DATED = ("plan", "cancellation")  # these always have a date
UNDATED = ("lead", "background")  # where a report gives no day, {when} is left out of these
_BASE = ("headline", "lead", "detail", "background")

# What each kind of act may name beyond the slots of all, and the roles that it has beyond the four of all.
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "call": (("topic",), ()),
    "meeting": (("topic", "place"), ("plan", "denial")),
    "visit": (("topic",), ("plan", "cancellation")),
    "talks": (("topic", "place"), ("plan",)),
    "delivery": (("load", "goods", "vessel", "place"), ("plan", "cancellation")),
    "transfer": (("sum", "purpose"), ()),
    "pledge": (("gift",), ()),
    "strike": (("place", "means", "killed", "wounded"), ("toll", "denial")),
    "seizure": (("boat", "crew", "place"), ("denial",)),
    "release": (("boat", "crew"), ()),
    "accusation": (("charge",), ()),
    "request": (("suspect", "offence"), ()),
    "refusal": (("suspect", "offence"), ()),
    "sanction": (("target",), ()),
    "easing": (("target",), ()),
    "expulsion": (("diplomats",), ()),
    "proposal": (("pact",), ()),
    "deal": (("pact",), ()),
    "signing": (("pact", "place"), ("plan",)),
    "ratification": (("pact",), ()),
    "works": (("project", "place"), ()),
    "suspension": (("project", "place"), ()),
}
FIGURES = {"delivery": "load", "transfer": "sum", "strike": "killed", "seizure": "crew"}

_FILLING = (*_STATES[2:], "topic", "number", "percent", "year")
# Sections outside the acts: the slots that may stand there, those that must, and the least number of variants.
GENERAL: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "attribution.named": (("claim", "source"), ("claim", "source"), OTHERS),
    "attribution.anonymous": (("claim", "source"), ("claim", "source"), OTHERS),
    "attribution.party": (("claim", "source"), ("claim", "source"), OTHERS),
    "attribution.data": (("claim", "source"), ("claim", "source"), OTHERS),
    "attribution.wire": (("claim", "agency"), ("claim", "agency"), OTHERS),
    "source.anonymous": ((), (), SOURCES),
    "source.data": ((), (), SOURCES),
    "source.third": ((), (), SOURCES),
    "source.observer": ((), (), SOURCES),
    "correction.killed": (("wrong", "right"), ("wrong", "right"), OTHERS),
    "correction.date": (("wrong", "right"), ("wrong", "right"), OTHERS),
    "correction.amount": (("wrong", "right"), ("wrong", "right"), OTHERS),
    "credit.line": (("agency",), ("agency",), OTHERS),
    "filling.connective": (_FILLING, (), LEADS),
    "filling.context": (_FILLING, (), LEADS),
    "filling.quote": ((*_FILLING, "source"), ("source",), LEADS),
    "filling.scene": (_FILLING, (), LEADS),
    "filling.closing": (_FILLING, (), LEADS),
}


class WordingsError(ValueError):
    """A wordings file that cannot be used: every fault on a line of its own, with the path to it."""


@dataclass(frozen=True)
class Section:
    """What a section of a wordings file has to hold."""

    path: str  # act.call.lead
    allowed: tuple[str, ...]
    required: tuple[str, ...]
    least: int

    @property
    def role(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def dropped(self) -> frozenset[str]:
        """The slots that are left out of the sentence where there is nothing to put in."""
        return frozenset(("when",)) if self.role in UNDATED else frozenset()

    @property
    def is_act(self) -> bool:
        """Whether the section tells acts."""
        return self.path.startswith("act.")

    @property
    def is_list(self) -> bool:
        """Whether the section lists speakers, which are no sentences."""
        return self.path.startswith("source.")


@dataclass(frozen=True)
class Variant:
    """One wording: its place in the file, its words and the slots in them."""

    path: str  # act.call.lead[3], counted from 1
    words: str

    @property
    def slots(self) -> frozenset[str]:
        """The slots that stand in it."""
        return frozenset(SLOT.findall(self.words))

    @property
    def speaks(self) -> bool:
        """Whether somebody speaks in it, in a quotation or not."""
        return bool(_SPEAKS.search(self.words))

    @property
    def leans(self) -> bool:
        """Whether it opens with a participle or an adverbial."""
        return bool(_LEANS.match(self.words))


Wordings = Mapping[str, tuple[Variant, ...]]


def sections() -> Iterator[Section]:
    """Yield every section that a wordings file must have, acts first."""
    for kind, (own, more) in KINDS.items():
        allowed = (*_STATES, *_PEOPLE, *own, *_TOLD)
        for role in (*_BASE, *more):
            must: tuple[str, ...] = ("source",) if role in ("denial", "toll") else ()
            told = tuple(s for s in allowed if role != "headline" or s not in ("when", "when_bare", "source"))
            # A denial or a toll is always somebody's; a variant of it without a speaker would be the outlet's own.
            yield Section(f"act.{kind}.{role}", told, must, LEADS if role == "lead" else OTHERS)
    for path, (allowed, must, least) in GENERAL.items():
        yield Section(path, allowed, must, least)


def load(path: Path) -> Wordings:
    """Return the wordings of a file by section; WordingsError lists every fault in it."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise WordingsError(f"{path}: {fault}") from fault
    found, faults = _flat(raw)
    wanted = {s.path: s for s in sections()}
    faults += [f"{p}: no such section (see --slots)" for p in found if p not in wanted]
    for section in wanted.values():
        faults += _faults(section, found.get(section.path))
    faults += _figures(found)
    if faults:
        raise WordingsError("\n".join(f"{path}: {f}" for f in faults))
    return {p: tuple(Variant(f"{p}[{i}]", w) for i, w in enumerate(words, 1)) for p, words in found.items()}


def _flat(raw: Mapping[str, object], path: str = "") -> tuple[dict[str, list[str]], list[str]]:
    """Return the lists of strings of a TOML tree by dotted path, and what is neither a table nor such a list."""
    found: dict[str, list[str]] = {}
    faults: list[str] = []
    for key, value in raw.items():
        at = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            below, wrong = _flat(value, at)
            found |= below
            faults += wrong
        elif isinstance(value, list) and all(isinstance(v, str) for v in value):
            found[at] = value
        else:
            faults.append(f"{at}: a list of strings is wanted here")
    return found, faults


def _faults(section: Section, words: list[str] | None) -> Iterator[str]:
    """Yield what is wrong with one section."""
    if words is None:
        yield f"{section.path}: missing; it needs at least {section.least} variants"
        return
    if len(words) < section.least:
        yield f"{section.path}: {len(words)} variants, at least {section.least} are needed"
    seen: dict[str, int] = {}
    for i, variant in enumerate(words, 1):
        for fault in _variant_faults(section, variant):
            yield f"{section.path}[{i}]: {fault}: {variant!r}"
        if variant in seen:
            yield f"{section.path}[{i}]: the same as [{seen[variant]}]"
        seen[variant] = i
    if section.path.startswith("attribution."):
        first = sum(w.startswith("{claim}") for w in words)
        if first < PLAIN:
            yield f"{section.path}: {first} variants open with {{claim}}; {PLAIN} are needed"
    if section.is_act:
        needed = _TOLD_ALWAYS if section.role in DATED else OPTIONAL - section.dropped
        plain = sum(not (needed - set(section.required)) & set(SLOT.findall(w)) for w in words)
        if plain < PLAIN:
            names = ", ".join(f"{{{n}}}" for n in _TOLD if n in needed - set(section.required))
            yield f"{section.path}: {plain} variants without {names}; {PLAIN} are needed"


def _variant_faults(section: Section, words: str) -> Iterator[str]:
    """Yield what is wrong with one variant."""
    slots = SLOT.findall(words)
    rest = SLOT.sub("", words)
    if "{" in rest or "}" in rest:
        yield "a brace that opens or closes no slot"
    for name in dict.fromkeys(slots):
        if name not in section.allowed:
            yield f"{{{name}}} may not stand here (allowed: {', '.join(section.allowed) or 'none'})"
        if slots.count(name) > 1:
            yield f"{{{name}}} stands twice"
    yield from (f"{{{name}}} must stand here" for name in section.required if name not in slots)
    yield from _typing_faults(section, words)


def _typing_faults(section: Section, words: str) -> Iterator[str]:
    """Yield what would spoil the sentence however its slots are filled."""
    if not words.strip() or words != " ".join(words.split()):
        yield "empty, or with odd spaces"
        return
    if '"' in words:
        yield "a straight double quote: write “ and ”"
    if words.count("“") != words.count("”"):
        yield "a quotation that does not close"
    if re.search(r"(?:person|counterpart|source)\}['’]", words):
        yield "a person has no possessive ('s): turn the phrase round"
    stops = words.rstrip("”").endswith((".", "!", "?"))
    if section.is_list or section.role == "headline":
        if stops:
            yield "a full stop at the end"
    elif not stops:
        yield "no full stop at the end"
    elif section.is_act and re.search(r"[.!?]”? [A-Z“{]", words):
        yield "more than one sentence"
    if not section.is_list and words[0].isalpha() and words[0].islower():
        yield "a small letter at the beginning"


def _figures(found: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the kinds whose leads and details name too seldom the figure on which tellers differ."""
    for kind, slot in FIGURES.items():
        for role in ("lead", "detail"):
            words = found.get(f"act.{kind}.{role}", [])
            carried = sum(f"{{{slot}}}" in w for w in words)
            if carried < CARRIED:
                yield f"act.{kind}.{role}: {{{slot}}} stands in {carried} variants, {CARRIED} are needed"


def table() -> str:
    """Return what each section may and must hold, one line a section."""
    lines = []
    for s in sections():
        marked = [f"{{{name}}}{'!' if name in s.required else ''}" for name in s.allowed]
        lines.append(f"{s.path:26} at least {s.least:2}   {' '.join(marked) or '(no slots)'}")
    return "\n".join(["section, least number of variants, slots that may stand there (! = must)", *lines])
