"""The encoder asked by token: each sentence of a document is read once, when its first word is asked about."""

from dragoman.code.encoder import SentenceReading, WordReading, read_sentence
from dragoman.records import Parse
from dragoman.tree import sentence_of

ASKABLE = frozenset({"NOUN", "PROPN", "VERB", "AUX", "ADJ", "PRON", "NUM"})


class Reader:
    """What the encoder says of the tokens of one parse."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self._read: dict[int, SentenceReading] = {}
        self._words: dict[int, WordReading | None] = {}

    def word(self, i: int) -> WordReading | None:
        """Return the reading of token `i`; None for words that name nothing and beyond the encoder's reach."""
        if i not in self._words:
            self._words[i] = self._sentence(i).word(self._place(i)) if self._asked(i) else None
        return self._words[i]

    def role(self, trigger: int, party: int) -> dict[str, float]:
        """Return the share of each role that token `party` has in the act at `trigger`, of the same sentence."""
        return self._sentence(trigger).role(self._place(trigger), self._place(party))

    def _sentence(self, i: int) -> SentenceReading:
        s = sentence_of(self.parse, i)
        if s.i not in self._read:
            starts = [t.start - s.start for t in self.parse.tokens[s.first : s.last] if self._asked(t.i)]
            self._read[s.i] = read_sentence(self.parse.text[s.start : s.end], starts)
        return self._read[s.i]

    def _asked(self, i: int) -> bool:
        return self.parse.tokens[i].pos in ASKABLE

    def _place(self, i: int) -> int:
        return self.parse.tokens[i].start - sentence_of(self.parse, i).start
