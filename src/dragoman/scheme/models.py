"""Model files of data/models, checked against the hash in their manifest before they are loaded. No inference here."""

import functools
import hashlib
import json
from importlib.resources import files
from importlib.resources.abc import Traversable

from dragoman.errors import StopRun

MANIFEST = "manifest.json"


def model_bytes(model: str, name: str) -> bytes:
    """Return a file of a model folder; StopRun where it is missing or is not the file of the manifest."""
    folder = _models() / model
    expected = _manifest(model).get(name)
    if expected is None:
        raise StopRun(f"data/models/{model}/{MANIFEST} does not name {name}: install dragoman again")
    path = folder / name
    if not path.is_file():
        raise StopRun(f"data/models/{model}/{name} is missing: install dragoman again")
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != expected:
        raise StopRun(
            f"data/models/{model}/{name} is damaged (its SHA-256 is not {expected[:12]}…): install dragoman again"
        )
    return raw


@functools.cache
def model_hashes() -> dict[str, str]:
    """Return one SHA-256 for each model folder, over the names and bytes of its files: what a run records."""
    return {f.name: _folder_hash(f) for f in sorted(_models().iterdir(), key=lambda f: f.name) if f.is_dir()}


def _folder_hash(folder: Traversable) -> str:
    h = hashlib.sha256()
    for f in sorted((f for f in folder.iterdir() if f.is_file()), key=lambda f: f.name):
        raw = f.read_bytes()
        h.update(f"{f.name}\0{len(raw)}\0".encode() + raw)
    return h.hexdigest()


@functools.cache
def _manifest(model: str) -> dict[str, str]:
    path = _models() / model / MANIFEST
    if not path.is_file():
        raise StopRun(f"data/models/{model}/{MANIFEST} is missing: install dragoman again")
    listed: dict[str, str] = json.loads(path.read_text("utf8"))["sha256"]
    return listed


def _models() -> Traversable:
    return files("dragoman") / "data" / "models"
