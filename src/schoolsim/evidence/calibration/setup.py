"""Reads from `configs/calibration` what is calibrated against what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from schoolsim.config.locate import find_config
from schoolsim.evidence.runs.effects import Term
from schoolsim.evidence.runs.validation import check_keys, check_values
from schoolsim.parameters import ConfigError
from schoolsim.parameters.errors import did_you_mean


@dataclass(frozen=True)
class Target:
    """A measured magnitude.

    Args:
        id: Short name.
        says: What it is, with its unit.
        value: As measured.
        sd: How well it is known, and how well the model could show it at all: measurement and discrepancy together.
        source: Where it comes from.
        terms: How it is read from the runs.
    """

    id: str
    says: str
    value: float
    sd: float
    source: str
    terms: Sequence[Term] = ()


@dataclass(frozen=True)
class Setup:
    """A calibration.

    Args:
        title: In a few words.
        parameters: Lowest and highest value of each calibrated parameter; prior mass is even between them.
        targets: What they are held against.
        cells: Values of each cell of the experiment.
        setting: Values in every cell.
        description: What it is for and what it leaves out.
        sources: Of the choice of targets.
        seed: Root seed.
        points: Parameter sets of the design that emulators learn from.
        replications: Seeds of each.
        truths: Made-up truths that are looked for, each in data made by the model itself.
        final: Rows of the posterior sample.
        checked: Rows of it that are run for the posterior predictive check.
        candidates: Places the emulators judge, a power of two.
        years: Years of policy.
        burn_in_years: Years before it.
        fast: Values of the keys above in the fast form.
    """

    title: str
    parameters: Mapping[str, tuple[float, float]]
    targets: Sequence[Target]
    cells: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    setting: Mapping[str, object] = field(default_factory=dict)
    description: str = ""
    sources: Sequence[str] = ()
    seed: int = 1
    points: int = 400
    replications: int = 3
    truths: int = 50
    final: int = 200
    checked: int = 40
    candidates: int = 2**16
    years: int = 5
    burn_in_years: int = 2
    fast: Mapping[str, int] = field(default_factory=dict)

    @property
    def values(self) -> list[float]:
        """The targets' values."""
        return [target.value for target in self.targets]

    @property
    def sds(self) -> list[float]:
        """The targets' standard deviations."""
        return [target.sd for target in self.targets]

    def against(self, values: Sequence[float]) -> Setup:
        """The same, held against other values: made-up data in a test of recovery."""
        targets = [replace(target, value=float(value)) for target, value in zip(self.targets, values, strict=True)]
        return replace(self, targets=targets)

    def faster(self) -> Setup:
        """Its fast form."""
        return replace(self, **self.fast)  # type: ignore[arg-type]  # fields by name


_KEYS = tuple(one.name for one in fields(Setup))
_TARGET_KEYS = tuple(one.name for one in fields(Target))


def read_setup(name: str | Path) -> tuple[str, Setup]:
    """Name and content of a calibration config.

    Args:
        name: A path, or the name of a file in `configs/calibration`.

    Raises:
        ConfigError: There is none, or something in it is not right.
    """
    asked = str(name)
    try:
        path = find_config(f"calibration/{asked}", Path.cwd())
    except ConfigError:
        path = find_config(asked, Path.cwd())
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"{path.name}: {fault}") from fault
    return path.stem, _setup(path, data)


def _setup(path: Path, data: Mapping[str, Any]) -> Setup:
    check_keys(path, data, _KEYS, "key")
    for needed in ("title", "parameters", "targets", "cells"):
        if not data.get(needed):
            raise ConfigError(f'{path.name}: "{needed}" is missing.')
    bounds = {}
    for parameter, given in data["parameters"].items():
        if sorted(given) != ["high", "low"] or not given["low"] < given["high"]:
            raise ConfigError(f'{path.name}: "{parameter}" needs low and high, low below high.')
        check_values(path, {parameter: given["low"]})
        check_values(path, {parameter: given["high"]})
        bounds[parameter] = (float(given["low"]), float(given["high"]))
    for group in [data.get("setting", {}), *data["cells"].values()]:
        check_values(path, group)
    targets = [_target(path, given, data["cells"]) for given in data["targets"]]
    return Setup(**{**data, "parameters": bounds, "targets": targets})


def _target(path: Path, given: Mapping[str, Any], cells: Mapping[str, Any]) -> Target:
    check_keys(path, given, _TARGET_KEYS, "key of a target")
    for needed in _TARGET_KEYS:
        if needed not in given:
            raise ConfigError(f'{path.name}: a target has "{needed}".')
    terms = [Term(float(weight), cell, measure) for weight, cell, measure in given["terms"]]
    for term in terms:
        if term.cell not in cells:
            raise ConfigError(f'{path.name}: there is no cell "{term.cell}".{did_you_mean(term.cell, cells)}')
    return Target(**{**given, "terms": terms})
