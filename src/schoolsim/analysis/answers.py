"""The answer of a study, chosen by its design: what differs, where, in how many worlds, and what it hangs on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import pandas as pd

from schoolsim.analysis.contrasts import contrast, interaction, replication_effects
from schoolsim.analysis.factors import factors_of
from schoolsim.analysis.gains import gains_told, school_gains
from schoolsim.analysis.levels import level_table, overall_table
from schoolsim.analysis.run_table import AnalysisError, batches, few_at_a_time
from schoolsim.analysis.sampled_sentences import (
    level_sentences,
    measured_sentence,
    sensitivity_sentences,
    world_sentences,
)
from schoolsim.analysis.sensitivity import morris, sobol
from schoolsim.analysis.sentences import (
    comparison,
    comparison_sentence,
    contrast_sentences,
    outcome_words,
    yardstick_sentence,
)
from schoolsim.analysis.worlds import draw_effects, drivers, world_effects, world_summary
from schoolsim.analysis.yardsticks import COSTS, FEWEST, MONTHS, helpers, yardsticks
from schoolsim.config.names import SYNTHETIC
from schoolsim.parameters.registry import REGISTRY, is_parameter, parameter

if TYPE_CHECKING:
    from schoolsim.config.schema import Expectation
    from schoolsim.studies import StudyResult

REPORTED: Final = ("progress.partner", "progress.neediest")
"""Outcomes that are answered for where a study reports none."""
EFFECTS: Final = ("effect.mean", "effect.partner", "effect.originator", "effect.neither")
"""Against the same schools without any programme: what a study of one point is answered by."""
MOST_SETTINGS: Final = 3
"""Levels of a setting that are told one by one."""
AGAINST_NOTHING: Final = {
    "progress.mean": "effect.mean", "progress.partner": "effect.partner", "progress.originator": "effect.originator",
}  # fmt: skip
"""The effect against no programme that an expectation of progress is held against."""
SAMPLED: Final = ("lhs", "sobol", "file")
POINTS: Final = "result.points"
"""The parameter that says how many percentage points one standard deviation of pupils' results is."""


Effect: TypeAlias = "tuple[dict[str, Any], pd.DataFrame, pd.DataFrame]"
"""An effect as a row, its parts a replication or a world, and what spread and gap were without it."""


def month_of_progress(result: StudyResult) -> float | None:
    """Percentage points of pupils' results in a month of progress; None where the study varies that."""
    points = _pupil_points(result)
    return None if points is None else points / MONTHS


def _pupil_points(result: StudyResult) -> float | None:
    """Percentage points in a standard deviation of pupils' results; None where the study varies that."""
    if POINTS in result.points:
        return None
    return float(result.config.fixed().get(POINTS, REGISTRY[POINTS].default))


class Answer:
    """What a study says of its question.

    Args:
        result: The study, finished or not.
        whole: Whether to tell, where several levers are compared, how the effect of each differs with the settings and
            with the others' levels.
    """

    def __init__(self, result: StudyResult, *, whole: bool = False) -> None:
        """Read what is needed of the study."""
        self.result, self.config, self.whole = result, result.config, whole
        self._contrasts: dict[tuple[str, object, tuple[str, ...]], pd.DataFrame] = {}
        # What columns mean is stored with the last run; until then units are the catalogue's.
        self.columns = result.columns if result.complete else None
        self.factors = factors_of(result.config)
        result.keep_at_hand([name for name in self._needed() if name in result.outcomes])
        self.outcomes, self.unknown = self._outcomes()
        self.swept = [str(name) for name in result.named_points]

    def _reported(self) -> list[str]:
        """Outcomes that the study reports, of those it has."""
        known = self.result.outcomes
        return [name for name in self.config.outcomes.report or REPORTED if name in known] or list(known[:1])

    def _needed(self) -> list[str]:
        """Outcomes that are read: those reported, and what yardsticks rest on where there are any."""
        reported = self._reported()
        effects = EFFECTS if self.kind == "one point" else ()
        rest = helpers(effects or reported) if self.kind in ("one point", "grid", "worlds") else ()
        return list(dict.fromkeys([*reported, *effects, *rest]))

    def _outcomes(self) -> tuple[list[str], list[str]]:
        """Outcomes that have a value in every finished run, and those that have not."""
        reported = self._reported()
        finite = [name for name in reported if self._known(name)]
        return finite, [name for name in reported if name not in finite]

    def _known(self, outcome: str) -> bool:
        """Whether an outcome has a value in every finished run."""
        runs = self.runs_of(outcome)
        return bool(np.isfinite(runs[outcome][runs["status"] == "ok"].astype(float)).all())

    def runs_with(self, *outcomes: str) -> pd.DataFrame:
        """The runs with what they vary and these outcomes.

        Of a million runs, an outcome is eight megabytes, and what is made of it several times that: outcomes are
        told one after the other.
        """
        return self.result.measured_runs(outcomes, self.result.named_points)

    @cached_property
    def _points(self) -> pd.DataFrame:
        """What is varied, a row a point of which there are runs, in the order of the runs."""
        named = self.result.named_points
        return named.iloc[pd.unique(self.runs_with()["point"])] if len(named.columns) else named

    def levels(self, lever: str) -> list[object]:
        """The levels of a lever, in the order of the runs."""
        return list(dict.fromkeys(self._points[lever]))

    def contrast(self, lever: str, baseline: object, by: Sequence[str] = ()) -> pd.DataFrame:
        """Paired differences in every outcome; see `analysis.contrast`."""
        key = (lever, baseline, tuple(by))
        if key not in self._contrasts:
            self._contrasts[key] = few_at_a_time(
                self.runs_with, self.outcomes,
                lambda runs, name: contrast(runs, lever, baseline=baseline, outcomes=name, by=by),
            )  # fmt: skip
        return self._contrasts[key]

    def level_table(self, by: Sequence[str] = ()) -> pd.DataFrame:
        """Means of every outcome; see `analysis.level_table`."""
        return few_at_a_time(self.runs_with, self.outcomes, lambda runs, name: level_table(runs, outcomes=name, by=by))

    def overall_table(self, outcomes: Sequence[str]) -> pd.DataFrame:
        """Means of these outcomes over all scenarios; see `analysis.overall_table`."""
        return few_at_a_time(self.runs_with, outcomes, lambda runs, name: overall_table(runs, outcomes=name))

    @property
    def compares_policies(self) -> bool:
        """Whether several policies meet several worlds."""
        design = self.result.design
        return "policy" in design and design["policy"].nunique() > 1 and design["world"].nunique() > 1

    def world_effects(self, lever: str, baseline: object, outcome: str) -> pd.DataFrame:
        """Effects of a lever in each world; see `analysis.world_effects`."""
        worlds = self.result.design["world"].to_numpy()
        return world_effects(self.runs_with(outcome), worlds, lever, baseline=baseline, outcomes=[outcome])

    def world_summary(self, lever: str, baseline: object) -> pd.DataFrame:
        """How the effects of a lever vary over worlds, level by level; see `analysis.world_summary`."""
        uncertain = self.uncertain()
        parts = [world_summary(self.world_effects(lever, baseline, name), uncertain) for name in self.outcomes]
        return _level_by_level(parts)

    def point_means(self, outcome: str) -> pd.Series:
        """Mean of an outcome at every point of which a run is finished."""
        runs = self.runs_of(outcome)
        means: pd.Series = runs[runs["status"] == "ok"].groupby("point")[outcome].mean()
        return means

    @property
    def kind(self) -> str:
        """How it is answered: `one point`, `grid`, `worlds`, `saltelli` or `morris`."""
        kind = self.config.design.kind
        if len(self.result.points) <= 1:  # a study without anything swept has no columns, hence no rows
            return "one point"
        if kind in SAMPLED:
            return "worlds"
        return kind

    def lines(self) -> list[str]:
        """The answer in sentences, with what its sources expected beside what was found.

        Raises:
            AnalysisError: There are too few runs to say anything.
        """
        expected = [one.sentence() for one in self.expectations() if one.found]
        return [*self.findings(), *expected]

    def findings(self) -> list[str]:
        """What was found, in sentences.

        Raises:
            AnalysisError: There are too few runs to say anything.
        """
        told = {
            "one point": self._of_one_point, "grid": self._of_grid, "worlds": self._of_worlds,
            "saltelli": self._of_sensitivity, "morris": self._of_sensitivity,
        }  # fmt: skip
        if not self.outcomes and self.kind != "one point":
            raise AnalysisError(_nothing(self.unknown))
        return [*told[self.kind](), *([_nothing(self.unknown)] if self.unknown else ())]

    def school_gains(self, lever: str, baseline: object, outcome: str) -> pd.DataFrame:
        """Which schools gain between a level and another; see `schoolsim.analysis.school_gains`."""
        schools = self.result.schools
        of_runs = self.result.outcomes
        return school_gains(schools, self.runs_with(), lever, baseline=baseline, outcome=outcome, of_runs=of_runs)

    def school_lines(self, names: Mapping[int, str] | None = None) -> list[str]:
        """Which schools gain and lose, in sentences.

        Args:
            names: Names of schools, by number.

        Raises:
            AnalysisError: Schools differ between replications, or nothing is compared.
            StudyError: The study keeps nothing of schools.
        """
        if self.config.population.source == SYNTHETIC:
            raise AnalysisError(
                "made-up schools are drawn anew for every replication, so no single school can be followed: run the "
                "study on real schools, as by schoolsim sweep --schools FILE"
            )
        stored = list(dict.fromkeys(self.result.schools["outcome"]))
        lines = list(gains_told(self, dict(names or {}), stored))
        if not lines:
            raise AnalysisError("the study compares nothing: it varies neither a lever nor anything else.")
        return lines

    def levers(self) -> dict[str, object]:
        """What is compared, each with the level it is compared with: levers, or whatever varies where no lever does."""
        varied = [name for name in self.swept if self._points[name].nunique() > 1]
        chosen = [name for name in varied if self._is_lever(name)] or varied
        return {name: self._baseline(name) for name in chosen}

    def _is_lever(self, name: str) -> bool:
        if is_parameter(name):
            return parameter(name).role == "lever"
        return any(factor.lever for factor in self.factors if factor.name == name)

    def _baseline(self, name: str) -> object:
        given: Mapping[str, object] = self.config.baseline
        factor = next((one for one in self.factors if one.name == name), None)
        if factor is not None:
            for parameter in factor.parameters:
                if parameter in given:
                    return factor.level_with(parameter, given[parameter])
        return given.get(name, self._points[name].iloc[0])

    @property
    def leaves_out(self) -> bool:
        """Whether more would be told with `whole`."""
        return self.kind == "grid" and not self.whole and len(self.levers()) > 1

    @cached_property
    def yardsticks(self) -> pd.DataFrame:
        """Every effect in terms a reader knows; see `analysis.yardsticks`.

        One row an effect and yardstick: `outcome`, `lever`, `level`, `baseline`, the setting if one is told apart,
        `mean`, `low` and `high` in the outcome's unit (of sampled worlds: their median and middle 90%), `clear` (all of
        that lies on one side of 0), `yardstick`, `value`, `value_low`, `value_high` and `saved`. No rows for Saltelli
        and Morris samples, which compare no policies.
        """
        told = {"one point": self._measured_effects, "grid": self._grid_effects, "worlds": self._world_effects}
        rows = []
        for row, effects, baseline in told[self.kind]() if self.kind in told else ():
            low, mean, high = (float(row[name]) for name in ("low", "mean", "high"))
            clear = low > 0 or high < 0
            for one in yardsticks(str(row["outcome"]), (mean, low, high), effects, baseline, self._one_sd):
                rows.append({
                    **row, "clear": clear, "yardstick": one.kind, "value": one.value, "value_low": one.low,
                    "value_high": one.high, "saved": one.saved,
                })  # fmt: skip
        return pd.DataFrame(rows)

    def yardstick_lines(self) -> list[str]:
        """What clear effects amount to, all effects with `whole`; and what the yardsticks are."""
        table = self.yardsticks
        told = table[table["clear"] | self.whole] if len(table) else table
        if not len(told):
            return []
        lines = []
        for (lever, level), rows in told.groupby(["lever", "level"], sort=False):
            if self.kind == "one point":
                subject = "against the same schools without any programme"
            else:
                subject = f"with {comparison(str(lever), level, rows['baseline'].iloc[0])}"
            lines.append(yardstick_sentence(rows, subject, table, self.columns))
        return [*lines, self._yardsticks_are(set(told["yardstick"]))]

    def _yardsticks_are(self, kinds: set[str]) -> str:
        """What the yardsticks are that were used."""
        said = []
        if "months" in kinds and self._one_sd:
            said.append(
                f"A month of progress is a twelfth of a standard deviation of pupils' results, "
                f"{self._one_sd / MONTHS:.3g} percentage points: a convention, near that of the Education Endowment "
                "Foundation's Toolkit."
            )
        shares = {"share of spread": "the spread is the standard deviation between schools", "share of gap":
                  "the gap is that between pupils on free school meals and others"}  # fmt: skip
        used = [text for kind, text in shares.items() if kind in kinds]
        if used:
            where = "in the same runs" if self.kind == "one point" else "at what is compared with"
            text = " and ".join(used)
            said.append(f"{text[:1].upper()}{text[1:]}, {where}.")
        if any(kind.startswith("per ") for kind in kinds):
            said.append(
                "Money is what was granted less what went back, hours are what staff give to learning from other "
                "schools, both of all schools together; nothing is said of them where they do not clearly differ, by "
                "£1,000 or 100 hours at the least."
            )
        of = "worlds" if self.kind == "worlds" or len(self.result.worlds) else "replications"
        said.append(f"Shares and rates are ratios of means over {of}, at least {FEWEST}, with bootstrap 95% intervals.")
        return " ".join(said)

    @property
    def _one_sd(self) -> float | None:
        return _pupil_points(self.result)

    @cached_property
    def _helpers(self) -> list[str]:
        """Outcomes that yardsticks rest on and that every finished run has."""
        known = self.result.outcomes
        wanted = helpers(self.outcomes if self.kind != "one point" else EFFECTS)
        return [name for name in wanted if name in known and name not in self.outcomes and self._known(name)]

    def _grid_effects(self) -> Iterator[Effect]:
        by = self.settings()[:1]
        for lever, baseline in self.levers().items():
            costs: _ByGroup = {}
            spreads = []
            for name, effects, level in self._effects(self._helpers, lever, baseline, by):
                if name in COSTS:
                    _add(costs, name, effects, [lever, *by])
                else:
                    spreads.append(level)
            table = self.contrast(lever, baseline, by)
            keys = ["outcome", "lever", "level", "baseline", *by, "mean", "low", "high"]
            for outcome, effects, level in self._effects(self.outcomes, lever, baseline, by):
                own: _ByGroup = {}
                _add(own, outcome, effects, [lever, *by])
                levels = pd.concat([level, *spreads], axis=1)
                for row in table.loc[table["outcome"] == outcome, keys].to_dict("records"):
                    setting = tuple(row[name] for name in by)
                    group = (row["level"], *setting)
                    both = pd.DataFrame({**costs.get(group, {}), **own[group]})
                    yield row, both, levels.xs(setting, level=tuple(by)) if by else levels

    def _effects(
        self, outcomes: Sequence[str], lever: str, baseline: object, by: Sequence[str]
    ) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
        """What `replication_effects` gives of each outcome, made of as many at a time as fit in memory."""
        for names in batches(outcomes, len(self.runs_with())):
            found = replication_effects(self.runs_with(*names), lever, baseline=baseline, outcomes=names, by=by)
            for name in names:
                effects, levels = (one[[name]] for one in found)
                yield name, effects, levels

    def _world_effects(self) -> Iterator[Effect]:
        if not self.compares_policies:
            return
        worlds = self.result.design["world"].to_numpy()
        outcomes = [*self.outcomes, *self._helpers]
        for lever, baseline in self.levers().items():
            found: dict[object, dict[str, pd.Series]] = {}
            levels = {}
            for name in outcomes:
                runs = self.runs_with(name)
                long = world_effects(runs, worlds, lever, baseline=baseline, outcomes=[name])
                for level, some in long.groupby("level", sort=False):
                    found.setdefault(level, {})[name] = some.set_index("world")["effect"]
                finished = runs[(runs["status"] == "ok") & (runs[lever] == baseline)]
                levels[name] = finished[name].groupby(worlds[finished["point"]]).mean()
            for level, effects_by_name in found.items():
                effects = pd.DataFrame(effects_by_name)
                for outcome in self.outcomes:
                    low, median, high = np.nanquantile(effects[outcome], (0.05, 0.5, 0.95))
                    row = {
                        "outcome": outcome, "lever": lever, "level": level, "baseline": baseline, "mean": median,
                        "low": low, "high": high,
                    }  # fmt: skip
                    yield row, effects, pd.DataFrame(levels)

    def _measured_effects(self) -> Iterator[Effect]:
        """Of one point, its effects against no programme; what that cost against no programme nobody has measured."""
        if not self.effects:
            return
        table = self.overall_table(self.effects)
        finished = self.runs_with(*self.effects, *(name for name in self._helpers if name not in COSTS))
        finished = finished[finished["status"] == "ok"].set_index("replication")
        levels = finished.drop(columns=self.effects)
        for row in table[["outcome", "mean", "low", "high"]].to_dict("records"):
            yield {"lever": "", "level": "", "baseline": "", **row}, finished[[row["outcome"]]], levels

    @cached_property
    def effects(self) -> list[str]:
        """Effects against no programme that every run has."""
        known = self.result.outcomes
        return [name for name in EFFECTS if name in known and self.runs_of(name)[name].notna().all()]

    def settings(self) -> list[str]:
        """Worlds that are told one by one: what varies at few levels and is no lever."""
        levers = self.levers()
        return [name for name in self.swept if name not in levers and 1 < self._points[name].nunique() <= MOST_SETTINGS]

    def _of_grid(self) -> Iterator[str]:
        settings = self.settings()
        for lever, baseline in self.levers().items():
            table = self.contrast(lever, baseline, settings[:1])
            for level in dict.fromkeys(table["level"]):
                yield comparison_sentence(table[table["level"] == level], self.columns)
        if not self.leaves_out:
            yield from self._over_draws()
            yield from self._differences_of_differences()

    def _over_draws(self) -> Iterator[str]:
        """In what share of the worlds that replications are run in each effect has its sign, and what it hangs on."""
        if not len(self.result.worlds):
            return
        for lever, baseline in self.levers().items():
            parts = []
            for name in self.outcomes:
                effects = draw_effects(self.runs_with(name), lever, baseline=baseline, outcomes=[name])
                parts.append(world_summary(effects, self.result.worlds))
            yield from world_sentences(_level_by_level(parts), lever, baseline, self.columns)

    def _differences_of_differences(self) -> Iterator[str]:
        """How effects differ between settings, each told; and between levers, told where that is clear."""
        levers = self.levers()
        for setting, (lever, baseline) in itertools.product(self.settings()[:1], levers.items()):
            table = self._interaction({lever: baseline, setting: self._points[setting].iloc[0]})
            yield from contrast_sentences(table, self.columns)
        unclear = 0
        for first, second in itertools.combinations(levers, 2):
            table = self._interaction({first: levers[first], second: levers[second]})
            clear = (table["low"] > 0) | (table["high"] < 0)
            unclear += int((~clear).sum())
            if clear.any():
                yield from contrast_sentences(table[clear], self.columns)
        if unclear:
            yield (
                f"In {unclear} more cases the effect of one lever did not clearly differ with the level of another."
                if unclear > 1
                else "In one more case the effect of one lever did not clearly differ with the level of another."
            )

    def _interaction(self, baselines: dict[str, object]) -> pd.DataFrame:
        return few_at_a_time(
            self.runs_with, self.outcomes, lambda runs, names: interaction(runs, baselines, outcomes=names)
        )  # fmt: skip

    def _of_worlds(self) -> Iterator[str]:
        if self.compares_policies:
            for lever, baseline in self.levers().items():
                yield from world_sentences(self.world_summary(lever, baseline), lever, baseline, self.columns)
            return
        for outcome in self.outcomes:
            values = self.point_means(outcome)
            yield level_sentences(
                outcome, values.to_numpy(), drivers(values.to_numpy(), self.result.points.loc[values.index]),
                self.columns,
            )  # fmt: skip

    def uncertain(self) -> pd.DataFrame:
        """What varies between worlds and within none, by world."""
        design, points = self.result.design, self.result.points
        world = design["world"].to_numpy()
        same = [name for name in points if (points[name].groupby(world).nunique() == 1).all()]
        return points[same].groupby(world).first()

    def runs_of(self, outcome: str) -> pd.DataFrame:
        """The runs with one outcome and no parameters: what indices of a sample are estimated from."""
        return self.result.measured_runs([outcome], self.result.points[[]])

    def _of_sensitivity(self) -> Iterator[str]:
        design = self.result.design
        estimate = sobol if self.kind == "saltelli" else morris
        for outcome in self.outcomes:
            try:
                table = estimate(self.runs_of(outcome), design, [outcome])
            except AnalysisError as fault:
                yield f"Nothing can be said of {outcome_words(outcome).phrase}: {fault}."
                continue
            yield from sensitivity_sentences(table, self.columns)

    def _of_one_point(self) -> Iterator[str]:
        table = self.overall_table(self.told_of_one_point())
        for name in dict.fromkeys(table["outcome"]):
            row = table[table["outcome"] == name].iloc[0]
            yield measured_sentence(row, self.columns, against_nothing=name in EFFECTS)

    def told_of_one_point(self) -> list[str]:
        """Outcomes that a study of one point is answered by: effects against no programme, then what it reports.

        Raises:
            AnalysisError: None has a value in every run.
        """
        if not self.effects and not self.outcomes:
            raise AnalysisError("no outcome has a value in every run")
        return list(dict.fromkeys([*self.effects, *self.outcomes]))

    def expectations(self) -> list[Expected]:
        """What the study's sources expected, each with what was found, where the study can tell."""
        return [Expected(one, *self._found(one.outcome)) for one in self.config.expects]

    def _found(self, outcome: str) -> tuple[pd.Series | None, str]:
        """How an outcome changed, with the interval, and what was compared.

        In a grid it is the first lever's last level against its baseline, over all settings; in a study of one point
        the effect against the same schools without any programme, which progress has.
        """
        if self.kind == "grid" and outcome in self.outcomes:
            lever, baseline = next(iter(self.levers().items()))
            row = contrast(self.runs_with(outcome), lever, baseline=baseline, outcomes=[outcome]).iloc[-1]
            return row, comparison(lever, row["level"], baseline)
        effect = AGAINST_NOTHING.get(outcome, "")
        if self.kind == "one point" and effect in self.effects:
            return self.overall_table([effect]).iloc[0], "the programme rather than none"
        return None, ""


def _level_by_level(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Summaries of an outcome each as one table: levels in their order, within each the outcomes in theirs."""
    order = {level: place for place, level in enumerate(dict.fromkeys(parts[0]["level"]))}
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values("level", key=lambda levels: levels.map(order), kind="stable", ignore_index=True)


_ByGroup: TypeAlias = "dict[tuple[object, ...], dict[str, pd.Series]]"
"""Effects a replication, by level and setting, then by outcome."""


def _add(found: _ByGroup, name: str, effects: pd.DataFrame, groups: list[str]) -> None:
    """Put the effects in an outcome, as `replication_effects` gives them, to those of others."""
    for group, some in effects[name].groupby(level=groups, observed=True, sort=False):
        series, others = some.droplevel(groups), found.setdefault(group, {})
        first = next(iter(others.values()), series)
        same = series.index.equals(first.index)  # then one is kept in place of many that are the same
        others[name] = pd.Series(series.to_numpy(), first.index, name=name) if same else series


@dataclass(frozen=True)
class Expected:
    """What a source expected, and what the study found.

    Args:
        expected: The expectation.
        row: The change found, with `mean`, `low` and `high`; None where the study cannot tell.
        compared: What was compared, in words.
    """

    expected: Expectation
    row: pd.Series | None
    compared: str

    @property
    def found(self) -> str:
        """`rose`, `fell` or `showed no clear difference`; empty where the study cannot tell."""
        if self.row is None:
            return ""
        if self.row["low"] > 0:
            return "rose"
        return "fell" if self.row["high"] < 0 else "showed no clear difference"

    @property
    def agrees(self) -> bool | None:
        """Whether it went as expected; None where no direction is clear."""
        if self.found not in ("rose", "fell"):
            return None
        return {"rose": "rises", "fell": "falls"}[self.found] == self.expected.change

    def sentence(self) -> str:
        """The two, one after the other."""
        phrase = outcome_words(self.expected.outcome).phrase
        return f'Expected: {phrase} {self.expected.change} ("{self.expected.because}"). Found: it {self.found}.'


def _nothing(outcomes: list[str]) -> str:
    """That outcomes have no value in some runs, so that nothing is compared."""
    words = ", ".join(outcome_words(name).phrase for name in outcomes)
    return f"Nothing can be said of {words}: in some runs there is no value, as where nobody is a partner."
