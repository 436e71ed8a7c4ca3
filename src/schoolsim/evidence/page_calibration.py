"""Calibration on the page of evidence."""

from __future__ import annotations

import pandas as pd

from schoolsim.evidence.tables import interval, markdown, number

VAGUE = 0.8


def poorly_known(table: pd.DataFrame) -> list[str]:
    """Parameters whose posterior spread is more than 80% of the prior's."""
    return [f"`{name}`" for name in table[table["sd_over_prior"] > VAGUE]["parameter"]]


def not_as_promised(table: pd.DataFrame) -> list[str]:
    """Parameters whose intervals held made-up truths more rarely, or more often, than they say."""
    wrong = table[table["as_promised"].astype(str) != "True"]
    return [f"`{row['parameter']}` ({row['covered']} of {row['truths']})" for row in wrong.to_dict("records")]


def calibration_part(tables: dict[str, pd.DataFrame]) -> str:
    """Posterior, coverage, and the predictive checks."""
    parameters, fit, covered = (tables[f"calibration_{name}"] for name in ("parameters", "fit", "coverage"))
    return "\n\n".join([
        "## Calibration\n\nThe model is run at parameter sets spread over everything thought possible (the prior). A "
        "Gaussian process learns from these runs what each magnitude would be anywhere between them, and how unsure of "
        "it one has to be. Every place is then weighed by how well it fits what was measured; what is not known of a "
        "measurement, and of the Gaussian process, counts as error (`schoolsim calibrate magnitudes`). "
        f"{100 * parameters['not_ruled_out'].iloc[0]:.1f}% of the prior is compatible with every magnitude to within "
        "three standard deviations; the sample that studies draw from rests on "
        f"{parameters['effective_candidates'].iloc[0]:.0f} effective places.",
        "### Magnitudes\n\nWhat runs give before and after (mean, with 5% and 95% of parameter sets), against what was "
        "measured. Met: the mean after calibration lies within one standard deviation of it; strained: within two.\n\n"
        "![Each magnitude before and after calibration, beside what was measured](figures/magnitudes.svg)",
        markdown(("", "magnitude", "measured", "prior", "posterior", "verdict", "source"), _magnitudes(fit)),
        "### Parameters, and whether they were learnt\n\nA parameter was learnt where less than 80% of the prior's "
        "spread is left. Beside it, what became of made-up worlds: data made by the model itself with known parameters "
        "drawn over the whole prior, measured as badly as the real ones, and calibrated in the same way. In how many "
        "of them did the 95% interval hold the truth? Between the two numbers in brackets chance alone would be "
        "enough.",
        markdown(
            ("parameter", "prior", "mean", "95% interval", "spread over prior's", "the same in made-up worlds",
             "truth inside", "learnt"),
            _parameters(parameters, covered),
        ),
    ])  # fmt: skip


def _magnitudes(fit: pd.DataFrame) -> list[tuple[object, ...]]:
    return [
        (row["target"], row["says"], f"{number(row['value'])} ± {number(row['sd'])}",
         f"{number(row['prior_mean'])} ({interval(row['prior_low'], row['prior_high'])})",
         f"{number(row['posterior_mean'])} ({interval(row['posterior_low'], row['posterior_high'])})",
         row["verdict"] if row["verdict"] == "met" else f"**{row['verdict']}**", row["source"])
        for row in fit.to_dict("records")
    ]  # fmt: skip


def _parameters(parameters: pd.DataFrame, covered: pd.DataFrame) -> list[tuple[object, ...]]:
    both = parameters.merge(covered, on="parameter", sort=False)
    return [
        (f"`{row['parameter']}`", interval(row["prior_low"], row["prior_high"]), number(row["mean"]),
         interval(row["low"], row["high"]), f"{row['sd_over_prior']:.2f}", f"{row['spread_made_up']:.2f}",
         f"{row['covered']} of {row['truths']} ({row['least']} to {row['most']})",
         "yes" if row["sd_over_prior"] <= VAGUE else "no")
        for row in both.to_dict("records")
    ]  # fmt: skip
