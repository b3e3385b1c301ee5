"""Where the tellings of one event differ: each field with its versions, who tells them and since when. No winner."""

import functools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from dragoman.edtf import bounds
from dragoman.geo import distance
from dragoman.records import Count, Disagreement, Telling, Version
from dragoman.resolve.compare import DONE, NEAR
from dragoman.resolve.facets import keys_of
from dragoman.scheme.states import state_words
from dragoman.text import fold

Origins = Mapping[str, str]  # mention id → whose words it is: a wire, an outlet or a document
SURE = 0.5  # confidence from which a telling's version counts as one: below it the reader itself may have erred
SPOKEN_OF = ("requested", "refused")  # a request and a refusal are done once they are spoken
FORCE = 4  # quad class of the acts whose doer is quarrelled over; who met or signed is told from either side
HEARD = 2  # origins that must tell a version of what is often misread (a place, who did it)


def disagreements(told: Sequence[Telling], origins: Origins) -> tuple[Disagreement, ...]:
    """Return the fields on which two tellings can't both be right, with every version of them.

    A place and a doer are taken for a version only where two origins tell it: single ones are the reader's errors more
    often than a teller's.
    """
    sure = [t for t in told if t.mention.confidence >= SURE and not t.mention.historical]
    find = functools.partial(_differing, sure, origins)
    found = [
        find("status", _told_status, lambda a, b: {a, b} == {"occurred", "denied"}, plain=_not_negated),
        find("date", _told_day, lambda a, b: a != b),
        find("place", _told_town, _towns_apart(sure), plain=_never),
        find("actor", _told_actor(sure), lambda a, b: not set(a.split(", ")) & set(b.split(", ")), plain=_never),
    ]
    counted = sorted({c.of for t in sure for c in t.mention.counts})
    found += [find(of, _told_count(of), _numbers_apart) for of in counted]
    return tuple(d for d in found if d)


def _differing(  # noqa: PLR0913 - a field, what it is and how it is compared
    told: Sequence[Telling],
    origins: Origins,
    field: str,
    value: Callable[[Telling], str],
    apart: Callable[[str, str], bool],
    *,
    plain: Callable[[Telling], bool] = lambda _: True,
) -> Disagreement | None:
    """Return the versions of one field where two of them are apart; one that is not `plain` needs a second origin."""
    by_value: dict[str, list[Telling]] = {}
    for t in told:
        if said := value(t):
            by_value.setdefault(said, []).append(t)
    made = {v: _version(v, some, origins) for v, some in by_value.items()}
    heard = [v for v in made if made[v].origins >= HEARD or any(map(plain, by_value[v]))]
    clashing = [v for v in heard if any(v != w and apart(v, w) for w in heard)]
    return Disagreement(field=field, versions=tuple(made[v] for v in clashing)) if clashing else None


def _never(_: Telling) -> bool:
    return False


def _not_negated(t: Telling) -> bool:
    """Return whether more than a negation speaks: *we did not sign this lightly* denies nothing."""
    return t.mention.status != "negated"


def _version(value: str, told: Sequence[Telling], origins: Origins) -> Version:
    days = [t.published for t in told if t.published]
    return Version(
        value=value,
        mentions=tuple(t.mention.id for t in told),
        sources=tuple(dict.fromkeys(_source(t) for t in told)),
        origins=len({origins[t.mention.id] for t in told}),
        first_told=min(days, default=None),
        last_told=max(days, default=None),
    )


def _source(t: Telling) -> str:
    return t.mention.attribution[0].source if t.mention.attribution else t.publisher or "unnamed outlet"


def _told_status(t: Telling) -> str:
    """Return whether it is told as done, or denied by a party to it; a plan says neither."""
    m = t.mention
    if m.status in DONE:
        return "occurred"
    parties = {*keys_of(m.actors), *keys_of(m.recipients)}
    by_party = any(v.actor and {*keys_of((v.actor,))} & parties for v in m.attribution[:1])
    return "denied" if m.status == "denied" or (m.status == "negated" and by_party) else ""


def _told_day(t: Telling) -> str:
    """Return the day of the act where a telling gives one; of plans none, which may change without a contradiction."""
    edtf = t.mention.when.edtf if t.mention.when else ""
    first, last = bounds(edtf) if not edtf.endswith(("~", "?", "%")) else (None, None)  # *a week ago* is about a day
    return first if first and first == last and t.mention.status in (*DONE, *SPOKEN_OF) else ""


def _told_town(t: Telling) -> str:
    """Return where a deed took place, where that is no state or capital: these act as often as they lie anywhere."""
    w = t.mention.where
    return w.name if w and w.lat is not None and t.mention.status in DONE and fold(w.name) not in state_words() else ""


def _towns_apart(told: Sequence[Telling]) -> Callable[[str, str], bool]:
    """Return the function that says whether two towns of these tellings are two places."""
    at = {w.name: w for t in told if (w := t.mention.where)}

    def apart(a: str, b: str) -> bool:
        one, other = at[a], at[b]
        if None in (one.lat, one.lon, other.lat, other.lon) or fold(a) == fold(b):
            return False
        return distance((one.lat or 0, one.lon or 0), (other.lat or 0, other.lon or 0)) > NEAR

    return apart


def _told_actor(told: Sequence[Telling]) -> Callable[[Telling], str]:
    """Return the function that gives the doers, by country or name; nothing where others have them on the other side.

    Two tellings that name the same two parties in other roles are two readings of one thing, not a quarrel over it.
    """
    receives = {k for t in told for k in keys_of(t.mention.recipients)}
    acts = Counter(k for t in told for k in keys_of(t.mention.actors))
    first = min(acts, key=lambda k: (-acts[k], k), default="")

    def actors(t: Telling) -> str:
        keys = keys_of(t.mention.actors)
        stand_apart = first in keys or not set(keys) & receives
        return ", ".join(keys) if t.mention.quad == FORCE and t.mention.status in DONE and stand_apart else ""

    return actors


def _told_count(of: str) -> Callable[[Telling], str]:
    def told(t: Telling) -> str:
        return next((number(c) for c in t.mention.counts if c.of == of and number(c)), "")

    return told


def number(c: Count) -> str:
    """Return a count as it is shown: `12`, `12 to 19`, `at least 12`, `up to 19`; nothing where it has no bounds."""
    unit = f" {c.unit}" if c.unit else ""
    if c.low is None and c.high is None:
        return ""
    if c.low == c.high:
        return f"{_plain(c.low)}{unit}"
    if c.high is None:
        return f"at least {_plain(c.low)}{unit}"
    return (f"up to {_plain(c.high)}" if c.low is None else f"{_plain(c.low)} to {_plain(c.high)}") + unit


def _plain(n: float | None) -> str:
    return "" if n is None else f"{n:,.15g}"


def _numbers_apart(a: str, b: str) -> bool:
    """Return whether two counts, as shown, exclude each other."""
    (a_low, a_high), (b_low, b_high) = _read(a), _read(b)
    return max(a_low, b_low) > min(a_high, b_high)


def _read(shown: str) -> tuple[float, float]:
    """Return the bounds of a count as shown by `number`."""
    figures = [float(w.replace(",", "")) for w in shown.split() if w[:1].isdigit()]
    if shown.startswith("at least"):
        return figures[0], float("inf")
    if shown.startswith("up to"):
        return 0.0, figures[0]
    return figures[0], figures[-1]
