"""Robustness of policies over worlds: regret, the worst world, the share of worlds that satisfy a bound, Pareto sets.

Each policy meets the same worlds with the same seeds. Replications are averaged within a world before anything is
compared, and what luck of seeds is left in a number stands beside it (measures: McPhail et al. 2018, doi
10.1002/2017EF000649).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from schoolsim.analysis.policies import CLEAR, PolicyRuns, phrase, words
from schoolsim.analysis.run_table import AnalysisError

Direction = Literal["max", "min"]
DIRECTIONS = ("max", "min")
HIGH_REGRET = 0.9
"""The quantile of regret over worlds that is told beside the largest."""
SHARE = 0.005
"""A difference of shares below this is none."""


@dataclass(frozen=True, eq=False)
class Robustness:
    """How policies do over worlds.

    Args:
        outcomes: Outcome to its direction: `max` where more is better, `min` where less is.
        labels: Policy number to words.
        table: One row an outcome and policy; see `measures`.
        regret: By outcome, one row a world, one column a policy: how much worse than the best policy in that world.
        front: One row a policy: `policy`, the mean of each outcome over worlds, `on_front` (no policy is as good in all
            outcomes and better in one) and `share_of_worlds` in which that is so; empty for a single outcome.
        worlds: Worlds that are compared.
        left_out: Worlds and replications left out because a run is missing or has no value.
        bound: Words of the bound, empty if none was given.
    """

    outcomes: Mapping[str, Direction]
    labels: Mapping[int, str]
    table: pd.DataFrame
    regret: Mapping[str, pd.DataFrame]
    front: pd.DataFrame
    worlds: int
    left_out: int
    bound: str = ""

    def lines(self) -> Iterator[str]:
        """The answer in sentences."""
        for outcome in self.outcomes:
            yield from self._lines_of(outcome)
        if len(self.outcomes) > 1:
            on, off = (self.front[self.front["on_front"] == flag]["policy"] for flag in (True, False))
            names = "; ".join(self.labels[number] for number in on)
            yield (
                f"Beaten by no other in all of {aims(self.outcomes)} ({len(on)} of {len(on) + len(off)} policies, "
                f"means over worlds): {names}."
            )
        if self.left_out:
            yield f"{self.left_out} pairs of world and replication are left out: a run is missing or has no value."

    def _lines_of(self, outcome: str) -> Iterator[str]:
        rows = self.table[self.table["outcome"] == outcome].set_index("policy")
        sign = 1.0 if self.outcomes[outcome] == "max" else -1.0
        mean = int((sign * rows["mean"]).idxmax())
        worst = int((sign * rows["worst"]).idxmax())
        minimax = int(rows["regret_max"].idxmin())
        told = {
            "on average": (mean, rows["mean"][mean]),
            "in its worst world": (worst, rows["worst"][worst]),
            "in regret, at its most": (minimax, rows["regret_max"][minimax]),
        }
        best = "; ".join(
            f"{self.labels[number]} "
            + ", ".join(f"{how} ({value:.3g})" for how, (one, value) in told.items() if one == number)
            for number in dict.fromkeys((mean, worst, minimax))
        )
        yield f"{words(outcome)}, over {self.worlds} worlds. Best: {best}."
        if self.bound:
            most = int(rows["satisfied"].idxmax())
            ties = int((rows["satisfied"] == rows["satisfied"][most]).sum()) - 1
            others = f", and by {ties} more" if ties else ""
            yield (
                f"{self.bound} is met in most worlds by {self.labels[most]}{others}: {rows['satisfied'][most]:.0%} of "
                f"worlds; in {rows['satisfied_unsure'][most]:.0%} other seeds could decide otherwise."
            )
        if rows["regret_error"].notna().any():
            yield (
                f"Luck of seeds: one regret of {self.labels[minimax]} is known to {rows['regret_error'][minimax]:.2g} "
                f"(a standard error); it is clearly beaten in {rows['clearly_beaten'][minimax]:.0%} of worlds."
            )


def directions(texts: Sequence[str]) -> dict[str, str]:
    """Outcomes as they are typed, `name` or `name:max` where more is better, `name:min` where less is."""
    pairs = [text.partition(":") for text in texts]
    return {name: way or "max" for name, _, way in pairs}


def aims(outcomes: Mapping[str, Direction]) -> str:
    """What is wanted, in words: `more progress in partner schools, less money granted`."""
    return ", ".join(f"{'more' if way == 'max' else 'less'} {phrase(name)}" for name, way in outcomes.items())


def robust(
    policies: PolicyRuns,
    outcomes: Mapping[str, str],
    *,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Robustness:
    """How policies do over the worlds of a study.

    Args:
        policies: The study's runs, by policy and world.
        outcomes: Outcome to `max` where more is better, `min` where less is.
        at_least: A bound that the one outcome should reach.
        at_most: A bound that it should not exceed.

    Raises:
        AnalysisError: A name or direction is unknown, there are not two policies in the same worlds, or a bound is
            given for several outcomes.
    """
    ways = _directions(outcomes)
    if at_least is not None and at_most is not None:
        raise AnalysisError("give one bound: at least, or at most")
    bounded = at_least is not None or at_most is not None
    if bounded and len(ways) > 1:
        raise AnalysisError("a bound is of one outcome: ask for one, or leave the bound out")
    if len(policies.levers) < 2:
        raise AnalysisError(
            "there is one policy only, or levers were sampled together with the worlds: list the levels of a lever, "
            "and leave [design] cross as it is"
        )
    values = {name: policies.values(name) for name in ways}
    complete = pd.concat([table.notna().all(axis=1) for table in values.values()], axis=1).all(axis=1)
    if not complete.any():
        lacking = [name for name, table in values.items() if table.isna().all().any() or table.isna().any(axis=1).all()]
        raise AnalysisError(f"in no world have all policies a value of {', '.join(lacking) or 'all outcomes'}")
    values = {name: table[complete] for name, table in values.items()}
    tables = [
        measures(values[name], way, at_least=at_least, at_most=at_most).assign(outcome=name)
        for name, way in ways.items()
    ]
    table = pd.concat(tables, ignore_index=True)
    means = {name: one.groupby(level="world").mean() for name, one in values.items()}
    bound = ""
    if bounded:
        (name,) = ways
        bound = f"{words(name)} of at {'least' if at_least is not None else 'most'} "
        bound += f"{at_least if at_least is not None else at_most:g}"
    return Robustness(
        ways, policies.labels, table[["outcome", *(c for c in table if c != "outcome")]],
        {name: regrets(means[name], way) for name, way in ways.items()}, _front(means, ways),
        len(next(iter(means.values()))), int((~complete).sum()), bound,
    )  # fmt: skip


def regrets(means: pd.DataFrame, way: Direction) -> pd.DataFrame:
    """How much worse each policy is than the best in the same world, 0 or more.

    Args:
        means: One row a world, one column a policy.
        way: `max` where more is better, `min` where less is.
    """
    good = means if way == "max" else -means
    return good.rsub(good.max(axis=1), axis=0)


def measures(
    values: pd.DataFrame, way: Direction, *, at_least: float | None = None, at_most: float | None = None
) -> pd.DataFrame:
    """Measures of robustness of every policy.

    Args:
        values: One row a world and replication, one column a policy; without blanks.
        way: `max` where more is better, `min` where less is.
        at_least: A bound to reach.
        at_most: A bound not to exceed.

    Returns:
        One row a policy: `policy`, `mean` and `worst` over worlds, `best` (share of worlds in which it is the best,
        ties shared by all), `regret_mean`, `regret_90` (90% of worlds have less), `regret_max`, `regret_error`
        (standard error of a regret from seeds, root mean square over worlds; NaN with one replication),
        `clearly_beaten` (share of worlds with a regret above two standard errors), `regret_other_seeds` (mean regret
        against the policy that is best with every second replication, measured with the rest: free of the luck by
        which the best was chosen; NaN with one replication), `satisfied` and `satisfied_unsure` (shares of worlds that
        meet the bound, and that are within two standard errors of it; NaN without a bound).
    """
    by_world = values.groupby(level="world")
    means, own_error = by_world.mean(), by_world.sem()
    regret = regrets(means, way)
    best = regret.idxmin(axis=1)
    error = _regret_errors(values, best)
    bound = at_least if at_least is not None else at_most
    met = None if bound is None else (means >= bound if at_least is not None else means <= bound)
    unsure = None if bound is None else (means - bound).abs() < CLEAR * own_error.fillna(0.0)
    crossed = _regret_with_other_seeds(values, way)
    rows = [
        {
            "policy": int(policy), "mean": means[policy].mean(),
            "worst": means[policy].min() if way == "max" else means[policy].max(),
            "best": (regret[policy] == 0.0).mean(), "regret_mean": regret[policy].mean(),
            "regret_90": regret[policy].quantile(HIGH_REGRET), "regret_max": regret[policy].max(),
            "regret_error": float(np.sqrt((error[policy] ** 2).mean())),
            "clearly_beaten": (regret[policy] > CLEAR * error[policy].fillna(0.0)).mean(),
            "regret_other_seeds": crossed[policy],
            "satisfied": np.nan if met is None else met[policy].mean(),
            "satisfied_unsure": np.nan if unsure is None else unsure[policy].mean(),
        }
        for policy in means
    ]  # fmt: skip
    return pd.DataFrame(rows)


def pareto_set(values: pd.DataFrame, ways: Mapping[str, Direction]) -> np.ndarray:
    """Which alternatives are dominated by none: none is as good in every outcome and better in one.

    Args:
        values: One row an alternative, a column an outcome.
        ways: Outcome to `max` or `min`.

    Returns:
        One truth value a row; alternatives that are equal are on the front together.
    """
    good = values[list(ways)].to_numpy(dtype=float) * np.array([1.0 if way == "max" else -1.0 for way in ways.values()])
    as_good = (good[:, None, :] >= good[None, :, :]).all(axis=2)
    better = (good[:, None, :] > good[None, :, :]).any(axis=2)
    dominated: np.ndarray = (as_good & better).any(axis=0)
    return ~dominated


def _directions(outcomes: Mapping[str, str]) -> dict[str, Direction]:
    if not outcomes:
        raise AnalysisError("name an outcome")
    ways: dict[str, Direction] = {}
    for name, way in outcomes.items():
        if way not in DIRECTIONS:
            raise AnalysisError(f'"{name}": the direction is max (more is better) or min (less is); not "{way}"')
        ways[name] = "max" if way == "max" else "min"
    return ways


def _regret_errors(values: pd.DataFrame, best: pd.Series) -> pd.DataFrame:
    """Standard error of each regret: of the paired difference from the policy that is best in the world."""
    number = best.loc[values.index.get_level_values("world")]
    columns = values.columns.get_indexer(pd.Index(number))
    of_best = values.to_numpy()[np.arange(len(values)), columns]
    return values.rsub(pd.Series(of_best, values.index), axis=0).groupby(level="world").sem()


def _regret_with_other_seeds(values: pd.DataFrame, way: Direction) -> pd.Series:
    """Mean regret against the policy that is best with half of the replications, measured with the other half."""
    good = values if way == "max" else -values
    order = good.groupby(level="world").cumcount().to_numpy()
    found = []
    for part in (0, 1):
        chosen = good[order % 2 == part].groupby(level="world").mean()
        measured = good[order % 2 != part].groupby(level="world").mean()
        if len(measured) < len(chosen):
            return pd.Series(np.nan, index=values.columns)
        best = chosen.idxmax(axis=1)
        of_best = measured.to_numpy()[np.arange(len(measured)), measured.columns.get_indexer(pd.Index(best))]
        found.append(measured.rsub(pd.Series(of_best, measured.index), axis=0).mean())
    return (found[0] + found[1]) / 2.0


def _front(means: Mapping[str, pd.DataFrame], ways: Mapping[str, Direction]) -> pd.DataFrame:
    if len(ways) < 2:
        return pd.DataFrame()
    over_worlds = pd.DataFrame({name: table.mean() for name, table in means.items()})
    worlds = next(iter(means.values())).index
    share = np.mean(
        [pareto_set(pd.DataFrame({name: t.loc[world] for name, t in means.items()}), ways) for world in worlds], axis=0
    )
    table = over_worlds.assign(on_front=pareto_set(over_worlds, ways), share_of_worlds=share)
    return table.rename_axis("policy").reset_index()
