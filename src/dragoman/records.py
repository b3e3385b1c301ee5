"""Every record that travels through dragoman, and the signature of each stage. No behaviour beyond plain conversion."""

from collections.abc import Callable
from typing import Any

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A frozen record; `to_dict` gives plain JSON types. None holds a cycle, so the collector need not follow them."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as dicts, lists, strings, numbers, booleans and None."""
        built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return built


# ---------------------------------------------------------------- spans and documents
class Span(Record, frozen=True):
    """A piece of a document: code-point offsets, end exclusive, and the words there."""

    start: int
    end: int
    text: str


class Evidence(Record, frozen=True):
    """A span that an entry rests on; `document.text[start:end] == quote`, always."""

    start: int
    end: int
    quote: str


class Block(Record, frozen=True):
    """A paragraph-like stretch of a document: title, heading, dateline, paragraph, list, caption."""

    start: int
    end: int
    kind: str = "paragraph"


class Document(Record, frozen=True):
    """One article as published. `published` is an ISO date or date-time, None where unknown."""

    id: str
    text: str
    text_hash: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    language: str | None = None
    published: str | None = None
    published_basis: str | None = None  # given, json-ld, meta, url, text, htmldate ...
    origin: str = ""  # the path, path:line or "-" that it was read from
    captions: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    supersedes: str | None = None


# ---------------------------------------------------------------- syntax
class Token(Record, frozen=True):
    """One token of the parse. `head` is a token index (a root heads itself); labels are spaCy's for English."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str  # entity label or ""
    ent_start: bool  # the first token of its entity
    sentence: int


class Sentence(Record, frozen=True):
    """Token indices first to last (end exclusive) and the offsets that they cover."""

    i: int
    first: int
    last: int
    start: int
    end: int
    root: int
    block: str = "paragraph"


class Parse(Record, frozen=True):
    """The syntax of a text: its tokens and sentences, in order. `tree` has the functions that walk it."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    children: tuple[tuple[int, ...], ...]


# ---------------------------------------------------------------- layers over a document
class ActorMention(Record, frozen=True):
    """A party as named at one place; `name` is the canonical name, None-able fields are abstentions."""

    start: int
    end: int
    text: str
    name: str
    country: str | None = None  # ISO 3166 alpha-3, KOS, UNO, EUR, IGO, NGO, ISM, IMG, MNC
    sectors: tuple[str, ...] = ()  # the first is the main one
    role: str | None = None  # the office, as said or as known
    kind: str = ""  # state, government, person, organisation, group, people, pronoun
    head: int = -1  # index of the head token
    basis: str = ""  # how it was resolved: name, demonym, capital, office, surname, pronoun, apposition ...


class TimeExpression(Record, frozen=True):
    """A TIMEX3 expression: type DATE, TIME, DURATION or SET; `value` in TIMEX3, `edtf` None where it has no date."""

    start: int
    end: int
    text: str
    type: str
    value: str | None = None
    edtf: str | None = None
    basis: str | None = None  # absolute, publication, tense, event-before, unresolved


class PlaceMention(Record, frozen=True):
    """A toponym; `geonameid`, `lat`, `lon`, `country` None where unresolved. Degrees north and east."""

    start: int
    end: int
    text: str
    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None  # ISO 3166 alpha-3
    score: float = 0.0
    kind: str | None = None  # country, admin1, city, region, water, facility ...
    basis: str | None = None


class Quantity(Record, frozen=True):
    """A number with what it counts: kind money, count, measure, percent or number; None for a vague bound.

    A number stands for what it counts: *12 were killed*.
    """

    start: int
    end: int
    text: str
    kind: str
    low: float | None = None
    high: float | None = None
    unit: str | None = None  # ISO 4217 code for money, the noun for counts, the unit for measures


class AttributionSpan(Record, frozen=True):
    """Who says what: spans of the source, of the cue word and of the content. Content may be discontinuous."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class Predicate(Record, frozen=True):
    """A verb or event noun and whether what it names happened."""

    start: int
    end: int
    text: str
    token: int
    status: str
    certainty: str = "stated"
    historical: bool = False
    cue: str | None = None  # the word that set the status, for explain


class Annotated(Record, frozen=True):
    """A document with its layers."""

    document: Document
    parse: Parse
    actors: tuple[ActorMention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[AttributionSpan, ...] = ()


# ---------------------------------------------------------------- event mentions
class Party(Record, frozen=True):
    """An actor or recipient of an event."""

    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    text: str = ""
    start: int = -1
    end: int = -1


class Theme(Record, frozen=True):
    """The thing that an event is about, with what is moved and on what."""

    text: str
    start: int
    end: int
    kind: str = "matter"  # goods, agreement, project, asset, person, matter
    goods: str | None = None
    money: str | None = None
    quantity: str | None = None
    carrier: str | None = None
    origin: str | None = None
    destination: str | None = None
    projects: tuple[str, ...] = ()


class When(Record, frozen=True):
    """The time of the act: EDTF, the words, and how they were tied to the act."""

    edtf: str
    text: str
    start: int
    end: int
    basis: str


class Where(Record, frozen=True):
    """The place of the act."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    text: str = ""
    start: int = -1
    end: int = -1


class Voice(Record, frozen=True):
    """One link of an attribution chain: who says so. kind: named, anonymous, outlet, document, data."""

    source: str
    actor: Party | None = None
    kind: str = "named"
    cue: str = ""
    start: int = -1
    end: int = -1


class Ingredient(Record, frozen=True):
    """One part of a confidence: what was looked at, what was found, its weight (added in log-odds)."""

    name: str
    value: str
    weight: float


class SentenceSpan(Record, frozen=True):
    """Offsets of a sentence."""

    start: int
    end: int


class Count(Record, frozen=True):
    """A number tied to an act: `of` says what is counted, `low` and `high` bound it (None where open or vague)."""

    of: str  # killed, wounded, detained, missing, displaced, released, troops, money, goods
    low: float | None
    high: float | None
    unit: str | None  # ISO 4217 code for money (None: whose pesos is not said), unit of goods, None for persons
    text: str
    start: int
    end: int


class EventMention(Record, frozen=True):
    """What one document says of one event. Offsets index the document's text."""

    id: str
    document_id: str
    type: str  # PLOVER type of the record (a planned AID is AGREE)
    act: str  # PLOVER type of the act itself
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: int
    score: float
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    theme: Theme | None
    when: When | None
    where: Where | None
    status: str
    historical: bool
    certainty: str
    attribution: tuple[Voice, ...]
    confidence: float
    ingredients: tuple[Ingredient, ...]
    predicate: Span
    evidence: tuple[Evidence, ...]
    sentence: SentenceSpan
    doubts: tuple[Evidence, ...] = ()  # sentences that leave a part of it open: "the destination remains unclear"
    counts: tuple[Count, ...] = ()


# ---------------------------------------------------------------- what reports amount to
class Telling(Record, frozen=True):
    """A mention with its sentence and what the ledger knows of its document, less the text."""

    mention: EventMention
    said: str
    published: str | None
    publisher: str | None


class Judgement(Record, frozen=True):
    """An edge between two records of one kind: the same, different, or unsure; `a` < `b`. Withdrawn, never deleted."""

    kind: str  # event (two mentions), copy (two documents), actor (two names)
    a: str
    b: str
    verdict: str  # same, different, unsure
    score: float  # log-odds that the two are the same
    reasons: tuple[Ingredient, ...]
    by: str  # rule, model, or the name of a person
    at: str = ""
    note: str = ""
    withdrawn_at: str | None = None


class Version(Record, frozen=True):
    """One value that some tellings give to a field: who says so, since when, and until when last."""

    value: str
    mentions: tuple[str, ...]
    sources: tuple[str, ...]  # nearest voices, or the outlets where they speak themselves
    origins: int
    first_told: str | None
    last_told: str | None


class Disagreement(Record, frozen=True):
    """A field on which the tellings of one event differ, its versions in the order in which they were first told."""

    field: str  # date, place, actor, recipient, status, or what a count is of: killed, wounded, money, goods …
    versions: tuple[Version, ...]


class Corroboration(Record, frozen=True):
    """On whom an event rests. An origin copies no other: a wire counts once. The last three part the origins."""

    origins: int
    outlets: tuple[str, ...]
    third: int  # told by a third party or by the outlet itself
    party: int  # by a party to the event only
    anonymous: int  # by unnamed voices only


class Event(Record, frozen=True):
    """What a cluster of mentions amounts to. Its id is that of its earliest mention; any of its mentions' ids finds it.

    The fields are a consensus; `rules` says for each field on which the tellings differ by which rule it was chosen.
    """

    id: str
    type: str
    act: str
    modes: tuple[str, ...]
    quad: int
    score: float
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    theme: Theme | None
    when: When | None
    where: Where | None
    status: str
    historical: bool
    certainty: str
    attribution: tuple[Voice, ...]
    published: str | None  # when first told
    mentions: tuple[str, ...]
    origins: int
    last_told: str | None = None
    counts: tuple[Count, ...] = ()
    corroboration: Corroboration | None = None
    disagreements: tuple[Disagreement, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()  # field, rule


class Stage(Record, frozen=True):
    """One step of a dossier, from one event. `planned`: told as still to come; its deed is a stage of its own."""

    stage: str  # proposed, negotiating, agreed, signed, ratified, under way, delivered, suspended, refused …
    date: str | None  # EDTF of the act
    told: str | None  # when first told
    event: str
    planned: bool
    certainty: str
    sources: tuple[str, ...]


class Amount(Record, frozen=True):
    """A sum over events: `of` is pledged, committed or delivered; `unit` an ISO 4217 code or a unit of measure."""

    of: str
    low: float
    high: float
    unit: str
    events: tuple[str, ...]


class Dossier(Record, frozen=True):
    """A matter followed over time. Its id is that of its first event."""

    id: str
    kind: str  # agreement, negotiation, project, sanction, case, asset, aid
    title: str  # the theme in the words of the telling that says most
    parties: tuple[Party, ...]
    stages: tuple[Stage, ...]  # in the order in which they came about
    state: str  # the last stage that is not only planned; "planned" where all are
    amounts: tuple[Amount, ...]
    events: tuple[str, ...]


class Flow(Record, frozen=True):
    """Goods, money or arms moved from one party to another; one event. None where the tellings do not say."""

    event: str
    origin: Party | None
    target: Party | None
    goods: str | None
    commodity: str | None  # energy, arms, food, currency, money …
    low: float | None
    high: float | None
    unit: str | None
    carrier: str | None
    imo: str | None
    flag: str | None
    route: tuple[str, ...]
    date: str | None
    told: str | None
    status: str
    certainty: str
    doubts: tuple[str, ...]
    of: str = "delivered"  # planned, pledged, committed, cancelled
    again: str | None = None  # the event whose sum this one only tells again


class Contact(Record, frozen=True):
    """Who met, visited or phoned whom; one event."""

    event: str
    form: str  # visit, meeting, phone, talks
    level: str  # leaders, ministers, officials, others
    parties: tuple[Party, ...]
    date: str | None
    told: str | None
    place: str | None
    status: str


class Rejected(Record, frozen=True):
    """An item that could not be read: what, at which stage, why."""

    where: str
    stage: str
    reason: str
    run: str = ""
    at: str = ""


class Run(Record, frozen=True):
    """The parent of every row: version, configuration, hashes of models and data, time."""

    id: str
    version: str
    settings: dict[str, Any]
    hashes: dict[str, str]
    started: str


class Reading(Record, frozen=True):
    """One document, read: the document, its layers and what it says."""

    document: Document
    mentions: tuple[EventMention, ...]
    annotated: Annotated | None = None

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the mentions as plain dicts."""
        return [m.to_dict() for m in self.mentions]

    def to_json(self) -> str:
        """Return the mentions as one JSON array, keys in the order of the record."""
        return msgspec.json.encode(self.mentions).decode()

    def to_polars(self) -> Any:
        """Return the mentions as a polars DataFrame (extra `frames`)."""
        import polars  # noqa: PLC0415 - an extra, loaded when asked for

        return polars.DataFrame(self.to_dicts(), infer_schema_length=None)

    def to_pandas(self) -> Any:
        """Return the mentions as a pandas DataFrame (extra `frames`)."""
        import pandas  # noqa: PLC0415 - an extra, loaded when asked for

        return pandas.DataFrame(self.to_dicts())


# ---------------------------------------------------------------- copies and origins
class Credit(Record, frozen=True):
    """Where a document names a news agency as its teller.

    kind: dateline, byline, signoff credit the whole text, report its sentence; contribution: the agency helped.
    """

    agency: str
    kind: str
    evidence: Evidence


class SharedPassage(Record, frozen=True):
    """A stretch that two documents have in common, as it stands in each; `words` are equal and outside quotations."""

    a: Evidence
    b: Evidence
    words: int


class CopyJudgement(Record, frozen=True):
    """What two documents have of each other: `a` is the one with the smaller id.

    verdict: same-wire, rewrite-with-shared-passages, different. `contained` is the share of a's own words (outside
    quotations) that stand in b too, and of b's in a; `score` is the greater. `newer` is the id of the later version
    where the two are versions of one article, `version_basis` (supersedes, url, title, notice) how that is known.
    """

    a: str
    b: str
    verdict: str
    score: float
    contained: tuple[float, float]
    passages: tuple[SharedPassage, ...]
    reason: str
    algorithm: int
    newer: str | None = None
    version_basis: str | None = None


class OriginPart(Record, frozen=True):
    """A stretch of a document that it shares with an earlier one (`source`), and whose words these are at first."""

    start: int
    end: int
    origin: str
    source: str
    wire: str | None = None


class DocumentOrigin(Record, frozen=True):
    """Whose words a document prints. Ids are those of documents.

    `origin` is the group: the earliest document with most of these words. What stands nowhere else belongs to `own`,
    the first version of this article. `share` is the part of its words outside quotations that is the origin's, `wire`
    the agency behind the origin, `superseded_by` the newest version where this is an older one, `why` the reasons.
    """

    document: str
    origin: str
    own: str
    share: float
    parts: tuple[OriginPart, ...]
    why: tuple[str, ...]
    wire: str | None = None
    superseded_by: str | None = None


class Teller(Record, frozen=True):
    """Whose words one sentence is. basis: shared passage, copy, credit, own. Tellers with one `wire` are one origin."""

    origin: str
    basis: str
    wire: str | None = None


# ---------------------------------------------------------------- stages
ParseText = Callable[[Document], Parse]
FindActors = Callable[[Parse, str | None], list[ActorMention]]
FindTimes = Callable[[Parse, str | None], list[TimeExpression]]
FindPlaces = Callable[[Parse], list[PlaceMention]]
FindQuantities = Callable[[Parse], list[Quantity]]
FindAttributions = Callable[[Parse], list[AttributionSpan]]
Code = Callable[[Annotated], list[EventMention]]
