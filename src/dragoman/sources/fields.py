"""The names under which exports of articles keep a field, and reading one from a row. No file is opened here."""

from collections.abc import Mapping
from typing import Any

from dragoman.errors import SkipItem
from dragoman.sources import dates
from dragoman.sources.given import Given

# The first that is there and filled counts.
NAMES = {
    "text": ("text", "body", "content", "article", "maintext", "article_body", "articlebody", "full_text"),
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url"),
    "publisher": ("publisher", "source", "outlet", "site_name", "sitename"),
    "published": ("published", "date", "date_publish", "datePublished", "published_at", "pubDate", "publication_date"),
    "language": ("language", "lang"),
}


def field(row: Mapping[str, Any], name: str, where: str) -> str | None:
    """Return the first filled value of a field; an object there gives its name (schema.org writes publishers so)."""
    for key in NAMES[name]:
        value = row.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
        if value not in (None, "", [], {}) and not isinstance(value, str):
            raise SkipItem(f"{key!r} holds a {kind(value)}, not a string", where)
    return None


def told(row: Mapping[str, Any], given: Given, where: str) -> Given:
    """Return what is known of the article of a row: the caller's word, else the row's own."""
    return Given(
        published=given.published or _published(row, where),
        publisher=given.publisher or field(row, "publisher", where),
        title=given.title or field(row, "title", where),
        url=given.url or field(row, "url", where),
        language=given.language or field(row, "language", where),
    )


def kind(value: object) -> str:
    """Return what JSON calls a value."""
    names = {dict: "object", list: "list", str: "string", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), "null")


def _published(row: Mapping[str, Any], where: str) -> str | None:
    value = field(row, "published", where)
    return dates.parse_published(value, where) if value else None
