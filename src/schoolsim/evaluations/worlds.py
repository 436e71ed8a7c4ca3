"""Makes the schools that samples are drawn from, with a programme and without it, as ordinary studies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from schoolsim.columns import Float64Array, Int64Array
from schoolsim.config import StudyConfig, config_from_mapping
from schoolsim.parameters import Scenario
from schoolsim.parameters.errors import UserError
from schoolsim.parameters.programmes import LEVERS
from schoolsim.populations.schools import PHASES
from schoolsim.studies import Execution, Study, StudyResult, sweep
from schoolsim.studies.seeds import replication_seed
from schoolsim.system.programmes.areas import Areas
from schoolsim.system.simulation import Population
from schoolsim.system.state.schema import HALF_TERMS

if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.config.schema import Evaluation

WITHOUT: Final = "without"
_BEGINS: Final = "programme.begins"
_READ: Final = ("progress", "published")


@dataclass(frozen=True)
class Arm:
    """All schools with the programme.

    Args:
        start: Years by which it begins later than the config says.
        progress: What teaching adds after each year, pupil sd, shape (schools, years + 1).
        published: Published results, percentage points, shape (schools, years + 1).
        joined: Year of policy in which each school joined; inf where it never did, shape (schools,).
    """

    start: int
    progress: Float64Array
    published: Float64Array
    joined: Float64Array


@dataclass(frozen=True)
class Worlds:
    """Schools of many authorities, each as it is without the programme and with it.

    Args:
        run: Number of the run that each school is in, shape (schools,).
        authority: Number of its authority, over all runs, shape (schools,).
        phase: Name of its phase, shape (schools,).
        covered: Year in which the first programme that is for it begins; inf where none is, shape (schools,).
        progress: As of `Arm`, without any programme.
        published: As of `Arm`, without any programme.
        arms: With the programme, one a start.
        points: Percentage points that one pupil standard deviation is worth.
    """

    run: Int64Array
    authority: Int64Array
    phase: np.ndarray
    covered: Float64Array
    progress: Float64Array
    published: Float64Array
    arms: tuple[Arm, ...]
    points: float

    def of_phase(self, phase: str) -> Worlds:
        """Only the schools of a phase, or all of them where it is "all"."""
        if phase == "all":
            return self
        rows = self.phase == phase
        arms = [Arm(arm.start, arm.progress[rows], arm.published[rows], arm.joined[rows]) for arm in self.arms]
        return Worlds(
            self.run[rows], self.authority[rows], self.phase[rows], self.covered[rows], self.progress[rows],
            self.published[rows], tuple(arms), self.points,
        )  # fmt: skip


def make_worlds(
    config: StudyConfig,
    evaluation: Evaluation,
    folder: Path,
    execution: Execution,
    *,
    model: object | None = None,
    tell: Callable[[str], None] | None = None,
) -> Worlds:
    """Make the runs that are missing in the folder, an ordinary study an arm, and read them.

    Args:
        config: The study: programmes, schools, years, replications and seed.
        evaluation: Of it.
        folder: Where the results folders of the arms are.
        execution: How to run.
        model: Any model of the config's parameters that reads the same of schools; the school model when None.
        tell: Called with a line before every arm.

    Raises:
        UserError: The config varies something, has no programme, or some runs failed.
    """
    if config.axes():
        raise UserError(
            f"the config varies {config.axes()[0]}: an evaluation is of one programme in one world. Give it one value."
        )
    if not config.scenario().programmes:
        raise UserError("the config has no programme, so there is nothing to evaluate: give it one with base or use.")
    starts = sorted(evaluation.starts) if evaluation.treated == "authorities" else [0]
    years = range(max(evaluation.years or (config.years,)) + 1)
    found: dict[str, pd.DataFrame] = {}
    for name, arm in _arms(config, starts, years):
        if tell is not None:
            tell(f"Arm {name}: {arm.replications} runs.")
        result = StudyResult.open(sweep(Study(arm, model, name=name).plan, folder / name, execution))
        failed = sum(number for status, number in result.counts.items() if status != "ok")
        if failed:
            raise UserError(f"{folder / name}: {failed} runs failed, and an evaluation needs them all. To go on: "
                            f"schoolsim resume {folder / name} --retry-failed")  # fmt: skip
        found[name] = result.schools
    return _worlds(config, found, starts, len(years))


def _arms(config: StudyConfig, starts: Sequence[int], years: Sequence[int]) -> Iterator[tuple[str, StudyConfig]]:
    """Name and config of every arm: without any programme, and with it from each start."""
    data = config.to_mapping()
    for key in ("evaluation", "expects", "figures", "title"):
        data.pop(key, None)
    data["years"] = years[-1]
    data["outcomes"] = {
        "report": ["progress.mean"], "measure": ["progress.mean"], "keep": [], "schools": [*_READ, "joined"],
        "school_years": list(years),
    }  # fmt: skip
    levers: Mapping[str, Any] = data.get("levers", {})
    shared = {name: value for name, value in levers.items() if "/" not in name and name not in LEVERS}
    yield WITHOUT, config_from_mapping({**data, "title": f"{config.title}: without the programme", "levers": shared})
    for start in starts:
        title = f"{config.title}: with the programme" + (f" from year {start} on" if len(starts) > 1 else "")
        yield f"with_{start}", config_from_mapping({**data, "title": title, "levers": _later(levers, start)})


def _later(levers: Mapping[str, Any], by: int) -> dict[str, Any]:
    """The levers with every programme beginning so many years later."""
    names = sorted({name.partition("/")[0] for name in levers if "/" in name})
    own = [f"{name}/{_BEGINS}" for name in names] or [_BEGINS]
    plain = levers.get(_BEGINS, 0)
    return {**levers, **({name: int(levers.get(name, plain)) + by for name in own} if by else {})}


def _worlds(config: StudyConfig, tables: Mapping[str, pd.DataFrame], starts: Sequence[int], years: int) -> Worlds:
    run, authority, phase, covered, urns = [], [], [], [], []
    scenario = config.scenario()
    given = config.population.model_dump()
    wanted = given["authority"]
    given["authority"] = tuple(wanted) if isinstance(wanted, list) else wanted
    for replication in sorted(set(tables[WITHOUT]["replication"])):
        seed = replication_seed(config.seed, int(replication))
        table = Population(**given).table(scenario, seed)
        order = np.argsort(table.urn)
        urns.append(table.urn[order])
        run.append(np.full(len(table), replication, dtype=np.int64))
        authority.append(table.authority[order].astype(np.int64) + replication * len(table.authorities))
        phase.append(np.array(PHASES)[table.phase[order]])
        covered.append(_covered(scenario, Areas(scenario, table, seed))[order])
    rows = np.concatenate(run), np.concatenate(urns)

    def read(name: str, outcome: str) -> Float64Array:
        table = tables[name]
        chosen = table[table["outcome"] == outcome].sort_values(["replication", "urn", "half_term"], kind="stable")
        values: Float64Array = chosen["value"].to_numpy(np.float64).reshape(-1, years)
        if not np.array_equal(chosen["urn"].to_numpy()[::years], rows[1]):
            raise UserError(
                f"the arm {name} is of other schools than the config's: give the evaluation another folder."
            )
        return values

    arms = []
    for start in starts:
        name = f"with_{start}"
        joined = read(name, "joined")[:, -1]
        # Joining in the first half-term of a year is seen in that year's results.
        year = np.where(joined < 0, np.inf, np.maximum(joined, 0) // HALF_TERMS)
        arms.append(Arm(start, read(name, "progress"), read(name, "published"), year))
    return Worlds(
        rows[0], np.concatenate(authority), np.concatenate(phase), np.concatenate(covered), read(WITHOUT, "progress"),
        read(WITHOUT, "published"), tuple(arms), float(scenario["result.points"]),
    )  # fmt: skip


def _covered(scenario: Scenario, areas: Areas) -> Float64Array:
    """Year in which the first programme that is for each school begins; inf where none is."""
    years = [np.where(placed.covered, placed.begins / HALF_TERMS, np.inf) for placed in areas.placed]
    found: Float64Array = np.min(years, axis=0)
    return found
