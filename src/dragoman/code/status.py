"""Whether what a predicate names happened: tense, modals, negation, embedding words. Predicates are found elsewhere."""

import msgspec

from dragoman.code.clauses import (
    CONDITION,
    NOBODY,
    NOUNS,
    PRESENT_TAGS,
    SUBJECTS,
    any_under,
    auxiliaries,
    conditional,
    counted,
    customary,
    definite,
    enacted,
    generic,
    holds_now,
    negation,
    shares,
    slot_of,
    to_infinitive,
    told_by,
)
from dragoman.records import Parse, Record, Token
from dragoman.scheme.status import Mark, StatusLexicon, status_lexicon
from dragoman.scheme.words import in_class
from dragoman.tree import children

FUTURE = frozenset({"will", "shall", "'ll", "wo", "’ll", "sha"})
MAY = frozenset({"may", "might", "could", "can", "ca"})
MUST = frozenset({"should", "must", "ought"})
# Verbs whose subject or object is itself what takes place ("talks resumed", "held a call") and shares their status.
CARRIERS = frozenset(
    """hold conduct take make have launch carry stage give do start begin resume continue occur happen ensue follow come
    perform sign undertake pay impose grant provide deliver receive reach win get mount open wage lead""".split()
)
# Words for what is said: it has been said even where its content is turned down ("rejected the request").
SPEECH_NOUNS = frozenset(
    "request proposal offer demand call threat claim plan allegation appeal report accusation charge idea".split()
)
# Nouns whose content is denied with them: "denied reports of", "the claim is false".
CLAIMS = frozenset("claim allegation report accusation charge rumour rumor suggestion".split())
# A clause with these holds at the time of the report.
NOW = frozenset({"is", "are", "has", "have", "'s", "'re", "'ve"})
# "is believed to have", "was reported to be": passive words of hearsay.
HEARSAY = frozenset(
    "believe report think say allege suspect understand rumour rumor estimate presume deem assume consider".split()
)
ACTUAL = frozenset({"occurred", "ongoing"})
# Above a bare "to" these say more than the purpose that it marks; a negated noun only where it is a plan.
OVER_PURPOSE = frozenset({"denied", "refused", "negated"})
PLANS = frozenset("plan intention intent proposal bid campaign decision scheme agreement deal".split())
# Whoever is so called is only said to have done it; what "suspected" rebels did was done by somebody.
BLAMED = frozenset({"alleged", "purported", "accused"})
# Participles for what goes on as long as the talks or the war that they describe.
LASTING = frozenset("lead mediate host back support sponsor fund wage facilitate chair broker moderate".split())


class Finding(Record, frozen=True):
    """The status of one predicate and the word that set it; `lexical` where that is an embedding word."""

    status: str
    certainty: str = "stated"
    cue: str | None = None
    lexical: bool = False


class StatusReader:
    """Reads the status of any token of one parse; each token is read once."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.lexicon: StatusLexicon = status_lexicon()
        self._known: dict[int, Finding] = {}

    def status(self, i: int) -> Finding:
        """Return the status of the event that token `i` names."""
        if i not in self._known:
            self._known[i] = Finding(status="occurred")  # a cycle can't arise in a tree; this guards a damaged parse
            self._known[i] = self._read(i)
        return self._known[i]

    # ------------------------------------------------------------ joining what the word and what its head say
    def _read(self, i: int) -> Finding:
        token = self.parse.tokens[i]
        own = self._noun(token) if token.pos in NOUNS else self._verb(token)
        above = self._above(token)
        if above is None:
            return own
        if own.status not in ACTUAL and not self._over_purpose(token, own, above):
            return Finding(status=own.status, certainty=_surer(own, above), cue=own.cue)
        if above.status in ACTUAL:
            lasting = above.status == "ongoing" and above.lexical and self._lasts(token)
            return Finding(
                status="ongoing" if lasting else own.status, certainty=_surer(own, above), cue=own.cue or above.cue
            )
        return msgspec.structs.replace(above, certainty=_surer(own, above))

    def _over_purpose(self, token: Token, own: Finding, above: Finding) -> bool:
        """Return whether what stands above says more than a purpose: "denied seeking to leave", "has no plans to"."""
        if own.status != "planned" or above.status not in OVER_PURPOSE:
            return False
        head = self.parse.tokens[token.head]
        return above.status != "negated" or (own.cue == "to" and head.pos in NOUNS and head.lemma in PLANS)

    def _lasts(self, token: Token) -> bool:
        """Return whether what governs a predicate holds now: "continues to", "in the process of"."""
        head = self.parse.tokens[token.head]
        aux = {a.text.lower() for a in auxiliaries(self.parse, head)}
        return head.pos not in {"VERB", "AUX"} or head.tag in PRESENT_TAGS or bool(aux & NOW)

    def _above(self, token: Token) -> Finding | None:
        """Return what the word that governs `token` makes of it; None where nothing does."""
        if token.dep == "conj" and shares(self.parse, token):
            return self.status(token.head)
        governed = slot_of(self.parse, token)
        if governed is None:
            return None
        head, slots = governed
        if slots[0] == "including":
            return self._listed(head)
        if slots[0] == "without":
            return Finding(status="occurred" if self.status(head.i).status == "negated" else "negated", cue="without")
        mark, cue = self._embedding(head, slots)
        if mark is not None and slots[0] in {"described", "for"} and enacted(self.parse, head):
            return None
        if mark is not None:
            found = self._through(head, mark, cue, token)
            return found and msgspec.structs.replace(found, lexical=True)
        return self._inherited(token, head, slots[0])

    def _listed(self, head: Token) -> Finding | None:
        """Return what holds for a thing after "including": the status of the whole, or of the clause of the whole."""
        objects = children(self.parse, head.i, "dobj", "nsubjpass") if head.pos == "VERB" else []
        i = objects[0].i if objects else head.i
        while self.parse.tokens[i].pos in NOUNS and self.status(i).status in ACTUAL and self.parse.tokens[i].head != i:
            i = self.parse.tokens[i].head
        return None if self.status(i).status in ACTUAL else self.status(i)

    def _embedding(self, head: Token, slots: tuple[str, ...]) -> tuple[Mark | None, str]:
        pos = {"PROPN": "NOUN", "AUX": "VERB", "ADV": "ADJ"}.get(head.pos, head.pos)
        if "xcomp" in slots and head.lemma in HEARSAY and children(self.parse, head.i, "auxpass"):
            return Mark(status="occurred", certainty="hedged"), head.text
        if head.lemma == "go" and head.tag == "VBG" and "xcomp" in slots:
            return Mark(status="planned"), "going to"
        if head.lemma == "be" and slots[0] == "xcomp":
            return Mark(status="planned"), "to"
        for slot in slots:
            mark = self.lexicon.embeds.get((head.lemma.lower(), pos, slot))
            if mark is not None:
                return mark, head.text
        return None, ""

    def _through(self, head: Token, mark: Mark, cue: str, token: Token) -> Finding | None:
        """Return the mark of an embedding word, seen through that word's own status."""
        if (
            token.pos in NOUNS
            and token.lemma in SPEECH_NOUNS
            and mark.status in {"refused", "denied", "negated", "hypothetical"}
        ):
            return None
        if head.pos in NOUNS and head.lemma.lower() in CLAIMS and (denial := self._gainsaid(head)):
            return Finding(status="denied", cue=denial)
        outer = self.status(head.i)
        if outer.status in {"refused", "denied", "cancelled"} and head.pos in NOUNS:
            return outer
        if head.pos in NOUNS and mark.status in {"requested", "planned"}:
            verdict = self._verdict(head)
            if verdict is not None:
                return verdict
        if outer.status in {"negated", "denied"}:
            return self._negated(mark, cue, token)
        if outer.status not in ACTUAL and mark.status in ACTUAL:
            return (
                outer
                if token.dep != "ccomp" or token.tag == "VB"
                else Finding(status="occurred", certainty=mark.certainty, cue=cue)
            )
        return Finding(status=mark.status, certainty=_worse(mark.certainty, outer.certainty), cue=cue)

    def _gainsaid(self, noun: Token) -> str | None:
        """Return the word by which the content of a claim is denied: *denied reports of*, *the claim is false*."""
        found = slot_of(self.parse, noun)
        mark, cue = self._embedding(*found) if found is not None else (None, "")
        if found is not None and mark is not None and mark.status in {"denied", "refused"}:
            return cue if self.status(found[0].i).status in ACTUAL else None
        above = self.parse.tokens[noun.head]
        said_of = children(self.parse, above.i, "acomp", "attr") if noun.dep == "nsubj" and above.lemma == "be" else []
        return next((t.text for t in said_of if in_class(t.lemma, "untrue")), None)

    def _verdict(self, noun: Token) -> Finding | None:
        """Return the refusal or cancelling of what a noun asks for: "rejected a request for X"."""
        found = slot_of(self.parse, noun)
        if found is None:
            return None
        mark, cue = self._embedding(*found)
        if mark is not None and mark.status in {"refused", "cancelled"} and self.status(found[0].i).status in ACTUAL:
            return Finding(status=mark.status, cue=cue)
        return None

    def _negated(self, mark: Mark, cue: str, token: Token) -> Finding | None:
        """Return what stands below a negated embedding word: not asked to, did not refuse to, did not prevent."""
        if mark.status in {"negated", "denied"}:
            return Finding(status="occurred", cue=cue)
        if mark.status in ACTUAL:
            return None if token.dep == "ccomp" else Finding(status="negated", certainty=mark.certainty, cue=cue)
        return Finding(
            status="negated" if mark.status == "planned" else "hypothetical", certainty=mark.certainty, cue=cue
        )

    def _inherited(self, token: Token, head: Token, slot: str) -> Finding | None:
        """Return the head's own status where the predicate shares it, for words that no list knows."""
        if head.pos not in {"VERB", "AUX", "NOUN", "ADJ", "PROPN"}:
            return None
        outer = self.status(head.i)
        if token.pos in NOUNS:
            given = bool(definite(self.parse, token)) and head.lemma not in CARRIERS
            if outer.status in ACTUAL or given or (slot == "nsubj" and head.lemma not in CARRIERS):
                return None
            return outer
        if slot == "time":
            return Finding(status="hypothetical", cue=outer.cue) if outer.status not in ACTUAL else None
        if slot == "described":
            if outer.status == "ongoing" and token.tag == "VBN" and token.lemma in LASTING:
                return msgspec.structs.replace(outer, lexical=True)
            return outer if outer.status == "negated" else None
        if slot in {"xcomp", "pcomp", "participle"}:
            if slot == "xcomp" and outer.status in ACTUAL and to_infinitive(self.parse, token):
                return Finding(status="planned", cue="to")
            return outer
        return None

    # ------------------------------------------------------------ what the word's own neighbours say
    def _verb(self, token: Token) -> Finding:
        aux = [a.text.lower() for a in auxiliaries(self.parse, token)]
        perfect = any(a in {"have", "'ve", "has", "had", "'d"} for a in aux) and token.tag in {"VBN", "VBD"}
        certainty, cue = self._hedge(token)
        if token.dep == "advcl" and to_infinitive(self.parse, token):
            certainty = self.status(token.head).certainty
        no = negation(self.parse, token)
        unreal = self._unreal(token, aux, perfect=perfect)
        if unreal is not None and (no is None or unreal.status == "hypothetical"):
            return Finding(status=unreal.status, certainty=_worse(certainty, unreal.certainty), cue=unreal.cue)
        if no is not None:
            return Finding(status="negated", certainty=certainty, cue=no)
        if token.tag == "VBG" and any(
            a in {"is", "are", "am", "was", "were", "be", "been", "'s", "'re", "'m"} for a in aux
        ):
            return Finding(status="ongoing", certainty=certainty, cue=cue or aux[-1])
        return Finding(status="occurred", certainty=certainty, cue=cue)

    def _after_comma(self, token: Token) -> bool:
        """Return whether the "to" of an infinitive follows a comma."""
        to = next((c.i for c in children(self.parse, token.i, "aux") if c.text.lower() == "to"), 0)
        return to > 0 and self.parse.tokens[to - 1].text == ","

    def _unreal(self, token: Token, aux: list[str], *, perfect: bool) -> Finding | None:
        """Return the mark of a modal, a condition, a question, an order or a purpose; None for a plain clause."""
        for a in aux:
            if a in FUTURE:
                return Finding(status="planned", cue=a)
            if a in MAY or a in MUST or a in {"would", "'d", "need"}:
                return self._modal(token, a, perfect=perfect)
        mark = next((c for c in children(self.parse, token.i, "mark", "advmod") if c.text.lower() in CONDITION), None)
        at_large = mark.text if mark else generic(self.parse, token) or customary(self.parse, token)
        if at_large is not None:
            return Finding(status="hypothetical", cue=at_large)
        apart = token.dep == "ccomp" and self._after_comma(token)  # "announced sanctions, to be imposed in May"
        purpose = apart or token.dep in {"advcl", "acl", "relcl", "ROOT", "csubj", "advmod"}
        if to_infinitive(self.parse, token) and purpose:
            return None if self._carried_out(token) else Finding(status="planned", cue="to")
        return self._mood(token, aux)

    def _carried_out(self, token: Token) -> bool:
        """Return whether an infinitive names what was done: "used the money to buy", "was among those to sign"."""
        verb = counted(self.parse, token)
        head = self.parse.tokens[token.head]
        ways = ("means", *told_by(token)) if token.dep == "advcl" else ()
        means = any((head.lemma, head.pos, way) in self.lexicon.embeds for way in ways)
        return means or (verb is not None and self.status(verb.i).status in ACTUAL)

    def _modal(self, token: Token, modal: str, *, perfect: bool) -> Finding | None:
        if modal == "'d" and perfect:
            return None
        marks = children(self.parse, token.i, "mark", "advmod")
        if modal in {"would", "'d"}:
            reported = self._is_told(token) and not perfect and not conditional(self.parse, token)
            return Finding(status="planned" if reported else "hypothetical", cue=modal)
        if token.dep == "advcl" and not perfect and any(c.text.lower() == "so" for c in marks):
            return Finding(status="planned", cue="so")  # "so he could fund the wall"
        if modal in MUST and not perfect and self._is_told(token):
            return Finding(status="requested", cue=modal)
        return Finding(status="hypothetical", certainty="hedged" if perfect else "stated", cue=modal)

    def _is_told(self, token: Token) -> bool:
        """Return whether a clause is what somebody says, or joined to such: "said it had won and would go"."""
        while token.dep == "conj" and self.parse.tokens[token.head].pos in {"VERB", "AUX"}:
            token = self.parse.tokens[token.head]
        return token.dep == "ccomp"

    def _mood(self, token: Token, aux: list[str]) -> Finding | None:
        """Return the mark of a question or an order."""
        sentence = self.parse.sentences[token.sentence]
        if token.dep != "ROOT" and not (token.dep == "conj" and self.parse.tokens[token.head].dep == "ROOT"):
            return None
        if self.parse.tokens[sentence.last - 1].text == "?":
            return Finding(status="hypothetical", cue="?")
        subject = children(self.parse, token.i, *sorted(SUBJECTS))
        first = (
            sentence.first == token.i
            or aux == ["do"]
            or all(c.i > token.i or c.dep in {"advmod", "intj"} for c in children(self.parse, token.i))
        )
        if token.tag == "VB" and not subject and first and not [a for a in aux if a != "do"] and token.pos == "VERB":
            return Finding(status="requested", cue=token.text)
        return None

    def _noun(self, token: Token) -> Finding:
        certainty, cue = "stated", None
        for c in children(self.parse, token.i, "det", "amod", "compound", "advmod", "nmod", "acl"):
            if c.dep == "det" and c.text.lower() in NOBODY:
                return Finding(status="negated", cue=c.text)
            if c.dep == "det" and self._any_negated(token):
                return Finding(status="negated", cue="any")
            mark = self._modifier(c)
            if mark is not None and mark.status not in ACTUAL:
                return Finding(status=mark.status, certainty=mark.certainty, cue=c.text)
            if mark is not None:
                certainty, cue = _worse(certainty, mark.certainty), c.text
        for c in children(self.parse, token.i, "acl"):
            mark = self.lexicon.embeds.get((c.lemma, "VERB", "dobj")) if c.tag == "VBN" else None
            if mark is not None and mark.status not in ACTUAL:
                return Finding(status=mark.status, certainty=mark.certainty, cue=c.text)
        predicate = self._predicated(token) or self._under_way(token)
        return predicate or Finding(status="occurred", certainty=certainty, cue=cue)

    def _any_negated(self, noun: Token) -> bool:
        verb = any_under(self.parse, noun)
        return verb is not None and negation(self.parse, verb) is not None

    def _modifier(self, c: Token) -> Mark | None:
        return self.lexicon.modifiers.get((c.text.lower(), "ADV" if c.dep == "advmod" else "ADJ"))

    def _under_way(self, noun: Token) -> Finding | None:
        """Return that what lasts goes on where it is the subject of the present: "the negotiations underscore"."""
        head = self.parse.tokens[noun.head]
        if noun.dep != "nsubj" or (noun.lemma, "NOUN", "lasting") not in self.lexicon.embeds:
            return None
        return Finding(status="ongoing", cue=head.text) if holds_now(self.parse, head) else None

    def _predicated(self, noun: Token) -> Finding | None:
        """Return the mark of "X is possible", "X remains unlikely"."""
        head = self.parse.tokens[noun.head]
        if noun.dep != "nsubj" or head.lemma not in {"be", "remain", "seem", "appear", "look"}:
            return None
        for c in children(self.parse, head.i, "acomp"):
            mark = self._modifier(c)
            if mark is not None:
                return Finding(status=mark.status, certainty=mark.certainty, cue=c.text)
        return None

    def _hedge(self, token: Token) -> tuple[str, str | None]:
        """Return the certainty that an adverb at the verb or at its auxiliaries gives."""
        for c in children(self.parse, token.i, "advmod"):
            mark = self.lexicon.modifiers.get((c.text.lower(), "ADV"))
            if mark is not None and mark.certainty != "stated":
                return mark.certainty, c.text
        return self._suspects(token)

    def _suspects(self, token: Token) -> tuple[str, str | None]:
        """Return the hedge of a subject that is only said to have done it: "the alleged attackers shelled"."""
        for subject in children(self.parse, token.i, "nsubj"):
            found = next((c.text for c in children(self.parse, subject.i, "amod") if c.text.lower() in BLAMED), None)
            if found:
                return "hedged", found
        return "stated", None


def _surer(own: Finding, above: Finding) -> str:
    return _worse(own.certainty, above.certainty)


def _worse(a: str, b: str) -> str:
    order = ("stated", "hedged", "disputed")
    return max(a, b, key=order.index)
