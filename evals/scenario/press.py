"""The newsrooms: who reports what when, in which form; copies, rewrites, corrections. Sentences come from telling."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from plot import DAYS, Event, Story
from telling import FIELDS, Scene, Sentence, Teller, View, Voice, told_value
from world import Outlet, World

# What a report of each form is made of: L its main act, d more on it, o another recent act, b background, p what is
# still to come, q quotation, c connective, x context, s scene, z closing. A letter in brackets is left out at times.
FORMS: Mapping[str, tuple[str, ...]] = {
    "dispatch": ("L d (c) d q (x) (d) (b)", "L d c (d) (q) (b) (p)", "L (q) d x d (o) (b) (c)", "L d d c (x) (b)"),
    "brief": ("L d c", "L d x (c)", "L c d", "L d (b) z"),
    "release": ("L d d", "L d d d (p)", "L d (d) x (b)", "L d d (b) (p)"),
    "report": (
        "L d q c d x (b) (p) z", "L c d q (o) d x b (b) q (z)", "L d x q (d) b c (p)", "s L d q d (b) x (o) c z",
        "L x d c q b (d) (p) z",
    ),
    "feature": (
        "s s L x d q c x (o) d b q x b c (d) x (p) z z", "L d x q c d x b b q s x (o) d c x (p) z",
        "s L d q x c b x d q b s x (b) c (p) x z z", "x s L q d x c d b q (o) x b c x s (p) z",
        "L d q x d c b (b) q x (o) z", "s L d x d q b c (x) d z",
    ),
}  # fmt: skip
_FILLING = {"q": "quote", "c": "connective", "x": "context", "s": "scene", "z": "closing"}
_KEPT = 0.6  # of the bracketed letters
_UNDATED = 0.12  # of the reports give no day at all
_SEEN = ("strike", "seizure", "release", "delivery")  # what outsiders can see
_COUNTED = {"delivery": "load", "transfer": "sum"}  # what records show
_GROWN = dt.timedelta(hours=18)  # after that the early toll is overtaken
_SHORTEST = 3  # sentences of a report
_MINUTE = 60


@dataclass
class Report:
    """One article."""

    outlet: Outlet
    published: dt.datetime
    title: str
    paragraphs: list[list[Sentence]]
    event: Event
    group: int
    kind: str  # original, copy, partial-copy, rewrite, correction
    headline: Sentence | None = None  # where it stands in the text as well
    dateline: str = ""
    url: str = ""
    corrects: "Report | None" = None
    form: str = "report"

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences in order."""
        return [s for p in self.paragraphs for s in p]


@dataclass
class Plan:
    """How a report is to be written."""

    form: str
    role: str = "lead"
    voice: Voice | None = None
    values: Mapping[str, Any] = field(default_factory=dict)  # instead of what the newsroom has
    needs: tuple[str, ...] = ()
    origin: str | None = None  # the newsroom whose facts these are, where it is another
    group: int | None = None
    kind: str = "original"


class Press:
    """Writes all reports of a story."""

    def __init__(self, story: Story, world: World, teller: Teller, rng: Random) -> None:
        self.story, self.world, self.teller, self.rng = story, world, teller, rng
        self.reports: list[Report] = []
        self.groups = 0
        self.strays: dict[str, str] = {}  # event: the newsroom that gives the rival value

    # ------------------------------------------------------------ all of them
    def print_all(self, documents: int) -> list[Report]:
        """Return at least `documents` reports in order of publication."""
        for event in self.story.events:
            self._cover(event)
        while len(self.reports) < documents:
            counts = {e.id: 0 for e in self.story.events}
            for r in self.reports:
                counts[r.event.id] += 1
            least = min(counts.values())
            self._more(self.rng.choice([e for e in self.story.events if counts[e.id] <= least + 2]))
        self.reports.sort(key=lambda r: (r.published, r.outlet.name, r.title))
        for n, report in enumerate(self.reports):
            report.url = report.url or _url(report, n)
        for report in self.reports:
            if report.corrects:
                report.url = report.corrects.url
        return self.reports

    def _cover(self, event: Event) -> None:
        """Write what every event is given."""
        if event.announced:
            self._announce(event)
        if event.cancelled:
            for hours in (3, 9, 26):
                self._write(event, self._newsroom(), self._at(event.cancelled, hours), Plan("report", "cancellation"))
            return
        self.strays[event.id] = "Meridian Wire" if self.rng.random() < 0.5 else self._newsroom().name
        first = self._write(event, self._named("Corvus News Agency"), self._at(event.at, 2), Plan("dispatch"))
        self._copy(first)
        self._own(event)
        if self.rng.random() < 0.25:
            self._ghost(event)
        if event.wrong:
            self._correct(event)
        if event.rival:
            self._rival(event)
        if event.early:
            later = self._at(event.at, 22)
            self._copy(
                self._write(event, self._named("Corvus News Agency"), later, Plan("dispatch", needs=("killed",)))
            )
        if event.denial:
            self._deny(event)

    def _more(self, event: Event) -> None:
        """Write one report more on an event."""
        if event.cancelled:
            done = self._at(event.cancelled, self.rng.randint(2, 40))
            self._write(event, self._newsroom(), done, Plan(self.rng.choice(("brief", "report")), "cancellation"))
            return
        drawn = self.rng.random()
        dispatches = [r for r in self.reports if r.event is event and r.form == "dispatch" and r.kind == "original"]
        if drawn < 0.25 and dispatches:
            self._copy(self.rng.choice(dispatches))
        elif drawn < 0.42 and dispatches:
            self._rewrite(event, self.rng.choice(dispatches))
        elif drawn < 0.5:
            self._write(event, self._named("Meridian Wire"), self._at(event.at, 3), Plan("dispatch"))
        elif drawn < 0.57:
            voice = Voice("party", self.sides(event)[0])
            self._write(event, self._named("Statement Service"), self._at(event.at, 5), Plan("release", voice=voice))
        elif drawn < 0.76:
            days = self.rng.randint(2, 9)
            weekly = self._newsroom("weekly", "daily")
            self._write(event, weekly, self._at(event.at, 24 * days), Plan("feature"))
        else:
            self._own(event)

    # ------------------------------------------------------------ kinds of coverage
    def _announce(self, event: Event) -> None:
        assert event.announced
        span = max(1, int(((event.cancelled or event.at) - event.announced).total_seconds() // 3600) - 8)
        first = self._write(
            event, self._named("Corvus News Agency"), self._at(event.announced, 2), Plan("dispatch", "plan")
        )
        self._copy(first, within=max(1, span // 8))
        for share in (0.3, 0.8):
            form = self.rng.choice(("brief", "report"))
            self._write(
                event, self._newsroom(), self._at(event.announced, max(1, int(share * span))), Plan(form, "plan")
            )

    def _own(self, event: Event) -> None:
        newsroom = self._newsroom("daily", "site", "daily")
        form = "brief" if newsroom.kind == "site" and self.rng.random() < 0.6 else "report"
        hours = self.rng.randint(3, 12) if form == "brief" else self.rng.randint(8, 50)
        self._write(event, newsroom, self._at(event.at, hours), Plan(form, voice=self.voice_of(event, lead=True)))

    def _ghost(self, event: Event) -> None:
        """Several outlets print a dispatch of an agency that is not among them."""
        name = self.rng.choice(self.world.things["wires"])
        agency = Outlet(name=name, domain="", kind="agency")
        master = self._write(event, agency, self._at(event.at, 2), Plan("dispatch"))
        self.reports.remove(master)
        first: Report | None = None
        for _ in range(self.rng.randint(2, 3)):
            copy = self._copy(master, agency=name, whole=first is None)
            if first is None:
                for paragraph in copy.paragraphs:
                    paragraph[:] = [replace(s, copied=None) for s in paragraph]
                first = master = copy

    def _correct(self, event: Event) -> None:
        """An article with an error, a copy of it, and the article again, mended at the same address."""
        ((slot, wrong),) = event.wrong.items()
        needs = ("when",) if slot == "date" else (slot,)
        newsroom = self._newsroom("daily", "agency")
        plan = Plan("dispatch" if newsroom.kind == "agency" else "report", values={slot: wrong}, needs=needs)
        report = self._write(event, newsroom, self._at(event.at, 5), plan)
        if self.rng.random() < 0.5:
            self._copy(report, within=4)
        self.reports.append(self._mended(report, slot, wrong))

    def _mended(self, report: Report, slot: str, wrong: Any) -> Report:
        """Return a report with one value put right in every sentence, and a note that says so."""
        right: Any = report.event.at.date() if slot == "date" else report.event.facts[slot]
        before, after = _correction_words(slot, wrong), _correction_words(slot, right)
        told = FIELDS.get(slot, slot)

        def mend(s: Sentence) -> Sentence:
            if s.event != report.event.id or told not in s.told:
                return s
            return replace(s, text=s.text.replace(before, after), told={**s.told, told: told_value(slot, right)})

        paragraphs = [[mend(s) for s in p] for p in report.paragraphs]
        scene = Scene(report.outlet, report.published, self.rng)
        section = {"date": "date", "killed": "killed"}.get(slot, "amount")
        note = self.teller.plain(f"correction.{section}", scene, wrong=before, right=after)
        paragraphs = [[note], *paragraphs] if not report.dateline and self.rng.random() < 0.6 else [*paragraphs, [note]]
        title = report.title.replace(before, after)
        later = self._at(report.published, self.rng.randint(6, 26))
        return replace(
            report, published=later, paragraphs=paragraphs, kind="correction", corrects=report,
            title=f"CORRECTION: {title}" if self.rng.random() < 0.5 else title, headline=None,
        )  # fmt: skip

    def _rival(self, event: Event) -> None:
        """A newsroom, or one side, that gives another value."""
        ((slot, value),) = event.rival.items()
        if slot == "killed":
            for hours in (9, 30):
                plan = Plan("report", "toll", Voice("party", "a"), values=event.rival, needs=("killed",))
                self._write(event, self._newsroom(), self._at(event.at, hours), plan)
            return
        stray = self._named(self.strays[event.id])
        needs = ("when",) if slot == "date" else (slot,)
        form = "dispatch" if stray.kind == "agency" else "report"
        report = self._write(event, stray, self._at(event.at, 4), Plan(form, values={slot: value}, needs=needs))
        self._copy(report)

    def _deny(self, event: Event) -> None:
        assert event.denial
        voice = Voice(self.rng.choice(("party", "named")), event.denial.side)
        first = self._write(
            event, self._named("Corvus News Agency"), self._at(event.at, 20), Plan("dispatch", "denial", voice)
        )
        self._copy(first)
        again = Voice("named" if voice.kind == "party" else "party", event.denial.side)
        self._write(event, self._newsroom(), self._at(event.at, 28), Plan("report", "denial", again))

    def _rewrite(self, event: Event, of: Report) -> None:
        """An outlet tells in other words what an agency reported, and says so."""
        at = self._at(of.published, self.rng.randint(1, 14))
        role = of.sentences[0].role if of.sentences[0].role in ("lead", "plan") else None
        if role is None:
            self._copy(of)
            return
        values = self.values_of(event, of.outlet, of.published)
        voice = Voice("wire", words=of.outlet.name)
        form = self.rng.choice(("brief", "report"))
        plan = Plan(form, role, voice, values, origin=of.outlet.name, group=of.group, kind="rewrite")
        self._write(event, self._newsroom(), at, plan)

    def _copy(self, of: Report, *, within: int = 9, agency: str = "", whole: bool = False) -> Report:
        """An outlet prints a report of another, whole or its beginning, with or without credit."""
        rng = self.rng
        outlet = self._newsroom("daily", "site", "daily", other=of.outlet)
        at = self._at(of.published, rng.randint(1, within))
        scene = Scene(outlet, at, rng)
        paragraphs = [[replace(s, copied=s.copied or s) for s in p] for p in of.paragraphs]
        partial = not whole and len(paragraphs) > 3 and rng.random() < 0.4
        if partial:
            paragraphs = _beginning(paragraphs)
            if rng.random() < 0.5:
                view = View(of.event, self.values_of(of.event, outlet, at))
                paragraphs.append([self.teller.filling(rng.choice(("context", "closing")), view, scene)])
        credit = rng.choice(("dateline", "line") if agency else ("dateline", "dateline", "line", ""))
        if credit == "line":
            paragraphs.append([self.teller.plain("credit.line", scene, agency=agency or of.outlet.name)])
        headline = None
        title = of.title
        if rng.random() < 0.5:
            headline = self._headline(of.event, of, scene)
            title = headline.text
        report = Report(
            outlet=outlet, published=at, title=title, paragraphs=paragraphs, event=of.event, group=of.group,
            kind="partial-copy" if partial else "copy", headline=headline if rng.random() < 0.4 else None,
            dateline=_credited(of.dateline, (agency or of.outlet.name) if credit == "dateline" else ""), form=of.form,
        )  # fmt: skip
        self.reports.append(report)
        return report

    def _headline(self, event: Event, of: Report, scene: Scene) -> Sentence:
        """Return a headline for an act that has happened; for all else the title of the report that is copied."""
        if of.sentences[0].role != "lead":
            return Sentence(text=of.title, role="title", origin=of.outlet.name)
        view = View(event, self.values_of(event, of.outlet, of.published))
        return replace(self.teller.tell(view, "headline", scene), origin=of.outlet.name)

    # ------------------------------------------------------------ writing one
    def _write(self, event: Event, outlet: Outlet, at: dt.datetime, plan: Plan) -> Report:
        """Write one report of an outlet's own and file it."""
        if plan.group is None:
            self.groups += 1
        scene = Scene(outlet, at, self.rng)
        desk = _Desk(self, event, scene, plan)
        sentences = desk.sentences()
        headline = desk.headline()
        report = Report(
            outlet=outlet, published=at, title=headline.text, paragraphs=_paragraphs(sentences, self.rng), event=event,
            group=self.groups if plan.group is None else plan.group, kind=plan.kind,
            headline=headline if self.rng.random() < 0.4 else None,
            dateline=self._dateline(event, outlet, at), form=plan.form,
        )  # fmt: skip
        self.reports.append(report)
        return report

    def _dateline(self, event: Event, outlet: Outlet, at: dt.datetime) -> str:
        if outlet.kind != "agency" and self.rng.random() < 0.75:
            return ""
        city = self.rng.choice((event.a.capital, event.b.capital)).upper()
        dated = f", {at:%B} {at.day}" if self.rng.random() < 0.4 else ""
        return f"{city}{dated} ({outlet.name}) — " if outlet.kind == "agency" else f"{city}{dated} — "

    def values_of(self, event: Event, outlet: Outlet, at: dt.datetime) -> dict[str, Any]:
        """Return what a newsroom has on an event at a time."""
        values = {**event.facts, "date": event.at.date()}
        if at < event.at + _GROWN:
            values |= event.early
        if self.strays.get(event.id) == outlet.name and "killed" not in event.rival:
            values |= event.rival
        return values

    def voice_of(self, event: Event, *, lead: bool) -> Voice | None:
        """Return in whose voice a sentence is told; None is the outlet's own."""
        drawn = self.rng.random()
        side = self.rng.choice(self.sides(event))
        if drawn < (0.55 if lead else 0.4):
            return None
        if drawn < 0.72:
            return Voice("named", side)
        if drawn < 0.85:
            return Voice("party", side)
        if drawn < 0.92 and event.kind in _SEEN:
            return Voice("third")
        if drawn < 0.96 and event.kind in _COUNTED and not lead:
            return Voice("data")
        return Voice("anonymous")

    def sides(self, event: Event) -> tuple[str, ...]:
        """Return the sides that speak of an event as it was: not the one that denies it or has its own toll."""
        return ("b",) if event.denial or "killed" in event.rival else ("a", "b")

    def _named(self, name: str) -> Outlet:
        return next(o for o in self.world.outlets if o.name == name)

    def _newsroom(self, *kinds: str, other: Outlet | None = None) -> Outlet:
        """Return an outlet of some kinds; a kind given twice is twice as likely."""
        kind = self.rng.choice(kinds or ("daily", "daily", "site"))
        return self.rng.choice(
            [o for o in self.world.outlets if o.kind == kind and o is not other] or list(self.world.outlets)
        )

    def _at(self, moment: dt.datetime, hours: int) -> dt.datetime:
        """Return a moment some hours later, at an odd minute, not after the end of the story's days."""
        end = dt.datetime.combine(self.story.start + dt.timedelta(days=DAYS), dt.time(22))
        later = moment + dt.timedelta(hours=hours, minutes=self.rng.randrange(_MINUTE))
        return min(later, max(end, moment + dt.timedelta(minutes=self.rng.randrange(1, _MINUTE))))


class _Desk:
    """The writing of one report."""

    def __init__(self, press: Press, event: Event, scene: Scene, plan: Plan) -> None:
        self.press, self.event, self.scene, self.plan = press, event, scene, plan
        self.rng, self.teller = press.rng, press.teller
        self.values = press.values_of(event, scene.outlet, scene.now) | dict(plan.values)
        self.dated = plan.role in ("plan", "cancellation") or "when" in plan.needs or self.rng.random() >= _UNDATED
        self.told: set[str] = {event.id}

    def sentences(self) -> list[Sentence]:
        """Return the sentences in order."""
        found: list[Sentence] = []
        for letter in self._letters():
            made = self._sentence(letter)
            found += [made] if made else []
        return found

    def headline(self) -> Sentence:
        """Return the headline; what has not happened has its first sentence for one."""
        view = View(self.event, self.values)
        if self.plan.role in ("lead", "toll"):
            made = self.teller.tell(view, "headline", self.scene)
            return replace(made, origin=self.plan.origin or made.origin)
        made = self.teller.tell(
            view, self.plan.role, Scene(self.scene.outlet, self.scene.now, self.rng), voice=self._main_voice()
        )
        return replace(made, role="headline", text=made.text.removesuffix("."))

    def _letters(self) -> list[str]:
        form = self.rng.choice(FORMS[self.plan.form]).split()
        return [x.strip("()") for x in form if not x.startswith("(") or self.rng.random() < _KEPT]

    def _sentence(self, letter: str) -> Sentence | None:
        view = View(self.event, self.values, self.dated)
        makers: dict[str, Callable[[], Sentence | None]] = {
            "L": self._main, "d": self._detail, "o": self._other, "b": self._background, "p": self._upcoming
        }  # fmt: skip
        if letter in makers:
            return makers[letter]()
        return self.teller.filling(_FILLING[letter], view, self.scene)

    def _main_voice(self) -> Voice | None:
        if self.plan.role in ("denial", "toll"):
            return self.plan.voice or Voice("third")
        return self.plan.voice

    def _main(self) -> Sentence:
        view = View(self.event, self.values, self.dated)
        made = self.teller.tell(view, self.plan.role, self.scene, voice=self._main_voice(), needs=self.plan.needs)
        return self._owned(made)

    def _detail(self) -> Sentence | None:
        """More on the main act."""
        role = self.plan.role
        if role in ("plan", "cancellation"):
            if self.rng.random() < 0.5:
                return self.teller.filling("connective", View(self.event, self.values), self.scene)
            return self._owned(
                self.teller.tell(
                    View(self.event, self.values), role, self.scene, voice=self.press.voice_of(self.event, lead=True)
                )
            )
        dated = self.dated and self.rng.random() < 0.7
        view = View(self.event, self.values, dated)
        if role == "denial":  # what is denied, in the words of those who say that it happened
            plain = View(self.event, self.press.values_of(self.event, self.scene.outlet, self.scene.now), self.dated)
            return self.teller.tell(plain, "lead", self.scene, voice=Voice("named", "b"))
        if role == "toll":  # the other side's figure stands beside
            plain = View(self.event, self.press.values_of(self.event, self.scene.outlet, self.scene.now), self.dated)
            return self.teller.tell(plain, "lead", self.scene, voice=Voice("party", "b"), needs=("killed",))
        if self.event.kind == "strike" and self.rng.random() < 0.4:
            counter = self.rng.choice((Voice("third"), Voice("party", "b"), Voice("named", "b")))
            return self._owned(self.teller.tell(view, "toll", self.scene, voice=counter))
        voice = self._voice()
        needs = (_COUNTED[self.event.kind],) if voice and voice.kind == "data" else ()
        return self._owned(self.teller.tell(view, "detail", self.scene, voice=voice, needs=needs))

    def _voice(self) -> Voice | None:
        if self.plan.form == "release":
            side = self.press.sides(self.event)[0]
            return self.rng.choice((Voice("party", side), Voice("named", side), None))
        return self.press.voice_of(self.event, lead=False)

    def _owned(self, made: Sentence) -> Sentence:
        """Return a sentence with the newsroom whose facts it tells."""
        return replace(made, origin=self.plan.origin) if self.plan.origin else made

    def _around(self, fits: Callable[[Event], bool]) -> Event | None:
        """Return another event of the same states that fits and is not yet told of here."""
        found = [e for e in self.press.story.of(self.event.arc) if e.id not in self.told and fits(e)]
        if not found:
            return None
        chosen = self.rng.choice(found)
        self.told.add(chosen.id)
        return chosen

    def _view(self, event: Event, *, dated: bool) -> View:
        return View(event, self.press.values_of(event, self.scene.outlet, self.scene.now), dated)

    def _other(self) -> Sentence | None:
        """Another act of the last three days."""
        now = self.scene.now
        event = self._around(
            lambda e: not e.cancelled and now - dt.timedelta(days=3) < e.at < now - dt.timedelta(hours=6)
        )
        return self.teller.tell(self._view(event, dated=True), "lead", self.scene, needs=("when",)) if event else None

    def _background(self) -> Sentence | None:
        """An act that lies back."""
        before = self.scene.now - dt.timedelta(hours=40)
        event = self._around(lambda e: not e.cancelled and e.at < before)
        if event is None:
            return None
        return self.teller.tell(self._view(event, dated=self.rng.random() < 0.9), "background", self.scene)

    def _upcoming(self) -> Sentence | None:
        """What has been announced and is still to come."""
        now = self.scene.now
        event = self._around(
            lambda e: bool(e.announced and e.announced < now < min(e.at, e.known) - dt.timedelta(hours=8))
        )
        return self.teller.tell(self._view(event, dated=True), "plan", self.scene) if event else None


def _paragraphs(sentences: list[Sentence], rng: Random) -> list[list[Sentence]]:
    """Cut sentences into paragraphs of one to three."""
    found: list[list[Sentence]] = []
    at = 0
    while at < len(sentences):
        size = rng.choice((1, 1, 2, 2, 3)) if found else rng.choice((1, 1, 2))
        found.append(sentences[at : at + size])
        at += size
    return found


def _beginning(paragraphs: list[list[Sentence]]) -> list[list[Sentence]]:
    """Return the first two thirds of a report, three sentences at the least."""
    keep = max(2, len(paragraphs) * 2 // 3)
    while sum(map(len, paragraphs[:keep])) < _SHORTEST and keep < len(paragraphs):
        keep += 1
    return paragraphs[:keep]


def _credited(dateline: str, agency: str) -> str:
    """Return a dateline with the credit that a copy gives, or with none."""
    city = dateline.removesuffix(" — ").partition(" (")[0]
    return f"{city} ({agency}) — " if city and agency else f"{city} — " if city else ""


def _correction_words(slot: str, value: Any) -> str:
    """Return a value as it stands in every sentence that tells it."""
    if slot == "date":
        return f"{value:%A}"
    return f"{value:,} tonnes" if slot == "load" else f"{value} million" if slot == "sum" else str(value)


def _url(report: Report, n: int) -> str:
    slug = "-".join("".join(c if c.isalnum() else " " for c in report.title.lower()).split()[:7])
    return f"https://{report.outlet.domain}/{report.published:%Y/%m/%d}/{slug}-{n + 1}"
