"""The fingerprint of all packaged data, so that a changed lexicon is another reader. Nothing is loaded here."""

import functools
import hashlib
from importlib.resources import files
from pathlib import Path

_NO_PART = ("samples", "map", "__pycache__")  # what is read or drawn, not what reads


@functools.cache
def data_hash() -> str:
    """Return the SHA-256 over names and bytes of the data files in name order; samples, drawings, prose left out."""
    root = Path(str(files("dragoman") / "data"))
    digest = hashlib.sha256()
    for f in sorted(p for p in root.rglob("*") if p.is_file()):
        name = f.relative_to(root)
        if name.parts[0] not in _NO_PART and f.suffix not in (".pyc", ".md"):
            digest.update(name.as_posix().encode() + b"\0" + f.read_bytes())
    return digest.hexdigest()
