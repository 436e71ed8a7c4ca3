"""Place and time at which each programme is in force: the schools it covers, and whose levers hold at a school."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from schoolsim import draws
from schoolsim.columns import Int64Array
from schoolsim.parameters import REGISTRY, ParameterError, Scenario
from schoolsim.parameters.programmes import LEVERS, Programme
from schoolsim.parameters.record import Parameters
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


@dataclass(frozen=True)
class Change:
    """What holds from a half-term on.

    Args:
        parameters: The record without any programme; beside it a row a programme, and one for each set of them that
            acts together somewhere.
        by_school: Row of each school.
        by_authority: Row of each authority.
    """

    parameters: Parameters
    by_school: Int64Array
    by_authority: Int64Array


class Areas:
    """The programmes of a run, and the rows of parameters in force at its schools."""

    def __init__(self, scenario: Scenario, table: SchoolTable, seed: int) -> None:
        """Place every programme of the scenario, and find what its times and timetables change.

        Raises:
            ParameterError: Two programmes set a lever of one school differently at one time.
        """
        self.placed = [place(programme, table, seed) for programme in scenario.programmes]
        self._authority = table.authority
        times = {0, *(t for placed in self.placed for t in (placed.begins, placed.ends) if t != NEVER_ENDS)}
        first_years = (0, *scenario.years_of_change)
        self._changes: dict[int, Change] = {}
        for year, after in zip(first_years, (*first_years[1:], NEVER_ENDS // HALF_TERMS), strict=True):
            begins, past = HALF_TERMS * year, HALF_TERMS * after
            within = sorted({begins, *(time for time in times if begins <= time < past)})
            self._changes |= _changes(scenario.in_year(year), self._in_year(year), table.authority, within)
        #: The record of the burn-in and of the first year.
        self.parameters = self._changes[0].parameters
        # Before any policy, what there is without programmes.
        self.at_first = (np.zeros(len(table), dtype=np.int64), np.zeros(len(table.authorities), dtype=np.int64))

    @property
    def most_brokers(self) -> int:
        """The most brokers an authority ever has."""
        return max(int(row.broker_number) for change in self._changes.values() for row in change.parameters.siblings)

    def changes(self, half_term: int) -> Change | None:
        """What holds from a half-term on; None where nothing changes."""
        if half_term == 0 and not self.placed:
            return None
        return self._changes.get(half_term)

    def parameters_before(self, half_term: int) -> Parameters:
        """The record that held in the half-term before one."""
        past = [time for time in self._changes if time < half_term]
        return self._changes[max(past)].parameters if past else self.parameters

    def _in_year(self, year: int) -> list[Placed]:
        return [replace(placed, programme=placed.programme.in_year(year)) for placed in self.placed]


def _changes(
    scenario: Scenario, placed: Sequence[Placed], authority: NDArray[np.int32], times: Sequence[int]
) -> dict[int, Change]:
    """What changes at times between which the levers of the scenario and of its programmes stay the same."""
    rows = _Rows(placed)
    found = {time: _in_force(placed, authority, rows, time) for time in times}
    parameters = scenario.record(rows.levers)
    return {time: Change(parameters, *by) for time, by in found.items()}


def _in_force(
    placed: Sequence[Placed], authority: NDArray[np.int32], rows: _Rows, half_term: int
) -> tuple[Int64Array, Int64Array]:
    """Rows of parameters by school and by authority."""
    acting = [
        row for row, of_it in enumerate(placed, start=1)
        if of_it.runs(half_term) and _AREA & of_it.programme.sets.keys()
    ]  # fmt: skip
    covered = np.array([placed[row - 1].covered for row in acting]).reshape(len(acting), len(authority))
    by_school = np.array(
        [rows.of(frozenset(row for row, here in zip(acting, column, strict=True) if here)) for column in covered.T]
    )
    # Brokers are an authority's: what holds in all its schools holds for them.
    whole = [
        [row for row, here in zip(acting, covered, strict=True) if here[authority == one].all()]
        for one in range(int(authority.max()) + 1)
    ]
    return by_school, np.array([rows.of(frozenset(together)) for together in whole])


class _Rows:
    """Rows of parameters: none of the programmes, each of them, and those that act together somewhere."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._placed = placed
        self.levers: list[Mapping[str, Value]] = [of_it.programme.levers for of_it in placed]
        self._rows: dict[frozenset[int], int] = {frozenset(): 0}

    def of(self, rows: frozenset[int]) -> int:
        """The row of parameters where these programmes act together."""
        if rows not in self._rows:
            self._rows[rows] = next(iter(rows)) if len(rows) == 1 else self._joined(sorted(rows))
        return self._rows[rows]

    def _joined(self, rows: list[int]) -> int:
        values: dict[str, Value] = dict(LEVERS)
        owner: dict[str, str] = {}
        for row in rows:
            programme = self._placed[row - 1].programme
            for lever in sorted(_AREA & programme.sets.keys()):
                value = programme.levers[lever]
                if values[lever] != value and lever in owner:
                    raise ParameterError(
                        f'"{owner[lever]}/{lever}" = {values[lever]} and "{programme.name}/{lever}" = {value} are for '
                        "the same schools at the same time: give both one value, or other areas or times."
                    )
                values[lever], owner[lever] = value, programme.name
        self.levers.append(values)
        return len(self.levers)
