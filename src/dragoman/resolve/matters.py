"""Which events belong to one matter: strands of events, compared by parties, kind and naming words. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from dragoman.records import Event, Party, Record, Telling
from dragoman.resolve.clues import Clue, clue
from dragoman.resolve.cluster import Pair, clusters, components, pair
from dragoman.resolve.consensus import order
from dragoman.resolve.facets import keys_of, ordinal
from dragoman.resolve.naming import UNASKED
from dragoman.resolve.phrases import is_of, takes, words
from dragoman.scheme import matters as known
from dragoman.text import fold

ALIKE = 0.5  # share of the words of the shorter name that two names of one matter have in common
SEASON = 60  # days within which goods of one giver, the taker not told, are taken for one matter
APART = -9.0  # never one matter, whatever stands between them
TOGETHER, UNLIKE = 2.0, -3.0  # log-odds of two strands with the same words, and with none in common
SPEAKING = frozenset({"agreement", "project", "asset", "talks", "aid"})  # kinds that may be sides of one matter


class Strand(Record, frozen=True):
    """An event as a part of a matter. `parties` are countries or folded names."""

    event: str
    kind: str
    keys: tuple[str, ...]
    parties: tuple[str, ...]
    givers: tuple[str, ...]
    takers: tuple[str, ...]
    clues: tuple[tuple[str, Clue], ...]  # mention, clue: those that tell a stage
    dates: tuple[str, ...]  # EDTF, of the tellings that do not tell of it as still to come
    background: bool
    request: bool
    told: str
    places: tuple[tuple[str, int], ...]  # document and offset of each telling
    themes: tuple[tuple[str, int], ...]  # document and offset of each theme


Groups = Sequence[Sequence[Strand]]


def matters_of(events: Sequence[Event], tellings: Mapping[str, Telling]) -> list[list[Strand]]:
    """Return the strands that tell a stage, grouped by matter; groups and members in the order of first telling."""
    inside = named_inside(tellings.values())
    strands = [s for e in events if (s := strand(e, tellings, inside)).clues]
    named = {s.event: s for s in strands if s.keys}
    groups = [[named[i] for i in ids] for ids in _grouped(named)]
    loose = [s for s in strands if not s.keys]
    for s in sorted(loose, key=lambda s: (s.told, s.places, s.event)):
        home = _home(s, groups)
        if home is None:
            groups.append([s])
        else:
            home.append(s)
    ordered = [sorted(g, key=lambda s: (s.told, s.event)) for g in groups]
    return sorted(ordered, key=lambda g: (g[0].told, g[0].event))


def named_inside(told: Iterable[Telling]) -> frozenset[str]:
    """Return the mentions that are named in the theme of another act of giving, and are no acts of their own.

    Such is the *aid* of *pledged $5 million in aid*.
    """
    by_document: dict[str, list[Telling]] = defaultdict(list)
    for t in told:
        by_document[t.mention.document_id].append(t)
    found: set[str] = set()
    for some in by_document.values():
        themes = [(t.mention.theme, t.mention.id) for t in some if t.mention.theme and _gives(t)]
        for t in some:
            at = t.mention.predicate
            if t.mention.act in ("AID", "COOPERATE") and any(
                th.start <= at.start and at.end <= th.end and i != t.mention.id for th, i in themes
            ):
                found.add(t.mention.id)
    return frozenset(found)


def _gives(t: Telling) -> bool:
    return t.mention.act in ("AID", "COOPERATE", "AGREE", "SUPPORT") or t.mention.type == "AGREE"


# ---------------------------------------------------------------- strands
def strand(event: Event, tellings: Mapping[str, Telling], inside: frozenset[str]) -> Strand:
    """Return an event as a part of a matter; without clues where it tells no stage of any."""
    told = sorted((tellings[i] for i in event.mentions if i in tellings), key=order)
    clues = [(t, clue(t)) for t in told if t.mention.id not in inside]
    kind = _commonest(c.kind for _, c in clues if c.stage)
    telling = [(t.mention.id, c) for t, c in clues if c.stage and c.kind in (kind, "")]
    keys = sorted({k for _, c in clues if c.kind == kind for k in c.keys})
    actors, recipients = keys_of(event.actors), keys_of(event.recipients)
    if kind == "aid" and turned(event, told):
        actors, recipients = recipients, actors
    if kind == "talks" and _of_heads(told):
        telling = []
    if kind == "sanction":
        telling = [] if set(event.modes) & UNASKED else telling
        recipients = _targets(event, told, actors)
        keys = [f"{a}>{r}" for a in actors for r in recipients]
    return Strand(
        event=event.id,
        kind=kind,
        keys=tuple(keys),
        parties=_states_first((*event.actors, *event.recipients)) if kind != "sanction" else (*actors, *recipients),
        givers=actors,
        takers=recipients,
        clues=tuple(telling),
        dates=tuple(t.mention.when.edtf for t, c in clues if c.stage and not c.planned and t.mention.when),
        background=event.historical,
        request=any(c.request for _, c in clues),
        told=event.published or "9",
        places=tuple((t.mention.document_id, t.mention.predicate.start) for t in told),
        themes=tuple((t.mention.document_id, t.mention.theme.start) for t in told if t.mention.theme),
    )


def _of_heads(told: Sequence[Telling]) -> bool:
    """Return whether leaders or ministers talk, no delegations: a contact, and no negotiation."""
    parties = [p for t in told for p in (*t.mention.actors, *t.mention.recipients)]
    heads = {"leaders", "ministers"} & {known.level_of(p.role or p.name) for p in parties}
    return bool(heads) and not any(is_of(w, "delegated") for t in told for w in words(t.said))


def turned(event: Event, told: Iterable[Telling]) -> bool:
    """Return whether the event's actors are those who get the goods: the telling that names them says *bought*."""
    return any(takes(t) and keys_of(t.mention.actors) == keys_of(event.actors) for t in told)


def _states_first(parties: tuple[Party, ...]) -> tuple[str, ...]:
    """Return the states of the parties; where there are none, the names."""
    return tuple(sorted({p.country for p in parties if p.country})) or keys_of(parties)


def _commonest(kinds: Iterable[str]) -> str:
    counted = Counter(k for k in kinds if k)
    return min(counted, key=lambda k: (-counted[k], known.MATTERS.index(k)), default="")


def _targets(event: Event, told: Sequence[Telling], actors: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom sanctions are aimed at: the states of the recipients, else where these are, else their names."""
    own = {p.country for p in event.recipients if p.country} - set(actors)
    own = own or {code for t in told for p in t.mention.recipients for code in _seat(p.name, words(t.said))}
    own = own or {code for t in told for code in _aimed(words(t.said))}
    own = own or ({event.where.country} if event.where and event.where.country else set())
    return tuple(sorted(own - set(actors))) or tuple(sorted({fold(p.name) for p in event.recipients}))


def _seat(name: str, said: Sequence[str]) -> list[str]:
    """Return the state of *two banks from Norland*, *a Norlandic bank*, by the words beside the name."""
    own = words(name)
    at = next((i for i in range(len(said)) if own and said[i : i + len(own)] == own), None)
    if at is None:
        return []
    after = at + len(own)
    beside = [said[at - 1]] if at else []
    if said[after : after + 1] and said[after] in ("from", "of", "in"):
        beside += [said[after + 1]] if len(said) > after + 1 else []
        beside += [" ".join(said[after + 1 : after + 3])]
    return [code for w in beside if (code := known.state_named(w))]


def _aimed(said: Sequence[str]) -> list[str]:
    """Return the states that *on* or *against* puts behind sanctions."""
    found = []
    for i, word in enumerate(said):
        if word in ("on", "against"):
            names = (" ".join(said[i + 1 : i + n]) for n in (2, 3, 4))
            found += [code for name in names if (code := known.state_named(name))]
    return found


# ---------------------------------------------------------------- grouping
def _grouped(named: Mapping[str, Strand]) -> list[list[str]]:
    """Return the events grouped by matter."""
    scores = {p: likeness(named[p[0]], named[p[1]]) for p in _candidates(named.values())}
    same = {p: s for p, s in scores.items() if s > 0}
    found: list[list[str]] = []
    beside: dict[str, dict[Pair, float]] = defaultdict(dict)
    for p, s in same.items():
        beside[p[0]][p] = s

    def alike(a: str, b: str) -> float:
        return likeness(named[a], named[b])

    def apart(one: Sequence[str], other: Sequence[str]) -> bool:
        return any(alike(a, b) <= APART for a in one for b in other)

    for ids in components(named, same):
        within = {p: s for i in ids if i in beside for p, s in beside[i].items()}
        found += clusters(ids, within, alike, {}, apart, least=0.0)
    return found


def _candidates(strands: Iterable[Strand]) -> list[Pair]:
    """Return the pairs of strands that share a word of their names and a party, or a word and a document."""
    at: dict[str, list[str]] = defaultdict(list)
    for s in strands:
        for key in s.keys:
            for other in {*(s.parties or ("",)), *(d for d, _ in s.places)}:
                at[f"{key}|{other}"].append(s.event)
    return sorted({pair(a, b) for ids in at.values() for a, b in combinations(sorted(set(ids)), 2)})


def likeness(a: Strand, b: Strand) -> float:
    """Return the log-odds that two named strands are of one matter."""
    if not _fitting(a, b):
        return APART
    if a.kind == "sanction":
        return TOGETHER if set(a.keys) & set(b.keys) else APART
    if a.kind == b.kind == "aid" and _against(a, b):
        return APART
    one, other = set(a.keys), set(b.keys)
    share = len(one & other) / min(len(one), len(other))
    if share == 0:
        return UNLIKE
    if a.kind == b.kind == "aid" and len(set(a.parties) & set(b.parties)) < 2 and _far(a, b):
        return 0.0
    two_sides = a.parties and b.parties and not set(a.parties) & set(b.parties) and not _one_report(a, b)
    return 0.0 if two_sides else TOGETHER * share if share >= ALIKE else -1.0


def _far(a: Strand, b: Strand) -> bool:
    """Return whether two tellings of goods are too far apart to be of one matter where only one party is shared."""
    days = (ordinal(a.told), ordinal(b.told))
    return None in days or abs((days[0] or 0) - (days[1] or 0)) > SEASON


def _fitting(a: Strand, b: Strand) -> bool:
    """Return whether kinds and parties let two strands be of one matter."""
    if a.kind != b.kind and not {a.kind, b.kind} <= SPEAKING:
        return False
    one, other = set(a.parties), set(b.parties)
    if not one or not other:
        return True
    if not one & other:  # each may name one of two sides
        return len(one) == len(other) == 1
    return one <= other or other <= one or len(one & other) > 1


def _one_report(a: Strand, b: Strand) -> bool:
    return bool({d for d, _ in a.places} & {d for d, _ in b.places})


def _against(a: Strand, b: Strand) -> bool:
    """Return whether goods go the other way; one side alone may be misread."""
    return bool(set(a.givers) & set(b.takers) and set(a.takers) & set(b.givers)) and a.givers != b.givers


# ---------------------------------------------------------------- what bears no name: "the deal", "the request"
def _home(s: Strand, groups: Sequence[list[Strand]]) -> list[Strand] | None:
    """Return the matter that a strand without a name speaks of; None where there is none, or more than one.

    It is the one whose theme has the very same words in the same place; in its own document the one told last before
    it; else the one of its parties and kind that is told before it.
    """
    same = [g for g in groups if any(set(s.themes) & set(x.themes) for x in g)]
    if same:
        return same[0]
    fitting = [g for g in groups if any(_speaks_of(s, x) for x in g)]
    near = [(at, -i) for i, g in enumerate(fitting) if (at := _before_in_document(s, g)) is not None]
    if near:
        return fitting[-max(near)[1]]
    own = set(s.parties)
    earlier = [g for g in fitting if g[0].told < s.told and own and own <= {p for x in g for p in x.parties}]
    return earlier[0] if len(earlier) == 1 else None


def _speaks_of(s: Strand, x: Strand) -> bool:
    """Return whether *the deal*, *the talks*, *the request* may mean this strand."""
    if s.request and not s.kind:
        return any(c.stage == "proposed" for _, c in x.clues) and bool(set(s.parties) & set(x.parties) or not s.parties)
    if s.kind == "talks":
        return x.kind in SPEAKING - {"aid"} and _fitting(s, x)
    agreed = s.kind == "agreement" and any(c.stage in ("agreed", "negotiating") for _, c in x.clues)
    return (s.kind == x.kind or (agreed and x.kind in SPEAKING)) and _fitting(s, x)


def _before_in_document(s: Strand, group: Iterable[Strand]) -> int | None:
    """Return how near before a telling of the strand the matter is told in the same document, as an offset."""
    theirs = [place for x in group for place in x.places]
    found = [start for document, start in theirs for d, at in s.places if d == document and start <= at]
    return max(found, default=None)
