"""The calibration from its first wave to its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from schoolsim.evidence.calibration import matching
from schoolsim.evidence.calibration.emulator import Emulator, require_library
from schoolsim.evidence.calibration.setup import Setup
from schoolsim.evidence.calibration.waves import Simulate, Wave

DIGITS = 6
MET, STRAINED, MISSED = "met", "strained", "missed"
"""Posterior mean within one standard deviation of what was measured, within two, or farther."""


@dataclass(frozen=True)
class Calibrated:
    """What a calibration gives.

    Args:
        posterior: The sample: a row a parameter set, a column a parameter, all of equal weight.
        parameters: A row a parameter: its prior range, posterior mean and 95% interval.
        fit: A row a target: its value, and what prior and posterior predict (mean, 5% and 95%).
        waves: A row a wave: share of the prior not ruled out.
    """

    posterior: pd.DataFrame
    parameters: pd.DataFrame
    fit: pd.DataFrame
    waves: pd.DataFrame

    def save(self, folder: Path) -> None:
        """Write the four tables as CSV."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("posterior", "parameters", "fit", "waves"):
            getattr(self, name).to_csv(folder / f"{name}.csv", index=False, float_format=f"%.{DIGITS}g")


def calibrate(setup: Setup, simulate: Simulate, report: Callable[[str], None] | None = None) -> Calibrated:
    """Rule out parameter sets wave by wave, then draw from what is left by how well it fits.

    Args:
        setup: Parameters, targets, sizes.
        simulate: What runs a wave.
        report: Called with a sentence before each wave.

    Raises:
        UserError: scikit-learn is not installed.
    """
    require_library()
    tell = report or (lambda text: None)
    dense = matching.candidates(len(setup.parameters), setup.seed, setup.candidates)
    places: list[np.ndarray] = []
    waves: list[Wave] = []
    told, unit = [], matching.first_design(setup.points, len(setup.parameters), setup.seed)
    emulators: list[Emulator] = []
    for number in range(1, setup.waves + 1):
        tell(f"Wave {number} of {setup.waves}: {len(unit)} parameter sets")
        waves.append(simulate(setup, parameter_sets(setup, unit), f"wave_{number}"))
        places.append(unit)
        emulators = _emulators(np.vstack(places), waves)
        worst = matching.implausibility(emulators, dense, setup.values, setup.sds).max(axis=1)
        told.append({"wave": number, "sets": len(unit), "left": float((worst <= matching.CUT).mean())})
        unit = matching.next_design(setup.points, dense, worst, setup.seed, number)
    weights = matching.posterior_weights(emulators, dense, setup.values, setup.sds)
    rows = matching.resampled(weights, setup.final, setup.seed)
    posterior = parameter_sets(setup, dense[rows]).round(DIGITS)
    tell(f"Posterior predictive check: {setup.checked} parameter sets")
    check = np.linspace(0, setup.final - 1, setup.checked).astype(int)
    after = simulate(setup, posterior.iloc[check].reset_index(drop=True), "check")
    effective = 1.0 / float((weights**2).sum())
    return Calibrated(
        posterior, _parameters(setup, dense, weights, effective), _fit(setup, waves[0], after), pd.DataFrame(told)
    )


def parameter_sets(setup: Setup, unit: np.ndarray) -> pd.DataFrame:
    """Places in the unit cube as values of the parameters."""
    low = np.array([bounds[0] for bounds in setup.parameters.values()])
    high = np.array([bounds[1] for bounds in setup.parameters.values()])
    return pd.DataFrame(low + unit * (high - low), columns=list(setup.parameters))


def _emulators(unit: np.ndarray, waves: list[Wave]) -> list[Emulator]:
    means = np.vstack([wave.means for wave in waves])
    variances = np.vstack([wave.variances for wave in waves])
    found = []
    for place in range(means.shape[1]):
        known = ~np.isnan(means[:, place])
        found.append(Emulator(unit[known], means[known, place], variances[known, place]))
    return found


def _parameters(setup: Setup, unit: np.ndarray, weights: np.ndarray, effective: float) -> pd.DataFrame:
    sets = parameter_sets(setup, unit)
    rows = []
    for name, (low, high) in setup.parameters.items():
        values = sets[name].to_numpy()
        mean = float((values * weights).sum())
        rows.append({
            "parameter": name, "prior_low": low, "prior_high": high, "mean": mean,
            "low": matching.weighted_quantile(values, weights, 0.025),
            "high": matching.weighted_quantile(values, weights, 0.975),
            "sd_over_prior": float(np.sqrt(((values - mean) ** 2 * weights).sum())) / ((high - low) / np.sqrt(12.0)),
            "effective_candidates": effective,
        })  # fmt: skip
    return pd.DataFrame(rows)


def _fit(setup: Setup, before: Wave, after: Wave) -> pd.DataFrame:
    rows = []
    for place, target in enumerate(setup.targets):
        row: dict[str, Any] = {
            "target": target.id, "says": target.says, "value": target.value, "sd": target.sd, "source": target.source
        }  # fmt: skip
        for name, wave in (("prior", before), ("posterior", after)):
            known = wave.means[:, place][~np.isnan(wave.means[:, place])]
            row |= {
                f"{name}_mean": float(known.mean()), f"{name}_low": float(np.quantile(known, 0.05)),
                f"{name}_high": float(np.quantile(known, 0.95)),
            }  # fmt: skip
        away = abs(float(row["posterior_mean"]) - target.value) / target.sd
        row["verdict"] = MET if away <= 1.0 else STRAINED if away <= 2.0 else MISSED
        rows.append(row)
    return pd.DataFrame(rows)
