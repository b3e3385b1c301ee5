"""The English of an answer: what an act, a status and a party are called in a line. No choice of lines is made here."""

from collections.abc import Iterable, Sequence

from dragoman.answer.states import state
from dragoman.records import Amount, Count, Event, EventMention, Party, Stage
from dragoman.resolve.flows import amount_words

# One short noun an act, so that a line reads the same for one party and for two.
ACT = {
    "AGREE": "agreement or offer",
    "CONSULT": "talks",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "delivery or aid",
    "RETREAT": "withdrawal",
    "REQUEST": "request",
    "ACCUSE": "criticism",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanctions",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "attack",
}
# A mode says it better than its act; a mode that is missing here is named as it stands.
MODE = {
    ("CONSULT", "visit"): "visit",
    ("CONSULT", "phone"): "phone call",
    ("CONSULT", "third-party"): "mediation",
    ("CONSULT", "multilateral"): "multilateral talks",
    ("RETREAT", "release"): "release",
    ("RETREAT", "ceasefire"): "ceasefire",
    ("RETREAT", "withdraw"): "withdrawal",
    ("SANCTION", "expel"): "expulsion",
    ("SANCTION", "convict"): "conviction",
    ("SANCTION", "discontinue"): "relations cut",
    ("COERCE", "arrest"): "arrest",
    ("COERCE", "seize"): "seizure",
    ("COERCE", "cyber"): "cyber attack",
    ("ASSAULT", "aerial"): "air strike",
    ("ASSAULT", "drone"): "drone attack",
    ("ASSAULT", "heavy-weapons"): "shelling",
    ("ACCUSE", "investigate"): "investigation",
    ("ACCUSE", "allege"): "accusation",
}
LONGEST = 110  # characters of a quotation in a line: two lines of the body at 80 columns


def act_words(mention: EventMention | Event) -> str:
    """Return what the act is called, by its mode where there is a name for it."""
    named = (MODE[mention.act, mode] for mode in mention.modes if (mention.act, mode) in MODE)
    return next(named, ACT.get(mention.act, mention.act.lower()))


def parties_words(actors: Sequence[Party], recipients: Sequence[Party]) -> str:
    """Return "Russia → Syria", "Russia – Syria" where both act, and what is not said as "?"."""
    left, right = " – ".join(names(actors)), ", ".join(names(recipients))
    if not right:
        return left or "?"
    return f"{left or '?'} → {right}"


def names(parties: Sequence[Party]) -> list[str]:
    """Return the names, once each."""
    return list(dict.fromkeys(called(p.name) for p in parties))


def called(name: str) -> str:
    """Return the name of the state where `name` is its code; otherwise `name`."""
    found = state(name) if len(name) == 3 and name.isupper() else None
    return found.name if found and found.code == name else name


def count_words(c: Count) -> str:
    """Return "killed 12", "killed 12 or more", "troops up to 300", "goods 4 to 5 tonne"; of a mere size "money USD"."""
    low, high = (f"{b:,.10g}" if b is not None else None for b in (c.low, c.high))
    if low is None:
        amount = f"up to {high}" if high else ""
    elif high is None:
        amount = f"{low} or more"
    else:
        amount = low if low == high else f"{low} to {high}"
    return " ".join(x for x in (c.of, amount, c.unit) if x)


def clip(text: str, longest: int = LONGEST) -> str:
    """Return `text` on one line, cut at a word with an ellipsis where it is too long."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:—–-") + "…"


def around(text: str, at: int, longest: int = LONGEST) -> str:
    """Return the words of `text` on both sides of offset `at`, with an ellipsis where something is cut off."""
    start = max(0, min(at - longest // 2, len(text) - longest))
    piece = text[start : start + longest]
    if start:
        piece = "…" + piece.partition(" ")[2]
    if start + longest < len(text):
        piece = piece.rpartition(" ")[0].rstrip(",;:—–-") + "…"
    return " ".join(piece.split())


def date_words(edtf: str | None, published: str | None = None) -> str:
    """Return an EDTF date for a narrow column, on two lines where it is long: "since 2015", "2025-01-20 to 01-26".

    Without a date it is the day on which it was told, named as that, or "undated".
    """
    if not edtf:
        return f"told on\n{published[:10]}" if published else "undated"
    first, slash, last = edtf.partition("/")
    if not slash:
        return edtf
    if first in ("", ".."):
        return f"until {last}"
    if last in ("", ".."):
        return f"since {first}"
    same_year = len(last) > 5 and last[:5] == first[:5]
    return f"{first}\nto {last[5:] if same_year else last}"


def count(n: int, noun: str) -> str:
    """Return "1 report", "3 reports", "2 entries"."""
    many = noun[:-1] + "ies" if noun.endswith("ry") else noun + "s"
    return f"{n} {noun if n == 1 else many}"


def numbered(numbers: Iterable[int]) -> str:
    """Return "[1] [2] [5]": the lines of a brief that a sentence rests on."""
    return " ".join(f"[{n}]" for n in numbers)


def stage_words(s: Stage) -> str:
    """Return a stage as it is shown: `signed 2025-03-05`, `signed (planned) 2025-04`."""
    return " ".join([s.stage, *(["(planned)"] if s.planned else []), *([s.date] if s.date else [])])


def sum_words(a: Amount) -> str:
    """Return a sum as it is shown: `delivered 20,000 tonne`."""
    return f"{a.of} {amount_words(a.low, a.high, a.unit)}"
