"""Ishigami's function as a user's own model, through design, sweep, store and Sobol analysis."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schoolsim.analysis.sensitivity import sobol
from schoolsim.evidence.verification.comparison import Row, close
from schoolsim.evidence.verification.settings import Settings
from schoolsim.studies import Execution, Fixed, ModelReference, StudyPlan, StudyResult, sweep
from schoolsim.studies.designs import Sampling, joint, ranged

A, B = 7.0, 0.1


def ishigami(parameters: Mapping[str, Any], seed: int) -> dict[str, float]:
    """Ishigami & Homma's (1990) function of three inputs from -pi to pi; the seed changes nothing."""
    one, two, three = (float(parameters[name]) for name in ("x1", "x2", "x3"))
    return {"y": math.sin(one) + A * math.sin(two) ** 2 + B * three**4 * math.sin(one)}


def exact_indices() -> dict[tuple[str, str], float]:
    """First-order and total indices, from the closed form of the variance."""
    one = 0.5 * (1.0 + B * math.pi**4 / 5.0) ** 2
    two = A**2 / 8.0
    both = B**2 * math.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    whole = one + two + both
    return {
        ("S1", "x1"): one / whole, ("S1", "x2"): two / whole, ("S1", "x3"): 0.0,
        ("ST", "x1"): (one + both) / whole, ("ST", "x2"): two / whole, ("ST", "x3"): both / whole,
    }  # fmt: skip


def indices(settings: Settings) -> list[Row]:
    """Sobol indices of the stored runs against the exact ones, each within its own interval."""
    axes = [ranged(name, -math.pi, math.pi) for name in ("x1", "x2", "x3")]
    design = joint(axes, Sampling("saltelli", points=int(settings.sizes["points"])), seed=1)
    plan = StudyPlan(
        design.points, ModelReference(f"{__name__}:ishigami"), Fixed(1), title="Ishigami",
        design=design.record, layout=design.layout,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        execution = Execution(executor="serial", progress=False)
        result = StudyResult.open(sweep(plan, Path(folder) / "ishigami", execution))
        table = sobol(result.runs, result.design, ["y"], confidence=0.997, seed=1)
    rows = []
    for (index, name), theirs in exact_indices().items():
        found = table[(table["index"] == index) & (table["input"] == name)].iloc[0]
        half = float(found["high"] - found["value"])
        rows.append(
            close(f"{index} of {name}", found["value"], theirs, half, f"{len(design.points)} runs, 99.7% interval")
        )
    return rows
