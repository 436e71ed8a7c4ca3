"""The same schools and people without any programme: what a programme's effects are read against."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.parameters import Scenario
from schoolsim.populations.schools import SchoolTable
from schoolsim.system.state import State

if TYPE_CHECKING:
    from schoolsim.populations.ties import TieTable
    from schoolsim.system.simulation import Simulation

#: Twins kept for the next policies of their world and seed; a study runs these one after the other.
KEPT: Final = 2


@dataclass(frozen=True)
class Moment:
    """What a twin was in a half-term.

    Args:
        progress: Effect of each school's staff, pupil sd.
        published: Results of each school, percentage points.
        uids: Of the person in each post, in order.
        effects: Theirs on pupils, pupil sd.
    """

    progress: np.ndarray
    published: np.ndarray
    uids: np.ndarray
    effects: np.ndarray


class Twin:
    """A run without programmes, taken as far as somebody asks, of which schools' and teachers' effects are kept."""

    def __init__(self, simulation: Simulation) -> None:
        """Take a run that is yet to begin and measures nothing."""
        self._simulation = simulation
        self._moments: dict[int, Moment] = {}

    def moment(self, half_term: int) -> Moment:
        """What the twin is after a half-term of policy, from 0 on."""
        while self._simulation.clock.half_term <= half_term:
            now = self._simulation.clock.half_term
            self._simulation.step()
            if now >= 0:
                self._moments[now] = _seen(self._simulation.state)
        return self._moments[half_term]


def _seen(state: State) -> Moment:
    schools, teachers = state.schools, state.teachers
    order = np.argsort(teachers.uid, kind="stable")
    return Moment(
        schools.progress.copy(), schools.published.copy(), teachers.uid[order],
        teachers.effect[order].astype(np.float32).astype(np.float64),
    )  # fmt: skip


_TWINS: OrderedDict[tuple[Scenario, int, int, int, int], tuple[tuple[SchoolTable, TieTable | None], Twin]] = (
    OrderedDict()
)


def twin_of(
    scenario: Scenario,
    seed: int,
    table: SchoolTable,
    burn_in_years: int,
    *,
    branch: bool = False,
    ties: TieTable | None = None,
) -> Twin:
    """The twin of a world and seed; asked again soon, the same one.

    Args:
        scenario: Of any policy in that world.
        seed: Of the replication.
        table: Schools.
        burn_in_years: As of the run that is compared with it.
        branch: Whether it too begins at the end of the burn-in that policies share.
        ties: Those it too begins with; drawn ones when None.
    """
    from schoolsim.system.simulation import Simulation  # which asks for twins

    world = scenario.without_programmes()
    key = (world, seed, burn_in_years, id(table), id(ties))
    if key not in _TWINS:
        run = Simulation(world, seed, table, burn_in_years=burn_in_years, outcomes=(), branch=branch, ties=ties)
        # Both tables are kept with their twin: as long as they are, no other table has their place in memory.
        _TWINS[key] = ((table, ties), Twin(run))
        while len(_TWINS) > KEPT:
            _TWINS.popitem(last=False)
    _TWINS.move_to_end(key)
    return _TWINS[key][1]


def compare(state: State, moment: Moment) -> None:
    """Put beside every school and teacher of a run what they are in the twin; NaN for people who are not in it."""
    state.school_twins.progress[:] = moment.progress
    state.school_twins.published[:] = moment.published
    uids = state.teachers.uid
    place = np.minimum(np.searchsorted(moment.uids, uids), len(moment.uids) - 1)
    state.teacher_twins.effect[:] = np.where(moment.uids[place] == uids, moment.effects[place], np.nan)
