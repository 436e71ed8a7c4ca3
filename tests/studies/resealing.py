"""Changes a results folder as somebody would who knows how it is sealed: every hash fits what was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from schoolsim.studies.plan import json_hash, study_identity


def reseal(folder: Path, change: Callable[[dict[str, Any]], object] | None = None) -> None:
    """Change the manifest, and put the hashes right: of every file, of the study, of the manifest itself.

    Args:
        folder: The results folder.
        change: Changes the manifest in place; None where only files were changed.
    """
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    if change is not None:
        change(manifest)
    if isinstance(manifest.get("files"), dict):
        for name in manifest["files"]:
            if (folder / name).is_file():
                manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    if isinstance(manifest.get("study"), dict) and "identity" in manifest:
        manifest["identity"] = study_identity(manifest["study"])
    write_sealed(path, manifest)


def write_sealed(path: Path, manifest: dict[str, Any]) -> None:
    """Write a manifest with the seal that fits it, whatever it holds."""
    manifest.pop("seal", None)
    manifest["seal"] = json_hash(manifest)
    path.write_text(json.dumps(manifest))


def flip(path: Path, bit: int) -> None:
    """Flip one bit of a file; bits are counted from its beginning, and from its end below 0."""
    content = bytearray(path.read_bytes())
    bit %= 8 * len(content)
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def renamed(path: Path) -> Path:
    """Give a part the name that fits its bytes."""
    number = path.name.split(".")[0]
    return path.rename(path.with_name(f"{number}.{hashlib.sha256(path.read_bytes()).hexdigest()}.parquet"))
