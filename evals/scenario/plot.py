"""The stories: which events happen to whom on which day, what is told otherwise by whom. Nothing is worded here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Any

from world import Kind, Outlet, State, World

DAYS = 90
_MODES = {"drone": "drone", "artillery": "heavy-weapons", "rocket": "heavy-weapons", "air": "aerial"}
_UNITS = {"load": "t", "sum": "USD"}

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Denial:
    """Who says that it did not happen: "a" or "b"."""

    side: str


@dataclass
class Event:
    """One event. `facts` are its true values by slot; `rival` what some newsroom or side says instead."""

    id: str
    arc: str
    kind: str
    sort: Kind
    a: State
    b: State
    at: dt.datetime
    facts: dict[str, Any]
    step: Mapping[str, Any]
    ordinal: int | None = None  # its place in a series of look-alikes
    series: str | None = None
    announced: dt.datetime | None = None
    cancelled: dt.datetime | None = None
    early: dict[str, Any] = field(default_factory=dict)  # values told in the first hours
    rival: dict[str, Any] = field(default_factory=dict)  # values that one newsroom, or one side, gives instead
    wrong: dict[str, Any] = field(default_factory=dict)  # values that one article gives until it is corrected
    denial: Denial | None = None

    @property
    def status(self) -> str:
        """How it stands at the end of the story."""
        return "cancelled" if self.cancelled else self.sort.status

    @property
    def known(self) -> dt.datetime:
        """When it is settled: it has happened or is called off."""
        return self.cancelled or self.at


@dataclass
class Story:
    """All events in order of time, the pairs that must not be merged, the dossiers."""

    start: dt.date
    events: list[Event]
    dossiers: list[dict[str, Any]]

    @property
    def look_alikes(self) -> list[tuple[str, str]]:
        """Pairs of events of one series."""
        return [(x.id, y.id) for x, y in combinations(self.events, 2) if x.series and x.series == y.series]

    def of(self, arc: str) -> list[Event]:
        """Return the events of one pair of states."""
        return [e for e in self.events if e.arc == arc]


def make_story(world: World, arcs: list[dict[str, Any]], rng: Random) -> Story:
    """Return the story of a seed: every arc with a pair of its own, over ninety days."""
    start = dt.date(2025, 1, 6) + dt.timedelta(days=rng.randrange(0, 330))
    drawn = {thing: rng.sample(values, len(values)) for thing, values in world.things.items()}
    events: list[Event] = []
    dossiers: list[dict[str, Any]] = []
    for arc in arcs:
        a, b = (world.states[code] for code in rng.choice(arc["pairs"]))
        made = _Arc(world, arc, a, b, rng, drawn).events(start)
        events += made
        dossiers += _dossiers(arc, made)
    events.sort(key=lambda e: (e.at, e.id))
    return Story(start=start, events=events, dossiers=dossiers)


@dataclass
class _Arc:
    """The making of one arc's events."""

    world: World
    arc: Mapping[str, Any]
    a: State
    b: State
    rng: Random
    drawn: Mapping[str, list[str]]

    def events(self, start: dt.date) -> list[Event]:
        """Return the events of the arc in order."""
        shared = self._shared()
        days = self._days()
        made: list[Event] = []
        counts: dict[str, int] = {}
        for n, step in enumerate(self.arc["step"], 1):
            at = dt.datetime.combine(start + dt.timedelta(days=days[n - 1]), dt.time(self.rng.randrange(5, 19)))
            series = f"{self.arc['id']}.{step['series']}" if "series" in step else None
            place = counts.get(series or "", 0)
            if series:
                counts[series] = place + 1
            made.append(self._event(f"{self.arc['id']}-{n}", step, at, shared, (series, place)))
        return made

    def _days(self) -> list[int]:
        """Return the day of each step: gaps as drawn, stretched to the end of the story; a fixed gap stays."""
        gaps = [(self.rng.randint(*step["after"]), step["after"][0] == step["after"][1]) for step in self.arc["step"]]
        fixed = sum(gap for gap, stays in gaps if stays)
        share = (DAYS - self.rng.randint(5, 14) - fixed) / sum(gap for gap, stays in gaps if not stays)
        days, day = [], 0.0
        for gap, stays in gaps:
            day = round(day) + gap if stays else day + gap * max(1.0, share)
            days.append(min(round(day), DAYS - 2))
        return days

    def _shared(self) -> dict[str, Any]:
        """Return what stays the same through an arc."""
        take = self.rng.choice
        third = self.drawn["neutral"]
        return {
            "topic": take(self.drawn["topic"]),
            "goods": take(self.drawn["goods"]),
            "means": take(self.drawn["means"]),
            "pact": take(self.drawn["pact"]),
            "project": take(self.drawn["project"]),
            "purpose": take(self.drawn["purpose"]),
            "charge": take(self.drawn["charge"]),
            "neutral": self.rng.sample(third, 3),
            "vessel": self.rng.sample(self.drawn["vessel"], 3),
            "boat": self.rng.sample(self.drawn["boat"], 3),
            "target": self.rng.sample(self.drawn["target"], 3),
            "crew": self.rng.sample(range(6, 15), 3),
            "suspect": [self._suspect() for _ in range(2)],
            "offence": self.rng.sample(self.drawn["offence"], 2),
            "loan": 10 * self.rng.randint(12, 30),
        }

    def _suspect(self) -> tuple[str, str]:
        person = self.world.person(self.a, "")
        return self.rng.choice(self.drawn["trade"]), person.full

    def _event(
        self,
        name: str,
        step: Mapping[str, Any],
        at: dt.datetime,
        shared: Mapping[str, Any],
        place: tuple[str | None, int],
    ) -> Event:
        kind = step["kind"]
        a, b = (self.b, self.a) if step.get("swap") else (self.a, self.b)
        series, n = place
        event = Event(
            id=name, arc=self.arc["id"], kind=kind, sort=self.world.kinds[kind], a=a, b=b, at=at, step=step,
            facts=self._facts(kind, step, shared, n), ordinal=n + 1 if series else None, series=series,
        )  # fmt: skip
        if "announced" in step:
            event.announced = at - dt.timedelta(days=step["announced"], hours=self.rng.randint(1, 5))
        if "cancelled" in step:
            event.cancelled = at - dt.timedelta(days=step["cancelled"], hours=self.rng.randint(1, 5))
        self._disputes(event)
        return event

    def _facts(self, kind: str, step: Mapping[str, Any], shared: Mapping[str, Any], n: int) -> dict[str, Any]:
        """Return the true values of an event, by slot."""
        rng = self.rng
        facts: dict[str, Any] = {}
        if kind in ("call", "meeting", "visit", "talks"):
            facts["topic"] = shared["topic"]
        if kind in ("meeting", "talks"):
            facts["place"] = shared["neutral"][n % 3] if kind == "meeting" else shared["neutral"][0]
        if kind == "signing":
            facts["place"] = self.a.capital
        if kind in ("delivery", "pledge") and step.get("gift") != "money":
            tonnes = 500 * rng.randint(16, 60) * (4 if kind == "pledge" else 1)
            facts |= {"goods": shared["goods"], "load": tonnes}
        if kind == "delivery":
            facts |= {"vessel": shared["vessel"][n % 3], "place": self.b.towns[n % 2]}
        if kind == "transfer" or step.get("gift") == "money":
            facts |= {"sum": 5 * rng.randint(5, 16) * (6 if kind == "pledge" else 1), "purpose": shared["purpose"]}
        if kind == "strike":
            facts |= {"place": self.b.towns[n % 2], "means": shared["means"]}
            facts |= {"killed": rng.randint(16, 29), "wounded": rng.randint(30, 60)}
        if kind in ("seizure", "release"):
            facts |= {"boat": shared["boat"][n % 3], "crew": shared["crew"][n % 3], "place": self.a.towns[n % 2]}
        if kind in ("request", "refusal"):
            facts |= {"suspect": shared["suspect"][n % 2], "offence": shared["offence"][n % 2]}
        if kind in ("sanction", "easing"):
            facts["target"] = shared["target"][n % 3]
        if kind == "accusation":
            facts["charge"] = shared["charge"]
        if kind == "expulsion":
            facts["diplomats"] = rng.randint(3, 8)
        if kind in ("proposal", "deal", "signing", "ratification"):
            loan = step.get("pact") == "loan"
            facts["pact"] = f"${shared['loan']} million loan agreement" if loan else shared["pact"]
            if loan:
                facts["sum"] = shared["loan"]
        if kind in ("works", "suspension"):
            facts |= {"project": shared["project"], "place": self.b.towns[0]}
        return facts

    def _disputes(self, event: Event) -> None:
        """Set what is told otherwise: early figures, rivals, errors, denials."""
        rng, step = self.rng, event.step
        if step.get("grows"):
            event.early = {"killed": max(3, event.facts["killed"] - rng.randint(4, 8))}
        rival = step.get("rival")
        if rival:
            event.rival = {rival: self._other(event, rival)}
        correction = step.get("correction")
        if correction:
            event.wrong = {correction: self._other(event, correction)}
        if step.get("denied"):
            event.denial = Denial("a")

    def _other(self, event: Event, slot: str) -> Any:
        """Return a value that differs from the true one."""
        if slot == "date":
            return event.at.date() - dt.timedelta(days=1)
        value = event.facts[slot]
        return {
            "load": lambda: value + 500 * self.rng.randint(6, 12),
            "sum": lambda: value + 5 * self.rng.randint(2, 4),
            "killed": lambda: value // 3,
            "crew": lambda: value + 2,
        }[slot]()


def _dossiers(arc: Mapping[str, Any], events: list[Event]) -> list[dict[str, Any]]:
    """Return the dossiers of an arc with their stages as they stand at the end."""
    found = []
    for name, kind in arc["dossiers"].items():
        own = [e for e in events if e.step.get("dossier") == name]
        stages = [
            {
                "stage": "cancelled" if e.cancelled else e.step["stage"],
                "date": (e.cancelled or e.at).date().isoformat(),
                "event": e.id,
                "planned": False,
            }
            for e in own
        ]
        found.append(
            {
                "id": f"{arc['id']}.{name}",
                "kind": kind,
                "parties": sorted({own[0].a.code, own[0].b.code}),
                "theme": _theme(own),
                "stages": stages,
            }
        )
    return found


def _theme(events: list[Event]) -> list[str]:
    """Return the words that name a dossier's matter."""
    words: list[str] = []
    for e in events:
        for slot in ("goods", "pact", "project", "target", "purpose"):
            if slot in e.facts and e.facts[slot] not in words:
                words.append(e.facts[slot])
        if "suspect" in e.facts and e.facts["suspect"][1] not in words:
            words.append(e.facts["suspect"][1])
    return words


def flow(event: Event) -> dict[str, Any] | None:
    """Return what an event moves or promises to move; None where it moves nothing or was called off."""
    if "flow" not in event.step or event.cancelled:
        return None
    slot = "load" if "load" in event.facts else "sum"
    amount = float(event.facts[slot]) * (1 if slot == "load" else 1_000_000)
    return {
        "event": event.id, "from": event.a.code, "to": event.b.code,
        "goods": event.facts.get("goods") if slot == "load" else "money", "low": amount, "high": amount,
        "unit": _UNITS[slot], "month": event.at.strftime("%Y-%m"), "class": event.step["flow"],
    }  # fmt: skip


def modes(event: Event) -> list[str]:
    """Return the PLOVER modes of an event."""
    return [_MODES[event.facts["means"]]] if event.kind == "strike" else list(event.sort.modes)


def writers(outlets: tuple[Outlet, ...], *kinds: str) -> list[Outlet]:
    """Return the outlets of some kinds."""
    return [o for o in outlets if o.kind in kinds]
