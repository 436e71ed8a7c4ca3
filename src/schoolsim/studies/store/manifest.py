"""Manifest `manifest.json`: the study, its provenance, its sessions, and the hashes of its files."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schoolsim.studies.errors import StoreError, StudyChangedError
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.provenance import provenance
from schoolsim.studies.replications import as_demanding, rule_of
from schoolsim.studies.store.files import sha256, write_json
from schoolsim.studies.store.folder import Folder

SCHEMA = 1
Manifest = dict[str, Any]
"""What `manifest.json` holds, as JSON has it."""

RUNNING = "running"
COMPLETE = "complete"


def now() -> str:
    """The time, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_manifest(folder: Folder, plan: StudyPlan) -> Manifest:
    """The manifest of a study that starts now."""
    return {
        "schema": SCHEMA,
        "title": plan.title,
        "state": RUNNING,
        "identity": plan.identity,
        "study": plan.identity_parts(),
        "inputs": input_places(folder, plan),
        "design": dict(plan.design),
        **provenance(),
        "started": now(),
        "ended": None,
        "sessions": [],
        "counts": {},
        "wall_seconds": 0.0,
        "run_seconds": 0.0,
        "files": {},
        "cite": list(plan.cite),
    }


def input_places(folder: Folder, plan: StudyPlan) -> dict[str, str]:
    """Where the files are that the model reads, from the results folder."""
    here = folder.path.resolve()
    return {
        name: Path(os.path.relpath(Path(path).resolve(), here)).as_posix() for name, path in plan.model.inputs.items()
    }


def read_manifest(folder: Folder) -> Manifest | None:
    """The manifest of a folder, or None if it has none.

    Raises:
        StoreError: If it cannot be read as a manifest.
    """
    try:
        text = folder.manifest.read_text(encoding="utf-8")
        manifest = json.loads(text)
        if not isinstance(manifest, dict) or "identity" not in manifest:
            raise ValueError("no identity in it")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{folder.manifest} is damaged ({error}). The runs are in files of their own and are "
            "not affected: run the study again with the same config and it is written anew"
        ) from error
    if manifest.get("schema", 0) > SCHEMA:
        raise StoreError(f"{folder.path} was written by a newer schoolsim; update to read it")
    return manifest


def write_manifest(folder: Folder, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all."""
    write_json(folder.manifest, manifest)


def file_hashes(folder: Folder) -> dict[str, str]:
    """SHA-256 of the config and of every table that is there."""
    files = [folder.config, *folder.tables]
    return {path.name: sha256(path) for path in files if path.is_file()}


def require_same(folder: Folder, manifest: Manifest, plan: StudyPlan) -> None:
    """Refuse to put runs of one study with those of another, and to drop runs that were made.

    Raises:
        StudyChangedError: If they are not one study, or the plan has fewer replications; the
            message says what differs.
    """
    stored = manifest.get("study")
    if manifest["identity"] == plan.identity:
        if not as_demanding(plan.replications, rule_of(manifest["study"]["replications"])):
            _refuse_fewer(folder, manifest["study"]["replications"], plan.replications.record())
        return
    changes = differences(stored if isinstance(stored, dict) else {}, plan.identity_parts())
    config = _config_differences(folder, plan)
    if config:
        # The config says it in the user's words; keep what it cannot know.
        changes = config + [line for line in changes if line.startswith(("model", "version", "context", "inputs"))]
    told = "\n".join(f"  {line}" for line in changes)
    raise StudyChangedError(
        f"{folder.path} holds another study; runs of two studies are not mixed. What differs:\n"
        f"{told}\nGive this one another folder, or take the old one away"
    )


def _refuse_fewer(folder: Folder, before: Mapping[str, object], now: Mapping[str, object]) -> None:
    if before["rule"] != now["rule"]:  # the rest belongs to the one or the other
        before, now = {"rule": before["rule"]}, {"rule": now["rule"]}
    told = "\n".join(f"  {line}" for line in differences({"replications": before}, {"replications": now}))
    raise StudyChangedError(
        f"{folder.path} holds this study with other replications, some of which this one may not need:\n"
        f"{told}\nMore replications or a stricter precision go on from what is there; for these, give the "
        "study another folder"
    )


def _config_differences(folder: Folder, plan: StudyPlan) -> list[str]:
    """What differs between the stored config and the plan's; nothing if there is none to compare."""
    try:
        texts = folder.config.read_text(encoding="utf-8"), plan.config_in(folder.path)
        old, new = (tomllib.loads(text) for text in texts)
    except (OSError, tomllib.TOMLDecodeError):
        return []
    for config in (old, new):
        for key in ("title", "description", "sources", "figures"):
            config.pop(key, None)
    return differences(old, new) if old != new else []


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """What differs between two studies, a line each."""
    flat_old, flat_new = _flat(old), _flat(new)
    names = [*flat_old, *(name for name in flat_new if name not in flat_old)]
    lines = []
    for name in names:
        before, after = flat_old.get(name, "not set"), flat_new.get(name, "not set")
        if before != after:
            before, after = json.dumps(before), json.dumps(after)
            if name == "design":
                before, after = "other points", "these points"
            lines.append(f"{name}: {before} there, {after} now")
    return lines or ["something this version does not record"]


def _flat(values: Mapping[str, object], above: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{above}{name} "))
        else:
            found[above + name] = value
    return found
