"""Trusts that a place names begin tied and at work: near schools, as many as they can carry, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from schoolsim.populations import SchoolTable
from schoolsim.populations.ties import TieTable
from schoolsim.system.initial.academies import Members, begin_members, members_of, tie_members
from schoolsim.system.school_system import SchoolSystem
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from tests.system.by_hand import FIRST_UID, certain, put, state_of, tie
from tests.system.test_relabelling import assert_alike, shuffled
from tests.system.worlds import PROGRAMME, World, digest, in_trusts, made_table

MILE = 1.609344
BEGUN = Clock((1, -6))
CALM = {"hostility__start": 0.0}


def placed(table: SchoolTable, trust: Sequence[str], federation: Sequence[str] = ()) -> SchoolTable:
    """The table with codes of trusts and federations, in the order of its rows."""
    return replace(table, trust=np.array(trust, dtype=object), federation=np.array(federation, dtype=object))


def along(*miles: float, trust: Sequence[str], federation: Sequence[str] = ()) -> tuple[State, Members]:
    """Primary schools at so many miles along a road, as a state and whom they are run together with."""
    number = len(miles)
    state = state_of(number, 2, ties=4, partnerships=4)
    put(state.schools, east=np.array(miles) * MILE)
    plain = made_table(1, number)
    table = replace(
        plain, urn=FIRST_UID + np.arange(number), easting=np.array(miles) * MILE, northing=np.zeros(number)
    )  # fmt: skip
    return state, members_of(placed(table, trust, federation or [""] * number))


def tied(state: State) -> set[tuple[int, int]]:
    here = np.flatnonzero(state.ties.alive)
    return {(int(state.ties.a[slot]), int(state.ties.b[slot])) for slot in here}


def at_work(state: State) -> set[tuple[int, int]]:
    """Originator and partner of each partnership."""
    here = np.flatnonzero(state.partnerships.alive)
    return {(int(state.partnerships.originator[slot]), int(state.partnerships.partner[slot])) for slot in here}


def begun(state: State, members: Members, **values: float) -> State:
    p = certain(**CALM, **values)
    tie_members(state, p, Clock((1, 0)), members)
    begin_members(state, p, BEGUN, members)
    return state


# --- who is run together --------------------------------------------------------------------------


def test_trusts_are_numbered_by_their_lowest_urn_and_their_pairs_listed_nearest_first() -> None:
    _, found = along(0, 5, 1, 9, 3, trust=("b", "a", "b", "", "b"), federation=("", "x", "", "x", ""))
    assert found.trust.tolist() == [1, 2, 1, 0, 1]
    assert found.federation.tolist() == [0, 1, 0, 1, 0]
    assert found.ends.tolist() == [[0, 2], [2, 4], [0, 4], [1, 3]]
    assert found.miles.tolist() == pytest.approx([1.0, 2.0, 3.0, 4.0])


def test_the_order_of_rows_decides_nothing() -> None:
    table = placed(made_table(4, 12, authorities=2), ["a", "b", "b"] * 4)
    order = np.random.default_rng(1).permutation(12)
    one, other = members_of(table), members_of(table.take(order))
    np.testing.assert_array_equal(one.trust[order], other.trust)
    np.testing.assert_array_equal(table.urn[one.ends], table.urn[order][other.ends])


def test_two_schools_of_one_trust_and_one_federation_are_one_pair() -> None:
    assert len(along(0, 1, trust=("a", "a"), federation=("x", "x"))[1].ends) == 1


# --- ties -----------------------------------------------------------------------------------------


def test_all_of_a_small_trust_are_tied_and_nobody_else() -> None:
    state, members = along(0, 1, 2, 3, trust=("a", "a", "", "a"))
    tie_members(state, certain(**CALM), Clock((1, 0)), members)
    assert tied(state) == {(0, 1), (0, 3), (1, 3)}


def test_a_tie_there_was_stays_as_it_is() -> None:
    state, members = along(0, 1, trust=("a", "a"))
    tie(state, 0, (0, 1), trust_ab=0.9)
    tie_members(state, certain(**CALM), Clock((1, 0)), members)
    assert state.ties.alive.sum() == 1
    assert state.ties.trust_ab[0] == 0.9


def test_a_tie_has_the_levels_of_a_drawn_one() -> None:
    state, members = along(0, 1, trust=("a", "a"))
    p = certain(**CALM, ties__trust=0.6, ties__sd=0.0, ties__familiarity=0.3, market__choice_weight=0.0)
    tie_members(state, p, Clock((1, 0)), members)
    found = find_tie(state, 0, 1)
    assert [state.ties.trust_ab[found], state.ties.trust_ba[found], state.ties.familiarity[found]] == [0.6, 0.6, 0.3]


def test_in_a_large_trust_each_knows_the_nearest_only() -> None:
    """Forty schools a mile apart, two ties each: a chain, whose ends have room left for each other, and not 780."""
    state, members = along(*np.arange(40.0), trust=["a"] * 40)
    assert len(members.ends) == 780
    tie_members(state, certain(**CALM, trust__degree=2.0), Clock((1, 0)), members)
    assert tied(state) == {(row, row + 1) for row in range(39)} | {(0, 39)}


# --- partnerships ---------------------------------------------------------------------------------


def test_the_nearest_begin_as_long_as_they_can_carry_it_the_better_giving_first() -> None:
    """At 0, 1, 3 and 6 miles, one each: 0 and 1, then 2 and 3; of these 1 and 2 have the better results."""
    state, members = along(0, 1, 3, 6, trust=["a"] * 4)
    put(state.schools, standing=(0.0, 0.5, 1.0, -1.0))
    begun(state, members, search__most_primary=1)
    assert at_work(state) == {(1, 0), (2, 3)}
    assert len(tied(state)) == 6
    assert state.schools.commitments.tolist() == [1, 1, 1, 1]
    here = state.partnerships
    assert here.began[here.alive == 1].tolist() == [-6, -6]
    assert not here.programme.any()
    assert state.schools.academy_trust.tolist() == [1] * 4
    assert state.schools.joined_share.tolist() == pytest.approx([1 / 3] * 4)


def test_a_secondary_school_carries_what_secondary_schools_do() -> None:
    state, members = along(0, 1, 2, 3, trust=["a"] * 4)
    put(state.schools, phase=(1, 0, 0, 0))
    begun(state, members, search__most_primary=1, search__most_secondary=3)
    assert {frozenset(ends) for ends in at_work(state)} == {frozenset((0, 1)), frozenset((2, 3))}
    state, members = along(0, 1, 2, 3, trust=["a"] * 4)
    put(state.schools, phase=1)
    begun(state, members, search__most_secondary=3)
    assert state.partnerships.alive.sum() == 6
    assert state.schools.joined_share.tolist() == [1.0] * 4


def test_no_partnership_is_out_of_reach_and_none_is_with_a_school_fallen_out_with() -> None:
    state, members = along(0, 30, 61, trust=["a"] * 3)
    begun(state, members, pairs__reach=30.5)
    assert {frozenset(ends) for ends in at_work(state)} == {frozenset((0, 1))}
    state, members = along(0, 1, 5, trust=["a"] * 3)
    tie(state, 0, (0, 1), hostile=1)
    begun(state, members)
    assert {frozenset(ends) for ends in at_work(state)} == {frozenset((1, 2)), frozenset((0, 2))}


def test_a_trust_of_forty_over_the_country_is_no_hundreds_of_partnerships() -> None:
    chance = np.random.default_rng(3)
    state, members = along(*chance.uniform(0, 200, 40), trust=["a"] * 40)
    begun(state, members)
    assert 20 <= state.partnerships.alive.sum() <= 40
    assert state.schools.commitments.max() == 2
    assert not state.partnerships.alive.all()
    assert state.ties.alive.sum() <= 8 * 40 / 2


def test_federations_begin_alike_and_are_no_trust() -> None:
    state, members = along(0, 1, 2, trust=[""] * 3, federation=("x", "x", ""))
    begun(state, members)
    assert {frozenset(ends) for ends in at_work(state)} == {frozenset((0, 1))}
    assert state.schools.federation.tolist() == [1, 1, 0]
    assert not state.schools.academy_trust.any()
    assert not state.schools.joined_share.any()


def test_a_trust_with_one_school_here_is_a_trust_to_join() -> None:
    state, members = along(0, 1, trust=("a", ""))
    begun(state, members)
    assert state.schools.academy_trust.tolist() == [1, 0]
    assert not state.ties.alive.any()
    assert not state.partnerships.alive.any()


# --- runs -----------------------------------------------------------------------------------------

TABLE = made_table(3, 16, authorities=2)
CODES = ["a", "a", "a", "b", "b", "", "", "c"] * 2
PLACE = placed(TABLE, CODES)


def rows(kind: str, *ends: tuple[int, int]) -> TieTable:
    given = in_trusts(TABLE, 2, len(ends))
    return replace(
        given, source=TABLE.urn[[one for one, _ in ends]], target=TABLE.urn[[other for _, other in ends]],
        kind=np.full(len(ends), kind, dtype=object),
    )  # fmt: skip


def of_pairs(simulation: Simulation) -> set[frozenset[int]]:
    return {frozenset(ends) for ends in at_work(simulation.state)}


def test_a_place_with_trusts_begins_with_their_ties_and_partnerships_across_authorities() -> None:
    plain, place = (World(table, {}, 5).begun() for table in (TABLE, PLACE))
    assert not plain.state.partnerships.alive.any()
    assert not plain.state.schools.academy_trust.any()
    assert tied(plain.state) < tied(place.state)
    same = {
        frozenset(ends) for ends in combinations(range(16), 2) if CODES[ends[0]] and CODES[ends[0]] == CODES[ends[1]]
    }
    working = of_pairs(place)
    assert working <= same
    assert len(working) >= 5
    assert any(len(set(TABLE.authority[list(ends)])) == 2 for ends in working)


def test_rows_of_trusts_that_a_researcher_gives_come_before_what_the_place_says() -> None:
    given = rows("trust", (5, 6), (6, 7))
    with_place, without = (World(table, {}, 5, ties=given).run(1) for table in (PLACE, TABLE))
    assert digest(with_place) == digest(without)
    assert of_pairs(World(PLACE, {}, 5, ties=given).begun()) == {frozenset((5, 6)), frozenset((6, 7))}


def test_of_other_ties_that_are_given_none_is_added_and_those_in_a_trust_are_at_work() -> None:
    given = rows("advice", (0, 1), (0, 5), (3, 4))
    simulation = World(PLACE, {}, 5, ties=given).begun()
    assert len(tied(simulation.state)) == 3
    assert of_pairs(simulation) == {frozenset((0, 1)), frozenset((3, 4))}
    assert (simulation.state.schools.academy_trust > 0).tolist() == [bool(code) for code in CODES]


def test_a_place_with_trusts_has_moves_and_a_purse() -> None:
    run = World(PLACE, {"academies.join": 0.5}, 5).run(2)
    assert run.series["academies.moves"].sum() > 0
    assert run.series["pounds.held_back"].all()
    assert digest(run) != digest(World(TABLE, {"academies.join": 0.5}, 5).run(2))


def test_relabelling_the_schools_of_a_place_changes_nothing() -> None:
    world = World(PLACE, PROGRAMME | {"academies.change": 0.3}, 2, burn_in_years=1)
    assert_alike(world.run(2), shuffled(world, 4).run(2))


def test_a_saved_system_of_a_place_goes_on_with_its_trusts(tmp_path: Path) -> None:
    system = SchoolSystem(seed=5, schools=PLACE, years=2)
    system.step()
    again = SchoolSystem.load(system.save(tmp_path / "a.system"))
    np.testing.assert_array_equal(again.simulation.table.trust, PLACE.trust)
    np.testing.assert_array_equal(again.simulation.table.federation, PLACE.federation)
    system.run_model()
    again.run_model()
    assert digest(again.simulation) == digest(system.simulation)
