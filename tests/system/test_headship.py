"""Heads who leave, those who follow them, and the ties that go with them: worked by hand (M30, §3.31)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import SECONDARY
from schoolsim.system.headship import BEING_ASKED, OWN_SEARCH, develop_head, gate_blocks, heads_change
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie, rebuild_adjacency, trust_of
from schoolsim.system.state.ledger import BLOCKED, HEADS_TIES
from tests.system.by_hand import certain, luck, put, seed_where, side_by_side, state_of, tie

ALL_LEAVE = {"leadership__turnover": 1.0, "leadership__tie_lost": 0.0}
TRAITS = ("tone", "protection", "communication", "bidding", "distributed", "parochial")
MEANS = {"tone": 0.6, "protection": 0.4, "communication": 0.7, "distributed": 0.2, "parochial": 0.2}


def heads(schools: int = 2, **groups: object) -> State:
    """Schools whose heads are told apart by every trait; every second one is closed."""
    state = state_of(schools, **groups)  # type: ignore[arg-type]
    for place, name in enumerate(TRAITS):
        put(state.schools, **{name: 0.1 * np.arange(1, schools + 1) + 0.01 * place})
    put(state.schools, closed=np.arange(schools) % 2, tenure=np.arange(schools) + 2.0)
    return state


def test_heads_who_stay_serve_another_year() -> None:
    state = heads()
    before = {name: getattr(state.schools, name).copy() for name in (*TRAITS, "closed", "head_since")}
    heads_change(state, certain(leadership__turnover=0.0), Clock((1, 5)))
    assert state.schools.tenure.tolist() == [3.0, 4.0]
    for name, values in before.items():
        np.testing.assert_array_equal(getattr(state.schools, name), values)


def test_a_head_from_elsewhere_is_drawn_for_the_school_and_the_half_term() -> None:
    p = certain(
        **ALL_LEAVE, leadership__moves=0.0, leadership__closed=0.5, leadership__sd=0.07,
        leadership__typical=MEANS["distributed"],
        **{f"leadership__{name}_mean": MEANS[name] for name in ("tone", "protection", "communication")},
    )  # fmt: skip
    state = heads(6)
    heads_change(state, p, Clock((3, 11)))
    drawn = {
        "tone": (draws.HEAD, 0), "protection": (draws.HEAD, 1), "communication": (draws.HEAD, 2),
        "bidding": (draws.HEAD_MORE, 0), "distributed": (draws.HEAD_MORE, 1), "parochial": (draws.HEAD_MORE, 2),
    }  # fmt: skip
    for school in range(6):
        uid = int(state.schools.uid[school])
        for name, (purpose, which) in drawn.items():
            mean, spread = MEANS.get(name, 0.5), 0.07
            expected = min(1.0, max(0.0, mean + spread * draws.normal(3, purpose, 11, uid, which)))
            assert getattr(state.schools, name)[school] == pytest.approx(expected), name
        assert state.schools.closed[school] == (luck(3, draws.HEAD, 11, uid, 3) < 0.5)
    assert 0 < state.schools.closed.sum() < 6
    assert state.schools.tenure.tolist() == [0.0] * 6
    assert state.schools.head_since.tolist() == [11] * 6


def test_policy_develops_new_heads_and_opens_their_gates_where_it_is_in_force() -> None:
    """In the second school's area only: half of what was missing of protection, a quarter of leadership shared."""
    plain = {
        **ALL_LEAVE, "leadership__moves": 0.0, "leadership__closed": 1.0, "leadership__protection_mean": 0.2,
        "leadership__sd": 0.0, "leadership__typical": 0.4,
    }  # fmt: skip
    policy = {"leadership__specification": 1.0, "leadership__shielding": 0.5, "leadership__distribute": 0.25}
    state = heads()
    put(state.schools, area=(0, 1))
    heads_change(state, side_by_side(certain(**plain), certain(**plain | policy)), Clock((1, 5)))
    assert state.schools.closed.tolist() == [1, 0]
    assert state.schools.protection.tolist() == pytest.approx([0.2, 0.6])
    assert state.schools.distributed.tolist() == pytest.approx([0.4, 0.55])


def test_a_specification_opens_some_gates_by_a_draw() -> None:
    p = certain(**ALL_LEAVE, leadership__moves=0.0, leadership__closed=1.0, leadership__specification=0.5)
    state = heads(8)
    heads_change(state, p, Clock((1, 5)))
    expected = [luck(1, draws.SPECIFICATION, 5, uid) >= 0.5 for uid in state.schools.uid]
    assert state.schools.closed.tolist() == expected
    assert len(set(expected)) == 2


def test_a_head_who_is_developed_protects_more_and_shares_more() -> None:
    state = heads()
    put(state.schools, protection=(0.5, 0.2), distributed=(0.1, 0.6))
    develop_head(state, certain(leadership__shielding=0.5, leadership__distribute=0.25), 1)
    assert state.schools.protection.tolist() == pytest.approx([0.5, 0.6])
    assert state.schools.distributed.tolist() == pytest.approx([0.1, 0.7])


@pytest.mark.parametrize(("attempt", "draw"), [(OWN_SEARCH, 0), (BEING_ASKED, 1)])
def test_a_closed_head_blocks_by_a_draw_and_staff_with_a_say_get_round_it(attempt: int, draw: int) -> None:
    """Chance .9 x (1 - .5 x .4) = .72; each attempt has a draw of its own, and an open head blocks nothing."""
    p = certain(leadership__gate=0.9, leadership__distributed_gate=0.5)
    seen = []
    for seed in range(1, 13):
        state = heads()
        put(state.schools, closed=(0, 1), distributed=0.4)
        blocks = luck(seed, draws.GATE, 4, state.schools.uid[1], draw) < 0.72
        assert gate_blocks(state, p, Clock((seed, 4)), 1, attempt) == blocks
        assert state.ledger.counts[BLOCKED] == blocks
        assert not gate_blocks(state, p, Clock((seed, 4)), 0, attempt)
        assert state.ledger.counts[BLOCKED] == blocks
        seen.append(blocks)
    assert 0 < sum(seen) < len(seen)


def test_heads_who_stay_mellow_by_how_well_joint_work_went() -> None:
    """.6 + .5 x .4 x .4 = .68 at work with a partner known to .4; nothing where there is no joint work."""
    state = heads(3)
    put(state.schools, tone=0.6, commitments=(1, 0, 2), closest_familiarity=0.4, tenure=1.0)
    heads_change(state, certain(leadership__turnover=0.0, leadership__mellows=0.5), Clock((1, 5)))
    assert state.schools.tone.tolist() == pytest.approx([0.68, 0.6, 0.68])
    assert state.schools.tenure.tolist() == [2.0] * 3


def test_heads_leave_likelier_where_results_are_weak() -> None:
    """.5 x (1 - .6 x standing): .2, .5 and .8."""
    p = certain(**(ALL_LEAVE | {"leadership__turnover": 0.5}), leadership__turnover_standing=0.6, leadership__moves=0.0)
    told = set()
    for seed in range(1, 9):
        state = heads(3)
        put(state.schools, standing=(1.0, 0.0, -1.0))
        heads_change(state, p, Clock((seed, 5)))
        uid = state.schools.uid
        left = [luck(seed, draws.HEAD_LEAVES, 5, uid[row]) < chance for row, chance in enumerate((0.2, 0.5, 0.8))]
        assert (state.schools.head_since == 5).tolist() == left
        told.add(tuple(left))
    assert len(told) > 2


def test_two_heads_who_move_change_places_with_all_they_are() -> None:
    state = heads()
    before = {name: getattr(state.schools, name).copy() for name in (*TRAITS, "closed")}
    # A head from elsewhere would know somebody here; these two are from here.
    values = ALL_LEAVE | {"leadership__moves": 1.0, "leadership__carried_ties": 0}
    for seed in range(1, 6):
        moved = heads()
        heads_change(moved, certain(**values), Clock((seed, 5)))
        assert not moved.ties.alive.any()
    heads_change(state, certain(**values), Clock((1, 5)))
    for name, found in before.items():
        np.testing.assert_array_equal(getattr(state.schools, name), found[::-1], err_msg=name)
    assert state.schools.tenure.tolist() == [0.0, 0.0]
    # Nobody new to the authority has come: quarrels go on.
    assert state.schools.head_since.tolist() == [-100, -100]
    assert not state.ties.alive.any()


@pytest.mark.parametrize("apart", [{"phase": (0, SECONDARY)}, {"authority": True}])
def test_heads_move_within_phase_and_authority_only(apart: dict[str, object]) -> None:
    state = heads(authorities=(0, 1)) if "authority" in apart else heads()
    if "phase" in apart:
        put(state.schools, **apart)
    heads_change(state, certain(**ALL_LEAVE, leadership__moves=1.0), Clock((1, 5)))
    assert state.schools.head_since.tolist() == [5, 5]


def test_secondary_heads_change_places_too_and_the_odd_one_goes() -> None:
    """Of five who would move, in the order of a draw, the last finds nobody to change with."""
    state = heads(5)
    put(state.schools, phase=SECONDARY)
    before = state.schools.tone.copy()
    heads_change(state, certain(**ALL_LEAVE, leadership__moves=1.0, leadership__carried_ties=0), Clock((2, 5)))
    order = sorted(range(5), key=lambda school: luck(2, draws.HEAD_MOVES, 5, state.schools.uid[school], 1))
    for one, other in ((order[0], order[1]), (order[2], order[3])):
        assert (state.schools.tone[one], state.schools.tone[other]) == (before[other], before[one])
    assert [school for school in range(5) if state.schools.head_since[school] == 5] == order[4:]


def test_only_those_who_leave_and_are_drawn_move() -> None:
    p = certain(**(ALL_LEAVE | {"leadership__turnover": 0.7}), leadership__moves=0.6, leadership__carried_ties=0)
    for seed in range(1, 6):
        state = heads(8)
        before, uid = state.schools.tone.copy(), state.schools.uid
        heads_change(state, p, Clock((seed, 5)))
        leaves = [luck(seed, draws.HEAD_LEAVES, 5, one) < 0.7 for one in uid]
        movers = [row for row in range(8) if leaves[row] and luck(seed, draws.HEAD_MOVES, 5, uid[row], 0) < 0.6]
        movers.sort(key=lambda row: luck(seed, draws.HEAD_MOVES, 5, uid[row], 1))
        came = {}
        for one, other in zip(movers[::2], movers[1::2], strict=False):
            came |= {one: other, other: one}
        assert (state.schools.tenure == 0.0).tolist() == leaves
        assert [row for row in range(8) if state.schools.head_since[row] == 5] == [
            row for row in range(8) if leaves[row] and row not in came
        ]
        for row, other in came.items():
            assert state.schools.tone[row] == before[other]


def changed(carried: int, **more: object) -> State:
    """Heads of 0 and 1, two of four schools, have changed places; 0 knew 2 and 3, and 1 knew 3.

    Ties were worth trust x (.3 + familiarity).
    """
    p = certain(
        leadership__turnover=0.5, leadership__tie_lost=0.0, leadership__moves=1.0, leadership__carried_ties=carried,
        careers__school_tie_trust=0.35, careers__school_tie_familiarity=0.15,
        **more,
    )  # fmt: skip
    state = heads(4)
    tie(state, 0, (0, 2), trust_ab=0.8, trust_ba=0.3, familiarity=0.6)
    tie(state, 1, (0, 3), trust_ab=0.4, trust_ba=0.9, familiarity=0.2)
    tie(state, 2, (1, 3), trust_ab=0.1, trust_ba=0.6, familiarity=0.05)
    uid = state.schools.uid
    leave = (True, True, False, False)
    seed = seed_where(
        lambda seed: all((luck(seed, draws.HEAD_LEAVES, 5, uid[row]) < 0.5) == leave[row] for row in range(4))
    )
    heads_change(state, p, Clock((seed, 5)))
    return state


def levels(state: State, one: int, other: int) -> tuple[float, float, float] | None:
    """Trust of one in the other, of the other in the one, and familiarity."""
    found = find_tie(state, one, other)
    if found < 0:
        return None
    ties = state.ties
    return (trust_of(ties, found, one), trust_of(ties, found, other), ties.familiarity[found])


def test_a_head_brings_the_best_tie_and_keeps_up_with_the_old_school() -> None:
    """0's new head brings 1's tie to 3 with its levels: less than there was. 1's brings 0's to 2: a new one."""
    state = changed(1)
    assert levels(state, 0, 1) == pytest.approx((0.35, 0.35, 0.15))
    assert levels(state, 1, 2) == pytest.approx((0.8, 0.8, 0.6))
    assert levels(state, 0, 3) == pytest.approx((0.4, 0.9, 0.2))
    assert levels(state, 1, 3) == pytest.approx((0.1, 0.6, 0.05))
    assert levels(state, 0, 2) == pytest.approx((0.8, 0.3, 0.6))
    # Each knows its old school, and brings one tie.
    assert state.ledger.counts[HEADS_TIES] == 4


def test_what_is_brought_raises_a_tie_there_is_and_never_lowers_it() -> None:
    """1's head also brings 0's tie to 3: trust .4 each way, familiarity .2, where there were .1, .6 and .05."""
    state = changed(2)
    assert levels(state, 1, 3) == pytest.approx((0.4, 0.6, 0.2))
    assert levels(state, 1, 2) == pytest.approx((0.8, 0.8, 0.6))
    assert state.ledger.counts[HEADS_TIES] == 5


def test_each_head_brings_their_own_ties_however_many_the_other_had() -> None:
    """1's ties to 3 and 2 go to 0, which knows 2; 0's only one, to 2, to 1, which knows 2 too: never lower."""
    state = heads(4)
    put(state.schools, uid=(100_003, 100_004, 100_001, 100_002))
    state.roster.order[:] = (2, 3, 0, 1)
    tie(state, 0, (1, 2), trust_ba=0.4, trust_ab=0.1, familiarity=0.2)
    tie(state, 5, (1, 3), trust_ba=0.8, trust_ab=0.1, familiarity=0.6)
    tie(state, 6, (0, 2), trust_ba=0.9, trust_ab=0.05, familiarity=0.5)
    p = certain(
        leadership__turnover=0.5, leadership__tie_lost=0.0, leadership__moves=1.0, leadership__carried_ties=2,
        careers__school_tie_trust=0.35, careers__school_tie_familiarity=0.15,
    )  # fmt: skip
    uid = state.schools.uid
    seed = seed_where(
        lambda seed: [luck(seed, draws.HEAD_LEAVES, 5, one) < 0.5 for one in uid] == [True, True, False, False]
    )
    heads_change(state, p, Clock((seed, 5)))
    assert levels(state, 0, 1) == pytest.approx((0.35, 0.35, 0.15))
    assert levels(state, 0, 3) == pytest.approx((0.8, 0.8, 0.6))
    assert levels(state, 0, 2) == pytest.approx((0.9, 0.4, 0.5))
    assert levels(state, 1, 2) == pytest.approx((0.9, 0.9, 0.5))
    assert levels(state, 1, 3) == pytest.approx((0.8, 0.1, 0.6))
    assert state.ties.alive.sum() == 5
    assert state.ledger.counts[HEADS_TIES] == 5


def test_a_tie_to_the_first_school_of_the_table_is_brought_too() -> None:
    """The second and third change heads; the second's knew the first, with trust .5 and familiarity .4."""
    state = heads(3)
    tie(state, 0, (0, 1))
    p = certain(
        leadership__turnover=0.5, leadership__tie_lost=0.0, leadership__moves=1.0, leadership__carried_ties=1,
    )  # fmt: skip
    uid = state.schools.uid
    seed = seed_where(lambda seed: [luck(seed, draws.HEAD_LEAVES, 5, one) < 0.5 for one in uid] == [False, True, True])
    heads_change(state, p, Clock((seed, 5)))
    assert levels(state, 2, 0) == pytest.approx((0.5, 0.5, 0.4))


def test_without_carried_ties_nothing_is_brought() -> None:
    state = changed(0)
    assert levels(state, 0, 1) is None
    assert levels(state, 1, 2) is None
    assert state.ledger.counts[HEADS_TIES] == 0


@pytest.mark.parametrize(("above", "below"), [("trust_ab", "trust_ba"), ("trust_ba", "trust_ab")])
@pytest.mark.parametrize(("which", "kept"), [((True, False), 0.8), ((True, True), 0.64), ((False, False), 1.0)])
def test_what_was_between_heads_goes_with_each_of_them(
    which: tuple[bool, bool], kept: float, above: str, below: str
) -> None:
    """Familiarity falls to what is kept, trust to rest only by as much of what lies above it."""
    p = certain(leadership__turnover=0.5, leadership__tie_lost=0.2, leadership__moves=0.0)
    state = heads(3)
    tie(state, 0, (0, 1), **{above: 0.8, below: 0.2})
    tie(state, 1, (1, 2))
    state.ties.alive[1] = 0
    rebuild_adjacency(state)
    uid = state.schools.uid
    seed = seed_where(
        lambda seed: all((luck(seed, draws.HEAD_LEAVES, 5, uid[row]) < 0.5) == which[row] for row in range(2))
    )
    heads_change(state, p, Clock((seed, 5)))
    assert state.ties.familiarity[:2].tolist() == pytest.approx([0.4 * kept, 0.4])
    assert getattr(state.ties, above)[0] == pytest.approx(0.3 + kept * 0.5)
    assert getattr(state.ties, below)[0] == pytest.approx(0.2)
