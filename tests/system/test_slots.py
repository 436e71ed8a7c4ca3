"""Tables with free slots, and orders: as looking through all would find them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsim.parameters import Scenario
from schoolsim.populations import synthetic_authority
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import TeacherTies
from schoolsim.system.state.adjacency import find_tie, partnership_on
from schoolsim.system.state.slots import free_slot, in_order, in_reverse_order, release

SIZE = 6
BUSY = {
    "programme.originators": 5, "programme.partners_each": 2, "funding.per_partnership": 4000.0, "search.rate": 1.0,
    "policy.churn": 0.4, "careers.move": 0.2,
}  # fmt: skip


def first_free(alive: np.ndarray) -> int:
    free = np.flatnonzero(alive == 0)
    return int(free[0]) if len(free) else -1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, SIZE - 1)), max_size=40))
def test_the_first_free_slot_is_found(steps: list[int | None]) -> None:
    """None takes a slot; a number frees that one, in use or not."""
    table = TeacherTies(SIZE)
    for freed in steps:
        if freed is not None:
            release(table, freed)
            continue
        slot = free_slot(table)
        assert slot == first_free(table.alive)
        if slot >= 0:
            table.alive[slot] = 1


def test_a_table_without_slots_is_full() -> None:
    assert free_slot(TeacherTies(0)) == -1


def test_a_partnership_is_found_by_its_tie() -> None:
    made = Simulation(Scenario.of(BUSY), 4, synthetic_authority(4, schools=30))
    state, found, ended = made.state, 0, 0
    for _ in range(24):
        before = state.partnerships.alive.copy()
        made.step()
        partnerships = state.partnerships  # a larger table, if it had to grow
        alive = np.flatnonzero(partnerships.alive)
        ended += int((before > partnerships.alive[: len(before)]).sum())
        pairs = {frozenset((int(partnerships.originator[s]), int(partnerships.partner[s]))): s for s in alive}
        assert len(pairs) == len(alive)
        found += len(pairs)
        for one in range(30):
            for two in range(30):
                expected = pairs.get(frozenset((one, two)), -1) if one != two else -1
                tie = find_tie(state, one, two)
                assert partnership_on(state.ties, partnerships, tie) == expected
        for table in (state.practices, state.ties, state.friends, partnerships):
            assert table.alive[: table.free[0]].all()
    assert found > 100
    assert ended > 10


@given(st.lists(st.one_of(st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False)), max_size=70))
def test_equal_values_keep_their_order(values: list[float]) -> None:
    column = np.array(values, dtype=np.float64)
    assert in_order(column).tolist() == np.argsort(column, kind="stable").tolist()
    assert in_reverse_order(column).tolist() == np.argsort(-column, kind="stable").tolist()
