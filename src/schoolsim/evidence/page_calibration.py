"""Calibration on the page of evidence."""

from __future__ import annotations

import pandas as pd

from schoolsim.evidence.tables import interval, markdown, number

VAGUE = 0.8


def poorly_known(table: pd.DataFrame) -> list[str]:
    """Parameters whose posterior spread is more than 80% of the prior's."""
    return [f"`{name}`" for name in table[table["sd_over_prior"] > VAGUE]["parameter"]]


def calibration_part(tables: dict[str, pd.DataFrame]) -> str:
    """Posterior, waves, and the predictive checks."""
    parameters, fit, waves = (tables[f"calibration_{name}"] for name in ("parameters", "fit", "waves"))
    posterior = [
        (f"`{row['parameter']}`", interval(row["prior_low"], row["prior_high"]), number(row["mean"]),
         interval(row["low"], row["high"]), f"{row['sd_over_prior']:.2f}")
        for row in parameters.to_dict("records")
    ]  # fmt: skip
    checks = [
        (row["target"], row["says"], f"{number(row['value'])} ± {number(row['sd'])}",
         f"{number(row['prior_mean'])} ({interval(row['prior_low'], row['prior_high'])})",
         f"{number(row['posterior_mean'])} ({interval(row['posterior_low'], row['posterior_high'])})",
         row["verdict"] if row["verdict"] == "met" else f"**{row['verdict']}**", row["source"])
        for row in fit.to_dict("records")
    ]  # fmt: skip
    left = ", ".join(f"{100 * row['left']:.1f}% after wave {row['wave']}" for row in waves.to_dict("records"))
    return "\n\n".join([
        "## Calibration\n\nHistory matching: Gaussian-process emulators of each magnitude, parameter sets ruled out "
        "wave by wave at three standard deviations, then a sample drawn from what is left by how well it fits "
        f"(`schoolsim calibrate magnitudes`). Share of the prior not ruled out: {left}. The sample of the posterior "
        f"rests on {parameters['effective_candidates'].iloc[0]:.0f} effective candidates. Known parameters come back "
        "from made-up data, of a formula and of the model itself (tests/evidence/test_calibration.py).",
        markdown(("parameter", "prior", "mean", "95% interval", "spread over prior's"), posterior),
        "### Predictive checks\n\nWhat runs give before and after (mean, with 5% and 95% of parameter sets), against "
        "what was measured. Met: the posterior mean lies within one standard deviation; strained: within two.",
        markdown(("", "magnitude", "measured", "prior", "posterior", "verdict", "source"), checks),
    ])  # fmt: skip
