"""Whether two tellings mean one event: features that each give a value, weighed into log-odds. Nothing is merged."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from dragoman.geo import distance
from dragoman.records import Ingredient
from dragoman.resolve.facets import DAY, MONTH, Facet, stem
from dragoman.scheme.resolution import kindred, same_event_weights
from dragoman.scheme.states import state_words

SAME = 0.0  # log-odds from which two tellings are the same; chosen on the first wordings of the scenario, range -1 to 2
UNSURE = -1.5  # from here up to SAME a person may look
APART = 3  # days between the days that most of two groups give: a news report may be a day or two off, not more
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})  # done by both: either may be told to act
TALKS = "CONSULT"
SEVERAL = 3  # tellings in a group before its names count: one alone may call a town by another name
NEAR = 3.0  # km: places nearer than this are one place under two names
PLANNED = frozenset({"planned", "negotiating", "requested", "hypothetical"})
DONE = frozenset({"occurred", "ongoing"})
UNDONE = frozenset({"denied", "negated", "cancelled", "refused"})


def score(a: Facet, b: Facet) -> float:
    """Return the log-odds that two tellings mean one event."""
    weights = same_event_weights()
    total = weights["base", "base"]
    for name, feature in FEATURES:
        value = feature(a, b)
        if value:
            total += weights[name, value]
    return total


def reasons(a: Facet, b: Facet) -> tuple[Ingredient, ...]:
    """Return what speaks for and against, feature by feature, in the order of FEATURES; they add up to `score`."""
    weights = same_event_weights()
    found = [("base", "base"), *((name, feature(a, b)) for name, feature in FEATURES)]
    return tuple(Ingredient(name=n, value=v, weight=weights[n, v]) for n, v in found if v)


def verdict(total: float) -> str:
    """Return what a score means: same, unsure or different."""
    return "same" if total >= SAME else "unsure" if total >= UNSURE else "different"


def groups_apart(one: Sequence[Facet], other: Sequence[Facet]) -> bool:
    """Return whether most of two groups of tellings give days, towns or numbers of order that exclude each other.

    One telling may be misread; what most of a group say holds.
    """
    days, towns, orders = ([_commonest(map(of, group)) for group in (one, other)] for of in (_day, _town, _order))
    if None not in days and abs(int(days[0] or 0) - int(days[1] or 0)) > APART:
        return True
    if None not in orders and orders[0] != orders[1]:
        return True
    if _named_otherwise(one, other) or _reversed(one, other) or _told_beside(one, other):
        return True
    if None in towns or towns[0] == towns[1]:
        return False
    spots = [next(f.spot for f in group if f.place == town) for group, town in zip((one, other), towns, strict=True)]
    return None not in spots and distance(spots[0] or (0, 0), spots[1] or (0, 0)) > NEAR


def _reversed(one: Sequence[Facet], other: Sequence[Facet]) -> bool:
    """Return whether who does it to whom is the other way round in the other group: a blow is not its answer."""
    if any(f.act in MUTUAL for f in (*one, *other)):
        return False
    (does, meets), (does_too, meets_too) = (
        (_commonest(k for f in group for k in f.actors), _commonest(k for f in group for k in f.recipients))
        for group in (one, other)
    )
    return does is not None and does_too is not None and does != does_too and does == meets_too and meets == does_too


def _told_beside(one: Sequence[Facet], other: Sequence[Facet]) -> bool:
    """Return whether most of one group tell talks, most of the other another act, and one sentence tells both.

    *They met and promised*: the meeting is no promise. Of other acts a sentence may tell one in two words: *agreed, and
    signed*; told in two sentences, talks may be what the other calls a visit.
    """
    act, other_act = (_commonest(f.act for f in group) for group in (one, other))
    if (act == TALKS) == (other_act == TALKS):
        return False
    told, told_too = (
        {(f.document, f.sentence) for f in group if f.act == of} for group, of in ((one, act), (other, other_act))
    )
    return bool(told & told_too)


def _named_otherwise(one: Sequence[Facet], other: Sequence[Facet]) -> bool:
    """Return whether most of each group speak of a name (a town, a ship) of which the other group never speaks."""
    spoken = [
        Counter(name for f in group for name in {*f.names, *map(stem, f.place.split())}) for group in (one, other)
    ]
    own = [
        [name for name, n in here.items() if 2 * n > len(group) and name not in there]
        for group, here, there in ((one, spoken[0], spoken[1]), (other, spoken[1], spoken[0]))
    ]
    return len(one) >= SEVERAL and len(other) >= SEVERAL and all(own)


def _commonest(values: Iterable[str | None]) -> str | None:
    """Return the value given most often, of equals the least; None where none is given."""
    found = Counter(v for v in values if v is not None)
    return min(found, key=lambda v: (-found[v], v), default=None)


def _day(f: Facet) -> str | None:
    return str(f.first) if f.span == DAY else None


def _town(f: Facet) -> str | None:
    """Return the place where it is no state."""
    return f.place if f.place and f.spot and f.place not in state_words() else None


def _order(f: Facet) -> str | None:
    return next((m for m in f.marks if m in _NUMBERS), None)


# ---------------------------------------------------------------- features: "" says nothing
def _wording(a: Facet, b: Facet) -> str:
    """Tellings in the same words are copies of one telling."""
    return "same" if a.wording == b.wording and a.document != b.document else ""


def _act(a: Facet, b: Facet) -> str:
    """The type of the act; two readers of one act may take it for one of two kindred types, one report seldom does."""
    if a.family == b.family and a.act == b.act:
        return "same"
    pair = frozenset((a.family, b.family))
    if pair not in kindred() and not (len(pair) == 1 and a.act != b.act):
        return "other"
    return "kin beside" if a.document == b.document else "kin"


def _modes(a: Facet, b: Facet) -> str:
    """The manner of the act: a phone call is no visit."""
    if not a.modes or not b.modes:
        return ""
    return "same" if set(a.modes) & set(b.modes) else "other"


def _parties(a: Facet, b: Facet) -> str:
    """Who acts on whom; parties left out by one telling say little."""
    acts, receives = _sides(a.actors, b.actors), _sides(a.recipients, b.recipients)
    if a.actors and a.recipients and a.actors == b.recipients and a.recipients == b.actors:
        return "swapped"
    if "other" in (acts, receives):
        mixed = set(a.actors + a.recipients) & set(b.actors + b.recipients)
        if not mixed:
            return "others"
        return "overlap" if _joint(a, b) else "one other"
    if acts == receives == "same":
        return "same"
    if "same" in (acts, receives) and "" in (acts, receives):
        return "same" if not any((*a.recipients, *b.recipients)) or not any((*a.actors, *b.actors)) else "part"
    return "overlap" if "overlap" in (acts, receives) else "part" if (acts or receives) else ""


def _joint(a: Facet, b: Facet) -> bool:
    """Return whether one telling makes joint actors of what the other parts into actor and recipient."""
    one, other = {*a.actors, *a.recipients}, {*b.actors, *b.recipients}
    return len(one & other) > 1 and (one <= other or other <= one)


def _sides(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    if not a or not b:
        return ""
    return "same" if a == b else "overlap" if set(a) & set(b) else "other"


def _persons(a: Facet, b: Facet) -> str:
    """The persons named among the parties, by their last names."""
    if not a.persons or not b.persons:
        return ""
    return "shared" if {p.split()[-1] for p in a.persons} & {p.split()[-1] for p in b.persons} else "other"


def _date(a: Facet, b: Facet) -> str:
    """The times of the act; of an undated one the day on which it was told."""
    if a.span and b.span:
        return _dated(a, b)
    return _half_dated(*((a, b) if a.span else (b, a))) if a.span or b.span else "unknown"


def _dated(a: Facet, b: Facet) -> str:
    """Compare two known times."""
    a_first, a_last, b_first, b_last = a.first or 0, a.last or 0, b.first or 0, b.last or 0
    gap = max(a_first, b_first) - min(a_last, b_last)
    if (a.span or 0) <= DAY and (b.span or 0) <= DAY:
        return "same day" if gap == 0 else "day off" if gap == 1 else "days off" if gap <= 3 else "apart"
    if gap > 0:
        return "vague apart" if gap > 1 else ""
    return "within" if min(a.span or 0, b.span or 0) <= DAY and max(a.span or 0, b.span or 0) <= MONTH else "vague"


def _half_dated(dated: Facet, other: Facet) -> str:
    """Compare a known time with the day on which the other was told."""
    if other.told is None or other.historical or (dated.span or 0) > MONTH:
        return ""
    late = other.told - (dated.last or 0)
    if late < -1:
        return "" if other.status in PLANNED or dated.status in PLANNED else "told before"
    return "told soon after" if late <= 3 else "told later" if late <= 10 else "told long after"


def _place(a: Facet, b: Facet) -> str:
    """Where it took place: towns apart are two places, a town lies in its country."""
    if not a.place or not b.place:
        return ""
    if a.place == b.place:
        return "same"
    if a.country and b.country and a.country != b.country:
        return "other country"
    if a.spot is None or b.spot is None:
        return "inside"
    return "near" if distance(a.spot, b.spot) <= NEAR else "apart"


def _counts(a: Facet, b: Facet) -> str:
    """The numbers: tolls grow, so that only a wide gap speaks of two events."""
    theirs = {(of, unit): (low, high) for of, low, high, unit in b.counts}
    pairs = [((low, high), theirs[of, unit]) for of, low, high, unit in a.counts if (of, unit) in theirs]
    found = {_numbers(x, y) for x, y in pairs} - {""}
    return next((v for v in ("other", "grown", "equal", "compatible") if v in found), "")


def _numbers(x: tuple[float | None, float | None], y: tuple[float | None, float | None]) -> str:
    ends = [n for n in (*x, *y) if n is not None]
    if not ends or x == (None, None) or y == (None, None):
        return ""
    if x == y:
        return "equal"
    low, high = max(x[0] or 0, y[0] or 0), min(x[1] or float("inf"), y[1] or float("inf"))
    if low <= high:
        return "compatible"
    return "grown" if low <= 2 * max(high, 1) else "other"


def _goods(a: Facet, b: Facet) -> str:
    """What was moved."""
    if not a.goods or not b.goods:
        return ""
    return "same" if set(a.goods.split()) & set(b.goods.split()) else "other"


def _carrier(a: Facet, b: Facet) -> str:
    """By which vessel."""
    if not a.carrier or not b.carrier:
        return ""
    return "same" if set(a.carrier.split()) & set(b.carrier.split()) else "other"


def _matter(a: Facet, b: Facet) -> str:
    """The words of what the act is about."""
    if not a.matter or not b.matter:
        return ""
    share = _share(a.matter, b.matter)
    return "most" if share >= 0.5 else "some" if share > 0 else "none"


def _words(a: Facet, b: Facet) -> str:
    """The words of the two sentences."""
    share = _share(a.words, b.words)
    return "most" if share >= 0.5 else "many" if share >= 0.25 else "some" if share >= 0.1 else "few"


def _names(a: Facet, b: Facet) -> str:
    """The names in the two sentences that are no parties: towns, ships, persons spoken of."""
    if not a.names or not b.names:
        return ""
    return "shared" if set(a.names) & set(b.names) else "other"


def _figures(a: Facet, b: Facet) -> str:
    """The figures in the two sentences."""
    if not a.numbers or not b.numbers:
        return ""
    return "shared" if set(a.numbers) & set(b.numbers) else "other"


def _gap(a: Facet, b: Facet) -> str:
    """The days between the two tellings, where neither is told as background."""
    if a.told is None or b.told is None or a.historical or b.historical:
        return ""
    gap = abs(a.told - b.told)
    return (
        "a day" if gap <= 1 else "days" if gap <= 4 else "a week" if gap <= 10 else "weeks" if gap <= 30 else "months"
    )


def _share(a: Iterable[str], b: Iterable[str]) -> float:
    """Return the words shared, as a part of the shorter list."""
    one, other = set(a), set(b)
    return len(one & other) / max(1, min(len(one), len(other)))


def _marks(a: Facet, b: Facet) -> str:
    """Words that tell an act from another of its kind: *first* against *second*; *another*, *latest* in one only."""
    one, other = set(a.marks), set(b.marks)
    if one == other:
        return ""
    return "unlike" if one & _NUMBERS and other & _NUMBERS and not one & other & _NUMBERS else "one"


_NUMBERS = frozenset({"first", "second", "third", "fourth", "fifth"})


def _status(a: Facet, b: Facet) -> str:
    """How far it had come: a plan and its deed are one event, a deed and its denial two versions of one."""
    one, other = _stage(a.status), _stage(b.status)
    if one == other:
        return "same"
    return {frozenset(("plan", "done")): "plan and deed", frozenset(("done", "undone")): "deed and denial"}.get(
        frozenset((one, other)), "unlike"
    )


def _stage(status: str) -> str:
    return "done" if status in DONE else "undone" if status in UNDONE else "plan"


def _document(a: Facet, b: Facet) -> str:
    """Two mentions of one document tell two acts unless more speaks for one."""
    if a.document != b.document:
        return ""
    return "same sentence" if a.sentence == b.sentence else "same document"


def _background(a: Facet, b: Facet) -> str:
    """Told as news or as background."""
    return "" if not (a.historical or b.historical) else "both" if a.historical and b.historical else "one"


FEATURES: tuple[tuple[str, Callable[[Facet, Facet], str]], ...] = (
    ("wording", _wording),
    ("act", _act),
    ("modes", _modes),
    ("parties", _parties),
    ("persons", _persons),
    ("date", _date),
    ("place", _place),
    ("counts", _counts),
    ("goods", _goods),
    ("carrier", _carrier),
    ("matter", _matter),
    ("words", _words),
    ("names", _names),
    ("figures", _figures),
    ("gap", _gap),
    ("marks", _marks),
    ("status", _status),
    ("document", _document),
    ("background", _background),
)
