"""What an outcome is, and the ways in which one is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from schoolsim.columns import Group
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State

Over = Literal["window", "years", "last"]
#: A function of state, parameters and clock that gives an outcome's value for the half-term just run.
Function = Callable[[State, Parameters, Clock], float]

PP: Final = "pp"


@dataclass(frozen=True)
class Pass:
    """Outcomes measured together by one compiled pass over the state.

    Args:
        group: Its columns are the outcomes' names with `_` for `.`; the pass fills their only row.
        fill: `fill(state, p, clock, found)`.
    """

    group: type[Group]
    fill: Callable[[State, Parameters, Clock, Any], None]


@dataclass(frozen=True)
class Account:
    """An outcome that is one entry of the ledger.

    Args:
        column: "hours", "pounds" or "counts".
        row: As `system.state.ledger` names it.
    """

    column: Literal["hours", "pounds", "counts"]
    row: int


@dataclass(frozen=True)
class Outcome:
    """One thing measured every half-term.

    Args:
        name: As in tables and configs.
        unit: Of the series and of the run's number.
        definition: One sentence.
        measured_by: A pass, an account of the ledger, or a function of state, parameters and clock.
        over: How a run's number comes from the series: "window" (mean over the last years of the run),
            "years" (sum over the policy years, divided by them) or "last" (its last value).
        label: For an axis or the head of a column; the name where none is given.
        phrase: For a sentence such as "badges raise ..."; the label where none is given.

    Raises:
        ValueError: The name is not two words with a dot, or its pass has no column for it.
    """

    name: str
    unit: str
    definition: str
    measured_by: Pass | Account | Function
    over: Over = "window"
    label: str = ""
    phrase: str = ""

    def __post_init__(self) -> None:
        """Check the name, and fill in the words that were left out."""
        first, dot, second = self.name.partition(".")
        if not (dot and first.isidentifier() and second.isidentifier()):
            raise ValueError(
                f'an outcome is named with two words and a dot, such as "progress.mean", not {self.name!r}'
            )
        if isinstance(self.measured_by, Pass) and self.column not in self.measured_by.group.layout:
            raise ValueError(f"{self.measured_by.group.__name__} has no column {self.column!r}")
        object.__setattr__(self, "label", self.label or self.name)
        object.__setattr__(self, "phrase", self.phrase or self.label)

    @property
    def column(self) -> str:
        """Name of its column in a pass: `progress.mean` is `progress_mean`."""
        return self.name.replace(".", "_")
