"""Makes a Document from a text and what is known of it: blocks, identity, language. Formats are read elsewhere."""

import re

from dragoman.config import Settings
from dragoman.errors import SkipItem
from dragoman.records import Block, Document, Record
from dragoman.sources import dates
from dragoman.sources.clean import clean
from dragoman.sources.given import Given
from dragoman.sources.language import MIN_WORDS, require_english
from dragoman.text import digest, fold, paragraphs

MAX_CHARACTERS = Settings().max_characters
_HEADING_WORDS, _SHORT_WORDS = (
    20,
    8,
)  # a heading in title case, in sentence case: a longer open line is a sentence that lost its stop
_TITLE_WORDS = 30
_CAPITALS = 0.6  # of the words of four letters and more, in a title-cased heading
_CLOSERS = "\"'”’)]» "
_LIST = re.compile(r"(?:[-*•●▪◦‣·]|\(?\d{1,2}[.)]|[a-z]\))\s+\S")
_SENTENCE_WORDS = 3  # "Russia struck Kyiv" is the shortest sentence with two parties
_LETTERS = 0.4  # of the characters that are no white space: a table of figures has fewer
_DIRECT_WORDS = 40  # a text that a caller hands over is refused as foreign only where it is this long


class Told(Record, frozen=True):
    """The best that is known of a document when it is assembled: the caller's word, else the item's own."""

    published: str | None = None
    published_basis: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    captions: tuple[str, ...] = ()


def from_text(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Document:
    """Return the Document of a text that a caller hands over; SkipItem where it is empty, no prose or foreign."""
    checked = dates.parse_published(published, "published") if published is not None else None
    given = Given(published=checked, publisher=publisher, title=title, url=url)
    return build(text.encode("utf8", "surrogatepass"), text, given, "text", min_words=_DIRECT_WORDS)


def build(raw: bytes, text: str, given: Given, origin: str, *, min_words: int = MIN_WORDS) -> Document:
    """Return the Document of a plain text: boilerplate cut, captions apart, dated by its head where no date is given.

    A Latin-lettered text of fewer than `min_words` words passes for English.
    """
    refuse_unreadable(text, origin)
    cleaned = clean(text, title=given.title, publisher=given.publisher)
    basis = "given" if given.published else "dateline" if cleaned.stated else None
    told = Told(
        published=given.published or cleaned.stated,
        published_basis=basis,
        publisher=given.publisher,
        title=given.title,
        url=given.url,
        language=checked_language(cleaned.text, given, origin, min_words),
        captions=cleaned.captions,
    )
    return assemble(raw, cleaned.text, told, given, origin)


def assemble(raw: bytes, text: str, told: Told, given: Given, origin: str) -> Document:
    """Return the Document of a text that is clean already. Its id rests on the bytes and what is `given`."""
    refuse_unreadable(text, origin)
    found = blocks(text, told.title)
    title = told.title or next((" ".join(text[b.start : b.end].split()) for b in found if b.kind == "title"), None)
    return Document(
        id=digest(raw, given.url, given.publisher),
        text=text,
        text_hash=digest(text),
        url=told.url,
        publisher=told.publisher,
        title=title,
        language=told.language,
        published=told.published,
        published_basis=told.published_basis,
        origin=origin,
        captions=told.captions,
        blocks=found,
    )


def checked_language(text: str, given: Given, origin: str, min_words: int = MIN_WORDS) -> str | None:
    """Return "en", None where the text is too short to tell; SkipItem where it is given or found to be another."""
    said = (given.language or "").lower().replace("_", "-").partition("-")[0]
    if said and said not in ("en", "eng", "english"):
        raise SkipItem(f"its language is given as {given.language!r}: dragoman reads English only", origin)
    return require_english(text, origin, min_words=min_words) or ("en" if said else None)


def refuse_unreadable(text: str, origin: str) -> None:
    """Raise SkipItem for a text that is empty, too long, or holds no sentence."""
    if not text.strip():
        raise SkipItem("it is empty: there is nothing to read", origin)
    if len(text) > MAX_CHARACTERS:
        raise SkipItem(
            f"its text has {len(text):,} characters, over {MAX_CHARACTERS:,}: split it into one item an article",
            origin,
        )
    if any("\ud800" <= c <= "\udfff" for c in text) or "\0" in text:
        raise SkipItem("its text holds NUL or half a character (a lone surrogate): write it as UTF-8", origin)
    solid = re.sub(r"\s", "", text)
    if len(re.findall(r"[^\W\d_]+", text)) < _SENTENCE_WORDS or sum(map(str.isalpha, solid)) < _LETTERS * len(solid):
        raise SkipItem("it has no sentences: give the article's text", origin)


def blocks(text: str, title: str | None = None) -> tuple[Block, ...]:
    """Return the paragraphs of a clean text with their kinds: title, heading, dateline, list, paragraph."""
    found = paragraphs(text)
    at = _title_index(text, found, title)
    kinds = [
        "title" if i == at else _kind(text[b.start : b.end], last=i == len(found) - 1) for i, b in enumerate(found)
    ]
    return tuple(Block(start=b.start, end=b.end, kind=k) for b, k in zip(found, kinds, strict=True))


def _title_index(text: str, found: tuple[Block, ...], title: str | None) -> int:
    """Return the index of the block that is the title: the given one, else a first open-ended line; -1 for none."""
    head = [text[b.start : b.end] for b in found[:4]]
    if title:
        return next((i for i, words in enumerate(head) if fold(words) == fold(title)), -1)
    first = next((i for i, words in enumerate(head) if not dates.is_date_line(words)), -1)
    open_ended = (
        first >= 0 and len(found) > first + 1 and _is_open(head[first]) and len(head[first].split()) <= _TITLE_WORDS
    )
    return first if open_ended and not _LIST.match(head[first]) else -1


def _is_open(words: str) -> bool:
    return not words.rstrip(_CLOSERS).endswith((".", "!", "?", "…", ":", ";", ","))


def _kind(words: str, *, last: bool) -> str:
    if dates.is_date_line(words):
        return "dateline"
    if _LIST.match(words):
        return "list"
    return "heading" if not last and _is_heading(words) else "paragraph"


def _is_heading(words: str) -> bool:
    """Say whether a block is a heading: one line, no stop, not a quotation's speaker, short or in title case."""
    if "\n" in words or not _is_open(words) or not (words[0].isupper() or words[0].isdigit() or words[0] in "\"'“‘"):
        return False
    parts = words.split()
    longer = [w for w in parts if len(w) >= 4 and w[0].isalpha()]
    cased = sum(w[0].isupper() for w in longer) >= _CAPITALS * max(1, len(longer))
    return len(parts) <= _SHORT_WORDS or (cased and len(parts) <= _HEADING_WORDS)
