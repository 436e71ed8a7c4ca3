"""Teachers who leave, come and change places, and their friendships: small systems worked by hand (M14, M32)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import NONE, SECONDARY
from schoolsim.rules.practice import context_distance, unfamiliarity
from schoolsim.system.careers.people import length_of_service
from schoolsim.system.careers.staffing import replace_leavers, swap_movers
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from tests.system.by_hand import certain, luck, parameters, put, state_of, tie

STEP = 5
#: What a person brings along.
PERSONAL = (
    "uid", "department", "enquiring", "confidence", "resting_confidence", "enterprise", "transfer", "learning",
    "values", "values_start", "anchor", "skill", "dependence",
)  # fmt: skip


def people(schools: int = 2, staff: int = 2, **groups: object) -> State:
    """Staff told apart by all they are and hold."""
    state = state_of(schools, staff, 3, **groups)  # type: ignore[arg-type]
    number = len(state.teachers)
    for place, name in enumerate(PERSONAL[1:]):
        put(
            state.teachers,
            **{name: np.arange(number) + (100 * place if name in ("department", "enquiring") else 0.01 * place)},
        )
    put(state.teachers, focus=1, focus_age=2, years=7.0)
    for place, name in enumerate(("mastery", "tuning", "ownership")):
        getattr(state.knowledge, name)[:] = 0.01 * np.arange(3 * number).reshape(number, 3) + 0.1 * place
    return state


def test_who_stays_serves_another_year() -> None:
    state = people()
    replace_leavers(state, certain(careers__leave=0.0), Clock((1, STEP)))
    assert state.teachers.years.tolist() == [8.0] * 4
    assert state.teachers.uid.tolist() == [500_001, 500_002, 500_003, 500_004]


def test_two_who_move_change_places_with_all_they_are_and_hold() -> None:
    """What was tuned to the old school fits the new one less, the more foreign it is."""
    state = people(2, 1)
    state.schools.context[1] = 0.4
    before = {name: getattr(state.teachers, name).copy() for name in PERSONAL}
    levels = {name: getattr(state.knowledge, name).copy() for name in ("mastery", "tuning", "ownership")}
    swap_movers(state, certain(careers__move=1.0, careers__carried_ties=0.0, careers__school_tie=0.0), Clock((1, STEP)))
    for name, values in before.items():
        np.testing.assert_array_equal(getattr(state.teachers, name), values[::-1], err_msg=name)
    kept = 1.0 - unfamiliarity(context_distance(state.schools.context[0], state.schools.context[1]))
    assert 0.0 < kept < 1.0
    np.testing.assert_allclose(state.knowledge.tuning, kept * levels["tuning"][::-1], rtol=1e-6)
    for name in ("mastery", "ownership"):
        np.testing.assert_array_equal(getattr(state.knowledge, name), levels[name][::-1])
    assert state.teachers.years.tolist() == [0.0, 0.0]
    assert state.teachers.focus.tolist() == [NONE, NONE]
    assert state.teachers.focus_age.tolist() == [0, 0]
    assert state.teachers.school.tolist() == [0, 1]


@pytest.mark.parametrize("apart", ["phase", "authority"])
def test_teachers_move_within_phase_and_authority(apart: str) -> None:
    state = people(2, 1, authorities=(0, 1) if apart == "authority" else (0, 0))
    if apart == "phase":
        state.schools.phase[1] = SECONDARY
    before = state.teachers.uid.copy()
    swap_movers(state, certain(careers__move=1.0), Clock((1, STEP)))
    np.testing.assert_array_equal(state.teachers.uid, before)
    assert not state.friends.alive.any()


def test_movers_are_drawn_and_change_places_two_by_two_in_the_order_of_a_draw() -> None:
    """Two of one school stay where they are; the odd one finds nobody."""
    moved = 0
    for seed in range(1, 8):
        for phase in (0, SECONDARY):
            state = people(3, 3)
            put(state.schools, phase=phase)
            uids = state.teachers.uid.copy()
            swap_movers(state, certain(careers__move=0.6, careers__carried_ties=0.0), Clock((seed, STEP)))
            movers = [post for post in range(9) if luck(seed, draws.MOVE, STEP, uids[post], 0) < 0.6]
            movers.sort(key=lambda post: luck(seed, draws.MOVE, STEP, uids[post], 1))
            expected = uids.copy()
            for one, other in zip(movers[::2], movers[1::2], strict=False):
                if one // 3 != other // 3:
                    expected[one], expected[other] = uids[other], uids[one]
                    moved += 1
            assert state.teachers.uid.tolist() == expected.tolist()
    assert moved > 8


def test_the_schools_of_a_mover_may_come_to_know_each_other() -> None:
    p = certain(
        careers__move=1.0, careers__carried_ties=0.0, careers__school_tie=0.5, careers__school_tie_trust=0.45,
        careers__school_tie_familiarity=0.25,
    )  # fmt: skip
    made = []
    for seed in range(1, 9):
        state = people(2, 1)
        uids = state.teachers.uid.copy()
        swap_movers(state, p, Clock((seed, STEP)))
        expected = any(luck(seed, draws.CARRIED_TIES, STEP, uid, 99) < 0.5 for uid in uids)
        on = find_tie(state, 0, 1)
        assert (on >= 0) == expected
        if expected:
            assert (state.ties.trust_ab[on], state.ties.trust_ba[on], state.ties.familiarity[on]) == (0.45, 0.45, 0.25)
        made.append(expected)
        assert state.ties.alive.sum() == expected
    assert 0 < sum(made) < len(made)
    known = people(2, 1)
    tie(known, 0, (0, 1), trust_ab=0.9)
    swap_movers(known, p, Clock((made.index(True) + 1, STEP)))
    assert known.ties.alive.sum() == 1
    assert known.ties.trust_ab[0] == 0.9


def test_years_in_post_are_exponential() -> None:
    """Of mean 12: the median teacher has served 12 ln 2, whole years: 8."""
    p = parameters(careers__service_mean=12.0)
    assert [length_of_service(draw, p) for draw in (0.0, 0.5, 0.9)] == [0.0, 8.0, 27.0]
