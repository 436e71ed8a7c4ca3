"""A run up to a moment, from which it can go on; and a burn-in that many policies begin from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schoolsim.columns import Float64Array, Group
from schoolsim.parameters import Scenario
from schoolsim.populations.schools import SchoolTable
from schoolsim.system.initial.build import policy_groups
from schoolsim.system.initial.relations import place_brokers
from schoolsim.system.programmes.areas import Areas
from schoolsim.system.programmes.in_force import put_in_force
from schoolsim.system.state import State

if TYPE_CHECKING:
    from schoolsim.populations.ties import TieTable

#: Burn-ins kept for the next policies of their world and seed; a study that branches runs these one after the other.
KEPT: Final = 2

_OF_BROKERS: Final = ("brokers", "broker_knowledge", "introductions")


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A run up to a moment.

    Args:
        state: As the moment has it; whoever goes on from it takes it, or a copy.
        half_term: The one that comes next.
        rows: What was measured in each half-term before it.
    """

    state: State
    half_term: int
    rows: tuple[Float64Array, ...]


@dataclass(frozen=True, eq=False)
class _BurnIn:
    """A burn-in that is kept, with what was measured in it. It holds its schools, since `id()` of them is its key."""

    checkpoint: Checkpoint
    outcomes: tuple[str, ...]
    table: SchoolTable
    ties: TieTable | None


_BURN_INS: OrderedDict[tuple[Scenario, int, int, int, int], _BurnIn] = OrderedDict()


def burnt_in(
    scenario: Scenario,
    seed: int,
    table: SchoolTable,
    areas: Areas,
    *,
    burn_in_years: int,
    outcomes: Sequence[str],
    ties: TieTable | None = None,
) -> Checkpoint:
    """The end of a policy's burn-in, as a state of its own; the burn-in itself is run once for all policies.

    Nothing of a policy is there before half-term 0: until then any two policies of one world are one run, but for
    empty rows in which what they set up will stand.

    Args:
        scenario: World and policy.
        seed: Of the replication.
        table: Schools.
        areas: The scenario's programmes on these schools.
        burn_in_years: Years before the policy.
        outcomes: Names of those that are measured.
        ties: Those that the run begins with; drawn ones when None.
    """
    from schoolsim.system.simulation import Simulation  # which begins from checkpoints

    # What policy gives the whole system, and not by a programme, is there before it too.
    world = scenario.in_year(0).without_programmes()
    key = (world, seed, burn_in_years, id(table), id(ties))
    if key not in _BURN_INS or not set(outcomes) <= set(_BURN_INS[key].outcomes):
        run = Simulation(world, seed, table, burn_in_years=burn_in_years, outcomes=outcomes, ties=ties)
        run.run(0)
        _BURN_INS[key] = _BurnIn(run.checkpoint(), tuple(outcomes), table, ties)
        while len(_BURN_INS) > KEPT:
            _BURN_INS.popitem(last=False)
    _BURN_INS.move_to_end(key)
    kept = _BURN_INS[key]
    places = [kept.outcomes.index(name) for name in outcomes]
    rows = tuple(row[places] for row in kept.checkpoint.rows)
    return Checkpoint(_with_room(kept.checkpoint.state, areas, table), kept.checkpoint.half_term, rows)


def _copy(group: Group) -> Group:
    made = type(group)(group.rows, group.width)
    made.block[:] = group.block
    return made


def _with_room(state: State, areas: Areas, table: SchoolTable) -> State:
    """A copy of a world's state, with empty rows for the programmes and brokers of a policy."""
    policy = policy_groups(table, areas.parameters, areas.placed, areas.most_brokers)
    made = State(**{name: policy[name] if name in policy else _copy(getattr(state, name)) for name in State.groups})
    place_brokers(made)
    put_in_force(made, areas.parameters, *areas.at_first)
    for name in _OF_BROKERS:
        _take_over(getattr(state, name), getattr(made, name), len(table.authorities))
    return made


def _take_over(source: Group, target: Group, authorities: int) -> None:
    """Copy the brokers of each authority, who are the first of those it may have."""
    for column in source.layout:
        shape = (authorities, -1, *getattr(source, column).shape[1:])
        held = getattr(source, column).reshape(shape)
        getattr(target, column).reshape(shape)[:, : held.shape[1]] = held
