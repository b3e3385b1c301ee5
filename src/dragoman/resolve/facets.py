"""What comparing asks of a mention, made once: parties, days, place, counts, words. No comparing is done here."""

import re
from calendar import month_name
from datetime import date

from dragoman.edtf import bounds
from dragoman.records import Party, Record, Telling
from dragoman.scheme.resolution import words_of
from dragoman.scheme.states import state_words
from dragoman.text import digest, fold, is_name

SPOKEN = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN"})  # done by speaking: apart from the act spoken of
_WORD = re.compile(r"[a-z0-9]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9,;:’'] )[^\W\d_a-z][^\W\d_]+")
_FIGURE = re.compile(r"\d[\d,.]*")
_DATE_LIKE = re.compile(rf"\b(?:{'|'.join(month_name[1:])}) \d\d?\b|\b\d{{4}}-\d\d-\d\d")
DAY, MONTH = 1, 31  # the widest spans in days that still name a day, a month


class Facet(Record, frozen=True):
    """A mention as comparing sees it. Days are ordinals; sets are sorted tuples."""

    id: str
    document: str
    sentence: int  # where it begins in its document
    start: int
    wording: str  # equal for tellings in the same words
    told: int | None
    family: str
    act: str
    modes: tuple[str, ...]
    status: str
    historical: bool
    actors: tuple[str, ...]  # countries, or folded names of parties without one
    recipients: tuple[str, ...]
    persons: tuple[str, ...]  # folded names of natural persons among the parties
    first: int | None  # bounds of the act's time
    last: int | None
    place: str
    country: str
    spot: tuple[float, float] | None
    counts: tuple[tuple[str, float | None, float | None, str | None], ...]
    goods: str
    carrier: str
    matter: tuple[str, ...]  # content words of the theme
    words: tuple[str, ...]  # content words of the sentence
    names: tuple[str, ...]  # words in capitals inside the sentence that are neither parties nor dates
    numbers: tuple[str, ...]  # its figures, without years and days of the month
    marks: tuple[str, ...]  # first, second, another, latest …

    @property
    def span(self) -> int | None:
        """Return how many days its time covers; None where it is open or unknown."""
        return None if self.first is None or self.last is None else self.last - self.first + 1


def facet(telling: Telling) -> Facet:
    """Return the facet of a telling."""
    m = telling.mention
    first, last = (ordinal(d) for d in bounds(m.when.edtf if m.when else None))
    near = telling.said[max(0, m.predicate.start - m.sentence.start - 60) :][:140]
    return Facet(
        id=m.id,
        document=m.document_id,
        sentence=m.sentence.start,
        start=m.predicate.start,
        wording=digest(fold(telling.said), str(m.predicate.start - m.sentence.start), m.act, m.status),
        told=ordinal(telling.published),
        family=m.type if m.type in SPOKEN else m.act,
        act=m.act,
        modes=m.modes,
        status=m.status,
        historical=m.historical,
        actors=keys_of(m.actors),
        recipients=keys_of(m.recipients),
        persons=persons_of((*m.actors, *m.recipients)),
        first=first,
        last=last,
        place=fold(m.where.name) if m.where else "",
        country=(m.where.country or "") if m.where else "",
        spot=(m.where.lat, m.where.lon) if m.where and m.where.lat is not None and m.where.lon is not None else None,
        counts=tuple((c.of, c.low, c.high, c.unit) for c in m.counts),
        goods=fold(m.theme.goods or "") if m.theme else "",
        carrier=fold(m.theme.carrier or "") if m.theme else "",
        matter=content(m.theme.text) if m.theme else (),
        words=content(telling.said),
        names=_names(telling),
        numbers=_figures(telling.said),
        marks=tuple(sorted(words_of("apart") & set(_WORD.findall(fold(near))))),
    )


def ordinal(day: str | None) -> int | None:
    """Return the number of an ISO day or date-time; None where there is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def keys_of(parties: tuple[Party, ...]) -> tuple[str, ...]:
    """Return what a side is compared by: the country, else the name; a description (*12 people*) names nobody."""
    found = {p.country or fold(p.name) for p in parties if p.country or named(p)}
    return tuple(sorted(found - {""}))


def named(p: Party) -> bool:
    """Return whether a party bears a name: *Wagner*, not *a market* or *12 people*."""
    return is_name(p.name)


def persons_of(parties: tuple[Party, ...]) -> tuple[str, ...]:
    """Return the folded names of the parties that hold an office: natural persons."""
    return tuple(sorted({fold(p.name) for p in parties if p.role and named(p)} - {""}))


def _names(telling: Telling) -> tuple[str, ...]:
    """Return the stems of the words in capitals inside a sentence, less those of parties, states and dates."""
    m = telling.mention
    parties = (*m.actors, *m.recipients, *(v.actor for v in m.attribution if v.actor))
    known = {stem(w) for p in parties for w in fold(f"{p.name} {p.text} {p.role or ''}").split()}
    known |= {stem(w) for v in m.attribution for w in fold(v.source).split()}
    words = {w for part in _CAPITAL.findall(telling.said) for w in fold(part).split()} - state_words()
    found = {stem(w) for w in words - words_of("empty") if len(w) > 2}
    return tuple(sorted(found - known))


def _figures(text: str) -> tuple[str, ...]:
    """Return the figures of a sentence that count or measure something."""
    found = {w.replace(",", "").rstrip(".") for w in _FIGURE.findall(_DATE_LIKE.sub(" ", text))}
    return tuple(sorted(w for w in found if not (len(w) == 4 and w[:2] in ("19", "20"))))


def content(text: str) -> tuple[str, ...]:
    """Return the distinct content words of a text, cut to their stems, sorted."""
    return tuple(sorted({stem(w) for w in _WORD.findall(fold(text))} - words_of("empty")))


def stem(word: str) -> str:
    """Return the first six letters of a word: *delivery*, *deliveries* and *delivered* meet in *delive*."""
    return word[:6]
