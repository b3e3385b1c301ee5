"""Make the page of accuracy and its pictures: docs/accuracy.md, docs/accuracy-{types,status,calibration}.svg.

    python scripts/accuracy.py     write them from evals/results.json, the floors and a reading of the corpus' dev part

`dragoman evaluate --save evals/results.json` comes first: no scorer is run here but that of the corpus. How a picture
is drawn stands in `charts.py`; what dragoman gets wrong is told by hand in docs/accuracy-errors.md.
"""

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import charts
from dragoman import app
from dragoman.cli.scoring import CORPUS_DATE
from dragoman.evaluate.acts import QUADS, UNREAL, ActScore, calibration_error, score_acts
from dragoman.evaluate.articles import PARTS
from dragoman.evaluate.corpus import part
from dragoman.evaluate.floors import Floor, load

ROOT = Path(__file__).parent.parent
DOCS, EVALS, CORPUS = ROOT / "docs", ROOT / "evals", ROOT / "corpus"
PAGE, RESULTS, ERRORS = DOCS / "accuracy.md", EVALS / "results.json", DOCS / "accuracy-errors.md"
TYPE_GROUPS = tuple(tuple(t for t in QUADS if QUADS[t] == quad) for quad in (1, 2, 3, 4))
STATUS_GROUPS = (("occurred", "ongoing"), UNREAL)
CONFUSIONS = 3  # told in words under a matrix
NOT_MEASURED = "Not measured in this version."
Scores = Mapping[str, float]
Floors = Mapping[str, Floor]


class Row(NamedTuple):
    """A score in a table: its path, what it is of, measured on what, as what, and the figures of others beside it."""

    metric: str
    what: str
    data: str
    measure: str
    beside: str = ""


HU = "[Hu et al. 2024](https://arxiv.org/abs/2308.07876), test split"
HEIDELTIME = "([its authors](https://github.com/HeidelTime/heideltime/wiki/Evaluation-Results))"
MORDECAI = "([Halterman 2023](https://arxiv.org/abs/2303.13675)), the names given"
POLNEAR = "[PolNeAR](https://github.com/networkdynamics/PolNeAR)"
ECB = "(as published)"
AS_IT_COMES = "as it comes, run by us on the same pages"
NEAR, TRAPS = "right, of those near a noted fact", "traps sprung (a count)"
SVO, FACT = "a naive subject-verb-object coder", "everything called fact, run by us"
COUNT_FLOORS = frozenset(f.metric for f in load(EVALS / "counts.toml"))
SCENARIO = (
    ("found", "tellings of an event", "with a mention of its act"),
    ("b3_f1", "one event from many reports", "B-cubed F1, what is not found stands alone"),
    ("b3_f1_found", "one event from many reports", "B-cubed F1 over what is found"),
    ("lookalikes_merged", "look-alike events", "taken for one"),
    ("origins_exact", "independent origins of an event", "counted right, over what is found"),
    ("disagreements_found", "disagreements of the tellings", "found, with two of their values"),
    ("disagreements_wrong", "disagreements of the tellings", "shown that are none"),
    ("dossier_stages_f1", "stages of a matter", "F1"),
    ("flow_sums_error", "sums moved by month", "mean relative error"),
)
SKILLS = (
    *(
        Row(f"{head}.{metric}", what, data, measure, beside if head == "facts" else "")
        for head, data in (("facts", "noted reports"), *((f"articles_{p}", f"*{p}* reports") for p in PARTS))
        for metric, what, measure, beside in (
            ("found", "facts of a report", "found: type, parties and status right", f"{SVO} 0.11, on the same reports"),
            ("full", "facts of a report", "found, each counted by the share of its fields that are right", ""),
            ("precision_where_judged", "records", NEAR, f"{SVO} 0.28, on the same reports"),
            ("traps_sprung", "records", TRAPS, ""),
        )
    ),
    *(
        Row(f"{head}.{part_}", f"{what} of an act", data, "right, of the facts found that have one")
        for head, data in (
            ("facts.parts_of_found", "noted reports"),
            *((f"articles_{p}", f"*{p}* reports") for p in PARTS),
        )
        for part_, what in (("when", "time"), ("place", "place"))
    ),
    Row("samples.found", "facts of a report", "samples", "found: the values that the note gives"),
    Row("samples.precision", "records", "samples", NEAR),
    Row("samples.traps_sprung", "records", "samples", TRAPS),
    Row("corpus.type", "type of an act", "our corpus", "right, of the acts found"),
    Row("corpus.quad", "class of its type, of four", "our corpus", "right, of the acts found"),
    Row("corpus.pairs_type", "type of an act, both parties given", "our corpus", "right"),
    Row("plv.root", "type of an act, both parties given", "PLV, cross-validated", "macro F1, 15 types",
        f"UniversalPetrarch 0.463, GPT-4 0.615, ZSP (zero-shot NLI) 0.824, ConfliBERT (supervised) 0.867 ({HU})"),
    Row("plv.quad", "class of its type, of four", "PLV, cross-validated", "macro F1",
        f"UniversalPetrarch 0.518, GPT-4 0.767, ZSP 0.896, ConfliBERT 0.963 ({HU})"),
    Row("plv.binary", "cooperation or conflict", "PLV, cross-validated", "macro F1",
        f"UniversalPetrarch 0.808, GPT-4 0.934, ZSP 0.964, ConfliBERT 0.984 ({HU})"),
    Row("corpus.status", "status", "our corpus", "right, of the acts found"),
    Row("corpus.status_macro", "status", "our corpus", "macro F1"),
    Row("muc4.document.f1", "is there an act of terror in a report", "MUC-4, 120 reports", "F1"),
    Row("muc4.incidents.f1", "its incidents", "MUC-4, 120 reports", "F1"),
    Row("muc4.type.f1", "type of an incident", "MUC-4, 120 reports", "F1"),
    Row("muc4.stage.f1", "done, tried or threatened", "MUC-4, 120 reports", "F1"),
    Row("muc4.country.f1", "country of an incident", "MUC-4, 120 reports", "F1"),
    Row("status.fact_uw.macroF1", "status", "UW factuality", "macro F1, 3 classes", f"{FACT} 0.30"),
    Row("status.fact_uds_ih2.macroF1", "status", "UDS-IH2 (web)", "macro F1, 3 classes", f"{FACT} 0.24"),
    Row("corpus.calibration_error", "confidence", "our corpus", "expected calibration error (0 is best)"),
    Row("attributions.polnear_dev.mean", "who says what", "PolNeAR", "mean F1 of source, cue, content",
        f"a second annotator 0.81 ({POLNEAR})"),
    Row("attributions.polnear_dev.micro", "who says what", "PolNeAR", "F1 over all words",
        f"CRF with GloVe 0.686, a second annotator 0.89 ({POLNEAR})"),
    Row("times.tempeval3_timebank.value", "times", "TimeBank", "F1, words and value", f"HeidelTime 0.792 {HEIDELTIME}"),
    Row("times.tempeval3_timebank.strict", "times", "TimeBank", "F1, exact words", f"HeidelTime 0.849 {HEIDELTIME}"),
    Row("times.tempeval3_aquaint.strict", "times", "AQUAINT", "F1, exact words", ""),
    Row("times.tempeval3_aquaint.value", "times", "AQUAINT", "F1, words and value", f"HeidelTime 0.730 {HEIDELTIME}"),
    *(
        Row(f"places.{key}.{metric}", "places", name, measure, beside)
        for key, name, mordecai in (("trnews", "TR-News", "0.873"), ("lgl", "LGL", "0.827"))
        for metric, measure, beside in (
            ("F1", "F1 of the names", ""),
            ("recall161", "found and located within 161 km", f"Mordecai 3 {mordecai} {MORDECAI}"),
            ("acc161_of_placed", "within 161 km, of those located", ""),
        )
    ),
    Row("names.F1", "same name or not", "308 pairs of names", "F1", "OpenSanctions logic-v2 0.89, token sort 0.68"),
    Row("names.P", "pairs called the same", "308 pairs of names", "the same"),
    Row("actors.country", "parties", "NGEC cases", "state right"),
    Row("actors.none", "parties", "NGEC cases", "no state given, where there is none"),
    Row("actors.sector", "parties", "NGEC cases", "main sector right"),
    *(
        Row(f"identities.{part}.{metric}", "who is who across reports", f"our sightings, {part}", measure)
        for part in ("seen", "guard")
        for metric, measure in (("precision", "pairs taken for one that are"), ("recall", "pairs that are one, found"))
    ),
    *(
        Row(f"counts.{part}.{kind}.{metric}", f"numbers of an act: {kind}", f"our sentences, {part}", metric)
        for part in ("seen", "guard")
        for kind in ("all", "killed", "wounded", "detained", "money")
        for metric in ("precision", "recall", "f1")
        if f"counts.{part}.{kind}.{metric}" in COUNT_FLOORS
    ),
    Row("muc4.victims_killed.f1", "numbers of the killed", "MUC-4, 120 reports", "F1"),
    *(
        Row(f"scenario.{words}.{metric}", what, f"scenario, {words} wordings", measure)
        for words in ("dev", "held")
        for metric, what, measure in SCENARIO
    ),
    Row("stories.neus_triplets.F1", "stories", "NeuS", "F1 of pairs of articles", "TF-IDF cosine, one threshold 0.60"),
    Row("stories.gva_story_clusters.F1", "stories", "GVA, look-alike incidents", "F1 of pairs of articles",
        "TF-IDF cosine, one threshold 0.53"),
    Row("ecb.extended.conll", "which mentions are one event", "ECB+, dev topics, gold mentions", "CoNLL F1",
        f"same lemma 0.758, the topic of each report given, run by us; on the test topics 0.764, the best 0.884 {ECB}"),
    Row("ecb.ledger.conll", "which mentions are one event, as the ledger has it", "ECB+, dev topics, gold mentions",
        "CoNLL F1"),
    Row("ecb.own.mentions.precision", "mentions of acts", "ECB+, dev topics", "at a gold mention"),
    Row("ecb.own.mentions.recall", "acts told", "ECB+, dev topics", "met by a mention of ours"),
    Row("ecb.own_extended_met.conll", "which mentions are one event", "ECB+, dev topics, our mentions that meet gold",
        "CoNLL F1", "same lemma within stories 0.800, run by us"),
    Row("html.web_htmldate.date", "date of a page", "pages of htmldate", "right", f"htmldate 0.833 ({AS_IT_COMES})"),
    Row("html.web_trafilatura.text", "text of a page", "pages of trafilatura", "F1",
        f"trafilatura 0.926 ({AS_IT_COMES}, comments off)"),
    Row("html.web_trafilatura.date", "date of a page", "pages of trafilatura", "right"),
)  # fmt: skip
ACTS = (
    Row("corpus.found", "acts", "our corpus", "found: a record at their word, or carried by a record of another"),
    Row("corpus.right", "records", "our corpus", "at the word of an act"),
    Row("corpus.empty", "sentences without an act", "our corpus", "left without a record"),
    Row("corpus.pairs_none_f1", "pairs of parties with no act between them", "our corpus", "F1 of saying so"),
    Row("corpus.pairs_none_precision", "pairs of parties told idle", "our corpus", "idle"),
    Row("corpus.pairs_none_recall", "pairs of parties with no act between them", "our corpus", "told idle"),
    Row("corpus.direction", "parties put on a side", "our corpus", "on their own: actor or recipient"),
    Row("corpus.sides", "parties of the acts found", "our corpus", "put on their own side"),
)
CONTEXTS = (
    Row("corpus.contexts_precision", "contexts given", "our corpus, sentences with a record", "right"),
    Row("corpus.contexts_recall", "contexts labelled", "our corpus, sentences with a record", "given"),
    Row("corpus.contexts_f1", "contexts", "our corpus, sentences with a record", "F1"),
)
TEMPLATE = """# Accuracy

Made by `make accuracy`; not edited by hand.

## How it is measured

- **Development data.** We looked at these scores while we built: take each as an upper bound for text of its kind.
- **Reports.** Facts noted by hand. In *noted* and *seen* reports ({seen}) we read the errors one by one, in *guard*
  reports ({guard}) nobody reads more than the score. *Samples* are the reports that come with dragoman.
- **Our corpus.** Sentences that we wrote and labelled. Every third file of each writer is its dev part, from which no
  model learns: {sentences:,} sentences, each read by itself.

Held out: the test splits of the public sets. We have not looked at them; no figure of ours is from them.

## By skill

{skills}

Shares of 1. *Floor*: a change that falls below it does not pass (`make eval`). –: not measured in this version, or no
floor. *Beside it*: what others reach, as they published it or as we ran it. Their data and rules are not always the
same: it shows where a figure lies, and does not rank.

## Types

![Confusion matrix of the types of act](accuracy-types.svg)

A row is the type that is labelled, a column the type read, a number how many acts. Blue is right, orange wrong; the
darker, the larger the share of its row. The lines part the four classes (verbal and material cooperation, verbal and
material conflict): an error within a box of the diagonal keeps its class. {types}

## Status

![Confusion matrix of the status of acts](accuracy-status.svg)

It reads the same way. The first box of the diagonal holds what happened or happens, the second what did not, or not
yet. {statuses}

## Calibration

![Confidence of records against the share that is right](accuracy-calibration.svg)

A point is the records of one tenth of confidence. On the dashed line they are right as often as they claim, below it
less often. A record is right if it stands at the word of an act and has its type. {claims}

## Is there an act, and who acts on whom

{acts}

## Contexts

{contexts}

## Type of act on PLV, and MUC-4

PLV, cross-validated on its training split. {plv}

MUC-4, its reports of the 1980s. {muc4}

## What it gets wrong

{errors}
"""


def table(rows: Sequence[Row], scores: Scores, floors: Floors) -> str:
    """Return a table of scores beside their floors; the last column only where a row has something to set there."""
    beside = any(r.beside for r in rows)
    head = ("what", "measured on", "as", "score", "floor", *(["beside it"] if beside else []))
    lines = [head, ("---",) * len(head)]
    for r in rows:
        cells = (r.what, r.data, r.measure, _score(r.metric, scores.get(r.metric)), _floor(floors.get(r.metric)))
        lines.append((*cells, *([r.beside] if beside else [])))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _score(metric: str, score: float | None) -> str:
    if score is None:
        return "–"
    return f"{score:.0f}" if metric.endswith("traps_sprung") else f"{score:.3f}"


def _floor(floor: Floor | None) -> str:
    if floor is None:
        return "–"
    return f"at most {floor.most:g}" if floor.least is None else f"{floor.least:.3f}"


def measured(rows: Sequence[Row], scores: Scores, floors: Floors) -> str:
    """Return the table of those rows that have a score, or the line that there is none."""
    kept = [r for r in rows if r.metric in scores]
    return table(kept, scores, floors) if kept else NOT_MEASURED


def listed(head: str, scores: Scores) -> str:
    """Return all scores whose path begins with head as one line, or the line that there is none."""
    told = {r.metric: f"{r.what} ({r.measure})" for r in SKILLS}
    kept = sorted((m, s) for m, s in scores.items() if m.startswith(head))
    lines = [f"{told.get(m, m.removeprefix(head).replace('_', ' '))} {s:.3f}" for m, s in kept]
    return "; ".join(lines) + "." if kept else NOT_MEASURED


def fast(scores: Scores, floors: Floors) -> dict[str, str]:
    """Return the parts of the page that need no reading, by their names in the template."""
    return {
        "skills": table(SKILLS, scores, floors), "acts": measured(ACTS, scores, floors),
        "contexts": measured(CONTEXTS, scores, floors), "plv": listed("plv.", scores), "muc4": listed("muc4.", scores),
    }  # fmt: skip


def page(scores: Scores, floors: Floors, acts: ActScore) -> str:
    """Return the whole page."""
    return TEMPLATE.format(
        **fast(scores, floors), **{name: _articles(name) for name in PARTS}, sentences=acts.sentences,
        types=_confused(acts.types), statuses=_confused(acts.statuses), claims=_claimed(acts.confidences),
        errors=ERRORS.read_text("utf8").strip(),
    )  # fmt: skip


def _articles(name: str) -> int:
    return sum(p.name != "parties.toml" for p in (EVALS / "articles" / name).glob("*.toml"))


def _confused(counts: charts.Counts) -> str:
    """Return how many acts of a matrix are right, and its most frequent errors."""
    cells = [(n, gold, got) for gold, row in counts.items() for got, n in row.items()]
    total, right = sum(n for n, _, _ in cells), sum(n for n, gold, got in cells if gold == got)
    worst = sorted((c for c in cells if c[1] != c[2]), key=lambda c: (-c[0], c[1:]))[:CONFUSIONS]
    told = ", ".join(f"{gold} read as {got} ({n})" for n, gold, got in worst)
    return f"Of {total:,} acts with a record at their word {right:,} are right." + (
        f" Most frequent errors: {told}." if told else ""
    )


def _claimed(claims: Sequence[tuple[float, bool]]) -> str:
    """Return how many records are right, and how far they are from what they claim."""
    right, error = sum(ok for _, ok in claims), calibration_error(claims)
    return f"Of {len(claims):,} records {right:,} are right; the mean distance to the line is {error:.3f}."


def pictures(acts: ActScore) -> dict[str, str]:
    """Return the pictures by file name."""
    error = calibration_error(acts.confidences)
    return {
        "accuracy-types.svg": charts.matrix(f"Type of {_total(acts.types):,} acts", acts.types, TYPE_GROUPS),
        "accuracy-status.svg": charts.matrix(f"Status of {_total(acts.statuses):,} acts", acts.statuses, STATUS_GROUPS),
        "accuracy-calibration.svg": charts.reliability(
            f"{len(acts.confidences):,} records: expected calibration error {error:.3f}", charts.bins(acts.confidences)
        ),
    }


def _total(counts: charts.Counts) -> int:
    return sum(n for row in counts.values() for n in row.values())


def all_floors() -> dict[str, Floor]:
    """Return the floors of all files in evals/ by metric."""
    return {f.metric: f for file in sorted(EVALS.glob("*.toml")) for f in load(file)}


def main() -> None:
    scores: dict[str, float] = json.loads(RESULTS.read_text("utf8"))
    acts = score_acts(part(CORPUS, dev=True), functools.partial(app.read, published=CORPUS_DATE))
    for name, drawn in pictures(acts).items():
        (DOCS / name).write_text(drawn, "utf8")
    PAGE.write_text(page(scores, all_floors(), acts), "utf8")


if __name__ == "__main__":
    main()
