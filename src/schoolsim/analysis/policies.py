"""Policies and worlds of a stored study: which there are, how they are said, and what each run under them gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from schoolsim.analysis.run_table import AnalysisError, require_known
from schoolsim.analysis.sentences import level_words, outcome_words, parameter_words, setting_words

CLEAR = 2.0
"""Standard errors from which a difference is more than the luck of seeds."""


def words(name: str, level: object = None) -> str:
    """Words for an outcome or a parameter as a label, or for a parameter's level."""
    if level is not None:
        return level_words(name, level)
    label = outcome_words(name).label
    return label if label != name else parameter_words(name).label


def phrase(name: str) -> str:
    """An outcome as it stands within a sentence."""
    return outcome_words(name).phrase


def policy_words(levels: Mapping[str, Any]) -> str:
    """A policy as the levels of its levers."""
    return ", ".join(setting_words(str(name), level, ()) for name, level in levels.items())


@dataclass(frozen=True, eq=False)
class PolicyRuns:
    """The finished runs of a study, by policy and world.

    Make it with `policy_runs`.

    Args:
        runs: A runs table with the columns `policy` and `world`; only runs that ended well.
        levers: One row a policy, a column a lever that differs between policies.
        worlds: One row a world, a column an uncertainty that differs between worlds.
    """

    runs: pd.DataFrame
    levers: pd.DataFrame
    worlds: pd.DataFrame

    @property
    def labels(self) -> dict[int, str]:
        """Each policy in words: the levels of what differs between policies."""
        told = {
            cast(int, number): policy_words(row) or "the policy"
            for number, row in zip(self.levers.index, self.levers.to_dict("records"), strict=True)
        }
        texts = list(told.values())
        return {number: f"{text} ({number})" if texts.count(text) > 1 else text for number, text in told.items()}

    def select(self, wanted: Mapping[str, object] | None) -> int:
        """The number of the one policy that has these levels.

        Args:
            wanted: Lever to level; levels are compared as text, so that they can come from a command line.

        Raises:
            AnalysisError: A lever or level is unknown, or not exactly one policy has them.
        """
        rows = self.levers
        for name, level in (wanted or {}).items():
            require_known(name, self.levers.columns, "lever that differs between policies")
            known = list(dict.fromkeys(self.levers[name]))
            same = [one for one in known if _text(one) == _text(level)]
            if not same:
                require_known(_text(level), [_text(one) for one in known], f"level of {name}")
            rows = rows[rows[name].isin(same)]
        if len(rows) == 1:
            return int(rows.index[0])
        if rows.empty:
            raise AnalysisError(f"no policy has {_named(wanted or {})}: the study does not run these levels together")
        open_levers = [f"{name} ({', '.join(map(_text, rows[name].unique()))})" for name in rows if _varies(rows[name])]
        raise AnalysisError(f"{len(rows)} policies are meant: say which by a level of {' and of '.join(open_levers)}")

    def values(self, outcome: str) -> pd.DataFrame:
        """An outcome of every run.

        Returns:
            One row a world and replication, one column a policy; blank where a run is missing or has no value.

        Raises:
            AnalysisError: There is no such outcome.
        """
        require_known(outcome, self.runs.columns, "outcome")
        table = self.runs.pivot_table(outcome, ["world", "replication"], "policy", aggfunc="first", dropna=False)
        return table.astype(float)


def policy_runs(runs: pd.DataFrame, design: pd.DataFrame, swept: Sequence[str]) -> PolicyRuns:
    """The finished runs of a study, by policy and world.

    Args:
        runs: A runs table.
        design: The study's design table: `policy` and `world` of every point.
        swept: The swept columns of the runs.

    Raises:
        AnalysisError: No run has ended well, or the design does not tell policies and worlds apart.
    """
    for name in ("policy", "world"):
        require_known(name, design.columns, "column of the design")
    finished = runs[runs["status"] == "ok"].drop_duplicates(["point", "replication"])
    if finished.empty:
        raise AnalysisError("no run of the study has ended well")
    places = design[["policy", "world"]].iloc[finished["point"].to_numpy()].reset_index(drop=True)
    table = pd.concat([finished.reset_index(drop=True), places], axis=1)
    swept = list(swept)
    levers = _own(table, "policy", swept)
    # Where nothing is crossed each row of the sample is a world with its own policy: levers are inputs like the rest.
    worlds = _own(table, "world", [name for name in swept if name not in levers])
    return PolicyRuns(table, levers, worlds)


def _own(table: pd.DataFrame, key: str, names: Sequence[str]) -> pd.DataFrame:
    """What is the same for all runs of a policy or world and differs between them, one row each."""
    grouped = table.groupby(key)
    own = [name for name in names if (grouped[name].nunique() == 1).all() and table[name].nunique() > 1]
    return grouped[own].first() if own else pd.DataFrame(index=pd.Index(sorted(table[key].unique()), name=key))


def _varies(column: pd.Series) -> bool:
    return bool(column.nunique() > 1)


def _text(level: object) -> str:
    """A level as it is typed: 3 for 3.0, true for True."""
    if isinstance(level, bool | np.bool_):
        return str(level).lower()
    try:
        return f"{float(cast(float, level)):g}"
    except (TypeError, ValueError):
        return str(level)


def _named(levels: Mapping[str, object]) -> str:
    return ", ".join(f"{name} = {level}" for name, level in levels.items()) or "no levels"
