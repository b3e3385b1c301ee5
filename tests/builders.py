"""Makers of records for tests: a mention grounded in a sentence, with defaults for all that a test does not speak of."""

from collections.abc import Sequence
from typing import Any

from dragoman.records import (
    Document,
    EventMention,
    Evidence,
    Ingredient,
    Party,
    Run,
    SentenceSpan,
    Span,
    Theme,
    Voice,
    When,
    Where,
)
from dragoman.text import digest

QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
COUNTRY = {"Russia": "RUS", "Syria": "SYR", "Turkey": "TUR", "Vladimir Putin": "RUS", "Ahmed Sharaa": "SYR"}
TEXT = "Russia delivered wheat to Syria on March 5. Syria asked Russia to extradite Assad, a paper said."


def run(**changed: Any) -> Run:
    """Return a run; equal arguments give equal runs."""
    plain: dict[str, Any] = {
        "version": "0.1.0",
        "settings": {},
        "hashes": {"model": "a1"},
        "started": "2025-03-08T09:00:00+00:00",
    } | changed
    return Run(**({"id": digest(plain["version"], str(plain["hashes"]), plain["started"])} | plain))


def document(
    text: str = TEXT, *, publisher: str | None = "The Harbour Post", url: str | None = None, **changed: Any
) -> Document:
    """Return a document with an id made as the design says."""
    plain: dict[str, Any] = {"published": "2025-03-07", "title": "A title", "language": "en", "origin": "report.txt"}
    made = {
        "id": digest(text, url, publisher),
        "text_hash": digest(text),
        "url": url,
        "publisher": publisher,
        "text": text,
    }
    return Document(**(plain | made | changed))


def party(name: str, **changed: Any) -> Party:
    """Return a party with the country of the table above."""
    return Party(**({"name": name, "country": COUNTRY.get(name), "sectors": ("GOV",), "text": name} | changed))


def mention(
    of: Document,
    predicate: str,
    *,
    act: str = "AID",
    actors: Sequence[str] = ("Russia",),
    recipients: Sequence[str] = (),
    theme: str | None = None,
    goods: str | None = None,
    money: str | None = None,
    when: tuple[str, str] | None = None,
    where: tuple[str, str] | None = None,
    says: tuple[str, str] | None = None,
    **changed: Any,
) -> EventMention:
    """Return a mention whose spans are found in the text of `of` by their words: `when` and `where` are (value, words)."""
    text = of.text
    start = text.index(predicate)
    sentence = SentenceSpan(start=text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0, end=_stop(text, start))
    plain: dict[str, Any] = {
        "id": digest(of.id, predicate, "0"),
        "document_id": of.id,
        "type": act,
        "act": act,
        "modes": (),
        "contexts": (),
        "quad": QUAD[act],
        "score": 10.0,
        "actors": tuple(_grounded(text, a) for a in actors),
        "recipients": tuple(_grounded(text, r) for r in recipients),
        "theme": _theme(text, theme, goods, money),
        "when": When(edtf=when[0], basis="absolute", **_span(text, when[1])) if when else None,
        "where": Where(name=where[1], country=where[0], **_span(text, where[1])) if where else None,
        "status": "occurred",
        "historical": False,
        "certainty": "stated",
        "attribution": (Voice(source=says[0], kind="named", cue=says[1]),) if says else (),
        "confidence": 0.8,
        "ingredients": (Ingredient(name="type", value=act, weight=1.4),),
        "predicate": Span(start=start, end=start + len(predicate), text=predicate),
        "evidence": (Evidence(start=start, end=start + len(predicate), quote=predicate),),
        "sentence": sentence,
    }
    return EventMention(**(plain | changed))


def _grounded(text: str, name: str) -> Party:
    at = text.find(name)
    return party(name, start=at, end=at + len(name) if at >= 0 else -1)


def _theme(text: str, theme: str | None, goods: str | None, money: str | None) -> Theme | None:
    words = theme or goods or money
    if not words:
        return None
    return Theme(**_span(text, words), kind="goods" if goods else "matter", goods=goods, money=money)


def _span(text: str, words: str) -> dict[str, Any]:
    at = text.find(words)
    return {"text": words, "start": at, "end": at + len(words) if at >= 0 else -1}


def _stop(text: str, start: int) -> int:
    at = text.find(". ", start)
    return len(text) if at < 0 else at + 1


def two_mentions(of: Document) -> list[EventMention]:
    """Return the two mentions of the standard text: a delivery that happened, an extradition asked for."""
    return [
        mention(of, "delivered", recipients=("Syria",), goods="wheat", when=("2025-03-05", "March 5")),
        mention(
            of,
            "asked",
            act="REQUEST",
            actors=("Syria",),
            recipients=("Russia",),
            theme="extradite Assad",
            status="requested",
            says=("a paper", "said"),
        ),
    ]


REPORT = (
    "Russia delivered wheat to Syria on March 5. Syria asked Russia to extradite Assad, a paper said. "
    "Russia refused to answer. Ahmed Sharaa phoned Vladimir Putin on March 3. Russia plans a factory in Syria. "
    "Syria received diesel, officials said. Russia intervened in the Syrian war. Turkey struck Syria on March 1. "
    "Russia and Syria negotiate an agreement on bases. Turkey praised Russia. Russian exports grew."
)


def report_mentions(d: Document) -> list[EventMention]:
    """Return one mention for each of the sentences above, except the last."""
    return [
        *two_mentions(d),
        mention(d, "refused", act="REJECT", recipients=("Syria",), status="refused", theme="answer"),
        mention(
            d,
            "phoned",
            act="CONSULT",
            modes=("phone",),
            actors=("Ahmed Sharaa", "Vladimir Putin"),
            when=("2025-03-03", "March 3"),
        ),
        mention(
            d,
            "plans",
            act="COOPERATE",
            type="AGREE",
            status="planned",
            theme="a factory in Syria",
            where=("SYR", "Syria"),
        ),
        mention(
            d,
            "received",
            actors=(),
            recipients=("Syria",),
            goods="diesel",
            certainty="hedged",
            says=("officials", "said"),
        ),
        mention(d, "intervened", act="ASSAULT", theme="the Syrian war", historical=True),
        mention(d, "struck", act="ASSAULT", actors=("Turkey",), recipients=("Syria",), when=("2025-03-01", "March 1")),
        mention(
            d, "negotiate", act="AGREE", actors=("Russia", "Syria"), status="negotiating", theme="an agreement on bases"
        ),
        mention(d, "praised", act="SUPPORT", actors=("Turkey",), recipients=("Russia",), confidence=0.3),
    ]
