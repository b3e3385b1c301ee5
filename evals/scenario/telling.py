"""Turning an event into a sentence: which variant, what its slots say, in whose voice. Documents are built in press."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import phrases
from plot import Event
from wordings import DATED, KINDS, SLOT, UNDATED, Variant, Wordings
from world import Outlet, Person, World

# The field of an event that a slot tells, as the ledger names what a count is of.
FIELDS = {
    "when": "date", "when_bare": "date", "place": "place", "killed": "killed", "wounded": "wounded", "load": "goods",
    "sum": "money", "crew": "detained", "diplomats": "expelled",
}  # fmt: skip
_STRAIGHT = str.maketrans("“”’", '""\'')
_STATUS = {"plan": "planned", "cancellation": "cancelled", "denial": "denied"}


@dataclass(frozen=True)
class Voice:
    """Who says so: kind named, anonymous, party, data, third or wire. `side` is "a" or "b" where a state speaks."""

    kind: str
    side: str | None = None
    words: str | None = None  # of a wire: its name


@dataclass(frozen=True)
class Sentence:
    """One sentence of a report and what it tells; `event` None where it tells nothing between the two."""

    text: str
    role: str
    event: str | None = None
    status: str | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    voice: str = "outlet"
    side: str | None = None
    background: bool = False
    variant: str = ""
    origin: str = ""  # the newsroom that wrote it
    copied: "Sentence | None" = None  # the sentence that a copy repeats


@dataclass
class Scene:
    """The state of one report while it is written."""

    outlet: Outlet
    now: dt.datetime
    rng: Random
    introduced: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class View:
    """An event as one newsroom has it at one time: `values` by slot, with "date"; undated where no day is given."""

    event: Event
    values: Mapping[str, Any]
    dated: bool = True


class Teller:
    """Writes sentences; keeps count of the variants so that none is worn out."""

    def __init__(self, wordings: Wordings, world: World, rng: Random) -> None:
        self.wordings, self.world, self.rng = wordings, world, rng
        self.uses: Counter[str] = Counter()

    # ------------------------------------------------------------ acts
    def tell(
        self, view: View, role: str, scene: Scene, *, voice: Voice | None = None, needs: Collection[str] = ()
    ) -> Sentence:
        """Return a sentence of a role about an event; `needs` are slots that it has to name."""
        section = f"act.{view.event.kind}.{role}"
        fits = [v for v in self.wordings[section] if self._fits(v, view, role, voice)]
        named = [v for v in fits if v.slots >= set(needs)] or fits
        variant = self.pick(named, scene)
        words = self._undated(variant.words, view, role)
        fill = _Fill(self, view, scene, role, voice)
        if voice and "source" not in variant.slots:
            frame = self.pick(self._frames(voice, variant), scene)
            body = fill.claim(words, start=frame.words.startswith("{claim}"))
            text = fill.frame(frame.words, body)
        else:
            text = phrases.tidy(fill.text(words, start=True))
        return Sentence(
            text=text if role != "headline" else _headline(text, scene.outlet),
            role=role, event=view.event.id, status=_STATUS.get(role) or view.event.sort.status, told=dict(fill.told),
            voice=_kind(voice, variant), side=voice.side if voice else None, background=role == "background",
            variant=variant.path, origin=scene.outlet.name,
        )  # fmt: skip

    def _frames(self, voice: Voice, variant: Variant) -> list[Variant]:
        """Return the frames for a claim: what opens with a participle or an adverbial has to come first."""
        frames = self.wordings[f"attribution.{_frame(voice)}"]
        return [f for f in frames if not variant.leans or f.words.startswith("{claim}")]

    def _fits(self, variant: Variant, view: View, role: str, voice: Voice | None) -> bool:
        """Say whether a variant can be used for this view in this voice."""
        slots = set(variant.slots)
        if "ordinal" in slots and view.event.ordinal is None:
            return False
        dates = slots & {"when_bare"} if role in UNDATED else slots & {"when", "when_bare"}
        if dates and not view.dated and role not in DATED:
            return False
        if voice is None:
            return "source" not in slots
        if "source" in slots:
            return voice.kind not in ("data", "wire")
        return not variant.speaks and role not in ("headline", "denial")

    def _undated(self, words: str, view: View, role: str) -> str:
        if view.dated or role not in UNDATED:
            return words
        return words.replace("{when}, ", "") if words.startswith("{when}, ") else words.replace(" {when}", "")

    def pick(self, variants: Collection[Variant], scene: Scene) -> Variant:
        """Return one of the least used variants, if possible one that this report has not used."""
        fresh = [v for v in variants if v.path not in scene.used] or list(variants)
        least = min(self.uses[v.path] for v in fresh)
        variant = scene.rng.choice([v for v in fresh if self.uses[v.path] <= least])
        self.uses[variant.path] += 1
        scene.used.add(variant.path)
        return variant

    # ------------------------------------------------------------ the rest
    def filling(self, section: str, view: View, scene: Scene, voice: Voice | None = None) -> Sentence:
        """Return a sentence that tells no event."""
        variant = self.pick(self.wordings[f"filling.{section}"], scene)
        fill = _Fill(self, view, scene, section, voice or Voice("observer"))
        text = phrases.tidy(fill.text(variant.words, start=True))
        return Sentence(text=text, role=section, variant=variant.path, origin=scene.outlet.name)

    def plain(self, section: str, scene: Scene, **slots: str) -> Sentence:
        """Return a sentence of a section whose slots are given as words: a correction, a credit."""
        variant = self.pick(self.wordings[section], scene)
        text = SLOT.sub(lambda m: slots[m.group(1)], variant.words)
        return Sentence(
            text=phrases.tidy(text), role=section.partition(".")[0], variant=variant.path, origin=scene.outlet.name
        )


def told_value(slot: str, value: Any) -> str:
    """Return a value as the truth writes it: dollars in full, a day as ISO."""
    return str(value * 1_000_000 if slot == "sum" else value)


def _frame(voice: Voice) -> str:
    return "named" if voice.kind in ("third", "observer") else voice.kind


def _kind(voice: Voice | None, variant: Variant) -> str:
    if voice:
        return _frame(voice)
    return "named" if variant.speaks else "outlet"


class _Fill:
    """The filling of one variant: words for its slots, noting what they tell."""

    def __init__(self, teller: Teller, view: View, scene: Scene, role: str, voice: Voice | None) -> None:
        self.teller, self.view, self.scene, self.role, self.voice = teller, view, scene, role, voice
        self.rng = scene.rng
        self.told: dict[str, str] = {}

    def text(self, words: str, *, start: bool) -> str:
        """Return the words with their slots filled, as they stand at the start of a sentence or within one."""
        opens = SLOT.match(words) if start else None
        return SLOT.sub(lambda m: self._slot(m.group(1), start=bool(opens) and m.start() == 0), words)

    def claim(self, words: str, *, start: bool) -> str:
        """Return a sentence as a clause for a frame: no stop, a small first letter."""
        text = self.text(words, start=start).removesuffix(".")
        return text if words.startswith("{") else text[:1].lower() + text[1:]

    def frame(self, frame: str, body: str) -> str:
        """Return a clause within its frame."""
        named: dict[str, Callable[[], str]] = {"claim": lambda: body, "source": self._source, "agency": self._agency}
        return phrases.tidy(SLOT.sub(lambda m: named[m.group(1)](), frame))

    def _slot(self, name: str, *, start: bool) -> str:
        side = self.view.event.a if name[:2] in ("a", "a_") else self.view.event.b
        headline = self.role == "headline"
        simple: dict[str, Callable[[], str]] = {
            "a": lambda: phrases.government(side, self.rng, headline=headline),
            "b": lambda: phrases.government(side, self.rng, headline=headline),
            "a_name": lambda: side.name, "b_name": lambda: side.name,
            "a_adj": lambda: side.adj, "b_adj": lambda: side.adj,
            "a_capital": lambda: side.capital, "b_capital": lambda: side.capital,
            "a_person": lambda: self._person(self._official("a")),
            "b_person": lambda: self._person(self._official("b")),
            "b_counterpart": self._counterpart, "source": self._source,
            "when": lambda: self._when(0, start=start), "when_bare": lambda: self._when(1, start=start),
            "ordinal": lambda: ("first", "second", "third", "fourth")[(self.view.event.ordinal or 1) - 1],
            "number": lambda: str(self.rng.randint(11, 89) * 10), "percent": lambda: str(self.rng.randint(4, 24)),
            "year": lambda: str(self.rng.randint(1948, 1999)),
        }  # fmt: skip
        return simple[name]() if name in simple else self._fact(name, start=start)

    def _fact(self, name: str, *, start: bool) -> str:
        """Return the words for a fact of the event, and note what they tell."""
        if name == "gift":
            name = "load" if "load" in self.view.values else "sum"
        if name == "topic" and "topic" not in self.view.values:
            return self.rng.choice(self.teller.world.things["topic"])
        value = self.view.values[name]
        self._note(name, value)
        headline = self.role == "headline"
        forms: dict[str, Callable[[], str]] = {
            "load": lambda: phrases.tonnes(value, self.view.values["goods"], start=start and not headline),
            "sum": lambda: phrases.million(value, self.rng, start=start and not headline),
            "killed": lambda: phrases.count(value, self.rng, start=start and not headline),
            "wounded": lambda: phrases.count(value, self.rng, start=start, vague=False),
            "crew": lambda: phrases.count(value, self.rng, start=start and not headline, vague=False),
            "diplomats": lambda: phrases.count(value, self.rng, start=start and not headline, vague=False),
            "vessel": lambda: value if headline else f"the {value}",
            "boat": lambda: value if headline else f"the {value}",
            "suspect": lambda: self._suspect(*value),
        }
        return forms[name]() if name in forms else str(value)

    def _note(self, name: str, value: Any) -> None:
        if name == "pact" and "sum" in self.view.values:
            self.told["money"] = told_value("sum", self.view.values["sum"])
        if name in FIELDS:
            of = "released" if name == "crew" and self.view.event.kind == "release" else FIELDS[name]
            self.told[of] = told_value(name, value)

    def _suspect(self, trade: str, full: str) -> str:
        if full in self.scene.introduced or self.role == "headline":
            return full.rsplit(maxsplit=1)[-1] if self.role != "headline" else full
        self.scene.introduced.add(full)
        return f"{trade} {full}"

    def _when(self, form: int, *, start: bool) -> str:
        moment = dt.datetime.combine(self.view.values["date"], self.view.event.at.time())
        words = phrases.when(
            moment, self.scene.now, self.rng, american=self.scene.outlet.american, background=self.role == "background"
        )
        self.told["date"] = words[2]
        return f"on {words[form]}" if start and words[form] in phrases.WEEKDAYS else words[form]

    def _official(self, side: str) -> Person:
        event = self.view.event
        return self.teller.world.official(event.a if side == "a" else event.b, event.sort.office)

    def _person(self, person: Person) -> str:
        if self.role == "headline":
            return phrases.headlined(person, self.rng)
        if person.full in self.scene.introduced:
            return phrases.again(person, self.rng)
        self.scene.introduced.add(person.full)
        return phrases.introduced(person, self.rng)

    def _counterpart(self) -> str:
        host, guest = self._official("b"), self._official("a")
        his = "her" if guest.woman else "his"
        if host.full in self.scene.introduced:
            return f"{his} {host.adj} counterpart"
        self.scene.introduced.add(host.full)
        return f"{his} {host.adj} counterpart, {host.full},"

    def _source(self) -> str:
        """Return who says so."""
        voice = self.voice or Voice("observer")
        event = self.view.event
        if voice.kind in ("anonymous", "data", "third", "observer"):
            return self.teller.pick(self.teller.wordings[f"source.{voice.kind}"], self.scene).words
        state = event.b if voice.side == "b" else event.a
        if voice.kind == "party":
            return f"the {state.adj} {event.sort.ministry}"
        return self._person(self.teller.world.official(state, f"{event.sort.ministry} spokesman"))

    def _agency(self) -> str:
        return (self.voice.words if self.voice else None) or ""


def _headline(text: str, outlet: Outlet) -> str:
    """Return a headline in the outlet's case."""
    if not outlet.title:
        return text
    small = {"a", "an", "the", "and", "of", "in", "on", "to", "by", "for", "with", "from", "as", "at", "over", "off"}
    words = text.split()
    return " ".join(w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(words))


def restyled(text: str, outlet: Outlet) -> str:
    """Return a text with the quotation marks and apostrophes of an outlet."""
    if outlet.quotes == "straight":
        return text.translate(_STRAIGHT)
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


assert set(FIELDS) <= {s for own, _ in KINDS.values() for s in own} | {"when", "when_bare"}
