"""An experiment: named cells of parameter values, each in every variant, over paired seeds, through the studies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from schoolsim.parameters import REGISTRY
from schoolsim.studies import Execution, Fixed, StudyPlan, StudyResult, sweep
from schoolsim.studies.model import ModelReference

MODEL = "schoolsim.evidence.runs.model:EvidenceModel"
AS_IS = "as is"


def evidence_model(arguments: Mapping[str, object]) -> ModelReference:
    """The model of experiments; cells of one world and seed begin from one burn-in and have one twin.

    Args:
        arguments: Of `EvidenceModel`.
    """
    return ModelReference(MODEL, arguments, shortcuts={"branch": "burn_in"})


@dataclass(frozen=True)
class Experiment:
    """What is run.

    Args:
        title: For people.
        setting: Values that hold in every cell.
        cells: Values of each cell, over the setting's.
        measures: What is measured in each run.
        variants: Values of each variant, over the cells'.
        years: Years of policy.
        burn_in_years: Years before it.
        seed: Root seed.
    """

    title: str
    setting: Mapping[str, object]
    cells: Mapping[str, Mapping[str, object]]
    measures: Sequence[str]
    variants: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: {AS_IS: {}})
    years: int = 5
    burn_in_years: int = 2
    seed: int = 1

    def points(self) -> pd.DataFrame:
        """One row a variant and cell, one column a parameter that differs between them."""
        rows = [{**cell, **variant} for variant in self.variants.values() for cell in self.cells.values()]
        names = list(dict.fromkeys(name for row in rows for name in row))
        filled = [
            {name: row.get(name, self.setting.get(name, REGISTRY[name].default)) for name in names} for row in rows
        ]
        checked = [{name: REGISTRY[name].check(value) for name, value in row.items()} for row in filled]
        return pd.DataFrame(checked, columns=names, dtype=object)

    def labels(self) -> pd.DataFrame:
        """Variant and cell of each point."""
        pairs = [(variant, cell) for variant in self.variants for cell in self.cells]
        return pd.DataFrame(pairs, columns=["variant", "cell"]).rename_axis("point")

    def plan(self, replications: int, posterior: str) -> StudyPlan:
        """The runs."""
        points = self.points()
        arguments = {
            "measures": list(self.measures), "years": self.years, "burn_in_years": self.burn_in_years,
            "posterior": posterior,
        }  # fmt: skip
        fixed = {name: REGISTRY[name].check(value) for name, value in self.setting.items() if name not in points}
        return StudyPlan(
            points, evidence_model(arguments), Fixed(replications), self.seed, fixed=fixed, title=self.title
        )


def run_experiment(
    experiment: Experiment, replications: int, folder: Path, *, posterior: str = "", execution: Execution | None = None
) -> pd.DataFrame:
    """Make the runs that the folder does not have, and read all.

    Returns:
        One row a run: `variant`, `cell`, `point`, `replication`, `status` and the measures.
    """
    plan = experiment.plan(replications, posterior)
    result = StudyResult.open(sweep(plan, folder, execution))
    keys = ["point", "replication", "status", "error"]
    runs = result.runs[[*keys, *experiment.measures]]
    return experiment.labels().reset_index().merge(runs, on="point")
