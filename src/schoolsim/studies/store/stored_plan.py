"""Plan of a stored study, read from its own files; the code it runs is named by the user, never by those files."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from schoolsim.studies.errors import DamagedError, StoreError
from schoolsim.studies.model import SCHOOL_MODEL, Column, ModelReference, is_model_path
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.replications import rule_of
from schoolsim.studies.school_model import stored_school_model
from schoolsim.studies.store.columns import read_columns
from schoolsim.studies.store.files import content_hash, read_bytes
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.schema import Manifest
from schoolsim.studies.store.sealed import SealedFiles
from schoolsim.studies.store.tables import read_design, read_points

LARGEST_CONFIG = 64 << 20
"""Bytes the config of a stored study may have."""

UserModel = object | Sequence[str]
"""A model that the user names: as `ModelReference.of` takes it, or the paths of it and of all its arguments name."""


def stored_plan(folder: Folder, manifest: Manifest, model: UserModel | None = None) -> StudyPlan:
    """The plan of a stored study.

    Args:
        folder: The results folder.
        manifest: Its manifest.
        model: The model of the study, as the user names it. The school model needs no naming; any
            other is built only if it is named here, and so is every `module:attribute` in its
            stored arguments.

    Raises:
        StoreError: If a file is missing or damaged, the files do not belong together, or the model
            of the study is not the one named.
    """
    study = manifest["study"]
    sealed = SealedFiles(folder, manifest["files"])
    config = _config(sealed.require(folder.config)) if folder.config in sealed else _config(folder.config)
    reference = _reference(folder, manifest, model, config)
    plan = StudyPlan(
        points=read_points(sealed.require(folder.points), study["points"]),
        model=reference,
        replications=rule_of(study["replications"]),
        seed=study["seed"],
        fixed=study["fixed"],
        context=study["context"],
        version=study["version"],
        title=manifest["title"],
        config=config,
        design=manifest["design"],
        layout=read_design(sealed.require(folder.design)) if folder.design in sealed else None,
        columns=_columns(sealed.require(folder.columns)) if folder.columns in sealed else {},
        cite=tuple(manifest["cite"]),
        worlds=read_design(sealed.require(folder.worlds)) if "worlds" in study else None,
    )
    if plan.identity != manifest["identity"]:
        raise StoreError(f"the files in {folder.path} do not belong together: its points are not those of its manifest")
    return plan


def _reference(folder: Folder, manifest: Manifest, model: UserModel | None, config: str) -> ModelReference:
    """The stored model, if it is the package's own or the user names it."""
    study = manifest["study"]
    path, arguments = study["model"], study["arguments"]
    if path == SCHOOL_MODEL and model is None:
        try:
            return stored_school_model(arguments, _inputs(folder, manifest), _branch(config))
        except StoreError as error:
            raise StoreError(f"{folder.manifest}: {error}") from None
    named = {} if model is None else _named(model)
    missing = [name for name in dict.fromkeys([path, *_code_names(arguments)]) if name not in named]
    unused = [name for name in named if name not in {path, *_code_names(arguments)}]
    if path in missing and unused:
        raise StoreError(f'the study in {folder.path} was run with the model "{path}", not with "{unused[0]}"')
    if missing:
        options = " ".join(f"--model {name}" for name in [path, *_code_names(arguments)])
        raise StoreError(
            f'the study in {folder.path} runs the code "{", ".join(missing)}", which its files may not decide. If you '
            f"trust it, name it: {options}; in Python, pass the model or its path as model"
        )
    if unused:
        raise StoreError(f'the model "{unused[0]}" is not used by the study in {folder.path}')
    reference = named[path]
    if reference.local is not None and not inspect.isclass(reference.local) and arguments:
        raise StoreError(
            f'the model "{path}" of the study in {folder.path} was built with the arguments '
            f"{', '.join(arguments)}: give its class, not an object"
        )
    return replace(reference, arguments=arguments, inputs=_inputs(folder, manifest))


def _named(model: UserModel) -> dict[str, ModelReference]:
    models = [model] if isinstance(model, str) or not isinstance(model, list | tuple) else model
    references = [ModelReference.of(one) for one in models]
    return {reference.path: reference for reference in references}


def _code_names(value: object) -> Iterator[str]:
    """Every text in stored arguments that names code, which an adapter might import."""
    if isinstance(value, str):
        if is_model_path(value):
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _code_names(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _code_names(item)


def _inputs(folder: Folder, manifest: Manifest) -> dict[str, str]:
    """The files the model reads, if they are where they were and hold what they held."""
    paths = {}
    for name, place in manifest["inputs"].items():
        path = (folder.path.resolve() / place).resolve()
        if not path.exists():
            raise StoreError(
                f"the study in {folder.path} reads {path}, which is not there: put it there, or sweep the study "
                "from its config with the file where it is now"
            )
        if content_hash(path) != manifest["study"]["inputs"].get(name):
            raise StoreError(f"the study in {folder.path} reads {path}, which has changed since: put the old one back")
        paths[name] = str(path)
    return paths


def _config(path: Path) -> str:
    try:
        return read_bytes(path, LARGEST_CONFIG).decode()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise DamagedError(f"{path} cannot be read: {error}") from None


def _branch(config: str) -> object:
    """Where the policies of a stored study branch; a config that is no TOML says nothing."""
    try:
        return tomllib.loads(config).get("branch", "burn_in")
    except tomllib.TOMLDecodeError:
        return "burn_in"


def _columns(path: Path) -> dict[str, Column]:
    rows = [row for row in read_columns(path) if row["role"]]
    return {row["name"]: Column(row["unit"], row["definition"], row.get("time", "")) for row in rows}
