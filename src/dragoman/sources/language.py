"""Which language a text is in, and whether dragoman reads it. Only English is read."""

import re
import unicodedata

from dragoman.errors import SkipItem
from dragoman.scheme.boilerplate import function_words

# Share of English function words among the words. Of 12,000 English texts of the development sets
# all but a few dozen (lists, results) lie above, for all their names; eleven German and Spanish pages below 0.02.
_ENGLISH_SHARE = 0.10
MIN_WORDS = 20  # below, py3langid errs (it takes two English words for another language), and a text is read
_LATIN_SHARE = 0.5  # of the letters; a text mostly in another alphabet is not English, however short
_MIN_LETTERS = 12
_SAMPLE = 20_000  # characters that are looked at


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, None where it is too short to tell."""
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    foreign_script = len(letters) >= _MIN_LETTERS and latin < _LATIN_SHARE * len(letters)
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if not foreign_script and len(words) < MIN_WORDS:
        return None
    known = function_words()
    if not foreign_script and sum(w in known for w in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    return _classified(sample)


def _classified(sample: str) -> str:
    import py3langid  # noqa: PLC0415 - unpacks its model when imported; most runs read English and never ask it

    code: str = py3langid.classify(sample)[0]
    return code


def require_english(text: str, where: str, *, min_words: int = MIN_WORDS) -> str | None:
    """Return the language of `text` where it is English or can't be told; SkipItem where it is another one.

    `min_words`: a text with fewer words is let through unless it is in another alphabet.
    """
    code = detect(text)
    if code in (None, "en") or (len(text.split()) < min_words and _is_latin(text)):
        return code
    raise SkipItem(f"its language is {code!r}: dragoman reads English only", where)


def _is_latin(text: str) -> bool:
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    return sum(unicodedata.name(c, "").startswith("LATIN") for c in letters) >= _LATIN_SHARE * len(letters)
