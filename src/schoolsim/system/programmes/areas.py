"""Place and time at which each programme is in force: the schools it covers, and whose levers hold at a school."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from schoolsim import draws
from schoolsim.parameters import REGISTRY, ParameterError, Scenario
from schoolsim.parameters.programmes import LEVERS, Programme
from schoolsim.parameters.values import Value
from schoolsim.populations.schools import SchoolTable
from schoolsim.system.state.schema import HALF_TERMS, NEVER_ENDS

_DIGEST = 7  # bytes, which fit a whole number of compiled code
_AREA = frozenset(name for name in LEVERS if REGISTRY[name].scope == "area")


@dataclass(frozen=True)
class Placed:
    """A programme on the schools of a run.

    Args:
        programme: What it is.
        begins: Half-term.
        ends: Half-term; `NEVER_ENDS` where it has no end.
        covered: For each school, whether it is among those it may be in.
    """

    programme: Programme
    begins: int
    ends: int
    covered: np.ndarray

    @property
    def uid(self) -> int:
        """What its draws are keyed by: its name, whatever other programmes there are."""
        return int.from_bytes(hashlib.blake2b(self.programme.name.encode(), digest_size=_DIGEST).digest(), "big")

    def runs(self, half_term: int) -> bool:
        """Whether it has begun and not ended."""
        return self.begins <= half_term < self.ends


def place(programme: Programme, table: SchoolTable, seed: int) -> Placed:
    """Put a programme on the schools of a table, by its authority or by lot."""
    levers = programme.levers
    begins = HALF_TERMS * int(levers["programme.begins"])
    lasts = HALF_TERMS * int(levers["programme.lasts"])
    covered = np.ones(len(table), dtype=bool)
    if levers["programme.authority"]:
        covered &= table.authority == int(levers["programme.authority"]) - 1
    low = float(levers["programme.coverage_from"])
    high = low + float(levers["programme.coverage"])
    if low > 0.0 or high < 1.0:
        lot = _lots(table, seed)
        covered &= (lot >= low) & (lot < high)
    return Placed(programme, begins, begins + lasts if lasts else NEVER_ENDS, covered)


def _lots(table: SchoolTable, seed: int) -> np.ndarray:
    """Each school's place in the lot, 0 to 1: its authority's where there are several, evenly spread over them."""
    units = np.unique(table.authority) if len(table.authorities) > 1 else np.arange(len(table))
    unit_of = np.searchsorted(units, table.authority) if len(table.authorities) > 1 else units
    # Keyed by the lowest number of a school in it, so that no row decides.
    first = [int(table.urn[unit_of == unit].min()) for unit in range(len(units))]
    luck = np.array([draws.uniform(seed, draws.COVERAGE, 0, uid, 0) for uid in first])
    place_of = np.empty(len(units))
    place_of[np.argsort(luck, kind="stable")] = (np.arange(len(units)) + 0.5) / len(units)
    return place_of[unit_of]


class Areas:
    """The programmes of a run, and the rows of parameters in force at its schools."""

    def __init__(self, scenario: Scenario, table: SchoolTable, seed: int) -> None:
        """Place every programme of the scenario.

        Raises:
            ParameterError: Two programmes set a lever of one school differently at one time.
        """
        self.placed = [place(programme, table, seed) for programme in scenario.programmes]
        self._levers: list[Mapping[str, Value]] = [placed.programme.levers for placed in self.placed]
        self._rows: dict[frozenset[int], int] = {frozenset(): 0}
        self._authority = table.authority
        self.parameters = scenario.record()
        times = sorted({0, *(t for placed in self.placed for t in (placed.begins, placed.ends) if t != NEVER_ENDS)})
        self._changes = {time: self._in_force(time) for time in times if self.placed}
        # Before any policy, what there is without programmes.
        self.at_first = (np.zeros(len(table), dtype=np.int64), np.zeros(len(table.authorities), dtype=np.int64))
        self.parameters = scenario.record(self._levers)

    def changes(self, half_term: int) -> tuple[np.ndarray, np.ndarray] | None:
        """Rows of parameters by school and by authority that hold from a half-term on; None where none changes."""
        return self._changes.get(half_term)

    def _in_force(self, half_term: int) -> tuple[np.ndarray, np.ndarray]:
        acting = [
            row
            for row, placed in enumerate(self.placed, start=1)
            if placed.runs(half_term) and _AREA & placed.programme.sets.keys()
        ]
        covered = np.array([self.placed[row - 1].covered for row in acting]).reshape(len(acting), len(self._authority))
        by_school = np.array(
            [
                self._row_of(frozenset(row for row, here in zip(acting, column, strict=True) if here))
                for column in covered.T
            ]
        )
        # Brokers are an authority's: what holds in all its schools holds for them.
        whole = [
            [row for row, here in zip(acting, covered, strict=True) if here[self._authority == authority].all()]
            for authority in range(int(self._authority.max()) + 1)
        ]
        return by_school, np.array([self._row_of(frozenset(rows)) for rows in whole])

    def _row_of(self, rows: frozenset[int]) -> int:
        """The row of parameters where these programmes act together."""
        if rows not in self._rows:
            self._rows[rows] = next(iter(rows)) if len(rows) == 1 else self._joined(sorted(rows))
        return self._rows[rows]

    def _joined(self, rows: list[int]) -> int:
        values: dict[str, Value] = dict(LEVERS)
        owner: dict[str, str] = {}
        for row in rows:
            programme = self.placed[row - 1].programme
            for lever in sorted(_AREA & programme.sets.keys()):
                value = programme.levers[lever]
                if values[lever] != value and lever in owner:
                    raise ParameterError(
                        f'"{owner[lever]}/{lever}" = {values[lever]} and "{programme.name}/{lever}" = {value} are for '
                        "the same schools at the same time: give both one value, or other areas or times."
                    )
                values[lever], owner[lever] = value, programme.name
        self._levers.append(values)
        return len(self._levers)
