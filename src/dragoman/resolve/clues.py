"""What one telling says of a matter: its kind, the words that name it, the stage that it tells. Nothing is grouped."""

from dragoman.records import EventMention, Record, Telling
from dragoman.resolve.naming import Named, name
from dragoman.resolve.phrases import Line, Told, is_of, line, told_at, told_first
from dragoman.scheme import matters

OPENING = 6  # first words of a theme in which a stage may stand: *to sign*, *the early suspension of*
PRIVY = 4  # words before a predicate that may make it a source's: *people with knowledge of the talks*
SILENT = 4  # first words of a theme that may say that nothing is said: *to comment*, *not to be named*
NOT_SO = frozenset({"denied", "negated", "hypothetical"})  # nothing came about
SPOKEN = frozenset({"REQUEST", "REJECT", "ACCUSE"})
DONE = frozenset({"delivered", "signed", "agreed", "proposed", ""})  # stages that a refusal of the act undoes


class Clue(Record, frozen=True):
    """What a telling says of a matter. `kind` and `stage` are "" where it tells none."""

    kind: str = ""
    keys: tuple[str, ...] = ()  # stems that name the matter; `~money` for goods of a class
    stage: str = ""
    planned: bool = False
    pledged: bool = False
    request: bool = False  # about a request, offer or proposal that is not told again


def clue(t: Telling) -> Clue:
    """Return what a telling says of a matter."""
    if t.mention.status in NOT_SO:
        return Clue()
    x = line(t)
    of = name(x)
    request = not of.keys and any(is_of(w, "request") for w in x.theme)
    told = _told(x, of, request=request) if of.kind or request else Told()
    if not told.stage or (request and not of.kind and told.stage == "proposed") or _only_asked(t.mention, of.kind):
        return Clue(kind=of.kind, keys=of.keys)
    to_talk = of.kind == "talks" and told.stage == "agreed"
    return Clue(
        kind=of.kind,
        keys=of.keys,
        stage="negotiating" if to_talk else told.stage,
        planned=to_talk or _planned(t.mention, told.stage),
        pledged=told.stage == "proposed" and not matters.words_of("pledging").isdisjoint(told.words),
        request=request,
    )


def _only_asked(m: EventMention, kind: str) -> bool:
    """Return whether sanctions are only spoken of: who asks for them need not be the one who imposes them."""
    return kind == "sanction" and (m.type in SPOKEN or m.status == "requested")


def _told(x: Line, of: Named, *, request: bool) -> Told:
    """Return the stage and the words that tell it: by the predicate, by the theme that it opens, by the act."""
    m = x.mention
    if m.type in SPOKEN and not matters.words_of("silence").isdisjoint(x.theme[:SILENT]):
        return Told()
    if any(is_of(w, "privy") for w in x.said[max(0, x.at - PRIVY) : max(0, x.at)]):
        return Told()
    told = told_at(x.said, x.at, of.kind)
    if not told.stage and (_opens(x) or x.theme[:1] == ("to",)):
        told = told_first(x.theme[:OPENING], of.kind)
    if not told.stage and of.own:
        acts = matters.stages_of_acts()
        told = Told(stage=acts.get((m.act, of.kind)) or acts.get((m.type, of.kind), ""))
    return Told(stage=_by_status(m, told.stage), words=told.words) if told.stage or request else Told()


def _opens(x: Line) -> bool:
    """Return whether the predicate hands its sense over to its theme: *announced the suspension of*."""
    return 0 <= x.at < len(x.said) and is_of(x.said[x.at], "opening")


def _by_status(m: EventMention, stage: str) -> str:
    """Return the stage that the status makes of it: what is asked for is proposed, what is refused is refused."""
    if m.status == "cancelled":
        return "cancelled"
    if m.status == "refused" or (m.type == "REJECT" and stage in DONE):
        return stage if stage in ("cancelled", "suspended", "ended") else "refused"
    if m.status == "negotiating" and stage not in ("proposed", "suspended"):
        return "negotiating"
    return "proposed" if m.type == "REQUEST" and stage not in ("signed", "ratified") else stage


def _planned(m: EventMention, stage: str) -> bool:
    """Return whether the stage is still to come; what is proposed by now is no plan to propose."""
    return m.status in ("planned", "requested") and stage not in ("proposed", "refused", "cancelled")
