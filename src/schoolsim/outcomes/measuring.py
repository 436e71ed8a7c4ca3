"""Measuring the outcomes that are asked for, half-term by half-term."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from schoolsim.columns import Float64Array, Group, Int64Array
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.outcome import Account, Function, Measure, Outcome, Pass
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State

Fill = Callable[[State, Parameters, Clock, Any], None]


class Measurer:
    """Measures some outcomes of a run, each pass once and only the passes that are needed.

    Args:
        names: Of outcomes; all there are when None.

    Raises:
        KeyError: There is no outcome of a name.
    """

    def __init__(self, names: Iterable[str] | None = None) -> None:
        """Sort the outcomes by how they are measured."""
        chosen = list(OUTCOMES.values()) if names is None else [OUTCOMES[name] for name in names]
        self.outcomes: dict[str, Outcome] = {outcome.name: outcome for outcome in chosen}
        places = {name: place for place, name in enumerate(self.outcomes)}
        self._passes: list[tuple[Fill, Group, Float64Array, Int64Array, Int64Array]] = []
        self._accounts: list[tuple[str, Int64Array, Int64Array]] = []
        self._functions: list[tuple[int, Function]] = []
        for name, outcome in self.outcomes.items():
            if isinstance(outcome.measured_by, Measure):
                self._functions.append((places[name], outcome.measured_by.function))
            elif not isinstance(outcome.measured_by, Pass | Account):
                self._functions.append((places[name], outcome.measured_by))
        for source in dict.fromkeys(o.measured_by for o in chosen if isinstance(o.measured_by, Pass)):
            of_it = [o for o in chosen if o.measured_by is source]
            columns = list(source.module.Columns.layout)
            found = source.module.Columns(1)
            # One row of 8-byte columns lies in the block in the order of the columns.
            values = found.block.view(np.float64)
            taken = np.array([columns.index(o.column) for o in of_it])
            self._passes.append((source.module.fill, found, values, taken, np.array([places[o.name] for o in of_it])))
        for column in ("hours", "pounds", "counts"):
            of_it = [o for o in chosen if isinstance(o.measured_by, Account) and o.measured_by.column == column]
            if of_it:
                rows = np.array([o.measured_by.row for o in of_it if isinstance(o.measured_by, Account)])
                self._accounts.append((column, rows, np.array([places[o.name] for o in of_it])))

    def __reduce__(self) -> tuple[type[Measurer], tuple[tuple[str, ...]]]:
        """Its outcomes' names: how they are measured is the catalogue's."""
        return Measurer, (tuple(self.outcomes),)

    def measure(self, state: State, p: Parameters, clock: Clock) -> Float64Array:
        """Values of the outcomes for the half-term just run, in the order of `outcomes`."""
        row = np.empty(len(self.outcomes))
        for fill, found, values, taken, places in self._passes:
            fill(state, p, clock, found)
            row[places] = values[taken]
        for column, rows, places in self._accounts:
            row[places] = getattr(state.ledger, column)[rows]
        for place, function in self._functions:
            row[place] = function(state, p, clock)
        return row
