"""How partnerships are judged and practice accredited: small systems worked by hand (M40, M41)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.rules.codes import NONE
from schoolsim.system.evaluation.accreditation import accredit
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.state.ledger import (
    ACCREDITED,
    AWARDS,
    GRANTED,
    REQUESTS,
    REQUESTS_COLD,
    TOLD,
)  # fmt: skip
from tests.system.by_hand import certain, luck, put, state_of, tie

# --- awards ---------------------------------------------------------------------------------------

AWARD = {
    "accreditation__rate": 1.0, "accreditation__pounds": 400.0, "accreditation__hours": 15.0,
    "accreditation__review": 0.25, "accreditation__tied": 0.0, "accreditation__cold": 0.0,
}  # fmt: skip


def proud() -> State:
    """The first school does the second practice well, the second the first; the third has an award already."""
    state = state_of(3, 2, authorities=(0, 0, 0))
    state.repertoires.mastery[:] = [[0.2, 0.9], [0.8, 0.3], [0.5, 0.9]]
    state.knowledge.mastery[:] = [[0.0, 0.9], [0.0, 0.1], [0.5, 0.0], [0.9, 0.0], [0.9, 0.9], [0.9, 0.9]]
    state.knowledge.ownership[:] = 0.2
    state.schools.award[2] = 0
    return state


def test_schools_are_awarded_what_they_are_proudest_of_and_its_staff_take_heart() -> None:
    state = proud()
    accredit(state, certain(**AWARD, learning__routine=0.5), Clock((1, 6)))
    assert state.schools.award.tolist() == [1, 0, 0]
    assert state.schools.award_hours.tolist() == [15.0, 15.0, 0.0]
    pounds = state.ledger.pounds
    assert pounds[GRANTED] == pounds[ACCREDITED] == 800.0
    assert state.ledger.counts[AWARDS] == 2
    # Whoever masters it: .2 + .25 x .8 of ownership, .5 + .25 x .5 of confidence.
    expected = np.full((6, 2), 0.2)
    expected[0, 1] = expected[2, 0] = expected[3, 0] = 0.4
    np.testing.assert_allclose(state.knowledge.ownership, expected, rtol=1e-6)
    assert state.teachers.confidence.tolist() == [0.625, 0.5, 0.625, 0.625, 0.5, 0.5]


def test_applications_are_made_once_a_year_by_a_draw() -> None:
    state = proud()
    accredit(state, certain(**AWARD), Clock((1, 7)))
    assert state.schools.award.tolist() == [NONE, NONE, 0]
    for seed in range(1, 6):
        state = proud()
        accredit(state, certain(**AWARD | {"accreditation__rate": 0.5}), Clock((seed, 6)))
        expected = [luck(seed, draws.AWARD, 6, uid) < 0.5 for uid in state.schools.uid[:2]]
        assert state.ledger.counts[AWARDS] == sum(expected)
        assert (state.schools.award[:2] >= 0).tolist() == expected


def called(seed: int = 1, authorities: tuple[int, ...] = (0, 0, 0, 0), **values: float) -> State:
    """The first school has an award; the second, which it knows, and the third need it, the fourth does not."""
    state = state_of(4, 2, authorities=authorities)
    put(state.schools, award=[1, NONE, NONE, NONE], need=[1, 1, 1, 0])
    tie(state, 0, (0, 1), trust_ab=0.9, trust_ba=0.5)
    accredit(state, certain(**AWARD | values), Clock((seed, 7)))
    return state


def test_schools_in_need_call_the_awarded_school_they_know() -> None:
    """By the caller's trust .5; familiarity .4 grows by .25 of what is missing."""
    calls = []
    for seed in range(1, 9):
        state = called(seed, accreditation__tied=1.0, accreditation__familiarity=0.25)
        both = draws.pair(state.schools.uid[1], state.schools.uid[0])
        rings = luck(seed, draws.REQUEST, 7, both) < 0.5
        assert state.ties.familiarity[0] == pytest.approx(0.4 + 0.25 * 0.6 * rings)
        assert (state.ledger.counts[REQUESTS], state.ledger.counts[REQUESTS_COLD]) == (rings, 0)
        assert state.ties.alive.sum() == 1
        calls.append(rings)
    assert 0 < sum(calls) < len(calls)


def test_hardly_anybody_calls_a_school_only_read_of_unless_it_is_paid_to_tell() -> None:
    """Chance .1 x (1 + .02 x 200) = .5; a call makes a tie."""
    calls = []
    for seed in range(1, 9):
        values = {"accreditation__cold": 0.1, "accreditation__reach": 0.02, "accreditation__fund": 200.0}
        state = called(seed, accreditation__familiarity=0.25, **values)
        both = draws.pair(state.schools.uid[2], state.schools.uid[0])
        rings = luck(seed, draws.COLD_REQUEST, 7, both) < 0.5
        on = find_tie(state, 0, 2)
        assert (on >= 0) == rings
        assert (state.ledger.counts[REQUESTS], state.ledger.counts[REQUESTS_COLD]) == (rings, rings)
        if rings:
            p = certain()
            assert state.ties.trust_ab[on] == state.ties.trust_ba[on] == p.trust_stranger
            assert state.ties.familiarity[on] == pytest.approx(p.broker_familiarity + 0.25 * (1 - p.broker_familiarity))
        # One school is paid 200 a year to tell.
        pounds = state.ledger.pounds
        assert pounds[GRANTED] == pounds[TOLD] == pytest.approx(200 / 6)
        calls.append(rings)
    assert 0 < sum(calls) < len(calls)


def test_calls_are_decided_before_any_is_made() -> None:
    """All three others need what the first does well, and all know it: three calls, and a fourth of nobody."""
    state = state_of(4, 2)
    put(state.schools, award=[1, NONE, NONE, NONE], need=1)
    for slot in range(3):
        tie(state, slot, (0, slot + 1), familiarity=0.1 * (slot + 1))
    accredit(state, certain(**AWARD | {"accreditation__tied": 9.0}, accreditation__familiarity=0.5), Clock((1, 7)))
    assert state.ties.familiarity[:3].tolist() == pytest.approx([0.55, 0.6, 0.65])
    assert (state.ledger.counts[REQUESTS], state.ledger.counts[REQUESTS_COLD]) == (3, 0)
    strangers = state_of(3, 2)
    put(strangers.schools, award=[1, NONE, NONE], need=[0, 1, 1])
    accredit(strangers, certain(**AWARD | {"accreditation__cold": 9.0}, accreditation__familiarity=0.5), Clock((1, 7)))
    assert [find_tie(strangers, 0, other) >= 0 for other in (1, 2)] == [True, True]
    assert strangers.ties.familiarity[:2].tolist() == pytest.approx([0.5 + 0.5 * certain().broker_familiarity] * 2)
    assert (strangers.ledger.counts[REQUESTS], strangers.ledger.counts[REQUESTS_COLD]) == (2, 2)


def test_nobody_reads_of_schools_of_another_authority_but_acquaintances_call() -> None:
    state = called(1, (0, 1, 1, 1), accreditation__cold=1.0, accreditation__tied=9.0)
    assert state.ledger.counts[REQUESTS] == 1
    assert state.ledger.counts[REQUESTS_COLD] == 0


# --- judging --------------------------------------------------------------------------------------

FORMAL = {
    "evaluation__kind": "formal", "evaluation__hours": 12.0, "evaluation__pounds": 300.0, "evaluation__bar": 0.1,
    "evaluation__stops": 1.0, "evaluation__learnt": 0.1, "result__noise": 0.05, "programme__patience": 0,
}  # fmt: skip
