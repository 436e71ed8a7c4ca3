"""March (1991) through design, sweep and tables, against the original program's output and our own re-run."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from schoolsim.evidence.verification.comparison import Row, holds, sampled
from schoolsim.evidence.verification.settings import Settings
from schoolsim.studies import Execution, Fixed, ModelReference, StudyPlan, StudyResult, sweep

MODEL = "schoolsim.evidence.verification.march1991:March1991"


def _scores(points: Sequence[Mapping[str, object]], replications: int, title: str) -> dict[int, pd.Series]:
    """Scores of every point's replications, from the stored runs table."""
    plan = StudyPlan(pd.DataFrame(list(points)), ModelReference(MODEL), Fixed(replications), seed=1991, title=title)
    with tempfile.TemporaryDirectory() as folder:
        execution = Execution(executor="serial", progress=False)
        runs = StudyResult.open(sweep(plan, Path(folder) / "march", execution)).runs
    finished = runs[runs["status"] == "ok"]
    return {int(point): group["score"] for point, group in finished.groupby("point")}


def equilibrium(settings: Settings) -> list[Row]:
    """The 27 cells of Figure 1: socialisation rate by learning rate of the code, at equilibrium."""
    table, points, theirs = settings.targets["equilibrium"], [], []
    for fast, row in zip(table["p2"], table["score"], strict=True):
        for slow, score in zip(table["p1"], row, strict=True):
            if slow in settings.sizes["p1"]:
                points.append({"p1": slow, "p2": fast})
                theirs.append(score)
    found = _scores(points, int(settings.sizes["replications"]), "March 1991, equilibrium")
    # Their own mean is of 10,000 runs, with our spread.
    rows = [
        sampled(f"code's score, p1 {at['p1']}, p2 {at['p2']}", found[k], theirs[k],
                se=float(found[k].std()) / math.sqrt(table["runs"]))
        for k, at in enumerate(points)
    ]  # fmt: skip
    means = pd.Series({(at["p1"], at["p2"]): found[k].mean() for k, at in enumerate(points)})
    best = means.idxmax()
    slowest, fastest = min(settings.sizes["p1"]), max(table["p2"])
    rows.append(holds("slow socialisation with fast learning is best", best == (slowest, fastest), float(means.max())))
    return rows


def extensions(settings: Settings) -> list[Row]:
    """Mixed rates, turnover and turbulence."""
    rows: list[Row] = []
    for name, published in settings.targets.items():
        if name == "equilibrium":
            continue
        found = _scores(published["points"], int(settings.sizes["extension_replications"]), f"March 1991, {name}")
        means = []
        for k, (point, theirs) in enumerate(zip(published["points"], published["score"], strict=True)):
            at = ", ".join(f"{key} {value:g}" for key, value in point.items())
            rows.append(sampled(f"{name}: {at}", found[k], theirs, se=published["se"]))
            means.append(float(found[k].mean()))
        rows += _shape(name, means)
    return rows


def _shape(name: str, means: Sequence[float]) -> list[Row]:
    """The headline of each extension, as a relation between its points in the order of the config."""
    if name == "heterogeneity":
        mixed, alike = means[:3], means[3:]
        least = min(a - b for a, b in zip(mixed, alike, strict=True))
        return [holds("heterogeneity: mixed rates beat one rate of equal mean", least > 0.0, least, above=0.0)]
    if name == "turnover":
        return [
            holds("turnover: slow learners only lose by it", means[0] > means[1] > means[2], means[2] - means[0]),
            holds("turnover: fast learners gain by some and lose by much", means[4] > means[3] and means[4] > means[6],
                  means[4] - means[3], above=0.0),
        ]  # fmt: skip
    if name == "turbulence":
        return [
            holds("turbulence: turnover keeps what decays without it", means[3] > means[2], means[3], above=means[2])
        ]
    return []
