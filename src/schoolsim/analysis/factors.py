"""Parameters that a study varies together, as one factor with named levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schoolsim.analysis.sentences import level_words, parameter_words

if TYPE_CHECKING:
    import pandas as pd

    from schoolsim.config import StudyConfig
    from schoolsim.config.factors import LinkedFactor

SHOWN = 3
"""Parameters that the level of a factor nobody named is told by."""


@dataclass(frozen=True)
class Factor:
    """Several swept columns that are one thing.

    Args:
        name: What they are together.
        parameters: The columns.
        levels: What each combination of their values is called.
        lever: Whether it is a policy; else it is a world.
    """

    name: str
    parameters: tuple[str, ...]
    levels: Mapping[tuple[object, ...], str]
    lever: bool

    def level_with(self, parameter: str, value: object) -> str:
        """The first level in which a parameter has a value; the first of all where none has."""
        column = self.parameters.index(parameter)
        found = (name for values, name in self.levels.items() if values[column] == value)
        return next(found, next(iter(self.levels.values())))


def factors_of(config: StudyConfig) -> list[Factor]:
    """The linked parameters of a study, group by group."""
    return [
        Factor(
            _name(group), group.parameters, dict(zip(group.values, _levels(group), strict=True)),
            group.role == "lever",
        )
        for group in config.linked
    ]  # fmt: skip


def with_factors(runs: pd.DataFrame, factors: Sequence[Factor]) -> pd.DataFrame:
    """A table of runs in which each factor is one column of its levels, where its first parameter stood."""
    table = runs
    for factor in factors:
        columns = [name for name in factor.parameters if name in table]
        if len(columns) < len(factor.parameters):
            continue
        rows = zip(*(table[name].tolist() for name in columns), strict=True)
        levels = [factor.levels[tuple(row)] for row in rows]
        place = min(int(table.columns.get_loc(name)) for name in columns)
        table = table.drop(columns=columns)
        table.insert(place, factor.name, levels)
    return table


def _name(group: LinkedFactor) -> str:
    if group.name:
        return group.name
    first, *others = group.parameters
    second = parameter_words(others[0]).phrase if len(others) == 1 else f"{len(others)} others"
    return f"{parameter_words(first).phrase} with {second}"


def _levels(group: LinkedFactor) -> list[str]:
    """Names of the levels; told by what differs between them where nobody named them."""
    if group.levels:
        return list(group.levels)
    columns = list(zip(*group.values, strict=True))
    differ = [place for place, column in enumerate(columns) if len(set(column)) > 1][:SHOWN]
    told = [", ".join(level_words(group.parameters[place], row[place]) for place in differ) for row in group.values]
    return [f"{text} ({number})" if told.count(text) > 1 else text for number, text in enumerate(told, 1)]
