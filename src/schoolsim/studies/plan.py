"""Plan of a study: its points, replications and model. Nothing here runs anything."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from schoolsim.parameters.registry import is_parameter, parameter
from schoolsim.studies.errors import DesignError, StudyError
from schoolsim.studies.model import Column, ModelReference
from schoolsim.studies.replications import Fixed, Precision
from schoolsim.studies.run_request import RunTask
from schoolsim.studies.seeds import replication_seed, world_of
from schoolsim.studies.store.files import content_hash
from schoolsim.studies.texts import LONGEST_NAME, is_encodable, is_name

RESERVED = ("run", "point", "replication", "seed", "status", "error", "draw")
"""Columns of tables of runs that no parameter or outcome may be called."""


@dataclass(frozen=True, eq=False)
class StudyPlan:
    """Points x replications of one model.

    Args:
        points: One row a point, one column a swept parameter; the row number is the point.
        model: The model and where it is found.
        replications: How many runs a point gets, or the rule that decides.
        seed: Root seed, 0 or more.
        fixed: Parameters that are the same at every point.
        context: What else decides the runs and is not passed to the model, such as defaults.
        version: Version of the model; runs of two versions are never mixed.
        title: One line for people.
        config: The resolved config as TOML text, or what gives it for a results folder, so that
            paths in it can start there; stored, and shown when two studies differ.
        design: How the points came about: kind, axes, what the analysis needs to know.
        layout: One row a point: which policy and world it is, and where in the sample, or None.
        columns: What each parameter and outcome is; outcomes in the order of the table.
        cite: What to cite for the results.
        worlds: Worlds that replications are run in, one row a world, one column a parameter; the same for all points.
            Replications go through them `SEEDS_A_WORLD` at a time. None where nothing differs between replications but
            the seed.

    Raises:
        StudyError: If the parts do not make a study.
    """

    points: pd.DataFrame
    model: ModelReference
    replications: Fixed | Precision = field(default_factory=lambda: Fixed(1))
    seed: int = 0
    fixed: Mapping[str, object] = field(default_factory=dict)
    context: Mapping[str, object] = field(default_factory=dict)
    version: str = "unversioned"
    title: str = ""
    config: str | Callable[[Path], str] = ""
    design: Mapping[str, object] = field(default_factory=dict)
    layout: pd.DataFrame | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)
    cite: tuple[str, ...] = ()
    worlds: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        """Bring the points to plain types and refuse what cannot be run."""
        object.__setattr__(self, "points", plain_points(self.points))
        if self.worlds is not None:
            object.__setattr__(self, "worlds", plain_points(self.worlds))
        drawn = [] if self.worlds is None else list(self.worlds.columns)
        names = [*self.points.columns, *self.fixed, *drawn]
        self._require_texts(names)
        reserved = sorted(set(names) & set(RESERVED))
        if reserved:
            raise StudyError(f"no parameter may be called {', '.join(reserved)}")
        duplicated = sorted(set(self.points.columns) & set(self.fixed))
        if duplicated:
            raise StudyError(f"{', '.join(duplicated)}: both swept and fixed")
        twice = sorted(set(drawn) & {*self.points.columns, *self.fixed})
        if twice:
            raise StudyError(f"{', '.join(twice)}: in the worlds, and swept or fixed too")
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            raise StudyError(f"the seed is a whole number, 0 or more; not {self.seed!r}")

    def _require_texts(self, names: list[str]) -> None:
        """Refuse names and texts that the files of a study cannot hold."""
        unnamed = [name for name in [*names, *self.columns] if not (isinstance(name, str) and is_name(name))]
        if unnamed:
            raise StudyError(f"{unnamed[0]!a} is no name: names are printable text of up to {LONGEST_NAME} characters")
        described = [text for column in self.columns.values() for text in (column.unit, column.definition, column.time)]
        values = [value for value in self.fixed.values() if isinstance(value, str)]
        for text in [self.title, self.version, self.model.path, *self.cite, *described, *values]:
            if not is_encodable(str(text)):
                raise StudyError(f"{text!a} cannot be written: it holds half of a character")

    @cached_property
    def burn_ins(self) -> np.ndarray | None:
        """For each point, which burn-in its runs begin from; None where the model has none.

        Points have one burn-in, and one run without programmes to be compared with, whose world and levers of the whole
        system are the same: programmes begin after it.
        """
        if "branch" not in self.model.shortcuts:
            return None
        own = [name for name in self.points.columns if not is_parameter(name) or parameter(name).scope == "system"]
        rows = zip(*(self.points[name].tolist() for name in own), strict=True) if own else [()] * len(self.points)
        numbers: dict[tuple[object, ...], int] = {}
        return np.array([numbers.setdefault(tuple(row), len(numbers)) for row in rows], dtype=np.int64)

    @property
    def swept(self) -> tuple[str, ...]:
        """The swept parameters, in the order of the design."""
        return tuple(self.points.columns)

    @cached_property
    def identity(self) -> str:
        """A hash of all that decides the runs. Titles and figures do not, nor does how many there are.

        More replications of a study are more runs of the same study: those it has are kept.
        """
        return study_identity(self.identity_parts())

    def identity_parts(self) -> dict[str, object]:
        """All that decides the runs, as plain values: kept in the manifest and compared."""
        table = {name: self.points[name].tolist() for name in self.points.columns}
        worlds = {} if self.worlds is None else {"worlds": json_hash(self._worlds)}
        return {
            "model": self.model.path,
            "arguments": dict(self.model.arguments),
            "inputs": self._inputs,
            "version": self.version,
            "seed": self.seed,
            "replications": self.replications.record(),
            "fixed": dict(sorted(self.fixed.items())),
            "context": dict(sorted(self.context.items())),
            "points": len(self.points),
            "swept": list(self.points.columns),
            "design": json_hash(table),
            **worlds,
        }

    def config_in(self, folder: Path) -> str:
        """The config as it is written into a results folder."""
        return self.config if isinstance(self.config, str) else self.config(folder)

    def parameters(self, point: int, replication: int = 0) -> dict[str, object]:
        """The values a model gets: the fixed ones, the point's own, and those of the replication's world."""
        row = {name: values[point] for name, values in self._columns.items()}
        if self.worlds is None:
            return {**self.fixed, **row}
        world = world_of(replication, len(self.worlds))
        return {**self.fixed, **row, **{name: values[world] for name, values in self._worlds.items()}}

    def task(self, point: int, replication: int) -> RunTask:
        """One run, with its id and seed."""
        seed = self.replication_seed(replication)
        parameters = self.parameters(point, replication)
        run = json_hash({"parameters": parameters, "seed": seed, "model": self._model_key})[:16]
        return RunTask(run, point, replication, seed, parameters)

    def replication_seed(self, replication: int) -> int:
        """Seed of a replication, the same at every point."""
        if replication not in self._seeds:
            self._seeds[replication] = replication_seed(self.seed, replication)
        return self._seeds[replication]

    @cached_property
    def _seeds(self) -> dict[int, int]:
        return {}

    @cached_property
    def _columns(self) -> dict[str, list[object]]:
        return {name: self.points[name].tolist() for name in self.points.columns}

    @cached_property
    def _worlds(self) -> dict[str, list[object]]:
        return {} if self.worlds is None else {name: self.worlds[name].tolist() for name in self.worlds.columns}

    @cached_property
    def _inputs(self) -> dict[str, str]:
        """What is in the files the model reads, as hashes."""
        return {name: content_hash(Path(path)) for name, path in sorted(self.model.inputs.items())}

    @cached_property
    def _model_key(self) -> dict[str, object]:
        return {
            "path": self.model.path,
            "arguments": dict(self.model.arguments),
            "inputs": self._inputs,
            "version": self.version,
            "context": json_hash(dict(self.context)),
        }


def study_identity(parts: Mapping[str, object]) -> str:
    """The hash of the parts of an identity; how many replications there are is not of it."""
    return json_hash({name: value for name, value in parts.items() if name != "replications"})


def plain_points(points: pd.DataFrame) -> pd.DataFrame:
    """A design table in the four types a parameter may have, rows numbered from 0.

    Args:
        points: One row a point, one column a parameter.

    Returns:
        The same table, each column `float64`, `int64`, `bool` or text.

    Raises:
        DesignError: If there is no point, or a value is missing or of another type.
    """
    if len(points) == 0:
        raise DesignError("a design needs at least one point")
    table = {str(name): _plain(str(name), points[name].tolist()) for name in points.columns}
    if len(table) != points.shape[1]:
        raise DesignError("a parameter stands twice in the design")
    frame = pd.DataFrame(table, index=pd.RangeIndex(len(points), name="point"))
    return frame


def _plain(name: str, values: list[object]) -> pd.Series:
    kinds = {type(value.item() if isinstance(value, np.generic) else value) for value in values}
    if kinds == {bool}:
        return pd.Series(np.array(values, dtype=bool))
    if kinds == {int}:
        try:
            return pd.Series(np.array(values, dtype=np.int64))
        except OverflowError:
            raise DesignError(f'"{name}": a whole number of more than 64 bits is in the design') from None
    if kinds == {str}:
        for value in values:
            if not is_encodable(str(value)):
                raise DesignError(f'"{name}": {value!a} cannot be written: it holds half of a character')
        return pd.Series(np.array([str(value) for value in values], dtype=object), dtype=object)
    if kinds <= {int, float} and all(math.isfinite(cast(float, value)) for value in values):
        return pd.Series(np.array(values, dtype=np.float64))
    raise DesignError(
        f'"{name}": the values of a parameter are all numbers, all true or false, or all text, with none missing'
    )


def json_hash(value: object) -> str:
    """SHA-256, in hex, of a value as JSON with sorted keys.

    Raises:
        StudyError: If JSON cannot hold it.
    """
    try:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise StudyError(f"parameters and model arguments must be numbers, text, true or false: {error}") from error
    return hashlib.sha256(text.encode()).hexdigest()
