"""A made-up study with known effects: 12 scenarios, large differences between seeds.

Every effect is set here, so a test can ask whether the analysis finds it again. The model has no
part in it.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

SCOPES = ("none", "individual", "collective")
PURSES = ("originator", "partnership")
WEIGHTS = (0.0, 1.0)

BADGE_EFFECT = {
    # outcome: {(scope, choice weight): effect against no badges}
    "progress.partner": {
        ("individual", 0.0): -0.08,
        ("individual", 1.0): -0.21,
        ("collective", 0.0): 0.14,
        ("collective", 1.0): 0.10,
    },
    "progress.originator": {
        ("individual", 0.0): 0.12,
        ("individual", 1.0): 0.19,
        ("collective", 0.0): 0.05,
        ("collective", 1.0): 0.0,
    },
    "progress.neediest": {
        ("individual", 0.0): 0.0,
        ("individual", 1.0): -0.06,
        ("collective", 0.0): 0.04,
        ("collective", 1.0): 0.0,
    },
    "trust.mean": {
        ("individual", 0.0): -0.012,
        ("individual", 1.0): -0.031,
        ("collective", 0.0): 0.018,
        ("collective", 1.0): 0.009,
    },
    "confidence.partner": {
        ("individual", 0.0): -0.006,
        ("individual", 1.0): -0.015,
        ("collective", 0.0): 0.008,
        ("collective", 1.0): 0.004,
    },
}
PURSE_EFFECT = {"progress.partner": 0.05, "progress.originator": -0.04}  # partnership − originator
LEVEL = {"progress.partner": 3.1, "progress.originator": 4.0, "progress.neediest": 1.2}
BETWEEN = {"trust.mean": 0.05, "confidence.partner": 0.03}  # sd between seeds; 2 pp otherwise
WITHIN = {"trust.mean": 0.012, "confidence.partner": 0.008}  # sd of a run about its seed
OUTCOMES = tuple(BADGE_EFFECT)
SWEPT = ["badging.scope", "funding.purse", "market.choice_weight"]
COLUMNS = {
    "progress.partner": {
        "unit": "pp",
        "definition": "mean gain in published results of partner schools over the study",
    },
    "trust.mean": {"unit": "0 to 1", "definition": "mean trust over active ties"},
}
PROVENANCE = {
    "title": "Badging and funding under competition",
    "study": "badging_funding",
    "config_sha256": "9f2b" * 16,
    "version": "0.1.0",
    "commit": "0123abcd",
}


def made_up_runs(replications: int = 60, seed: int = 20050101) -> pd.DataFrame:
    """A runs table laid out as a study writes it."""
    rng = np.random.default_rng(seed)
    between = {o: rng.normal(0, BETWEEN.get(o, 2.0), replications) for o in OUTCOMES}
    rows = []
    for point, (scope, purse, weight) in enumerate(product(SCOPES, PURSES, WEIGHTS)):
        for replication in range(replications):
            row: dict[str, object] = {
                "run": f"{point:08x}{replication:08x}",
                "point": point,
                "replication": replication,
                "seed": 7_000_000 + replication,
                "status": "ok",
                "error": None,
                "badging.scope": scope,
                "funding.purse": purse,
                "market.choice_weight": weight,
            }
            for outcome in OUTCOMES:
                value = LEVEL.get(outcome, 0.5) + between[outcome][replication]
                value += BADGE_EFFECT[outcome].get((scope, weight), 0.0)
                value += PURSE_EFFECT.get(outcome, 0.0) * (purse == "partnership")
                row[outcome] = value + rng.normal(0, WITHIN.get(outcome, 0.25))
            rows.append(row)
    return pd.DataFrame(rows).astype({"point": "int32", "replication": "int32"})


def made_up_series(
    runs: pd.DataFrame,
    outcomes: tuple[str, ...] = ("progress.partner", "trust.mean"),
    half_terms: int = 60,
    seed: int = 77,
) -> pd.DataFrame:
    """A series table whose last half-term is near the outcome in `runs`.

    Between seeds the paths wander; effects set in after two years and grow.
    """
    rng = np.random.default_rng(seed)
    time = np.arange(half_terms)
    grown = 1 / (1 + np.exp(-(time - 24) / 6))
    parts = []
    for outcome in outcomes:
        scale = BETWEEN.get(outcome, 2.0)
        walks = rng.normal(0, scale / 8, (runs["replication"].max() + 1, half_terms)).cumsum(axis=1)
        for row in runs.itertuples(index=False):
            record = dict(zip(runs.columns, row, strict=True))
            effect = BADGE_EFFECT[outcome].get((record["badging.scope"], record["market.choice_weight"]), 0.0)
            noise = rng.normal(0, scale / 60, half_terms).cumsum()
            base = LEVEL.get(outcome, 0.5) * (grown if scale > 1 else 1.0)
            values = base + effect * grown + walks[record["replication"]] + noise
            parts.append(
                pd.DataFrame(
                    {
                        "run": record["run"],
                        "point": record["point"],
                        "replication": record["replication"],
                        "half_term": time.astype("int32"),
                        "outcome": outcome,
                        "value": values,
                    }
                )
            )
    series = pd.concat(parts, ignore_index=True)
    return series.astype({"outcome": "category"}).sort_values(["run", "half_term", "outcome"])
