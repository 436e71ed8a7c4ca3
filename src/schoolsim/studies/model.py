"""Model protocol: any object that turns parameters and a seed into outcomes, and how it is imported by name."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

import numpy as np

from schoolsim.studies.errors import ModelError

if TYPE_CHECKING:
    from schoolsim.outcomes.schools import SchoolValues

UNVERSIONED = "unversioned"

SCHOOL_MODEL = "schoolsim.system.study_model:SchoolModel"
"""The package's own model; studies never import it by name."""

_PART = r"(?:[^\W\d]\w*|<locals>|<lambda>)"  # as Python names what is made in a function
_PATH = re.compile(rf"[^\W\d]\w*(?:\.[^\W\d]\w*)*:{_PART}(?:\.{_PART})*")


@dataclass(frozen=True)
class RunResult:
    """Outcomes and series of one run.

    Args:
        outcomes: Outcome name to value, in the outcome's unit.
        series: Outcome name to its values through time, each of shape `(len(half_terms),)`.
        half_terms: The half-terms the series are recorded at, whole numbers.
        schools: What was read of every school, or None.
    """

    outcomes: Mapping[str, float]
    series: Mapping[str, np.ndarray] | None = None
    half_terms: np.ndarray | None = None
    schools: SchoolValues | None = None


@dataclass(frozen=True)
class Column:
    """Meaning of a column of the tables.

    Args:
        unit: Unit of its values; empty where there is none.
        definition: One sentence.
        time: Over what time a run's number is taken, such as "mean over the last year"; empty where nobody said.
    """

    unit: str = ""
    definition: str = ""
    time: str = ""


@runtime_checkable
class Model(Protocol):
    """A model that studies can run.

    A model may also have `version` (a string: runs of two versions are never mixed), `columns` (a
    mapping from the name of an outcome to a `Column`; its order is the order of the table) and
    `prepare()` (called once in every process before its first run, outside any time limit: the
    place to compile).
    """

    def run(self, parameters: Mapping[str, object], seed: int) -> RunResult:
        """Run once; the same parameters and seed give the same result."""
        ...


class FunctionModel:
    """A plain function `(parameters, seed) -> {outcome: value}`, or `-> RunResult`, as a model."""

    def __init__(self, function: Callable[[Mapping[str, object], int], Any]) -> None:
        """Wrap the function."""
        self._function = function
        self.version = str(getattr(function, "version", UNVERSIONED))
        self.columns = dict(getattr(function, "columns", {}))

    def run(self, parameters: Mapping[str, object], seed: int) -> RunResult:
        """Call the function."""
        result = self._function(parameters, seed)
        return result if hasattr(result, "outcomes") else RunResult(result)


@dataclass(frozen=True)
class ModelReference:
    """Import path and arguments of a model, so that another process can build it too.

    Args:
        path: `module:attribute`. A class is called with `arguments`; an object with `run` is taken
            as it is; a function `(parameters, seed)` is wrapped.
        arguments: Keyword arguments of the class; values that JSON can hold.
        inputs: Keyword arguments of the class that are paths of files or folders. A study is known
            by what is in them, wherever they are.
        shortcuts: Keyword arguments of the class that spare it work and change no result: a study is not known by them.
        local: The object itself, for a model that lives in a notebook and runs in this process.
    """

    path: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    shortcuts: Mapping[str, object] = field(default_factory=dict, compare=False)
    local: object | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse a path that is not `module:attribute`."""
        if not is_model_path(self.path):
            raise ModelError(
                f'a model is named as "module:attribute", such as "mypackage.models:Diffusion"; "{self.path}" is not'
            )

    @classmethod
    def of(cls, model: object) -> ModelReference:
        """The reference of a model given as a path, a reference, a class, a function or an object.

        Raises:
            ModelError: If it is none of these.
        """
        if isinstance(model, ModelReference):
            return model
        if isinstance(model, str):
            return cls(model)
        if not (callable(model) or callable(getattr(model, "run", None))):
            raise ModelError(f"{model!r} is not a model: it has no run(parameters, seed)")
        name = getattr(model, "__qualname__", None) or type(model).__qualname__
        module = getattr(model, "__module__", None) or "__main__"
        reference = cls(f"{module}:{name}")
        return reference if reference._resolves_to(model) else cls(reference.path, local=model)

    @property
    def keywords(self) -> dict[str, object]:
        """Everything the class is called with."""
        return {**self.arguments, **self.inputs, **self.shortcuts}

    @property
    def portable(self) -> bool:
        """Whether another process can find the model by its path."""
        return self.local is None and not self.path.startswith("__main__:")

    def load(self) -> Model:
        """Import the model.

        Raises:
            ModelError: If it cannot be imported, built or used.
        """
        return _build(self.local if self.local is not None else self.resolve(), self)

    def resolve(self) -> object:
        """Import the attribute the path names, without building anything.

        Raises:
            ModelError: If it cannot be imported.
        """
        module, _, attribute = self.path.partition(":")
        try:
            value = importlib.import_module(module)
        except ImportError as error:
            raise ModelError(f'the model "{self.path}" cannot be imported: {error}') from error
        for name in attribute.split("."):
            if not hasattr(value, name):
                raise ModelError(f'the model "{self.path}": {module} has no "{attribute}"')
            value = getattr(value, name)
        return value

    def _resolves_to(self, model: object) -> bool:
        if self.path.startswith("__main__:"):
            return False
        try:
            return self.resolve() is model
        except ModelError:
            return False


def is_model_path(text: str) -> bool:
    """Whether a text names code: `module:attribute`, each a name or names joined by dots."""
    return _PATH.fullmatch(text) is not None


def model_version(model: Model) -> str:
    """The version a model declares; `unversioned` if it declares none."""
    return str(getattr(model, "version", UNVERSIONED))


def model_columns(model: Model) -> Mapping[str, Column]:
    """The columns a model declares, outcome to column, in its order; empty if it declares none."""
    return MappingProxyType(dict(getattr(model, "columns", {})))


def prepare(model: Model) -> None:
    """Call the model's `prepare`, if it has one: work done once in a process before the first run."""
    hook = getattr(model, "prepare", None)
    if callable(hook):
        hook()


def _build(value: object, reference: ModelReference) -> Model:
    if inspect.isclass(value):
        try:
            value = value(**reference.keywords)
        except TypeError as error:
            raise ModelError(f'the model "{reference.path}" cannot be built: {error}') from error
    elif reference.keywords:
        raise ModelError(f'only a class takes arguments; the model "{reference.path}" is not one')
    if callable(getattr(value, "run", None)):
        return cast(Model, value)
    if callable(value):
        return FunctionModel(value)
    raise ModelError(f'the model "{reference.path}" has no run(parameters, seed)')
