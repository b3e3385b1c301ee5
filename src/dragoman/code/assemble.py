"""From a draft to a full event mention: status, theme, time, place, voices, confidence, evidence. No typing here."""

from collections.abc import Sequence

from dragoman import tree
from dragoman.code import confidence, kinds
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk, Draft
from dragoman.code.roles import Roles
from dragoman.code.setting import Setting
from dragoman.code.sites import state_place
from dragoman.code.speeches import Speeches
from dragoman.code.theme import find_theme
from dragoman.code.timing import is_past_year
from dragoman.edtf import bounds
from dragoman.records import (
    Annotated,
    EventMention,
    Evidence,
    Parse,
    Party,
    Predicate,
    SentenceSpan,
    Theme,
    Voice,
    When,
    Where,
)
from dragoman.scheme import plover, themes
from dragoman.scheme.states import state_name
from dragoman.text import digest

_OWN_STATUS = ("occurred", "ongoing")
# Acts that take place where their theme is; one may condemn or ask from anywhere.
_PLACED_BY_THEME = ("AGREE", "AID", "COERCE", "CONCEDE", "COOPERATE", "MOBILIZE", "PROTEST", "RETREAT", "ASSAULT")
# Acts that are where what they forbid or aim at is to be.
_PLACED_BY_AIM = ("AGREE", "CONCEDE", "COERCE", "MOBILIZE", "REJECT", "REQUEST", "SANCTION", "THREATEN")
# Acts that take place where the party is that they go to: troops into it, a visit or arms to it.
_GOES_TO_PARTY = ("AID", "ASSAULT", "CONSULT", "COOPERATE", "MOBILIZE", "RETREAT")
_MODE_OF_CONTENT = {
    "AID": "assist",
    "COOPERATE": "assist",
    "CONSULT": "meet",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}
# What a party denies to have happened; of agreements it says that they are not there yet.
_MATERIAL = (2, 4)  # quad classes of deeds
_DEEDS = ("AID", "ASSAULT", "COERCE", "CONSULT", "MOBILIZE", "RETREAT", "SANCTION")
_CLAIMS = frozenset({"claim", "admit"})


def mention(desk: Desk, setting: Setting, d: Draft, speeches: Speeches) -> EventMention:
    """Return the full record of a draft."""
    c, parse = d.candidate, desk.parse
    predicate = _predicate(desk, c)
    status = d.status or _status(parse, c, predicate)
    voices = _with_claimer(desk, d, desk.voices.chain(c.token))
    status = "denied" if status == "negated" and _is_denial(d, voices) else status
    theme = find_theme(desk.annotated, desk.index, c, d.roles)
    own = _is_unreal(desk, c, d.status or predicate.status)
    when = (
        setting.timing.when(c.token, c.light, own=own, done=status == "occurred")
        or _told_when(desk, speeches, d, status)
        or (setting.timing.when(d.content_token, own=True) if d.content_token >= 0 else None)
    )
    published = desk.annotated.document.published
    status = "planned" if _is_to_come(d, status, when, published) else status
    where = _where(setting, d, theme)
    act = d.content.act if d.content is not None else d.kind.act
    name = kinds.recorded_type(d.kind, status)
    modes = _modes(desk, d, name, act)
    roles = _with_origin(d.roles, theme, name)
    reading = desk.reader.word(c.token)
    weighed = confidence.features(frame=c.frame, noun=c.pos == "noun", kind=d.kind, reading=reading, roles=roles)
    parts = confidence.ingredients(weighed, d.kind)
    return EventMention(
        id=mention_id(desk.annotated, c.token),
        document_id=desk.annotated.document.id,
        type=name,
        act=act,
        modes=modes,
        contexts=contexts(parse, c),
        quad=plover.event_type(name).quad,
        score=kinds.score(name, modes),
        actors=roles.actors,
        recipients=roles.recipients,
        theme=theme,
        when=when,
        where=where,
        status=status,
        historical=predicate.historical or (when is not None and is_past_year(when.edtf, published)),
        certainty=predicate.certainty,
        attribution=voices,
        confidence=confidence.squash(parts),
        ingredients=parts,
        predicate=tree.span(parse, c.token, c.token),
        evidence=(evidence(parse, c, roles, theme),),
        sentence=sentence(parse, c.token),
    )


def _is_to_come(d: Draft, status: str, when: When | None, published: str | None) -> bool:
    """Return whether a deed is told for a day after the report: *the arrival is foreseen for June 7*."""
    if status not in ("occurred", "ongoing") or when is None or published is None:
        return False
    first, _ = bounds(when.edtf)
    deed = plover.event_type(d.kind.type).quad in _MATERIAL or d.kind.type == "CONSULT"
    return deed and d.kind.type == d.kind.act and first is not None and first > published[:10]


def _predicate(desk: Desk, c: Candidate) -> Predicate:
    """Return the status record of the act: that of its light verb where the noun's own says no more than "occurred"."""
    t = desk.parse.tokens[c.token]
    own = desk.predicates.get(c.token) or Predicate(start=t.start, end=t.end, text=t.text, token=t.i, status="occurred")
    if c.light is not None and own.status == "occurred":
        return desk.predicates.get(c.light, own)
    return own


def _status(parse: Parse, c: Candidate, predicate: Predicate) -> str:
    """Return the status of what is recorded: asking that occurred leaves a thing requested."""
    if c.frame is None or not c.frame.status or predicate.status not in _OWN_STATUS:
        return predicate.status
    if c.frame.status == "negotiating" and predicate.status == "occurred" and _is_over(parse, c):
        return predicate.status
    return c.frame.status


def _is_denial(d: Draft, voices: Sequence[Voice]) -> bool:
    """Return whether it is a party to the act who says that it did not happen: *"We did not attack," the army said*."""
    own = {p.country for p in (*d.roles.actors, *d.roles.recipients) if p.country}
    return d.kind.act in _DEEDS and any(v.actor is not None and v.actor.country in own for v in voices)


def _is_over(parse: Parse, c: Candidate) -> bool:
    """Return whether a verb of negotiating tells what is done: *negotiated the deal*, *have negotiated for years*."""
    t = parse.tokens[c.token]
    perfect = any(a.lemma == "have" for a in tree.children(parse, t.i, "aux"))
    return c.pos == "verb" and (t.tag == "VBD" or (t.tag == "VBN" and perfect))


def _modes(desk: Desk, d: Draft, name: str, act: str) -> tuple[str, ...]:
    """Return how it was done: the frame's mode, that of what is asked or refused, or that of the noun that does it."""
    if d.kind.mode and d.kind.mode in plover.event_type(name).modes:
        return (d.kind.mode,)
    if name in ("REQUEST", "REJECT") and act in _MODE_OF_CONTENT:
        return (_MODE_OF_CONTENT[act],)
    for i in d.candidate.slots.get("subject"):  # "a blast wounded": by explosives
        for frame in plover.frames_for(desk.parse.tokens[i].lemma, "noun"):
            if frame.mode and frame.type == name and not frame.modifiers:
                return (frame.mode,)
    return ()


def _where(setting: Setting, d: Draft, theme: Theme | None) -> Where | None:
    """Return the place of the act: its own, that of what it is about, or its theme's; a telephone call has none."""
    if d.kind.mode == "phone":
        return None
    parties = () if d.kind.type in _GOES_TO_PARTY else (*d.roles.actor_tokens, *d.roles.recipient_tokens)
    placing = setting.placing
    found = placing.where(d.candidate.token, d.candidate.light, parties=parties)
    if found is None and d.content_token >= 0:
        found = placing.where(d.content_token, parties=parties)
    if found is None and theme is not None and d.kind.type in _PLACED_BY_THEME:
        found = placing.within(theme.start, theme.end)
    if found is None and d.kind.type in _PLACED_BY_AIM:
        found = placing.below(d.candidate.token, frozenset(parties))
    return found or _at_home(d)


def _at_home(d: Draft) -> Where | None:
    """Return the doer's own state as the place of an act that is by its nature done there, to nobody abroad."""
    states = {p.country for p in (*d.roles.actors, *d.roles.recipients) if p.country}
    doer = next((p for p in d.roles.actors if p.country), None)
    if d.candidate.frame is None or not d.candidate.frame.home or doer is None or doer.country is None:
        return None
    return state_place(doer.country, doer) if len(states) == 1 or d.kind.type == "AID" else None


def _with_claimer(desk: Desk, d: Draft, voices: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the chain with whoever claims an attack for himself as its nearest voice."""
    t = desk.parse.tokens[d.candidate.token]
    if t.lemma.lower() not in _CLAIMS or d.kind.act != "ASSAULT" or not d.roles.actors:
        return voices
    who = d.roles.actors[0]
    return (Voice(source=who.name, actor=who, kind="named", cue=t.text, start=who.start, end=who.end), *voices)


def _told_when(desk: Desk, speeches: Speeches, d: Draft, status: str) -> When | None:
    """Return the time of speaking for an act done by speaking: *on Monday he said that they must leave*.

    A deed that its doer announces is recorded as announced (*on Monday he announced that his troops would leave*); so
    are words that he announces outright (*she said that she would sue*).
    """
    spoken = "speaker" in d.roles.inferred and d.kind.basis in ("modal", "verdict")
    deed = kinds.recorded_type(d.kind, status) != d.kind.type
    announced = status == "planned" and (deed or tree.head(desk.parse, d.candidate.token).i in desk.voices.cues)
    if not (spoken or announced):
        return speeches.when(d.candidate.token)
    doers = {p.country or p.name for p in d.roles.actors}
    for a in desk.voices.over(d.candidate.token):
        if not spoken and not any(_announces(v.actor, doers) for v in desk.voices.voices(a)):
            continue
        for cue in a.cue:
            i = tree.head_of_span(desk.parse, cue.start, cue.end)
            found = speeches.when(i)
            if found is not None and not _behind_relative(desk.parse, i, found):
                return found
    return speeches.when(d.candidate.token)


def _announces(who: Party | None, doers: set[str]) -> bool:
    """Return whether a voice is a doer, of its state, or an office whose state the text leaves open."""
    if who is None:
        return False
    return (who.country or who.name) in doers or (who.country is None and "GOV" in who.sectors)


def _behind_relative(parse: Parse, i: int, when: When) -> bool:
    """Return whether a relative pronoun stands between a verb and a time: the time is then the relative clause's."""
    between = tree.tokens_between(parse, parse.tokens[i].end, when.start)
    return any(t.tag in ("WDT", "WP") for t in between)


def _is_unreal(desk: Desk, c: Candidate, status: str) -> bool:
    """Return whether an act below another is only planned, asked or supposed: that clause's time is not its own."""
    root = tree.sentence_of(desk.parse, c.token).root
    return status not in (*_OWN_STATUS, "negotiating") and root not in (c.token, c.light)


def _with_origin(roles: Roles, theme: Theme | None, name: str) -> Roles:
    """Return the roles with the state that the goods come from as the giver, where no giver is named."""
    if roles.actors or theme is None or theme.origin is None or name not in ("AID", "COOPERATE"):
        return roles
    if any(theme.origin in (p.country, p.name) for p in roles.recipients):
        return roles  # what is made at home is given by nobody
    giver = Party(
        name=state_name(theme.origin), country=theme.origin, text=theme.text, start=theme.start, end=theme.end
    )
    return Roles(
        actors=(giver,),
        recipients=roles.recipients,
        recipient_tokens=roles.recipient_tokens,
        inferred=(*roles.inferred, "origin"),
    )


def contexts(parse: Parse, c: Candidate) -> tuple[str, ...]:
    """Return the contexts of the act: its frame's own and those that words of its sentence are keywords of."""
    s = tree.sentence_of(parse, c.token)
    own = c.frame.contexts if c.frame else ()
    said = themes.contexts_for(
        t.lemma for t in parse.tokens[s.first : s.last] if t.pos in ("NOUN", "VERB", "ADJ", "PROPN")
    )
    return tuple(dict.fromkeys((*own, *said)))


def mention_id(annotated: Annotated, token: int) -> str:
    """Return the id: document, quote of the predicate, which occurrence of it; neither type nor parties nor offsets."""
    t = annotated.parse.tokens[token]
    nth = sum(1 for o in annotated.parse.tokens[:token] if o.text == t.text)
    return digest(annotated.document.id, t.text, str(nth))


def evidence(parse: Parse, c: Candidate, roles: Roles, theme: Theme | None) -> Evidence:
    """Return the words that the record rests on: predicate, parties and theme in its sentence, first to last."""
    s = tree.sentence_of(parse, c.token)
    tokens = [
        i
        for i in (c.token, c.light, *roles.actor_tokens, *roles.recipient_tokens)
        if i is not None and s.first <= i < s.last
    ]
    spans = [(parse.tokens[i].start, parse.tokens[i].end) for i in tokens]
    if theme is not None and s.start <= theme.start < s.end:
        spans.append((theme.start, min(theme.end, s.end)))
    start, end = min(a for a, _ in spans), max(z for _, z in spans)
    return Evidence(start=start, end=end, quote=parse.text[start:end])


def sentence(parse: Parse, token: int) -> SentenceSpan:
    """Return the offsets of the sentence of a token."""
    s = tree.sentence_of(parse, token)
    return SentenceSpan(start=s.start, end=s.end)
