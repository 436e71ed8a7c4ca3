"""Running the model for a calibration: targets at many parameter sets, as studies that can be gone on with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from schoolsim.evidence.calibration.setup import Setup
from schoolsim.evidence.runs.effects import per_replication
from schoolsim.evidence.runs.experiment import Experiment, evidence_model
from schoolsim.parameters import REGISTRY
from schoolsim.studies import Execution, Fixed, StudyPlan, StudyResult, sweep


@dataclass(frozen=True)
class Simulated:
    """Targets at parameter sets.

    Args:
        means: (point, target) means over replications; NaN where none was known.
        variances: (point, target) variances of those means.
    """

    means: np.ndarray
    variances: np.ndarray


Simulate = Callable[[Setup, pd.DataFrame, str], Simulated]
"""Runs parameter sets (a row each, a column a parameter) under a name; `in_model` makes one of the school model."""


def in_model(folder: Path, execution: Execution | None = None) -> Simulate:
    """The school model at parameter sets, each call a study in a folder of its own."""

    def simulate(setup: Setup, sets: pd.DataFrame, name: str) -> Simulated:
        plan = _plan(setup, sets, name)
        result = StudyResult.open(sweep(plan, folder / name, execution))
        runs = result.runs.copy()
        runs["variant"] = runs["point"] // len(setup.cells)
        runs["cell"] = [list(setup.cells)[point % len(setup.cells)] for point in runs["point"]]
        return _targets(setup, runs, len(sets))

    return simulate


def measures_of(setup: Setup) -> list[str]:
    """What must be measured for the targets."""
    return list(dict.fromkeys(term.measure for target in setup.targets for term in target.terms))


def _plan(setup: Setup, sets: pd.DataFrame, name: str) -> StudyPlan:
    frame = Experiment(setup.title, setup.setting, setup.cells, ()).points()
    rows = [
        {**cell, **{name: REGISTRY[name].check(float(value)) for name, value in one.items()}}
        for one in sets.to_dict("records")
        for cell in frame.to_dict("records")
    ]
    points = pd.DataFrame(rows, dtype=object)
    fixed = {name: REGISTRY[name].check(value) for name, value in setup.setting.items() if name not in points}
    arguments = {
        "measures": measures_of(setup), "years": setup.years, "burn_in_years": setup.burn_in_years, "posterior": "",
    }  # fmt: skip
    return StudyPlan(
        points, evidence_model(arguments), Fixed(setup.replications), setup.seed, fixed=fixed,
        title=f"{setup.title}: {name}",
    )  # fmt: skip


def _targets(setup: Setup, runs: pd.DataFrame, number: int) -> Simulated:
    """Each target at each set, from its cells paired by seed."""
    means, variances = np.full((number, len(setup.targets)), np.nan), np.full((number, len(setup.targets)), np.nan)
    for point, inside in runs.groupby("variant"):
        for place, target in enumerate(setup.targets):
            known = per_replication(inside, target.terms, point).dropna().to_numpy()
            if len(known):
                means[point, place] = known.mean()
            if len(known) > 1:
                variances[point, place] = known.var(ddof=1) / len(known)
    return Simulated(means, variances)
