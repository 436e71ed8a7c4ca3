"""Searches over levers for the policies that do best; each batch of policies is an ordinary study in its own folder.

Optuna's tree-structured Parzen estimator proposes the policies of a batch from what those before it gave. Each policy
meets every world and seed of the config. What is proposed depends on the seed and on stored results alone, so a search
that was interrupted goes on to the same bytes, with any number of workers.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from schoolsim.analysis.policies import policy_words, words
from schoolsim.analysis.robustness import DIRECTIONS, Direction, aims, pareto_set
from schoolsim.config import StudyConfig, config_from_mapping, load_config
from schoolsim.parameters.errors import did_you_mean
from schoolsim.studies import Execution, Study, StudyResult, sweep
from schoolsim.studies.designs.axes import Axis, Value
from schoolsim.studies.errors import StoreError, StudyChangedError, StudyError
from schoolsim.studies.plan import json_hash
from schoolsim.studies.store.csv_text import write_csv
from schoolsim.studies.store.files import read_bytes, write_json
from schoolsim.studies.study import axes_of

if TYPE_CHECKING:
    from collections.abc import Callable

BATCH = 8
"""Policies that are proposed together and run as one study."""
STEPS = 100
"""Steps that a range of a lever is divided into: values a reader can say, and repeats that are noticed."""
MOST_POLICIES = 100_000
ASKED = 50
"""Proposals for every policy that is wanted, before the search takes it that none is new."""
POLICY = "policy"
RECORD, TRIALS = "search.json", "trials.csv"
"""Files of a search: what is searched, and the policies tried."""
LARGEST_RECORD = 1 << 20


@dataclass(frozen=True, eq=False)
class Search:
    """What a search has tried.

    Args:
        folder: Where it is: `trials.csv`, `search.json`, and a results folder for each batch.
        outcomes: Outcome to its direction, `max` where more is better, `min` where less is.
        levers: The levers that were searched.
        trials: One row a policy: `policy` (its number), `batch`, the levers, for each outcome its mean over worlds and
            replications and `<outcome>.error` (standard error of that mean over replications; NaN with one), and `best`
            (no other policy is as good in all outcomes and better in one).
        exhausted: Whether every policy that the levers allow has been tried.
    """

    folder: Path
    outcomes: Mapping[str, Direction]
    levers: tuple[str, ...]
    trials: pd.DataFrame
    exhausted: bool

    @property
    def best(self) -> pd.DataFrame:
        """The best policy; with several outcomes, those that none beats in all of them, ordered by the first."""
        first, way = next(iter(self.outcomes.items()))
        return self.trials[self.trials["best"]].sort_values(first, ascending=way == "min", kind="stable")

    def words(self, row: Mapping[str, Any]) -> str:
        """A policy in words."""
        return policy_words({name: row[name] for name in self.levers})

    def lines(self) -> Iterator[str]:
        """The answer in sentences."""
        total = len(self.trials)
        whole = ", all that the levers allow" if self.exhausted else ""
        tried = "policy was" if total == 1 else "policies were"
        yield f"{total} {tried} tried{whole}; each met the same worlds and seeds."
        best = self.best
        if best.empty:
            yield "In none of them has every outcome a value."
        elif len(self.outcomes) > 1:
            is_ = "is" if len(best) == 1 else "are"
            yield f"{len(best)} of them {is_} beaten by no other in all of {aims(self.outcomes)}."
        else:
            yield from self._of_one(best)

    def _of_one(self, best: pd.DataFrame) -> Iterator[str]:
        (outcome,) = self.outcomes
        row = best.iloc[0].to_dict()
        error = float(row[f"{outcome}.error"])
        luck = f", with a standard error of {error:.2g} from seeds" if error == error else ""
        yield f"{words(outcome)} was best, at {row[outcome]:.3g}{luck}, with {self.words(row)}."
        near = int((abs(self.trials[outcome] - row[outcome]) < error).sum()) - 1 if error == error else 0
        if near > 0:
            yield f"{near} more {'is' if near == 1 else 'are'} within that standard error of it."


def search(
    config: StudyConfig | str | Path,
    outcomes: Mapping[str, str],
    *,
    budget: int,
    out: str | Path,
    batch: int = BATCH,
    workers: int | None = None,
    execution: Execution | None = None,
    model: object | None = None,
    tell: Callable[[str], None] | None = None,
) -> Search:
    """Try policies until the budget is spent; called again, go on where it stopped.

    Args:
        config: A study. Its levers that have a list or a range are searched; all else that varies makes the worlds in
            which each policy is tried: a grid, or a sample by `lhs`, `sobol` or a file.
        outcomes: Outcome to `max` where more is better, `min` where less is; with several, the search is for those
            policies that none beats in all of them.
        budget: Policies to try in all, those tried before included.
        out: Folder of the search.
        batch: Policies a batch.
        workers: Processes, where `execution` is not given.
        execution: How to run.
        model: Any model of the config's parameters; the school model when None.
        tell: Called with a line before every batch.

    Raises:
        StudyError: There is nothing to search, a setting is wrong, a run cannot be made, or Optuna is not installed.
        StudyChangedError: The folder holds another search.
    """
    config = config if isinstance(config, StudyConfig) else load_config(config)
    job = _Job(config, _checked(outcomes, config, model), batch, Path(out), model)
    if not 1 <= budget <= MOST_POLICIES:
        raise StudyError(f"the budget is a number of policies from 1 to {MOST_POLICIES}; not {budget}")
    execution = execution or Execution(workers=workers)
    job.require_same()
    trials = _empty(job)
    while len(trials) < budget:
        number = int(trials["batch"].max()) + 1 if len(trials) else 1
        places = job.stored(number) or job.proposed(number, trials, min(batch, budget - len(trials)))
        if not places:
            break
        study, folder = job.study(number, places, len(trials)), job.batch_folder(number)
        if tell is not None:
            tell(f"Batch {number}: policies {len(trials) + 1} to {len(trials) + len(places)} of {budget}.")
        result = StudyResult.open(sweep(study.plan, folder, execution))
        trials = pd.concat(
            [*([trials] if len(trials) else []), job.rows(result, number, places, len(trials))], ignore_index=True
        )
        _mark_best(trials, job.ways)
        write_csv(job.folder / TRIALS, trials.drop(columns="places"))
    shown = trials.drop(columns="places")
    return Search(job.folder, job.ways, job.names, shown, len(trials) == job.policies)


class _Job:
    """The levers, worlds and folder of one search."""

    def __init__(
        self, config: StudyConfig, ways: dict[str, Direction], batch: int, folder: Path, model: object | None
    ) -> None:
        if not 1 <= batch <= MOST_POLICIES:
            raise StudyError(f"a batch is a number of policies from 1 to {MOST_POLICIES}; not {batch}")
        if config.design.kind in ("saltelli", "morris"):
            raise StudyError(
                f'[design] kind = "{config.design.kind}" is made for sensitivity: the worlds of a search are a grid, '
                'or sampled with kind = "lhs", "sobol" or "file"'
            )
        self.config, self.ways, self.batch, self.folder, self.model = config, ways, batch, folder, model
        self.axes = [axis for axis in axes_of(config) if axis.lever]
        if not self.axes:
            raise StudyError("there is nothing to search: give a lever a list of values or a range under [levers]")
        self.names = tuple(name for axis in self.axes for name in axis.names)
        self.counts = [_places(axis) for axis in self.axes]
        self.policies = math.prod(self.counts)

    def batch_folder(self, number: int) -> Path:
        return self.folder / f"batch_{number:03d}"

    def require_same(self) -> None:
        """Write down what is searched, or refuse a folder that holds another search.

        Raises:
            StudyChangedError: It does; the message says what differs.
        """
        whole = self.config.to_mapping()
        deciding = {
            key: value for key, value in whole.items() if key not in ("title", "description", "sources", "figures")
        }
        record = {
            "config": json_hash(deciding), "outcomes": dict(self.ways), "batch": self.batch, "seed": self.config.seed,
            "levers": list(self.names),
        }  # fmt: skip
        path = self.folder / RECORD
        if path.is_file():
            try:
                stored = json.loads(read_bytes(path, LARGEST_RECORD))
            except ValueError as error:
                raise StoreError(f"{path} cannot be read: {error}") from None
            differs = [
                name for name, value in record.items() if not isinstance(stored, dict) or stored.get(name) != value
            ]
            if differs:
                raise StudyChangedError(
                    f"{self.folder} holds another search; what differs: {', '.join(differs)}. Give this one another "
                    "folder"
                )
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        write_json(path, record)

    def stored(self, number: int) -> list[tuple[int, ...]]:
        """The places of the policies of a batch that was begun; none if it was not."""
        folder = self.batch_folder(number)
        if not (folder / "manifest.json").is_file():
            return []
        groups = [group for group in StudyResult.open(folder).config.linked if group.name == POLICY]
        if len(groups) != 1 or groups[0].parameters != self.names:
            raise StoreError(f"{folder} is no batch of this search")
        return [self._place(row) for row in groups[0].values]

    def _place(self, row: Sequence[Value]) -> tuple[int, ...]:
        given, places = dict(zip(self.names, row, strict=True)), []
        for axis, count in zip(self.axes, self.counts, strict=True):
            wanted = {name: given[name] for name in axis.names}
            places.append(next(place for place in range(count) if _level(axis, place) == wanted))
        return tuple(places)

    def proposed(self, number: int, trials: pd.DataFrame, wanted: int) -> list[tuple[int, ...]]:
        """Places of policies that were not tried before; fewer or none where there are no more."""
        tried = set(trials["places"])
        wanted = min(wanted, self.policies - len(tried))
        if wanted <= 0:
            return []
        if self.policies <= wanted + len(tried):  # what is left fits: no need to choose
            return [place for place in itertools.product(*map(range, self.counts)) if place not in tried]
        optuna = _optuna()
        seed = int(np.random.SeedSequence(self.config.seed, spawn_key=(2, number)).generate_state(1)[0])
        sampler = optuna.samplers.TPESampler(seed=seed, constant_liar=True)
        directions = [f"{way}imize" for way in self.ways.values()]
        study = optuna.create_study(directions=directions, sampler=sampler)
        kinds = {str(k): _distribution(optuna, axis, count) for k, (axis, count) in enumerate(self._axes())}
        for row in trials.to_dict("records"):
            values = [row[name] for name in self.ways]
            known = all(math.isfinite(value) for value in values)
            study.add_trial(optuna.trial.create_trial(
                params={str(k): place for k, place in enumerate(row["places"])}, distributions=kinds,
                values=values if known else None,
                state=optuna.trial.TrialState.COMPLETE if known else optuna.trial.TrialState.FAIL,
            ))  # fmt: skip
        found: list[tuple[int, ...]] = []
        for _ in range(ASKED * wanted):
            asked = study.ask(kinds).params
            place = tuple(int(asked[str(k)]) for k in range(len(self.axes)))
            if place not in tried:
                tried.add(place)
                found.append(place)
            if len(found) == wanted:
                break
        return found

    def _axes(self) -> Iterator[tuple[Axis, int]]:
        return zip(self.axes, self.counts, strict=True)

    def levels(self, places: tuple[int, ...]) -> dict[str, Value]:
        """The values of the levers at a place."""
        return {k: v for axis, place in zip(self.axes, places, strict=True) for k, v in _level(axis, place).items()}

    def study(self, number: int, places: Sequence[tuple[int, ...]], before: int) -> Study:
        """A batch as an ordinary study: its policies are one factor, and each meets every world."""
        data = self.config.to_mapping()
        for name in self.names:
            data.get("levers", {}).pop(name, None)
        kept = [table for table, group in zip(data.get("linked", []), self.config.linked, strict=True)
                if group.role != "lever"]  # fmt: skip
        rows = [list(self.levels(place).values()) for place in places]
        labels = [f"policy {before + k}" for k in range(1, len(rows) + 1)]
        data["linked"] = [*kept, {"parameters": list(self.names), "values": rows, "name": POLICY, "levels": labels}]
        data["title"] = f"{self.config.title or 'Search'}: policies {before + 1} to {before + len(rows)}"
        outcomes = data.get("outcomes", {})
        outcomes.pop("baseline", None)
        data["outcomes"] = {**outcomes, "report": list(dict.fromkeys([*self.config.outcomes.report, *self.ways]))}
        if all(axis.lever for axis in axes_of(self.config)) and self.config.design.kind != "file":
            data.pop("design", None)
        else:
            data["design"] = {key: value for key, value in data.get("design", {}).items() if key != "cross"}
        for key in ("expects", "figures"):
            data.pop(key, None)
        return Study(config_from_mapping(data), self.model, name=f"batch_{number:03d}")

    def rows(self, result: StudyResult, number: int, places: Sequence[tuple[int, ...]], before: int) -> pd.DataFrame:
        """What the policies of a batch gave, in their order."""
        finished = result.runs[result.runs["status"] == "ok"]
        missing = [name for name in self.ways if name not in finished]
        if missing:
            hint = did_you_mean(missing[0], list(result.outcomes))
            raise StudyError(f'the model gives no outcome "{missing[0]}".{hint} It gives {", ".join(result.outcomes)}')
        where = result.design.iloc[finished["point"].to_numpy()][["policy", "world"]].reset_index(drop=True)
        table = pd.concat([finished.reset_index(drop=True), where], axis=1)
        rows = []
        for k, place in enumerate(places):
            own = table[table["policy"] == k]
            row: dict[str, object] = {"policy": before + k + 1, "batch": number, **self.levels(place)}
            for name in self.ways:
                row[name] = own.groupby("world")[name].mean().mean()
                row[f"{name}.error"] = own.groupby("replication")[name].mean().sem()
            rows.append({**row, "best": False, "places": place})
        return pd.DataFrame(rows)


def _checked(outcomes: Mapping[str, str], config: StudyConfig, model: object | None) -> dict[str, Direction]:
    if not outcomes:
        raise StudyError("name an outcome to search for")
    ways: dict[str, Direction] = {}
    for name, way in outcomes.items():
        if way not in DIRECTIONS:
            raise StudyError(f'"{name}": the direction is max (more is better) or min (less is); not "{way}"')
        if model is None:
            from schoolsim.outcomes.catalog import OUTCOMES

            if name not in OUTCOMES:
                raise StudyError(f'"{name}" is not an outcome.{did_you_mean(name, OUTCOMES)}')
        ways[name] = "max" if way == "max" else "min"
    return ways


def _empty(job: _Job) -> pd.DataFrame:
    named = [column for name in job.ways for column in (name, f"{name}.error")]
    return pd.DataFrame({name: [] for name in ("policy", "batch", *job.names, *named, "best", "places")})


def _mark_best(trials: pd.DataFrame, ways: Mapping[str, Direction]) -> None:
    known = trials[list(ways)].notna().all(axis=1).to_numpy(dtype=bool)
    best = np.zeros(len(trials), dtype=bool)
    best[known] = pareto_set(trials.loc[known], ways)
    trials["best"] = best


def _places(axis: Axis) -> int:
    """How many values of a lever are told apart."""
    if axis.levels is not None:
        return len(axis.levels)
    return int(axis.high) - int(axis.low) + 1 if axis.whole else STEPS + 1


def _level(axis: Axis, place: int) -> dict[str, Value]:
    if axis.levels is not None:
        return dict(zip(axis.names, axis.levels[place], strict=True))
    if axis.whole:
        return {axis.name: int(axis.low) + place}
    value = float(f"{axis.low + (axis.high - axis.low) * place / STEPS:.10g}")
    return {axis.name: min(max(value, axis.low), axis.high)}


def _distribution(optuna: Any, axis: Axis, count: int) -> Any:
    """Numbers are near or far from one another; words, flags and linked rows are not."""
    ordered = axis.levels is None or all(
        len(level) == 1 and isinstance(level[0], int | float) and not isinstance(level[0], bool)
        for level in axis.levels
    )
    if ordered:
        return optuna.distributions.IntDistribution(0, count - 1)
    return optuna.distributions.CategoricalDistribution(tuple(range(count)))


def _optuna() -> Any:
    """Optuna, which speaks up only when something is wrong.

    Raises:
        StudyError: It is not installed.
    """
    if importlib.util.find_spec("optuna") is None:
        raise StudyError('Optuna, which proposes policies, is not installed: pip install "schoolsim[discovery]"')
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna
