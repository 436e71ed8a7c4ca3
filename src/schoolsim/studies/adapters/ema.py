"""EMA Workbench adapter: its models in studies, and models and results of studies in the workbench.

It is an optional extra (`discovery`) and imported only where it is needed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from schoolsim.studies.errors import ModelError, StudyError
from schoolsim.studies.model import Model, ModelReference, RunResult
from schoolsim.studies.seeds import replication_seed

if TYPE_CHECKING:
    import pandas as pd
    from ema_workbench import Model as Workbench

    from schoolsim.studies.designs import Axis


class EmaModel:
    """Runs an EMA Workbench model, each run from a clean slate.

    Use it by name, so that worker processes find it:

        ModelReference(
            "schoolsim.studies.adapters.ema:EmaModel",
            {"model": "mymodels.lake:model", "seed_parameter": "seed"},
        )
    """

    def __init__(self, model: str, *, seed_parameter: str = "", version: str = "") -> None:
        """Wrap a model.

        Args:
            model: An instance of `ema_workbench.Model`, as `module:attribute`.
            seed_parameter: The argument of its function that takes the seed. A model without one
                draws its own chances or has none, and a seed does not repeat them.
            version: Version of the model; its attribute `version` when empty.
        """
        workbench = ModelReference(model).resolve()
        if not callable(getattr(workbench, "run_model", None)):
            raise ModelError(f'"{model}" is not a model of the EMA Workbench')
        self._model = cast(Any, workbench)
        self._levers = {lever.name for lever in self._model.levers}
        self._constants = list(self._model.constants)
        self._seed = seed_parameter
        self.version = version or str(getattr(self._model, "version", "unversioned"))

    def run(self, parameters: Mapping[str, object], seed: int) -> RunResult:
        """Run the workbench's model once."""
        from ema_workbench import Constant, Policy, Scenario

        levers = {n: v for n, v in parameters.items() if n in self._levers}
        uncertainties = {n: v for n, v in parameters.items() if n not in self._levers}
        if self._seed:
            self._model.constants = [*self._constants, Constant(self._seed, seed)]
        # The workbench sets a model up anew when the name of the policy changes.
        policy = Policy(json.dumps(levers, sort_keys=True), **levers)
        self._model.run_model(Scenario("world", **uncertainties), policy)
        return _plain(dict(self._model.outcomes_output))


def _plain(outputs: Mapping[str, object]) -> RunResult:
    """Numbers as outcomes; arrays as series, their last value as the outcome."""
    arrays = {name: np.atleast_1d(np.asarray(v, float)).ravel() for name, v in outputs.items()}
    series = {name: values for name, values in arrays.items() if values.size > 1}
    lengths = {values.size for values in series.values()}
    if len(lengths) > 1:
        raise ModelError("the model's time series differ in length")
    outcomes = {name: float(values[-1]) for name, values in arrays.items()}
    return RunResult(outcomes, series or None, np.arange(max(lengths, default=0)))


def workbench_model(
    name: str,
    model: object,
    axes: Sequence[Axis],
    outcomes: Sequence[str],
    *,
    fixed: Mapping[str, object] | None = None,
    replications: int = 1,
    seed: int = 0,
) -> Workbench:
    """A model of ours for the EMA Workbench's samplers, evaluators and optimisers.

    Args:
        name: Its name there, letters and digits only.
        model: The model, as `ModelReference.of` takes it.
        axes: What varies: levers become its levers, the others its uncertainties.
        outcomes: Outcomes to report, means over the replications.
        fixed: Parameters that do not vary.
        replications: Runs behind every evaluation, the same seeds each time.
        seed: Root seed.

    Returns:
        An `ema_workbench.Model`.

    Raises:
        StudyError: If axes are linked, which the workbench has no word for.
    """
    from ema_workbench import Model as Workbench
    from ema_workbench import ScalarOutcome

    function = _Evaluation(ModelReference.of(model), dict(fixed or {}), tuple(outcomes), replications, seed)
    workbench = Workbench(name, function=function)
    workbench.levers = [_parameter(axis) for axis in axes if axis.lever]
    workbench.uncertainties = [_parameter(axis) for axis in axes if not axis.lever]
    workbench.outcomes = [ScalarOutcome(outcome) for outcome in outcomes]
    return workbench


def workbench_results(
    runs: pd.DataFrame, swept: Sequence[str], outcomes: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """The runs of a study as the workbench's analysis takes them.

    Args:
        runs: A runs table.
        swept: Its swept parameters.
        outcomes: The outcomes wanted.

    Returns:
        Experiments, one row a point with the swept parameters and a column `scenario`, and
        outcome to the means over the replications that did not fail, each of shape `(points,)`.

    Raises:
        StudyError: If no run of a point ended well.
    """
    good = runs[runs["status"] == "ok"].groupby("point")
    missing = runs["point"].nunique() - good.ngroups
    if missing:
        raise StudyError(f"{missing} points have no run that ended well; leave them out first")
    experiments = good[list(swept)].first().reset_index(names="scenario")
    return experiments, {name: good[name].mean().to_numpy() for name in outcomes}


class _Evaluation:
    """What the workbench calls: the mean of some replications. It can be sent to its workers."""

    def __init__(
        self,
        reference: ModelReference,
        fixed: dict[str, object],
        outcomes: tuple[str, ...],
        replications: int,
        seed: int,
    ) -> None:
        self._reference, self._fixed, self._outcomes = reference, fixed, outcomes
        self._seeds = [replication_seed(seed, number) for number in range(replications)]
        self._model: Model | None = None

    def __call__(self, **parameters: object) -> dict[str, float]:
        if self._model is None:
            self._model = self._reference.load()
        values = {**self._fixed, **parameters}
        results = [self._model.run(values, seed).outcomes for seed in self._seeds]
        return {name: float(np.mean([r[name] for r in results])) for name in self._outcomes}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_model": None}


def _parameter(axis: Axis) -> object:
    from ema_workbench import (
        BooleanParameter,
        CategoricalParameter,
        IntegerParameter,
        RealParameter,
    )

    if len(axis.names) > 1:
        raise StudyError(f"{axis.name}: the workbench does not know linked parameters")
    if axis.levels is None:
        kind = IntegerParameter if axis.whole else RealParameter
        return kind(axis.name, axis.low, axis.high)
    values = [level[0] for level in axis.levels]
    if set(map(type, values)) == {bool} and len(values) == 2:
        return BooleanParameter(axis.name)
    return CategoricalParameter(axis.name, values)
