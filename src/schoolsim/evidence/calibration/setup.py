"""Reads from `configs/calibration` what is calibrated against what."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import ConfigDict, Field, Strict, TypeAdapter, ValidationError, with_config

from schoolsim.config.locate import find_config
from schoolsim.config.parsing import read_toml
from schoolsim.evidence.runs.effects import Term
from schoolsim.evidence.runs.validation import check_keys, check_values
from schoolsim.parameters import ConfigError
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.values import shown

if sys.version_info >= (3, 12):  # from which on pydantic reads typed dictionaries of the standard library
    from typing import TypedDict
else:
    from typing_extensions import TypedDict


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
_SIZES = ("points", "replications", "truths", "final", "checked", "candidates")
_EXACT = ConfigDict(strict=True, allow_inf_nan=False)
_Count: TypeAlias = Annotated[int, Field(ge=1, le=10**7)]


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
    # A link may lead to a file of somebody else's, of which no message may repeat anything.
    own = path.resolve().is_relative_to(path.parent.resolve())
    data = read_toml(path, quote=own).data
    if not own and not set(data) <= set(_KEYS):
        raise ConfigError(f"{path.name}: is no calibration: it holds keys that no calibration has.")
    return path.stem, _setup(path, data)


@with_config(_EXACT)
class _Shape(TypedDict, total=False):
    """What kind of value each key has."""

    title: str
    description: str
    sources: list[str]
    parameters: dict[str, dict[str, float]]
    targets: list[dict[str, object]]
    cells: dict[str, dict[str, object]]
    setting: dict[str, object]
    seed: Annotated[int, Field(ge=0)]
    points: _Count
    replications: _Count
    truths: _Count
    final: _Count
    checked: _Count
    candidates: _Count
    years: Annotated[int, Field(ge=1, le=60)]
    burn_in_years: Annotated[int, Field(ge=0, le=60)]
    fast: dict[str, _Count]


@with_config(_EXACT)
class _TargetShape(TypedDict, total=False):
    """The same of a target."""

    id: str
    says: str
    value: float
    sd: Annotated[float, Field(gt=0)]
    source: str
    terms: list[Annotated[tuple[float, str, str], Strict(strict=False)]]


_SHAPE, _TARGET_SHAPE = TypeAdapter(_Shape), TypeAdapter(_TargetShape)


def _check_shape(path: Path, shape: TypeAdapter[Any], data: Mapping[str, Any], where: str = "") -> None:
    """Refuse values of another kind than the keys have."""
    try:
        shape.validate_python(dict(data))
    except ValidationError as fault:
        first = fault.errors()[0]
        key = where + ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path.name}: {shown(key)}: {first['msg'][:1].lower()}{first['msg'][1:]}.") from None


def _setup(path: Path, data: Mapping[str, Any]) -> Setup:
    check_keys(path, data, _KEYS, "key")
    for needed in ("title", "parameters", "targets", "cells"):
        if not data.get(needed):
            raise ConfigError(f'{path.name}: "{needed}" is missing.')
    _check_shape(path, _SHAPE, data)
    check_keys(path, data.get("fast", {}), _SIZES, "size")
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
    _check_shape(path, _TARGET_SHAPE, given, "targets.")
    terms = [Term(float(weight), cell, measure) for weight, cell, measure in given["terms"]]
    for term in terms:
        if term.cell not in cells:
            raise ConfigError(f'{path.name}: there is no cell "{term.cell}".{did_you_mean(term.cell, cells)}')
    return Target(**{**given, "terms": terms})
