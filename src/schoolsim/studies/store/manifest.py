"""Manifest `manifest.json`: the study, its provenance, its sessions, and the hashes of its files."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from schoolsim.studies.errors import DamagedError, StoreError, StudyChangedError
from schoolsim.studies.plan import StudyPlan, json_hash, study_identity
from schoolsim.studies.provenance import provenance
from schoolsim.studies.replications import as_demanding, rule_of
from schoolsim.studies.store.files import sha256, write_json
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.schema import MANIFEST, SCHEMA, Counts, Manifest, SealedName, StudyRecord, read_json

RUNNING: Final = "running"
COMPLETE: Final = "complete"


def now() -> str:
    """The time, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_manifest(folder: Folder, plan: StudyPlan) -> Manifest:
    """The manifest of a study that starts now."""
    manifest: Any = {
        "schema": SCHEMA,
        "title": plan.title,
        "state": RUNNING,
        "identity": plan.identity,
        "study": study_record(plan),
        "inputs": input_places(folder, plan),
        "design": dict(plan.design),
        **provenance(),
        "started": now(),
        "ended": None,
        "sessions": [],
        "counts": {},
        "wall_seconds": 0.0,
        "run_seconds": 0.0,
        "unsettled": {},
        "files": {},
        "cite": list(plan.cite),
    }
    return cast(Manifest, manifest)


def study_record(plan: StudyPlan) -> StudyRecord:
    """All that decides the runs of a plan."""
    return cast(StudyRecord, plan.identity_parts())


def identity_of(manifest: Manifest) -> str:
    """The identity of the study that a manifest tells of, computed from it."""
    return study_identity(manifest["study"])


def counts_record(index: PartIndex) -> Counts:
    """Runs by status."""
    return cast(Counts, index.counts())


def input_places(folder: Folder, plan: StudyPlan) -> dict[str, str]:
    """Where the files are that the model reads, from the results folder."""
    here = folder.path.resolve()
    return {
        name: Path(os.path.relpath(Path(path).resolve(), here)).as_posix() for name, path in plan.model.inputs.items()
    }


def read_manifest(folder: Folder) -> Manifest | None:
    """The manifest of a folder, or None if it has none.

    Raises:
        FormatError: If it was written in another version of the format.
        DamagedError: If it is not a manifest, or not the one that was written; the message names the key.
        StoreError: If it cannot be read.
    """
    try:
        manifest = read_json(folder.manifest, MANIFEST)
    except FileNotFoundError:
        return None
    except DamagedError as error:
        raise DamagedError(f"{error}. {_ADVICE}") from None
    if manifest.get("seal") != _seal(manifest):
        raise DamagedError(
            f'{folder.manifest} is damaged: it is not as it was written ("seal" is of other content). {_ADVICE}'
        )
    return manifest


def require_manifest(folder: Folder) -> Manifest:
    """The manifest of a folder that must have one.

    Raises:
        StoreError: If there is none, or as `read_manifest`.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise StoreError(f"there is no study in {folder.path}: no {folder.manifest.name}")
    return manifest


def write_manifest(folder: Folder, manifest: Manifest) -> None:
    """Write the manifest with its seal, whole or not at all."""
    manifest["seal"] = _seal(json.loads(json.dumps(manifest)))  # as it will be read: tuples as lists, keys as text
    write_json(folder.manifest, manifest)


def _seal(manifest: Mapping[str, object]) -> str:
    return json_hash({name: value for name, value in manifest.items() if name != "seal"})


_ADVICE = (
    "The runs are in files of their own and are not affected: run the study again with the same config and it is "
    "written anew"
)


def file_hashes(paths: Iterable[Path]) -> dict[SealedName, str]:
    """SHA-256 of those of the files that are there, by name.

    Raises:
        StoreError: If one cannot be read.
    """
    try:
        return {cast(SealedName, path.name): sha256(path) for path in paths if path.is_file()}
    except OSError as error:
        raise StoreError(f"{error.filename or 'a file of the study'} cannot be read: {error.strerror}") from error


def require_same(folder: Folder, manifest: Manifest, plan: StudyPlan) -> None:
    """Refuse to put runs of one study with those of another, and to drop runs that were made.

    Raises:
        StudyChangedError: If they are not one study, or the plan has fewer replications; the
            message says what differs.
    """
    if manifest["identity"] == plan.identity:
        if not as_demanding(plan.replications, rule_of(manifest["study"]["replications"])):
            _refuse_fewer(folder, manifest["study"]["replications"], plan.replications.record())
        return
    changes = differences(manifest["study"], plan.identity_parts())
    config = _config_differences(folder, plan)
    if config:
        # The config says it in the user's words; keep what it cannot know.
        changes = config + [line for line in changes if line.startswith(("model", "version", "context", "inputs"))]
    lines = "\n".join(f"  {line}" for line in changes)
    raise StudyChangedError(
        f"{folder.path} holds another study; runs of two studies are not mixed. What differs:\n"
        f"{lines}\nGive this one another folder, or take the old one away"
    )


def _refuse_fewer(folder: Folder, before: Mapping[str, object], now: Mapping[str, object]) -> None:
    if before["rule"] != now["rule"]:  # the rest belongs to the one or the other
        before, now = {"rule": before["rule"]}, {"rule": now["rule"]}
    lines = "\n".join(f"  {line}" for line in differences({"replications": before}, {"replications": now}))
    raise StudyChangedError(
        f"{folder.path} holds this study with other replications, some of which this one may not need:\n"
        f"{lines}\nMore replications or a stricter precision go on from what is there; for these, give the "
        "study another folder"
    )


def _config_differences(folder: Folder, plan: StudyPlan) -> list[str]:
    """What differs between the stored config and the plan's; nothing if there is none to compare."""
    try:
        texts = folder.config.read_text(encoding="utf-8"), plan.config_in(folder.path)
        old, new = (tomllib.loads(text) for text in texts)
    except (OSError, ValueError, RecursionError):  # no text, no TOML, or nested beyond sense
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
            if name in ("design", "worlds"):
                what = "points" if name == "design" else "worlds"
                before, after = f"other {what}", f"these {what}"
            lines.append(f"{name}: {before} there, {after} now")
    return lines or ["something this version does not record"]


def _flat(values: Mapping[str, object], above: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat.update(_flat(value, f"{above}{name} "))
        else:
            flat[above + name] = value
    return flat
