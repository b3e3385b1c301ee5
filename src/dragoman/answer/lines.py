"""From mentions to the lines of a brief: one line for what is told alike, with status, voices and ids. No layout."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.answer.choose import CONTEXT, UNNAMED, Chosen
from dragoman.answer.words import act_words, around, called, clip, names, parties_words
from dragoman.records import EventMention, Record, Theme
from dragoman.text import fold

DAY = 10  # length of an EDTF date with a day: nothing vaguer says that two tellings mean one act


class Line(Record, frozen=True):
    """One line of a brief. `number` counts within the brief; `ids` are the entries it rests on, for `explain`."""

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
    says: tuple[str, ...]  # nearest voice of each entry; empty: the outlet itself
    unnamed_only: bool  # every entry rests on an unnamed voice
    outlets: tuple[str, ...]
    origins: int  # tellings that do not share their words
    note: str
    quote: str
    doubts: tuple[str, ...] = ()  # sentences of the reports that leave a part open


def lines(chosen: Sequence[Chosen], sections: Iterable[tuple[str, str]]) -> list[Line]:
    """Return the lines by section (name, title), in each the newest first and undated last, numbered through."""
    groups: dict[str, list[list[Chosen]]] = defaultdict(list)
    for group in _alike(chosen):
        groups[section_of(group[0])].append(group)
    ordered = [(name, group) for name, _ in sections for group in _newest_first(groups[name])]
    return [_line(i, name, group) for i, (name, group) in enumerate(ordered, 1)]


def section_of(c: Chosen) -> str:
    """Return the section of an entry: background and status first, then the kind of act."""
    m = c.mention
    if m.historical:
        return "background"
    if c.place == CONTEXT:
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


# ---------------------------------------------------------------- what is told alike
def _alike(chosen: Sequence[Chosen]) -> list[list[Chosen]]:
    """Return groups that one line can stand for: the same words, or the same act on the same day between the same."""
    first: dict[tuple[object, ...], int] = {}
    groups: list[list[Chosen]] = []
    for c in chosen:
        keys = [key for key in (_words_key(c), _act_key(c)) if key]
        at = next((first[key] for key in keys if key in first), len(groups))
        if at == len(groups):
            groups.append([])
        groups[at].append(c)
        first |= {key: at for key in keys if key not in first}
    return groups


def _words_key(c: Chosen) -> tuple[object, ...]:
    """Return the key of a telling: its sentence and the predicate's place in it, alike in every copy."""
    m = c.mention
    sentence = c.document.text[m.sentence.start : m.sentence.end]
    return "words", fold(sentence), m.predicate.start - m.sentence.start, m.act


def _act_key(c: Chosen) -> tuple[object, ...] | None:
    """Return the key of a dated act; None without a day, since nothing else ties two tellings safely."""
    m = c.mention
    if not m.when or len(m.when.edtf) != DAY or c.place != "main":
        return None
    goods = fold(m.theme.goods or "") if m.theme else ""
    return "act", m.act, m.modes, _who(m, "actors"), _who(m, "recipients"), m.when.edtf, m.status, m.historical, goods


def _who(m: EventMention, side: str) -> tuple[str, ...]:
    """Return the states of one side, or the names of those without one."""
    return tuple(sorted({p.country or fold(p.name) for p in getattr(m, side)}))


def _newest_first(groups: list[list[Chosen]]) -> list[list[Chosen]]:
    """Return the groups by date, the newest first; undated ones after them by publication, the newest first."""
    return sorted(groups, key=_date, reverse=True)


def _date(group: list[Chosen]) -> tuple[str, str]:
    when = group[0].mention.when
    return when.edtf if when else "", group[0].document.published or ""


# ---------------------------------------------------------------- the line
def _line(number: int, section: str, group: list[Chosen]) -> Line:
    """Return the line of a group; the entry that says most of the theme speaks for it."""
    best = max(group, key=lambda c: (_fullness(c.mention), -group.index(c)))
    m, tellings = best.mention, {_words_key(c) for c in group}
    sentence = best.document.text[m.sentence.start : m.sentence.end]
    voices = [c.mention.attribution[0] for c in group if c.mention.attribution]
    return Line(
        number=number,
        ids=tuple(c.mention.id for c in group),
        section=section,
        act=m.act,
        quad=m.quad,
        what=act_words(m),
        parties=parties_words(m.actors, m.recipients),
        theme=_theme_words(m),
        details=tuple(_details(m)),
        date=m.when.edtf if m.when else None,
        published=group[0].document.published,
        status=m.status,
        certainty=m.certainty,
        historical=m.historical,
        says=tuple(dict.fromkeys(v.source for v in voices)),
        unnamed_only=len(voices) == len(group) and all(v.kind == "anonymous" for v in voices),
        outlets=tuple(dict.fromkeys(c.document.publisher or "unnamed outlet" for c in group)),
        origins=len(tellings),
        note="the other party is not named" if best.place == UNNAMED else "",
        quote=around(sentence, m.predicate.start - m.sentence.start),
        doubts=tuple(dict.fromkeys(d.quote for c in group for d in c.mention.doubts)),
    )


def _fullness(m: EventMention) -> int:
    """Return how much of the theme is filled in."""
    filled = (m.theme, m.where, *_details(m))
    return sum(bool(part) for part in filled) + len(names((*m.actors, *m.recipients)))


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


# ---------------------------------------------------------------- its words
def mark(x: Line) -> str:
    """Return the sign of a line: asked, refused, not done, doubtful, or plain."""
    signs = {"requested": "▲", "refused": "▼", "denied": "✕", "negated": "✕", "cancelled": "✕", "hypothetical": "○"}
    return (
        signs.get(x.status) or {"REQUEST": "▲", "REJECT": "▼"}.get(x.act) or ("●" if x.certainty == "stated" else "○")
    )


def line_text(x: Line) -> list[str]:
    """Return the words of a line: act and parties, then the theme with its details, or the sentence without one."""
    about = x.theme or f"“{x.quote}”"
    details = " · ".join(x.details)
    return [f"{x.parties}: {x.what}", about, *([details] if details else [])]


def line_notes(x: Line) -> list[str]:
    """Return what stands beside a line: status and certainty unless plain, who says so, how many tell it."""
    notes = [] if x.status == "occurred" else [x.status]
    notes += [] if x.certainty == "stated" else [x.certainty]
    notes += [f"per {clip(', '.join(x.says), 60)}"] if x.says else []
    notes += [x.note] if x.note else []
    if len(x.outlets) > 1:
        notes.append(f"{len(x.outlets)} outlets" + (", same words" if x.origins == 1 else ""))
    return notes
