"""From events to the lines of a brief: one line an event, with status, voices, origins and references. No layout."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dragoman.answer.choose import CONTEXT, MAIN, UNNAMED, Chosen
from dragoman.answer.gather import Gathered
from dragoman.answer.words import act_words, around, called, clip, names, parties_words
from dragoman.records import Contact, Disagreement, Event, EventMention, Record, Telling, Theme
from dragoman.text import fold

NEARNESS = {MAIN: 2, UNNAMED: 1, CONTEXT: 0}
FORM = {"phone": "phone call", "visit": "visit", "meeting": "meeting", "talks": "talks"}  # a contact, by its form


class Reference(Record, frozen=True):
    """A sentence that a line rests on, with all who print it. `ids` are its mentions, for `explain`."""

    said: str
    ids: tuple[str, ...]
    outlets: tuple[str, ...]
    published: str | None
    says: tuple[str, ...]  # the attribution chain, the nearest first; empty: the outlet itself
    url: str | None
    withdrawn: bool  # a later version of the report no longer has it


class Line(Record, frozen=True):
    """One event in a brief. `number` counts within the brief; `ids` are its mentions, the event's own id first."""

    number: int
    ids: tuple[str, ...]
    section: str
    act: str
    quad: int
    what: str  # the act in a word or two
    parties: str
    theme: str
    details: tuple[str, ...]  # money, quantity, carrier, place, projects
    date: str | None  # EDTF
    published: str | None  # of the first report that tells it
    status: str
    certainty: str
    historical: bool
    says: tuple[str, ...]  # nearest voice of each telling; empty: the outlet itself
    outlets: tuple[str, ...]
    origins: int  # copies once
    third: int  # origins by who speaks in them: a third party or the outlet itself
    party: int  # a party to the event only
    anonymous: int  # unnamed voices only
    also: tuple[str, ...]  # other acts, and other statuses of this one, that its reports tell in it
    note: str
    quote: str
    doubts: tuple[str, ...]  # sentences of the reports that leave a part open
    disagreements: tuple[Disagreement, ...]
    references: tuple[Reference, ...]

    @property
    def unnamed_only(self) -> bool:
        """Return whether it rests on unnamed voices only."""
        return self.anonymous == self.origins

    @property
    def copied(self) -> bool:
        """Return whether several outlets print it that are one origin."""
        return self.origins == 1 and len(self.outlets) > 1


def lines(g: Gathered, contacts: Iterable[Contact], sections: Iterable[tuple[str, str]]) -> list[Line]:
    """Return the lines by section (name, title), in each the newest first and undated last, numbered through."""
    met = {c.event: c for c in contacts}
    chosen = {c.mention.id: c for c in g.chosen}
    by_section: dict[str, list[_Draft]] = defaultdict(list)
    for event in g.events:
        if any(m in chosen for m in event.mentions):
            draft = _draft(event, chosen, g)
            by_section[section_of(draft.act, draft.place)].append(draft)
    ordered = [(name, draft) for name, _ in sections for draft in sorted(by_section[name], key=_date, reverse=True)]
    return [_line(i, name, draft, g, met.get(draft.event.id)) for i, (name, draft) in enumerate(ordered, 1)]


class _Draft(Record, frozen=True):
    """An event with the telling that speaks for it, and `act`: that telling with the event's agreed fields."""

    event: Event
    speaker: Telling
    act: EventMention
    place: str
    told: tuple[Telling, ...]  # those of the same act and status as the event first


def _date(d: _Draft) -> tuple[str, str, str]:
    return d.act.when.edtf if d.act.when else "", d.event.published or "", d.event.id


# ---------------------------------------------------------------- the section
def section_of(m: EventMention, place: str = MAIN) -> str:
    """Return the section of an act: background and status first, then the kind of act."""
    if m.historical:
        return "background"
    if place == CONTEXT:
        return "context"
    if m.status in ("denied", "negated", "cancelled"):
        return "not_done"
    if m.status in ("negotiating", "hypothetical") or (m.status == "ongoing" and m.act in ("AGREE", "CONSULT")):
        return "talks"
    if m.status in ("requested", "refused") or m.act in ("REQUEST", "REJECT"):
        return "asked"
    if m.status == "planned":
        return "planned"
    return _section_of_act(m)


def _section_of_act(m: EventMention) -> str:
    """Return the section of something done or being done."""
    if m.act in ("AID", "COOPERATE") and moved(m.theme):
        return "delivered"
    if m.act == "CONSULT":
        return "contacts"
    return "conflict" if m.quad >= 3 else "other"


def moved(theme: Theme | None) -> bool:
    """Return whether the theme is something that is moved."""
    return theme is not None and (theme.kind == "goods" or bool(theme.goods or theme.money))


# ---------------------------------------------------------------- who speaks for an event
def _draft(event: Event, chosen: Mapping[str, Chosen], g: Gathered) -> _Draft:
    """Return the event as its fullest telling has it that no later version withdrew, one near to the two first."""
    told = [g.tellings[m] for m in event.mentions]

    def rank(t: Telling) -> tuple[object, ...]:
        near = NEARNESS[chosen[t.mention.id].place] if t.mention.id in chosen else -1
        return near >= 0, _akin(t, event), near, not t.mention.historical, _fullness(t.mention), -told.index(t)

    speaker = max(told, key=rank)
    akin = [t for t in told if _akin(t, event)]
    return _Draft(
        event=event,
        speaker=speaker,
        act=_agreed(speaker.mention, event, next((t.mention.theme for t in akin if t.mention.theme), None)),
        place=chosen[speaker.mention.id].place,
        told=(*akin, *(t for t in told if t not in akin)),
    )


def _akin(t: Telling, event: Event) -> bool:
    """Return whether a telling is of the event's own act and status: what it was planned as, or led to, is told too."""
    return (t.mention.act, t.mention.status) == (event.act, event.status)


def _agreed(m: EventMention, event: Event, theme: Theme | None) -> EventMention:
    """Return the telling with the fields on which an event settles; its parties where it names both sides."""
    both = len(names((*m.actors, *m.recipients))) > 1
    return msgspec.structs.replace(
        m,
        act=event.act,
        quad=event.quad,
        actors=m.actors if both else event.actors,
        recipients=m.recipients if both else event.recipients,
        theme=m.theme or theme,
        when=event.when,
        status=event.status,
        historical=event.historical,
        certainty=event.certainty,
    )


def _fullness(m: EventMention) -> int:
    """Return how much of the theme is filled in."""
    filled = (m.theme, m.where, *_details(m))
    return sum(bool(part) for part in filled) + len(names((*m.actors, *m.recipients)))


# ---------------------------------------------------------------- the line
def _line(number: int, section: str, d: _Draft, g: Gathered, met: Contact | None) -> Line:
    m, event, rests = d.act, d.event, d.event.corroboration
    akin = [t for t in d.told if _akin(t, event)] or list(d.told)
    level = [f"between {met.level}"] if met and met.level != "others" else []
    return Line(
        number=number,
        ids=(event.id, *(i for i in event.mentions if i != event.id)),
        section=section,
        act=m.act,
        quad=m.quad,
        what=_what(m, met),
        parties=parties_words(m.actors, m.recipients),
        theme=_theme_words(m),
        details=(*_details(m), *level),
        date=m.when.edtf if m.when else None,
        published=event.published,
        status=m.status,
        certainty=m.certainty,
        historical=m.historical,
        says=tuple(dict.fromkeys(t.mention.attribution[0].source for t in akin if t.mention.attribution)),
        outlets=rests.outlets if rests else (),
        origins=event.origins,
        third=rests.third if rests else 0,
        party=rests.party if rests else 0,
        anonymous=rests.anonymous if rests else 0,
        also=_also(d, g),
        note="the other party is not named" if d.place == UNNAMED else "",
        quote=around(d.speaker.said, m.predicate.start - m.sentence.start),
        doubts=tuple(dict.fromkeys(x.quote for t in d.told for x in t.mention.doubts)),
        disagreements=_standing(event, g),
        references=_references(d.told, g),
    )


def _what(m: EventMention, met: Contact | None) -> str:
    """Return what the act is called; a contact by its form where its mode gives it no name."""
    called_ = act_words(m)
    return FORM[met.form] if met and called_ == FORM["talks"] else called_


def _standing(event: Event, g: Gathered) -> tuple[Disagreement, ...]:
    """Return the fields on which tellings differ that nobody withdrew: a corrected number is in no dispute."""
    kept = [
        msgspec.structs.replace(d, versions=tuple(v for v in d.versions if not g.withdrawn.issuperset(v.mentions)))
        for d in event.disagreements
    ]
    return tuple(d for d in kept if len(d.versions) > 1)


def _also(d: _Draft, g: Gathered) -> tuple[str, ...]:
    """Return what else the news on an event calls it, the commonest first: *talks*, *delivery or aid (planned)*."""
    news = [t.mention for t in d.told if not t.mention.historical and t.mention.id not in g.withdrawn]
    counted = Counter(_called(m) for m in news)
    return tuple(name for name, _ in counted.most_common() if name != _called(d.act))


def _called(m: EventMention) -> str:
    return act_words(m) if m.status == "occurred" else f"{act_words(m)} ({m.status})"


def _references(told: Sequence[Telling], g: Gathered) -> tuple[Reference, ...]:
    """Return one reference a sentence: copies of it are one, with every outlet that prints it."""
    by_sentence: dict[tuple[str, bool], list[Telling]] = defaultdict(list)
    for t in told:
        by_sentence[" ".join(t.said.split()), t.mention.id in g.withdrawn].append(t)
    return tuple(
        Reference(
            said=said,
            ids=tuple(t.mention.id for t in some),
            outlets=tuple(dict.fromkeys(t.publisher or "unnamed outlet" for t in some)),
            published=min((t.published for t in some if t.published), default=None),
            says=tuple(v.source for v in some[0].mention.attribution),
            url=next((u for t in some if (u := g.documents[t.mention.document_id].url)), None),
            withdrawn=gone,
        )
        for (said, gone), some in by_sentence.items()
    )


def _theme_words(m: EventMention) -> str:
    """Return the theme in its own words; nothing where they are those of the date, which stands there already."""
    if not m.theme or (m.when and fold(m.theme.text) == fold(m.when.text)):
        return ""
    return clip(m.theme.text)


def _details(m: EventMention) -> list[str]:
    """Return what is moved, how much, on what, and the projects, where the theme does not say it already."""
    if not m.theme:
        return []
    theme = m.theme
    said = (theme.goods, theme.quantity, theme.money, theme.carrier, *theme.projects)
    parts = [part for part in said if part and fold(part) not in fold(clip(theme.text))]
    shown = {fold(name) for name in names((*m.actors, *m.recipients))}
    for word, place in (("from", theme.origin), ("to", theme.destination)):
        if place and fold(called(place)) not in shown:
            parts.append(f"{word} {called(place)}")
    return list(dict.fromkeys(parts))
