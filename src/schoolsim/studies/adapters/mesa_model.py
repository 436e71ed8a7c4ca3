"""Mesa adapter: any Mesa model class as a model of a study. Mesa itself is not imported here."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from schoolsim.studies.errors import ModelError
from schoolsim.studies.model import ModelReference, RunResult


class MesaModel:
    """Builds a Mesa model for each run, steps it, reads what it reports.

    Use it by name, so that worker processes find it:

        ModelReference(
            "schoolsim.studies.adapters.mesa_model:MesaModel",
            {"model": "mymodels.schelling:Schelling", "steps": 100, "outcomes": ["happy"]},
        )
    """

    def __init__(self, model: str, steps: int, *, outcomes: Sequence[str] = (), version: str = "") -> None:
        """Wrap a class.

        Args:
            model: The class, as `module:attribute`.
            steps: Steps of a run; a model that sets `running` to false ends earlier.
            outcomes: What to report: names of model reporters of its `datacollector`, whose last
                value is the outcome and all values the series, or attributes of the model. All
                model reporters when empty.
            version: Version of the model; that of the class when empty.

        Raises:
            ModelError: If the class cannot be imported, or cannot be given a seed.
        """
        kind = ModelReference(model).resolve()
        if not inspect.isclass(kind):
            raise ModelError(f'"{model}" is not a class')
        self._class: type[Any] = kind
        self._steps, self._outcomes = steps, tuple(outcomes)
        self._seed = _seed_argument(self._class, model)
        self.version = version or str(getattr(self._class, "version", "unversioned"))

    def run(self, parameters: Mapping[str, object], seed: int) -> RunResult:
        """Build, step and read one model."""
        model = self._class(**{**parameters, self._seed: seed})
        try:
            for _ in range(self._steps):
                if not model.running:
                    break
                model.step()
            return self._result(model)
        finally:
            _release(model)

    def _result(self, model: object) -> RunResult:
        collector = getattr(model, "datacollector", None)
        reported = {} if collector is None else collector.model_vars
        names = self._outcomes or tuple(reported)
        series = {name: np.array(reported[name], float) for name in names if reported.get(name)}
        outcomes = {}
        for name in names:
            value = series[name][-1] if name in series else _attribute(model, name, reported)
            outcomes[name] = float(value)
        lengths = {len(values) for values in series.values()}
        if len(lengths) > 1:
            raise ModelError("the model's reporters have been collected unlike numbers of times")
        return RunResult(outcomes, series or None, np.arange(max(lengths, default=0)))


def _attribute(model: object, name: str, reported: Mapping[str, object]) -> Any:
    if not hasattr(model, name):
        known = ", ".join(reported) or "none"
        raise ModelError(f'the model has no reporter or attribute "{name}"; its reporters are {known}')
    return getattr(model, name)


def _seed_argument(kind: type, path: str) -> str:
    """The name the class takes its seed by: `rng` in new versions of Mesa, `seed` before."""
    taken = inspect.signature(kind.__init__).parameters  # type: ignore[misc]  # not __new__, which takes anything
    for name in ("rng", "seed"):
        if name in taken:
            return name
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in taken.values()):
        return "seed"
    raise ModelError(
        f'"{path}" takes no seed: give its __init__ a parameter seed and pass it on with super().__init__(rng=seed)'
    )


def _release(model: object) -> None:
    """Mesa's agent class keeps every model that ever had an agent; without this, memory grows."""
    mesa = sys.modules.get("mesa")
    ids = getattr(getattr(mesa, "Agent", None), "_ids", None)
    if ids is not None and hasattr(ids, "pop"):
        ids.pop(model, None)
