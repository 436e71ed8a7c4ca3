"""Studies of the school model, from a config file to its results."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsim.config import Range, StudyConfig, config_from_mapping, config_from_text, load_config
from schoolsim.config.locate import find_data_file
from schoolsim.config.names import POSTERIOR_FILE
from schoolsim.parameters import REGISTRY, Parameter, parameter
from schoolsim.parameters.errors import ConfigError, ParameterError, did_you_mean
from schoolsim.showing import Facts, as_html, as_text, counted
from schoolsim.studies.comparisons import compares, comparisons
from schoolsim.studies.designs.axes import Axis, listed, ranged
from schoolsim.studies.designs.size import first_levels, grid_points, middle, sampled_points
from schoolsim.studies.errors import DesignError
from schoolsim.studies.estimates import Estimate, estimate, estimate_runs
from schoolsim.studies.execution.executors import Execution
from schoolsim.studies.model import Column, ModelReference
from schoolsim.studies.progress import Report
from schoolsim.studies.replications import Fixed, Precision
from schoolsim.studies.run_request import RunTask
from schoolsim.studies.school_model import school_model
from schoolsim.studies.seeds import design_seed, replication_seed

# Tables are imported where they are made: a study is looked at, counted and timed without them.
if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.config.factors import LinkedFactor
    from schoolsim.studies.designs import Design
    from schoolsim.studies.plan import StudyPlan
    from schoolsim.studies.result import StudyResult


class Study:
    """One config, its points and the runs they will need."""

    def __init__(
        self,
        config: StudyConfig | Mapping[str, Any] | str | Path | None = None,
        model: object | None = None,
        *,
        name: str = "",
        cite: Sequence[str] = (),
        **keys: Any,
    ) -> None:
        """Make a study.

        Args:
            config: A config file by name ("badging_funding", "beacon") or path, the text of one, a mapping in the
                shape of one, or a resolved config; nothing where keywords say it all.
            model: Any model of the config's parameters; the school model when None.
            name: Name of the results folder; made from the title when empty.
            cite: What to cite for the results, beyond the config's own sources.
            keys: Keys and tables of a config file, such as `replications=10` or
                `levers={"badging.scope": ["none", "collective"]}`; they win over the config's, key by key.

        Raises:
            ConfigError: Something is wrong; the message lists the mistakes.
        """
        config, found = _config(config, keys)
        name = name or found
        self.config = config
        self.name = name or _slug(config.title)
        self._model = school_model(config) if model is None else ModelReference.of(model)
        self._cite = (*config.sources, *cite)

    @classmethod
    def load(cls, source: str | Path, model: object | None = None) -> Study:
        """A study from a config file, by path or by name."""
        return cls(load_config(source), model, name=Path(source).stem)

    def _facts(self) -> Facts:
        config = self.config
        varied = [f"{axis} ({_levels(setting)})" for axis, setting in config.swept().items()]
        varied += ["+".join(group.parameters) for group in config.linked]
        rule = replications_of(config)
        many = counted(rule.count, "replication") if isinstance(rule, Fixed) else "replications until it is precise"
        return [
            ("varies", ", ".join(varied) or "nothing"),
            ("design", f"{config.design.kind}: {counted(self.size, 'point')}, {many} each"),
            ("outcomes", ", ".join(config.outcomes.report)),
            ("results", f"results/{self.name}"),
        ]

    def __repr__(self) -> str:
        """Title, what varies, points and replications, outcomes."""
        return as_text(f"Study: {self.config.title}", self._facts())

    def _repr_html_(self) -> str:
        return as_html(f"Study: {self.config.title}", self._facts())

    @cached_property
    def design(self) -> Design:
        """The points and how they come about."""
        return design_of(self.config)

    def points(self) -> pd.DataFrame:
        """The design: one row a point, one column a swept parameter."""
        return self.plan.points

    @cached_property
    def plan(self) -> StudyPlan:
        """Everything that decides the runs."""
        from schoolsim.studies.plan import StudyPlan

        config = self.config
        return StudyPlan(
            points=self.design.points,
            model=self._model,
            replications=self._replications(),
            seed=config.seed,
            fixed=config.fixed(),
            context={"defaults": {name: spec.default for name, spec in REGISTRY.items()}},
            title=config.title,
            config=lambda folder: config.to_toml(folder.resolve()),
            design=self.design.record,
            layout=self.design.layout,
            columns={name: Column(spec.unit, spec.meaning) for name, spec in _parameters(config).items()},
            cite=self._cite,
            worlds=worlds_of(config),
        )

    def _replications(self) -> Fixed | Precision:
        """The replications the config asks for, held to the differences that it reports where it compares."""
        rule, axes = replications_of(self.config), axes_of(self.config)
        if isinstance(rule, Fixed) or not compares(self.config, axes):
            return rule
        return replace(rule, compared=comparisons(self.design.points, axes, self.config.outcomes.baseline))

    @property
    def size(self) -> int:
        """Points of the design, counted without drawing it where that can be."""
        size = size_of(self.config)
        return len(self.design.points) if size is None else size

    def estimate(self, *, workers: int | None = None) -> Estimate:
        """What the study will cost, from a probe run: at the first point, or in the middle of a sample."""
        point, config = typical_point(self.config), self.config
        if point is None:
            return estimate(self.plan, workers=workers)
        worlds = worlds_of(config)
        world = {} if worlds is None else worlds.iloc[0].to_dict()
        task = RunTask("probe", 0, 0, replication_seed(config.seed, 0), {**config.fixed(), **world, **point})
        return estimate_runs(self.size, replications_of(config), self._model, task, workers=workers)

    def run(
        self,
        workers: int | None = None,
        *,
        out: str | Path | None = None,
        executor: str = "auto",
        progress: bool | Report = True,
        time_limit: float | None = None,
        scheduler: str | None = None,
        fail_fast: bool = False,
        retry_failed: bool = False,
    ) -> StudyResult:
        """Make the runs that are missing in the results folder, and the tables.

        Args:
            workers: Processes; None for all processors but one (both of two).
            out: Results folder; `results/<name>` when None.
            executor: `auto`, `serial`, `processes` or `dask`.
            progress: True to show it, False not to, or a function called with `Progress`.
            time_limit: Seconds a run may take.
            scheduler: Address of a Dask scheduler.
            fail_fast: Stop at the first run that fails.
            retry_failed: Make runs again that failed or timed out before.

        Raises:
            StudyError: If the study cannot be run; what was made before is kept.
        """
        from schoolsim.studies.result import StudyResult
        from schoolsim.studies.sweeps import sweep

        execution = Execution(
            executor=executor, workers=workers, time_limit=time_limit, scheduler=scheduler,
            fail_fast=fail_fast, retry_failed=retry_failed, progress=progress,
        )  # fmt: skip
        folder = Path("results") / self.name if out is None else Path(out)
        return StudyResult.open(sweep(self.plan, folder, execution))


def replications_of(config: StudyConfig) -> Fixed | Precision:
    """The replications a config asks for."""
    rule = config.replications
    if isinstance(rule, int):
        return Fixed(rule)
    return Precision(
        rule.precision, config.outcomes.report, absolute=rule.absolute, alpha=round(1 - rule.confidence, 12),
        initial=rule.min, look_ahead=rule.look_ahead, maximum=rule.max,
    )  # fmt: skip


def design_of(config: StudyConfig) -> Design:
    """The design a config asks for.

    Raises:
        DesignError: If a file of points cannot be read, or a value in it is not allowed.
    """
    from schoolsim.studies.designs import Sampling, crossed, joint, tabled
    from schoolsim.studies.designs.tables import read_points

    axes, wanted = axes_of(config), config.design
    levers = [axis for axis in axes if axis.lever]
    others = [axis for axis in axes if not axis.lever]
    if wanted.kind == "grid":
        return crossed(levers, others)
    if wanted.kind == "file":
        factors = {group.name: group for group in config.linked if group.name and group.levels}
        table = read_points(str(wanted.file), lambda name, value: _checked(name, value, factors))
        inside = [group for name, group in factors.items() if name in table]
        levers = [axis for axis in levers if all(axis.names != group.parameters for group in inside)]
        _require_columns(config, inside)
        table = _with_parameters(table, inside)
        design = crossed(levers, table) if wanted.cross and levers else tabled(table)
        config.check_points({str(name): design.points[name].tolist() for name in design.points.columns})
        return design
    sampling = Sampling(
        wanted.kind, points=wanted.points, trajectories=wanted.trajectories,
        levels=4 if wanted.levels is None else wanted.levels,
    )  # fmt: skip
    return joint(axes, sampling, config.seed, cross=wanted.cross)


def worlds_of(config: StudyConfig) -> pd.DataFrame | None:
    """The worlds a config runs its replications in; None where it names none.

    They are the rows of the calibrated sample in an order that the study's seed decides. What the study itself sets or
    varies is left out of them.

    Raises:
        ConfigError: There is no such sample.
        DesignError: It cannot be read.
    """
    if not config.worlds:
        return None
    import numpy as np

    from schoolsim.studies.designs.tables import read_points

    sample = read_points(find_data_file(POSTERIOR_FILE, Path.cwd()), _checked)
    own = {*config.fixed(), *config.axes()}
    order = np.random.default_rng(design_seed(config.seed)).permutation(len(sample))
    return sample.drop(columns=[name for name in sample if name in own]).iloc[order].reset_index(drop=True)


def size_of(config: StudyConfig) -> int | None:
    """Points of the design a config asks for; None where a file holds them."""
    listed_axes, sampled, design = *_listed_and_sampled(config), config.design
    if design.kind == "grid":
        return grid_points(listed_axes)
    size = design.trajectories if design.kind == "morris" else design.points
    return None if size is None else grid_points(listed_axes) * sampled_points(design.kind, size, len(sampled))


def typical_point(config: StudyConfig) -> dict[str, float | int | bool | str] | None:
    """A point like those of the design: first levels, and the middle of what is sampled; None for a file of points."""
    if config.design.kind == "file":
        return None
    listed_axes, sampled = _listed_and_sampled(config)
    return {**first_levels(listed_axes), **middle(sampled)}


def _listed_and_sampled(config: StudyConfig) -> tuple[list[Axis], list[Axis]]:
    """Axes whose levels are tried in every combination, and axes that are sampled."""
    axes, design = axes_of(config), config.design
    if design.kind == "grid":
        return axes, []
    crossed_axes = [axis for axis in axes if design.cross and axis.lever]
    return crossed_axes, [axis for axis in axes if axis not in crossed_axes]


def axes_of(config: StudyConfig) -> list[Axis]:
    """What varies in a config, in the order of the catalogue; linked parameters last."""
    axes = []
    for name, setting in config.swept().items():
        spec = parameter(name)
        lever = spec.role == "lever"
        if not isinstance(setting, Range):
            axes.append(listed({name: setting}, lever=lever))
        elif setting.levels is not None:
            axes.append(listed({name: setting.values()}, lever=lever))
        else:
            whole = spec.kind == "whole"
            axes.append(ranged(name, setting.low, setting.high, whole=whole, lever=lever))
    for group in config.linked:
        columns = zip(group.parameters, zip(*group.values, strict=True), strict=True)
        axes.append(listed(dict(columns), lever=group.role == "lever"))
    return axes


def _with_parameters(table: pd.DataFrame, factors: Sequence[LinkedFactor]) -> pd.DataFrame:
    """A table of points in which factors, told by their levels, are replaced by the parameters they set."""
    import pandas as pd

    columns: dict[str, list[object]] = {}
    by_name = {factor.name: factor for factor in factors}
    for name in map(str, table.columns):
        if name not in by_name:
            columns[name] = table[name].tolist()
            continue
        factor = by_name[name]
        rows = [factor.values[factor.levels.index(str(level))] for level in table[name]]
        both = set(factor.parameters) & {*columns, *map(str, table.columns)}
        if both:
            raise DesignError(f'"{name}" and "{min(both)}" are both columns of the design, and the one sets the other')
        columns |= dict(zip(factor.parameters, map(list, zip(*rows, strict=True)), strict=True))
    return pd.DataFrame(columns, dtype=object)


def _require_columns(config: StudyConfig, inside: Sequence[LinkedFactor]) -> None:
    """Refuse a factor of worlds that is neither a column of the file nor crossed with it."""
    for group in config.linked:
        crossed_with_it = config.design.cross and group.role == "lever"
        if group not in inside and not crossed_with_it:
            raise DesignError(
                f'{config.design.file} has no column "{group.name}": this study takes its worlds from the file, so '
                f"give each point one of {', '.join(group.levels)}"
            )


def _plain_name(level: object) -> str:
    """A level as it is compared: "low_competition", the name of its config, is "Low competition", its title."""
    return str(level).rpartition("/")[2].replace("_", " ").casefold()


def _checked(name: str, value: object, factors: Mapping[str, LinkedFactor] | None = None) -> object:
    if factors and name in factors:
        levels = {_plain_name(level): level for level in factors[name].levels}
        if _plain_name(value) not in levels:
            hint = did_you_mean(str(value), factors[name].levels)
            raise DesignError(f'"{name}" cannot be {value!r}: it must be one of {", ".join(levels.values())}.{hint}')
        return levels[_plain_name(value)]
    try:
        return parameter(name).check(value)
    except ParameterError as error:
        raise DesignError(str(error)) from None


def _parameters(config: StudyConfig) -> dict[str, Parameter]:
    """The parameters of a study's tables: all there are, and those of its programmes."""
    return {**REGISTRY, **{name: parameter(name) for name in (*config.fixed(), *config.axes())}}


def _config(given: object, keys: Mapping[str, Any]) -> tuple[StudyConfig, str]:
    """The resolved config, and the name of its file where it has one."""
    name = ""
    if isinstance(given, StudyConfig):
        config: StudyConfig | None = given
    elif isinstance(given, Mapping):
        return config_from_mapping({**given, **keys}), name
    elif isinstance(given, str) and "\n" in given:
        config = config_from_text(given)
    elif isinstance(given, str | Path):
        config, name = load_config(given), Path(given).stem
    elif given is None:
        config = None
    else:
        raise ConfigError(
            f"a study is made of a config's name, path, text or mapping, or of keywords; not of {type(given).__name__}."
        )
    return (config, name) if config is not None and not keys else (config_from_mapping(keys, on=config), name)


def _levels(setting: object) -> str:
    """Levels of a lever, or the range of what is sampled."""
    if isinstance(setting, Range):
        return f"{setting.low} to {setting.high}" if setting.levels is None else counted(setting.levels, "level")
    return ", ".join(str(level) for level in setting) if isinstance(setting, tuple) else str(setting)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "study"
