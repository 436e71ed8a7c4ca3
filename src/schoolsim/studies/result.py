"""Results of a study: its tables, and the comparisons they allow."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.registry import is_parameter, parameter
from schoolsim.showing import Facts, as_html, as_text
from schoolsim.studies.errors import StudyError
from schoolsim.studies.model import Column, Model, RunResult, model_version
from schoolsim.studies.run_columns import RunColumns
from schoolsim.studies.run_request import OK
from schoolsim.studies.seeds import world_of
from schoolsim.studies.store.columns import read_columns
from schoolsim.studies.store.constants import constant_columns
from schoolsim.studies.store.export import export_csv
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.manifest import COMPLETE, require_manifest
from schoolsim.studies.store.replication_curve import curve_schema
from schoolsim.studies.store.schema import Manifest
from schoolsim.studies.store.sealed import SealedFiles
from schoolsim.studies.store.stored_plan import UserModel, stored_plan
from schoolsim.studies.store.tables import (
    SCHOOLS,
    checked_dataset,
    give_back_memory,
    partial_tables,
    read_design,
    read_points,
    read_schema,
    read_table,
    require_schema,
    runs_schema,
    series_schema,
)

if TYPE_CHECKING:
    from schoolsim.analysis.discovery import Discovery
    from schoolsim.analysis.policies import PolicyRuns
    from schoolsim.analysis.robustness import Robustness
    from schoolsim.config import StudyConfig
    from schoolsim.figures.tables import Drawn
    from schoolsim.studies.half_term_values import HalfTermValues

MANY_RUNS = 100_000
"""Runs from which outcomes are kept at hand on the disk."""
TABLES = ("points", "design", "worlds", "runs", "series", "schools", "replications")


class StudyResult:
    """A results folder that is read.

    Every file is compared with its hash in the manifest before it is first used. Tables are loaded
    when asked for, and then kept.
    """

    def __init__(self, folder: Folder, manifest: Manifest) -> None:
        """Use `open`."""
        self._folder = folder
        self._sealed = SealedFiles(folder, manifest["files"])
        self._checked: set[str] = set()
        self._at_hand: RunColumns | None = None
        self.manifest = manifest

    @classmethod
    def open(cls, folder: str | Path) -> StudyResult:
        """Open the results in a folder, also of a study that is not complete.

        Raises:
            StoreError: If there is no study there, or its manifest is damaged.
        """
        place = Folder(Path(folder))
        return cls(place, require_manifest(place))

    def _facts(self) -> Facts:
        points = self.points
        runs = ", ".join(f"{number:,} {status}" for status, number in self.counts.items()) or "none yet"
        return [
            ("folder", str(self.folder)),
            ("state", "complete" if self.complete else "not complete: tables hold the runs made so far"),
            ("runs", runs),
            ("points", f"{len(points):,}, varying {', '.join(points.columns) or 'nothing'}"),
            ("outcomes", ", ".join(self.config.outcomes.report)),
            ("read it", f"schoolsim answer {self.folder}"),
        ]

    def __repr__(self) -> str:
        """Title, state, runs, what varies, and how to read the answer."""
        return as_text(f"StudyResult: {self.config.title}", self._facts())

    def _repr_html_(self) -> str:
        return as_html(f"StudyResult: {self.config.title}", self._facts())

    @property
    def folder(self) -> Path:
        """Where the results are."""
        return self._folder.path

    @property
    def complete(self) -> bool:
        """Whether all runs were made; if not, the tables hold those made so far."""
        return self.manifest["state"] == COMPLETE

    @cached_property
    def config(self) -> StudyConfig:
        """The resolved config the study was run from."""
        from schoolsim.config import load_config

        return load_config(self._sealed.require(self._folder.config), must_exist=False)

    @cached_property
    def config_text(self) -> str:
        """The same as it stands in its file."""
        return self._sealed.require(self._folder.config).read_text(encoding="utf-8")

    @cached_property
    def columns(self) -> pd.DataFrame:
        """One row a column of the tables: `name`, `table`, `role`, `unit`, `definition`, `time`."""
        return pd.DataFrame(read_columns(self._sealed.require(self._folder.columns)))

    @cached_property
    def points(self) -> pd.DataFrame:
        """The design: one row a point, one column a swept parameter."""
        frame = read_points(self._path("points"), self.manifest["study"]["points"])
        return frame.set_axis(pd.RangeIndex(len(frame), name="point"))

    @cached_property
    def design(self) -> pd.DataFrame:
        """One row a point: its `policy` and `world`, and for a sample its place, `unit/<axis>`."""
        return read_design(self._path("design"))

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """Worlds that replications are run in: one row a world, one column a parameter; empty where there are none.

        `schoolsim.studies.seeds.world_of` says which a replication has.
        """
        if "worlds" not in self.manifest["study"]:
            return pd.DataFrame()
        return read_design(self._path("worlds"))

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: ids, seed, status, swept parameters, outcomes."""
        return self._read("runs")

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a run, outcome and half-term: `run point replication half_term outcome value`."""
        return self._read("series")

    @cached_property
    def schools(self) -> pd.DataFrame:
        """One row a run, time, outcome and school: `run point replication half_term outcome urn value`.

        Raises:
            StudyError: The study keeps nothing of schools.
        """
        self._require_schools()
        return self._read("schools")

    def _require_schools(self) -> None:
        if not self.config.outcomes.schools:
            raise StudyError(
                f"the study in {self.folder} keeps nothing of single schools: add to its config, under [outcomes], "
                'schools = ["progress"], and run it in another folder'
            )

    @cached_property
    def replications(self) -> pd.DataFrame:
        """How means of points, or of differences between them, settled; empty for a fixed number of replications."""
        return self._read("replications") if self._folder.replications in self._sealed else _NO_CURVE

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Names of the outcomes, in the order of the runs table."""
        names = read_schema(self._path("runs")).names if self.complete else self._partial["runs"].column_names
        return tuple(names[len(_RUN) + self.points.shape[1] :])

    @cached_property
    def counts(self) -> dict[str, int]:
        """Runs by status."""
        return {str(k): int(n) for k, n in self._some("runs", ["status"])["status"].value_counts().items()}

    @property
    def unfinished(self) -> pd.DataFrame:
        """One row a run that failed or timed out: its ids, seed, status and error."""
        rows = self._partial["runs"] if not self.complete else checked_dataset(self._path("runs"))
        chosen = ds.field("status") != OK
        if isinstance(rows, ds.Dataset):
            return rows.to_table(columns=_RUN, filter=chosen).to_pandas()
        return rows.filter(chosen).select(_RUN).to_pandas()

    def measured_runs(self, outcomes: Sequence[str], points: pd.DataFrame | None = None) -> pd.DataFrame:
        """The runs without what nobody asked for: a million take a few megabytes a column.

        Args:
            outcomes: The outcomes wanted.
            points: What stands for the swept parameters, a row a point: `points` when None, or some of its columns, or
                factors (`named_points`).

        Returns:
            One row a run: `point replication seed status`, `draw` where replications have worlds (its number), the
            columns of `points`, the outcomes. Words are categories, in the order in which they come.
        """
        fixed = ["point", "replication", "seed", "status"]
        kept = self._at_hand
        if kept is not None and all(name in kept for name in outcomes):
            give_back_memory()  # what was made of the outcome before
            table, values = self._fixed, {name: kept.of(name) for name in outcomes}
        else:
            table = self._some("runs", [*fixed, *outcomes])
            values = {name: table[name] for name in outcomes}
        swept = self.points if points is None else points
        at = table["point"].to_numpy()
        columns = {name: table[name] for name in fixed}
        if len(self.worlds):
            columns["draw"] = world_of(table["replication"], len(self.worlds))
        columns |= {str(name): _coded(swept[name]).take(at) for name in swept}
        return pd.DataFrame(columns | values, copy=False)

    def keep_at_hand(self, outcomes: Sequence[str]) -> None:
        """Read some outcomes of a complete study of very many runs once, so that `measured_runs` finds each quickly.

        Args:
            outcomes: The outcomes.
        """
        runs = sum(map(int, self.counts.values()))
        if self.complete and runs >= MANY_RUNS and outcomes:
            self._fixed = self._some("runs", ["point", "replication", "seed", "status"])
            self._at_hand = RunColumns(self._path("runs"), outcomes, runs)
            give_back_memory()

    def through_time(self, outcomes: Sequence[str] = (), *, since: int = 0) -> HalfTermValues:
        """The series of some outcomes of a complete study, half-term by half-term, for one that does not fit in memory.

        Args:
            outcomes: The outcomes wanted; all that have series when empty.
            since: The first half-term wanted; 0 is when the policy begins.

        Returns:
            The values, to be used in a `with` statement; runs are in the order of `measured_runs`.
        """
        from schoolsim.studies.half_term_values import HalfTermValues

        return HalfTermValues(self._path("series"), self._some("runs", ["point", "replication"]), outcomes, since)

    def dataset(self, table: str) -> ds.Dataset:
        """A table of a complete study, to be read in pieces: for one that does not fit in memory.

        Args:
            table: One of `TABLES`.

        Returns:
            An Arrow dataset: `.to_table(filter=..., columns=...)`, `.to_batches()`, or a query of
            it with DuckDB.
        """
        if table not in TABLES:
            raise StudyError(f'"{table}" is not one of {", ".join(TABLES)}')
        return checked_dataset(self._path(table))

    def contrast(
        self,
        lever: str,
        *,
        baseline: object,
        outcomes: Sequence[str] | None = None,
        by: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Paired differences of every level of a lever from its baseline, with intervals.

        See `schoolsim.analysis.contrast`, which does it. Where no outcomes are named, they are those that the study
        reports, or all where it reports none. Parameters that the study varies together are one factor, by its name.
        """
        wanted = self._asked(outcomes)
        return _analysis().contrast(self._measured(wanted), lever, baseline=baseline, outcomes=wanted, by=by)

    def school_gains(self, lever: str, *, baseline: object, outcome: str, half_term: int | None = None) -> pd.DataFrame:
        """Which schools gain at every level of a lever against its baseline, in how many worlds, with intervals.

        See `schoolsim.analysis.school_gains`, which does it.
        """
        return _analysis().school_gains(
            self.schools, self._measured([]), lever, baseline=baseline, outcome=outcome, half_term=half_term,
            of_runs=self.outcomes,
        )  # fmt: skip

    def interaction(
        self, baselines: Mapping[str, object], *, outcomes: Sequence[str] | None = None, by: Sequence[str] = ()
    ) -> pd.DataFrame:
        """Differences of differences: how the effect of a lever differs between levels of a second.

        See `schoolsim.analysis.interaction`, which does it; names are those of `contrast`.
        """
        wanted = self._asked(outcomes)
        return _analysis().interaction(self._measured(wanted), baselines, outcomes=wanted, by=by)

    def _asked(self, outcomes: Sequence[str] | None) -> list[str]:
        return list(outcomes or self.config.outcomes.report or self.outcomes)

    def discover(
        self,
        outcome: str,
        *,
        at_least: float | None = None,
        at_most: float | None = None,
        fails: bool = False,
        policy: Mapping[str, object] | None = None,
        against: Mapping[str, object] | None = None,
        density: float = 0.75,
        method: Literal["prim", "tree"] = "prim",
    ) -> Discovery:
        """The kinds of world in which a policy meets a bound, or fails it: `.lines()`, `.table()`, `.boxes`.

        See `schoolsim.analysis.discover`, which does it; names are those of `contrast`.
        """
        found: Discovery = _analysis().discover(
            self._policies([outcome]), outcome, at_least=at_least, at_most=at_most, fails=fails, policy=policy,
            against=against, density=density, method=method,
        )  # fmt: skip
        return found

    def robust(
        self, outcomes: Mapping[str, str], *, at_least: float | None = None, at_most: float | None = None
    ) -> Robustness:
        """How policies do over worlds: regret, the worst world, bounds that are met, Pareto sets; `.lines()`, `.table`.

        See `schoolsim.analysis.robust`, which does it.

        Args:
            outcomes: Outcome to `max` where more is better, `min` where less is: `{"progress.mean": "max"}`.
            at_least: A bound that the one outcome should reach.
            at_most: A bound that it should not exceed.
        """
        policies = self._policies(list(outcomes))
        found: Robustness = _analysis().robust(policies, outcomes, at_least=at_least, at_most=at_most)
        return found

    def _policies(self, outcomes: list[str]) -> PolicyRuns:
        found: PolicyRuns = _analysis().policy_runs(
            self._measured(outcomes), self.design, [str(name) for name in self.named_points]
        )
        return found

    @cached_property
    def named_points(self) -> pd.DataFrame:
        """The points, in which parameters that are varied together are one column of named levels."""
        factors = importlib.import_module("schoolsim.analysis.factors")
        table: pd.DataFrame = factors.with_factors(self.points, factors.factors_of(self.config))
        return table

    def figure(self, kind: str = "", options: Mapping[str, object] | None = None) -> Drawn:
        """One figure of the study; a notebook shows it. See `schoolsim.figures.of_study.draw_figure`, which does it.

        Args:
            kind: Of figure, as `schoolsim list figures` names it; the study's first figure when empty.
            options: As in a `[[figures]]` table, such as `{"lever": "badging.scope"}`.

        Returns:
            `.figure` (Matplotlib's), `.caption` and `.table`.

        Raises:
            UserError: It cannot be drawn as asked.
        """
        drawn: Drawn = importlib.import_module("schoolsim.figures.of_study").draw_figure(self, kind, options)
        return drawn

    def report(self, path: str | Path | None = None) -> Path:
        """Write one page of HTML that says all of the study; see `schoolsim.report.write_report`, which does it.

        Args:
            path: The file; `report.html` in the results folder when None.

        Returns:
            The file.

        Raises:
            StoreError: A file of the study is not as it was written, or the disk will not have the page.
            AnalysisError: There are too few runs to say anything.
        """
        file: Path = importlib.import_module("schoolsim.report").write_report(self, path)
        return file

    def publish(self, path: str | Path | None = None, tell: Callable[[str], None] = lambda line: None) -> Path:
        """Write one page of HTML with sliders over levers and worlds; see `schoolsim.publish.publish_study`.

        Args:
            path: The file; `published.html` in the results folder when None.
            tell: Called with a line before what takes seconds.

        Returns:
            The file.

        Raises:
            StoreError: A file of the study is not as it was written, or the disk will not have the page.
            AnalysisError: There is nothing to publish, the page would be too large, or scikit-learn is not installed.
        """
        file: Path = importlib.import_module("schoolsim.publish").publish_study(self, path, tell)
        return file

    def export_csv(self, target: str | Path, *, compress: bool = False, constants: bool = False) -> list[Path]:
        """Write every table as CSV into a folder; see `store.export.export_csv`.

        Args:
            target: The folder.
            compress: Whether to write `.csv.gz`.
            constants: Whether `runs.csv` has a column, too, of everything that the study sets and does not vary between
                points.
        """
        told = {name: Column(parameter(name).unit, parameter(name).meaning) for name in self._constants}
        return export_csv(self.folder, target, compress=compress, constants=told if constants else None)

    @property
    def _constants(self) -> list[str]:
        """What the study sets and does not vary between points, as far as it is of the school model."""
        return [name for name in (*self.manifest["study"]["fixed"], *self.worlds) if is_parameter(name)]

    def with_constants(self, runs: pd.DataFrame | None = None) -> pd.DataFrame:
        """The runs with a column, too, of everything that the study sets and does not vary between points.

        Args:
            runs: Some of them, with the column `replication`; all when None.

        Returns:
            The same rows; the columns of the study's constants, and of the worlds of its replications, at the end.
        """
        table = self.runs if runs is None else runs
        columns = constant_columns(self.manifest["study"]["fixed"], self.worlds, table["replication"])
        return table.assign(**{name: column.to_numpy(zero_copy_only=False) for name, column in columns.items()})

    def rerun(self, run: str, *, model: UserModel | None = None) -> RunResult:
        """Make one run again in this process, to see its result or its failure.

        Args:
            run: Id of the run, 16 hex digits, also as exported tables have it; the first few are
                enough if only one starts so.
            model: The model of the study, where it is not the school model; see `reproduce`.

        Raises:
            StudyError: If there is no such run, or the model has another version now.
            Exception: Whatever the model raises.
        """
        loaded, row, parameters = self.model_of(run, model=model)
        return loaded.run(parameters, int(row["seed"]))

    def model_of(self, run: str, *, model: UserModel | None = None) -> tuple[Model, pd.Series, dict[str, object]]:
        """The model of one run, its row in the runs table, and its parameters: what makes it again; see `rerun`.

        Raises:
            StudyError: If there is no such run, or the model has another version now.
        """
        row = self._row(run)
        plan = stored_plan(self._folder, self.manifest, model)
        loaded = plan.model.load()
        if model_version(loaded) != plan.version:
            raise StudyError(
                f"the study was run with version {plan.version} of {plan.model.path}; this is {model_version(loaded)}"
            )
        return loaded, row, plan.parameters(int(row["point"]), int(row["replication"]))

    def _row(self, run: str) -> pd.Series:
        run = run.removeprefix("'")  # as it is in an exported table
        runs = self._some("runs", ["run", "point", "replication", "seed"])
        matches = runs[runs["run"].str.startswith(run)]
        if matches["run"].nunique() != 1:
            what = "no run" if matches.empty else "more than one run"
            raise StudyError(f'{what} in {self.folder} has an id that starts with "{run}"')
        return matches.iloc[0]

    def _read(self, table: str) -> pd.DataFrame:
        if not self.complete and table in ("runs", "series", "schools"):
            return self._partial[table].to_pandas()
        return read_table(self._path(table)).to_pandas()

    def _some(self, table: str, columns: list[str]) -> pd.DataFrame:
        """Some columns of the runs or the series."""
        found = read_table(self._path(table), columns) if self.complete else self._partial[table].select(columns)
        words = [name for name in columns if name == "status"]
        frame = found.to_pandas(categories=words, split_blocks=True, self_destruct=self.complete)
        del found
        give_back_memory()
        return frame

    def _measured(self, outcomes: Sequence[str]) -> pd.DataFrame:
        for name in outcomes:
            if name not in self.outcomes:
                raise StudyError(f'no outcome "{name}".{did_you_mean(name, self.outcomes)}')
        return self.measured_runs(outcomes, self.named_points)

    @cached_property
    def _partial(self) -> dict[str, pa.Table]:
        index = PartIndex.of(self._folder.parts, self.manifest["identity"], len(self.points), repair=False)
        return partial_tables(index, self.points)

    def _path(self, table: str) -> Path:
        """The file of a table, compared with its hash; its columns are those a table of its kind begins with."""
        path: Path = getattr(self._folder, table)
        if table in self._checked:
            return path
        self._sealed.require(path)
        if table == "runs":
            require_schema(path, read_schema(path), runs_schema(read_schema(self._path("points")), []))
        elif table == "replications":
            require_schema(path, read_schema(path), curve_schema(read_schema(path)))
        elif table in _SCHEMAS:
            require_schema(path, read_schema(path), _SCHEMAS[table])
        self._checked.add(table)
        return path


def _coded(column: pd.Series) -> Any:
    """The values of a column, words as categories: a byte each, where a million words take eight."""
    if pd.api.types.is_numeric_dtype(column):
        return column.array
    return pd.Categorical(column, categories=list(dict.fromkeys(column)))


def _analysis() -> ModuleType:
    """Analysis is built on studies: it is imported only when it is used."""
    return importlib.import_module("schoolsim.analysis")


_RUN = runs_schema(pa.schema([]), []).names
_SCHEMAS = {"series": series_schema(), "schools": SCHOOLS}
_NO_CURVE = pd.DataFrame()
