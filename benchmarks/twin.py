"""A twin of the model: a Mesa model of plain objects with all its rules, to compare its speed with.

Schools and teachers are Mesa agents; ties, partnerships, practices and the rest are objects. What they do is the
model's own source, written over for objects (`benchmarks.plain_source`): every rule, and no rule that the model does
not have. It draws from Mesa's generator, as a Mesa model does; so what the model draws twice for one purpose, and finds
the same, is here two numbers.

Both programs keep what comes and goes in slots and link ties in lists of slots. A model written by hand for Mesa might
use dictionaries and sets there, and be quicker or slower for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from benchmarks.plain_source import Program
from schoolsim.columns import Group
from schoolsim.parameters import Scenario
from schoolsim.parameters.record import Parameters
from schoolsim.populations import SchoolTable, synthetic_authority
from schoolsim.system.programmes.areas import Change
from schoolsim.system.simulation import ONE_IN, Simulation
from schoolsim.system.state import Clock
from schoolsim.system.state.growth import NEW_FRIENDS, ROOM
from schoolsim.system.state.schema import State

GROWING = ("ties", "friends", "partnerships")
#: Groups whose rows are agents.
AGENTS = {"schools": "School", "teachers": "Teacher"}


@cache
def program(exact: bool) -> Program:
    """The program of objects; made once a process."""
    return Program(exact=exact)


def _new(name: str, kind: type[Group], exact: bool, width: int) -> Callable[..., Any]:
    """What makes an object for a row of a group, all its attributes 0.

    An exact one rounds what is written into it as the column would.
    """
    forms = {column: np.dtype(layout.format).type for column, layout in kind.layout.items()}

    def rounded(self: Any, column: str, value: Any) -> None:
        known = column in forms and not isinstance(value, (list, np.ndarray))
        object.__setattr__(self, column, forms[column](value) if known else value)

    bases = (mesa.Agent,) if name in AGENTS else (SimpleNamespace,)
    made = type(AGENTS.get(name, kind.__name__), bases, {"__setattr__": rounded} if exact else {})

    def new(*model: mesa.Model) -> Any:
        row = made(*model)
        for column, layout in kind.layout.items():
            cells = max(layout.cells, width) if layout.cells < 0 else layout.cells
            zero = 0 if layout.format == "i8" else 0.0
            setattr(row, column, [zero] * cells if layout.two_dimensional else zero)
        return row

    return new


class Twin(mesa.Model):  # type: ignore[misc]  # Mesa has no types
    """The model in plain objects; a step is a half-term.

    Args:
        seed: Of the replication: of what the world is at first, and of Mesa's generator.
        scenario: Values of all parameters; with any programmes.
        table: Schools; a synthetic authority when None.
        exact: Draw what the model draws and round where it rounds, so that both runs are the same.
        reports: Collect the schools' mean progress each half-term, as `mesa.batch_run` wants it.
    """

    def __init__(
        self,
        seed: int = 1,
        scenario: Scenario | None = None,
        table: SchoolTable | None = None,
        *,
        exact: bool = False,
        reports: bool = True,
    ) -> None:
        """Take the state in which the model begins, and make objects of it."""
        super().__init__(seed=seed)
        source = Simulation(
            scenario or Scenario.of(), seed, synthetic_authority(seed) if table is None else table, outcomes=()
        )
        self.program, self.exact, self.reports, self.areas = program(exact), exact, reports, source.areas
        self.clock, self.parameters = source.clock, source.parameters
        self.state = SimpleNamespace(kinds={})
        for name, kind in State.groups.items():
            group = getattr(source.state, name)
            self.state.kinds[name] = _new(name, kind, exact, group.width)
            setattr(self.state, name, self._rows(name, group))
        self.datacollector = mesa.DataCollector({"progress": Twin.progress})

    def _rows(self, name: str, group: Group) -> list[Any]:
        """An object for each row of a group, with its values."""
        new = self.state.kinds[name]
        rows = [new(self) if name in AGENTS else new() for _ in range(group.rows)]
        for column in group.layout:
            cells = getattr(group, column)
            values = list(cells.copy()) if self.exact else cells.tolist()
            for row, value in zip(rows, values, strict=True):
                setattr(row, column, value)
        return rows

    def step(self) -> None:
        """Run one half-term: each phase once, in order."""
        if self.clock.half_term == 0:
            self._note_start_of_policy()
        change = self.areas.changes(self.clock.half_term)
        if change is not None:
            self._put_in_force(change)
        self._make_room()
        for account in self.state.ledger:
            account.hours = account.pounds = account.counts = 0.0
        if not self.exact:
            self.program.use(self.random)
        for _, phase in self.program.phases:
            phase(self.state, self.parameters, self.clock)
        self.clock = Clock((self.clock.seed, self.clock.half_term + 1))
        if self.reports:
            self.datacollector.collect(self)

    def progress(self) -> float:
        """Mean progress of schools, pupil standard deviations."""
        return float(sum(school.progress for school in self.state.schools) / len(self.state.schools))

    def values(self, group: str, column: str) -> np.ndarray:
        """A column of the model, read from the objects."""
        return np.array([getattr(row, column) for row in getattr(self.state, group)])

    def _put_in_force(self, change: Change) -> None:
        past = len(self.parameters.siblings)
        rows = [row.values for row in (*self.parameters.siblings, *change.parameters.siblings)]
        by_school, by_authority = change.by_school.tolist(), change.by_authority.tolist()
        together = Parameters.rows_of(rows)
        self.program.put_in_force(
            self.state, together, [row + past for row in by_school], [row + past for row in by_authority]
        )
        for school, row in zip(self.state.schools, by_school, strict=True):
            school.area = row
        for authority, row in zip(self.state.authorities, by_authority, strict=True):
            authority.area = row
        self.parameters = change.parameters

    def _make_room(self) -> None:
        for name in GROWING:
            rows, new = getattr(self.state, name), self.state.kinds[name]
            used = sum(1 for row in rows if row.alive)
            room = max(used, ROOM, NEW_FRIENDS * len(self.state.teachers) if name == "friends" else 0)
            while len(rows) - used < room:
                rows += [new() for _ in range(len(rows))]

    def _note_start_of_policy(self) -> None:
        schools = self.state.schools
        for school in schools:
            school.progress_start, school.neediest = school.progress, 0
        for phase in {school.phase for school in schools}:
            ranked = sorted((one for one in schools if one.phase == phase), key=lambda one: (one.published, one.uid))
            for school in ranked[: max(1, len(ranked) // ONE_IN)]:
                school.neediest = 1
