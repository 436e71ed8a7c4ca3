"""The calibration from its design to its tables: runs, emulators, posterior, and whether it finds made-up truths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from schoolsim.evidence.calibration import matching
from schoolsim.evidence.calibration.coverage import coverage
from schoolsim.evidence.calibration.emulator import Emulator, require_library
from schoolsim.evidence.calibration.matching import Emulated
from schoolsim.evidence.calibration.setup import Setup
from schoolsim.evidence.calibration.simulated import Simulate, Simulated

DIGITS: Final = 6
MET, STRAINED, MISSED = "met", "strained", "missed"
"""Posterior mean within one standard deviation of what was measured, within two, or farther."""
TABLES: Final = ("posterior", "parameters", "fit", "coverage")


@dataclass(frozen=True)
class Calibrated:
    """What a calibration gives.

    Args:
        posterior: The sample: a row a parameter set, a column a parameter, all of equal weight.
        parameters: A row a parameter: its prior range, posterior mean and 95% interval, what is left of the prior's
            spread; and the same in every row: effective candidates, and the share of the prior that is not ruled out.
        fit: A row a target: its value, and what prior and posterior predict (mean, 5% and 95%).
        coverage: A row a parameter: in how many made-up worlds its 95% interval held the truth.
    """

    posterior: pd.DataFrame
    parameters: pd.DataFrame
    fit: pd.DataFrame
    coverage: pd.DataFrame

    def save(self, folder: Path) -> None:
        """Write the tables as CSV."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            getattr(self, name).to_csv(folder / f"{name}.csv", index=False, float_format=f"%.{DIGITS}g")


def calibrate(setup: Setup, simulate: Simulate, report: Callable[[str], None] | None = None) -> Calibrated:
    """Run a design over the prior, emulate the targets, and weigh the prior by how well it fits what was measured.

    Args:
        setup: Parameters, targets, sizes.
        simulate: What runs parameter sets.
        report: Called with a sentence before each set of runs.

    Raises:
        UserError: scikit-learn is not installed.
    """
    require_library()
    tell = report or (lambda text: None)
    number = len(setup.parameters)
    unit = matching.design(setup.points, number, setup.seed)
    tell(f"Design: {len(unit)} parameter sets")
    before = simulate(setup, parameter_sets(setup, unit), "design")
    tell("Emulators of each target")
    dense = matching.candidates(number, setup.seed, setup.candidates)
    known = matching.emulated(_emulators(unit, before), dense)
    weights = known.weights(setup.values, setup.sds)
    rows = matching.resampled(weights, setup.final, setup.seed)
    posterior = parameter_sets(setup, dense[rows]).round(DIGITS)
    tell(f"Posterior predictive check: {setup.checked} parameter sets")
    check = np.linspace(0, setup.final - 1, setup.checked).astype(int)
    after = simulate(setup, posterior.iloc[check].reset_index(drop=True), "check")
    tell(f"Coverage: {setup.truths} made-up truths")
    truths = matching.design(setup.truths, number, setup.seed, which=3)
    simulated = simulate(setup, parameter_sets(setup, truths), "truths")
    parameters = _parameters(setup, known, weights)
    covered = coverage(setup, known, truths, simulated)
    learnt = parameters.set_index("parameter")["sd_over_prior"]
    return Calibrated(
        posterior, parameters, _fit(setup, before, after), covered.assign(spread_left=learnt.loc[covered.index])
        .rename_axis("parameter").reset_index(),
    )  # fmt: skip


def parameter_sets(setup: Setup, unit: np.ndarray) -> pd.DataFrame:
    """Places in the unit cube as values of the parameters."""
    low = np.array([bounds[0] for bounds in setup.parameters.values()])
    high = np.array([bounds[1] for bounds in setup.parameters.values()])
    return pd.DataFrame(low + unit * (high - low), columns=list(setup.parameters))


def _emulators(unit: np.ndarray, simulated: Simulated) -> list[Emulator]:
    found = []
    for place in range(simulated.means.shape[1]):
        known = ~np.isnan(simulated.means[:, place])
        found.append(Emulator(unit[known], simulated.means[known, place], simulated.variances[known, place]))
    return found


def _parameters(setup: Setup, known: Emulated, weights: np.ndarray) -> pd.DataFrame:
    sets, effective = parameter_sets(setup, known.unit), 1.0 / float((weights**2).sum())
    left = known.left(setup.values, setup.sds)
    rows = []
    for name, (low, high) in setup.parameters.items():
        values = sets[name].to_numpy()
        mean = float((values * weights).sum())
        rows.append({
            "parameter": name, "prior_low": low, "prior_high": high, "mean": mean,
            "low": matching.weighted_quantile(values, weights, 0.025),
            "high": matching.weighted_quantile(values, weights, 0.975),
            "sd_over_prior": float(np.sqrt(((values - mean) ** 2 * weights).sum())) / ((high - low) / np.sqrt(12.0)),
            "effective_candidates": effective, "not_ruled_out": left,
        })  # fmt: skip
    return pd.DataFrame(rows)


def _fit(setup: Setup, before: Simulated, after: Simulated) -> pd.DataFrame:
    rows = []
    for place, target in enumerate(setup.targets):
        row: dict[str, object] = {
            "target": target.id, "says": target.says, "value": target.value, "sd": target.sd, "source": target.source
        }  # fmt: skip
        mean = float("nan")
        for name, simulated in (("prior", before), ("posterior", after)):
            known = simulated.means[:, place][~np.isnan(simulated.means[:, place])]
            mean = float(known.mean())
            row |= {
                f"{name}_mean": mean, f"{name}_low": float(np.quantile(known, 0.05)),
                f"{name}_high": float(np.quantile(known, 0.95)),
            }  # fmt: skip
        away = abs(mean - target.value) / target.sd
        row["verdict"] = MET if away <= 1.0 else STRAINED if away <= 2.0 else MISSED
        rows.append(row)
    return pd.DataFrame(rows)
