"""Declares an outcome and the ways in which one is measured."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Final, Literal

from schoolsim.parameters.declare import in_sentence, label_of

if TYPE_CHECKING:
    from schoolsim.parameters.record import Parameters
    from schoolsim.system.state import Clock, State

Over = Literal["window", "years", "last"]
#: A function of state, parameters and clock that gives an outcome's value for the half-term just run.
Function = Callable[["State", "Parameters", "Clock"], float]

PP: Final = "pp"

TIME_BASES: Final = {
    "window": "mean over the last years of the run, as many as [outcomes] window says",
    "years": "sum over the years of policy, divided by them",
    "last": "its last value",
}
"""How a run's number comes from the series, by `Outcome.over`: levels and flows have their own time base."""


def _module(subject: str) -> ModuleType:
    return importlib.import_module(f"schoolsim.outcomes.passes.{subject}")


@dataclass(frozen=True)
class Pass:
    """Outcomes measured together by one compiled pass, `fill` of the subject's module in `outcomes.passes`.

    The module is imported when something is measured: names and definitions can be looked up without the compiler.

    Args:
        subject: Its `Columns` are the outcomes' names with `_` for `.`; `fill` fills their only row.
    """

    subject: str

    @property
    def module(self) -> ModuleType:
        """The module with `Columns` and `fill(state, p, clock, found)`."""
        return _module(self.subject)


@dataclass(frozen=True)
class Measure:
    """An outcome measured by a function of its own.

    Args:
        subject: The module in `outcomes.passes`.
        name: Of the function in it.
    """

    subject: str
    name: str

    @property
    def function(self) -> Function:
        """The function."""
        found: Function = getattr(_module(self.subject), self.name)
        return found


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
        measured_by: A pass, an account of the ledger, or a function of state, parameters and clock (`Measure` where
            it stands in `outcomes.passes`).
        over: How a run's number comes from the series: "window" (mean over the last years of the run),
            "years" (sum over the policy years, divided by them) or "last" (its last value).
        label: For an axis or the head of a column; how the definition begins where none is given.
        phrase: For a sentence such as "badges raise ..."; the label where none is given.
        quantity: Of percentage points of what teaching adds, "progress"; of published results, "attainment". Effects on
            it are told as shares of that quantity's spread and gap too (`progress.spread`, `progress.gap`).

    Raises:
        ValueError: The name is not two words with a dot.
    """

    name: str
    unit: str
    definition: str
    measured_by: Pass | Account | Measure | Function
    over: Over = "window"
    label: str = ""
    phrase: str = ""
    quantity: Literal["", "progress", "attainment"] = ""

    def __post_init__(self) -> None:
        """Check the name, and fill in the words that were left out."""
        first, dot, second = self.name.partition(".")
        if not (dot and first.isidentifier() and second.isidentifier()):
            raise ValueError(
                f'an outcome is named with two words and a dot, such as "progress.mean", not {self.name!r}'
            )
        object.__setattr__(self, "label", self.label or label_of(self.definition) or self.name)
        object.__setattr__(self, "phrase", self.phrase or in_sentence(self.label))

    def time_base(self, window: int) -> str:
        """How a run's number comes from the series, for a study that averages levels over `window` years."""
        if self.over == "window":
            return "mean over the last year" if window == 1 else f"mean over the last {window} years"
        return TIME_BASES[self.over]

    @property
    def column(self) -> str:
        """Name of its column in a pass: `progress.mean` is `progress_mean`."""
        return self.name.replace(".", "_")
