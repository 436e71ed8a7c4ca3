"""Small studies for the tests, and what their tables are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from schoolsim.studies import Execution, Fixed, ModelReference, Precision, StudyPlan, sweep
from schoolsim.studies.store.files import sha256

HERE = "tests.studies.models"
QUIET = {"progress": False}


def spread(replications: int = 5, *, seconds: float = 0.0, seed: int = 7) -> StudyPlan:
    """Eight points of the `Spread` model: a rate crossed with a badge."""
    points = [
        {"spread.rate": rate, "spread.badge": badge}
        for rate in (0.1, 0.2, 0.3, 0.4)
        for badge in ("none", "collective")
    ]
    model = ModelReference(f"{HERE}:Spread", {"seconds": seconds})
    return StudyPlan(pd.DataFrame(points), model, Fixed(replications), seed, title="Spread")


def normal(rule: Precision | Fixed, *, seed: int = 7) -> StudyPlan:
    """Three points of the `normal` model, the noise growing."""
    points = pd.DataFrame({"mean": [10.0, 10.0, 10.0], "sd": [0.1, 2.0, 5.0]})
    return StudyPlan(points, ModelReference(f"{HERE}:normal"), rule, seed)


def troubled(*troubles: str, replications: int = 2) -> StudyPlan:
    """A point for each trouble, between points without."""
    points = pd.DataFrame({"trouble": ["none", *troubles, "none "]})
    return StudyPlan(points, ModelReference(f"{HERE}:troubled"), Fixed(replications))


def tables(folder: Path) -> dict[str, str]:
    """Hashes of the tables of a study."""
    return {path.name: sha256(path) for path in sorted(folder.glob("*.parquet"))}


def run_study(plan: StudyPlan, folder: Path, **options: object) -> dict[str, str]:
    """Run a study, serially unless told otherwise, and give the hashes of its tables."""
    execution = Execution(**{"executor": "serial", **QUIET, **options})
    return tables(sweep(plan, folder, execution))
