"""The answer of a study, chosen by its design: what differs, where, in how many worlds, and what it hangs on."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from schoolsim.analysis.contrasts import contrast, interaction
from schoolsim.analysis.factors import factors_of
from schoolsim.analysis.levels import overall_table
from schoolsim.analysis.run_table import AnalysisError, one_by_one
from schoolsim.analysis.sampled_sentences import (
    level_sentences,
    measured_sentence,
    sensitivity_sentences,
    world_sentences,
)
from schoolsim.analysis.sensitivity import morris, sobol
from schoolsim.analysis.sentences import comparison_sentence, contrast_sentences
from schoolsim.analysis.words import outcome_words
from schoolsim.analysis.worlds import drivers, world_effects, world_summary
from schoolsim.parameters.registry import REGISTRY

if TYPE_CHECKING:
    from schoolsim.studies import StudyResult

REPORTED: Final = ("progress.partner", "progress.neediest")
"""Outcomes that are answered for where a study reports none."""
EFFECTS: Final = ("effect.mean", "effect.partner", "effect.originator", "effect.neither")
"""Against the same schools without any programme: what a study of one point is answered by."""
MOST_SETTINGS: Final = 3
"""Levels of a setting that are told one by one."""
SAMPLED: Final = ("lhs", "sobol", "file")


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
        # What columns mean is stored with the last run; until then units are the catalogue's.
        self.columns = result.columns if result.complete else None
        self.factors = factors_of(result.config)
        self.points = self._points_run()
        self.outcomes, self.unknown = self._outcomes()

    def _points_run(self) -> pd.DataFrame:
        """The points of which there are runs: one row each, linked parameters as one column of named levels."""
        points = self.result.named_points
        if self.result.complete:
            return points
        return points.iloc[np.unique(self.result.measured_runs([])["point"].to_numpy())]

    def _outcomes(self) -> tuple[list[str], list[str]]:
        """Outcomes that have a value in every finished run, and those that have not."""
        reported = [name for name in self.config.outcomes.report or REPORTED if name in self.result.outcomes]
        reported = reported or list(self.result.outcomes[:1])
        known = [name for name in reported if self._has_values(name)]
        return known, [name for name in reported if name not in known]

    def _has_values(self, outcome: str) -> bool:
        runs = self.result.measured_runs([outcome], self.points[[]])
        return bool(np.isfinite(runs.loc[runs["status"] == "ok", outcome].to_numpy(dtype=float)).all())

    def _one_by_one(self, table: Callable[[pd.DataFrame, list[str]], pd.DataFrame]) -> pd.DataFrame:
        """A table of all outcomes, for which the runs are read with one outcome at a time."""
        return one_by_one(lambda name: self._runs([name]), self.outcomes, table)

    def _runs(self, outcomes: list[str], points: pd.DataFrame | None = None) -> pd.DataFrame:
        return self.result.measured_runs(outcomes, self.result.named_points if points is None else points)

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
        """The answer in sentences.

        Raises:
            AnalysisError: There are too few runs to say anything.
        """
        told = {
            "one point": self._of_one_point, "grid": self._of_grid, "worlds": self._of_worlds,
            "saltelli": self._of_sensitivity, "morris": self._of_sensitivity,
        }  # fmt: skip
        if not self.outcomes and self.kind != "one point":
            raise AnalysisError(_nothing(self.unknown))
        return [*told[self.kind](), *([_nothing(self.unknown)] if self.unknown else ()), *self._expected()]

    def levers(self) -> dict[str, object]:
        """What is compared, each with the level it is compared with: levers, or whatever varies where no lever does."""
        varied = [str(name) for name in self.points if self.points[name].nunique() > 1]
        chosen = [name for name in varied if self._is_lever(name)] or varied
        return {name: self._baseline(name) for name in chosen}

    def _is_lever(self, name: str) -> bool:
        if name in REGISTRY:
            return REGISTRY[name].role == "lever"
        return any(factor.lever for factor in self.factors if factor.name == name)

    def _baseline(self, name: str) -> object:
        given: Mapping[str, object] = self.config.outcomes.baseline
        factor = next((one for one in self.factors if one.name == name), None)
        if factor is not None:
            for parameter in factor.parameters:
                if parameter in given:
                    return factor.level_with(parameter, given[parameter])
        return given.get(name, self.points[name].iloc[0])

    @property
    def leaves_out(self) -> bool:
        """Whether more would be told with `whole`."""
        return self.kind == "grid" and not self.whole and len(self.levers()) > 1

    def settings(self) -> list[str]:
        """Worlds that are told one by one: what varies at few levels and is no lever."""
        levers = self.levers()
        numbers = {str(name): self.points[name].nunique() for name in self.points}
        return [name for name, levels in numbers.items() if name not in levers and 1 < levels <= MOST_SETTINGS]

    def _of_grid(self) -> Iterator[str]:
        settings = self.settings()
        for lever, baseline in self.levers().items():
            table = self._one_by_one(partial(_contrast, lever=lever, baseline=baseline, by=settings[:1]))
            for level in dict.fromkeys(table["level"]):
                yield comparison_sentence(table[table["level"] == level], self.columns)
        if not self.leaves_out:
            yield from self._differences_of_differences()

    def _differences_of_differences(self) -> Iterator[str]:
        """How effects differ between settings, each told; and between levers, told where that is clear."""
        levers = self.levers()
        for setting, (lever, baseline) in itertools.product(self.settings()[:1], levers.items()):
            table = self._interaction({lever: baseline, setting: self.points[setting].iloc[0]})
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
        return self._one_by_one(lambda runs, names: interaction(runs, baselines, outcomes=names))

    def _of_worlds(self) -> Iterator[str]:
        design = self.result.design
        uncertain = self._uncertain()
        policies = design["policy"].nunique() if "policy" in design else 1
        if policies > 1 and design["world"].nunique() > 1:
            for lever, baseline in self.levers().items():
                effects = self._world_effects(lever, baseline)
                yield from world_sentences(world_summary(effects, uncertain), lever, baseline, self.columns)
            return
        for outcome in self.outcomes:
            runs = self.result.measured_runs([outcome], self.points[[]])
            values = runs[runs["status"] == "ok"].groupby("point")[outcome].mean()
            yield level_sentences(
                outcome, values.to_numpy(), drivers(values.to_numpy(), self.result.points.loc[values.index]),
                self.columns,
            )  # fmt: skip

    def _world_effects(self, lever: str, baseline: object) -> pd.DataFrame:
        """Effects in each world, from runs of which only what differs within some world is read: it is the policy."""
        points, worlds = self.result.named_points, self.result.design["world"].to_numpy()
        by_world = points.groupby(worlds)
        policy = [name for name in points if name == lever or (by_world[name].nunique() > 1).any()]
        parts = [
            world_effects(self._runs([name], points[policy]), worlds, lever, baseline=baseline, outcomes=[name])
            for name in self.outcomes
        ]
        together = pd.concat(parts, ignore_index=True)
        levels = {level: place for place, level in enumerate(dict.fromkeys(together["level"]))}
        order = pd.DataFrame({"level": together["level"].map(levels), "world": together["world"]})
        return together.loc[order.sort_values(["level", "world"], kind="stable").index].reset_index(drop=True)

    def _uncertain(self) -> pd.DataFrame:
        """What varies between worlds and within none, by world."""
        design, points = self.result.design, self.result.points
        world = design["world"].to_numpy()
        same = [name for name in points if (points[name].groupby(world).nunique() == 1).all()]
        return points[same].groupby(world).first()

    def _of_sensitivity(self) -> Iterator[str]:
        design = self.result.design
        estimate = sobol if self.kind == "saltelli" else morris
        for outcome in self.outcomes:
            try:
                table = estimate(self.result.measured_runs([outcome], self.points[[]]), design, [outcome])
            except AnalysisError as fault:
                yield f"Nothing can be said of {outcome_words(outcome).phrase}: {fault}."
                continue
            yield from sensitivity_sentences(table, self.columns)

    def _of_one_point(self) -> Iterator[str]:
        effects = [name for name in EFFECTS if name in self.result.outcomes and self._always_known(name)]
        wanted = list(dict.fromkeys([*effects, *self.outcomes]))
        if not wanted:
            raise AnalysisError("no outcome has a value in every run")
        table = one_by_one(lambda name: self._runs([name]), wanted, _overall)
        for name in dict.fromkeys(table["outcome"]):
            row = table[table["outcome"] == name].iloc[0]
            yield measured_sentence(row, self.columns, against_nothing=name in effects)

    def _always_known(self, outcome: str) -> bool:
        return bool(self.result.measured_runs([outcome], self.points[[]])[outcome].notna().all())

    def _expected(self) -> Iterator[str]:
        """What the study's sources expected, beside what was found."""
        if not self.config.expects or self.kind not in ("grid", "one point"):
            return
        for expected in self.config.expects:
            found = self._found(expected.outcome)
            if found is not None:
                yield (
                    f'Expected: {outcome_words(expected.outcome).phrase} {expected.change} ("{expected.because}"). '
                    f"Found: it {found}."
                )

    def _found(self, outcome: str) -> str | None:
        """What became of an outcome under the first lever's last level, over all settings."""
        if self.kind != "grid" or outcome not in self.outcomes:
            return None
        lever, baseline = next(iter(self.levers().items()))
        row = contrast(self._runs([outcome]), lever, baseline=baseline, outcomes=[outcome]).iloc[-1]
        if row["low"] > 0:
            return "rose"
        return "fell" if row["high"] < 0 else "showed no clear difference"


def _contrast(runs: pd.DataFrame, outcomes: list[str], *, lever: str, baseline: object, by: list[str]) -> pd.DataFrame:
    return contrast(runs, lever, baseline=baseline, outcomes=outcomes, by=by)


def _overall(runs: pd.DataFrame, outcomes: list[str]) -> pd.DataFrame:
    return overall_table(runs, outcomes=outcomes)


def _nothing(outcomes: list[str]) -> str:
    """That outcomes have no value in some runs, so that nothing is compared."""
    words = ", ".join(outcome_words(name).phrase for name in outcomes)
    return f"Nothing can be said of {words}: in some runs there is no value, as where nobody is a partner."
