"""Counts an article for comparing stories: words, title, opening, names, numbers. No weights, no comparing."""

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Mapping

from dragoman.records import Record

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|\d[\d,.]*\d|\d")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]{2,}")
_ENDINGS = ("ing", "ed", "es", "s")
_STEM = 4  # letters that stay when an ending is cut
_OPENING = 60  # words that are not common: the first paragraphs tell the story, the rest its background
_TITLE = 3  # times that a word of the title counts


class Article(Record, frozen=True):
    """What is known of one article: any of it may be missing. `published` is ISO, with or without a time."""

    text: str
    title: str = ""
    published: str | None = None


class Counted(Record, frozen=True):
    """The words of an article by where they stand, stems with their numbers, and the form in which each is shown."""

    words: Mapping[str, int]
    title: Mapping[str, int]
    opening: Mapping[str, int]
    names: Mapping[str, int]
    numbers: Mapping[str, int]
    forms: Mapping[str, str]
    day: int | None  # proleptic ordinal


def count_words(article: Article, common: frozenset[str]) -> Counted:
    """Return what is counted of an article; `common` words are left out."""
    full = f"{article.title} . {article.text}"
    forms: dict[str, str] = {}
    title = _stems(article.title, common, forms)
    body = _stems(article.text, common, forms)
    words = Counter(body)
    for word in title:
        words[word] += _TITLE
    return Counted(
        words=words,
        title=Counter(title),
        opening=Counter(body[:_OPENING] + title),
        names=_names(full),
        numbers=Counter(w for w in (*title, *body) if w[0].isdigit()),
        forms=forms,
        day=day_of(article.published),
    )


@functools.lru_cache(maxsize=1 << 16)
def stem(token: str) -> str:
    """Return a word without its commonest endings, in lower case."""
    word = token.casefold().replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


def tokens(text: str) -> list[str]:
    """Return the words and numbers of a text as they stand."""
    return _TOKEN.findall(text)


def _stems(text: str, common: frozenset[str], forms: dict[str, str]) -> list[str]:
    found = []
    for token in tokens(text):
        word = stem(token)
        if word not in common:
            forms.setdefault(word, token)
            found.append(word)
    return found


def _names(text: str) -> Counter[str]:
    """Return the capitalised words that never stand in lower case here: mostly names."""
    lower = {t for t in _TOKEN.findall(text) if t.islower()}
    return Counter(stem(m) for m in _CAPITAL.findall(text) if m.casefold() not in lower)


def day_of(published: str | None) -> int | None:
    """Return the day of an ISO date as a proleptic ordinal, None where there is none that can be read."""
    try:
        return dt.date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None
