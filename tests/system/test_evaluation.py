"""How partnerships are judged and practice accredited: small systems worked by hand (M40, M41)."""

from __future__ import annotations

import numpy as np
import pytest

from schoolsim import draws
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import NONE
from schoolsim.system.evaluation.accreditation import accredit
from schoolsim.system.evaluation.judging import claim_evaluation_hours, judge
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.state.ledger import (
    ACCREDITED,
    AWARDS,
    EVALUATED,
    GRANTED,
    JUDGED,
    REQUESTS,
    REQUESTS_COLD,
    STOPPED,
    STOPPED_WRONGLY,
    TOLD,
    TURNED,
)  # fmt: skip
from tests.system.by_hand import certain, luck, partnership, put, put_row, side_by_side, state_of, tie

# --- awards ---------------------------------------------------------------------------------------

AWARD = {
    "accreditation__rate": 1.0, "accreditation__pounds": 400.0, "needs__hours": 15.0,
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
        state = called(seed, accreditation__tied=1.0, trust__meeting_familiarity=0.25)
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
        state = called(seed, trust__meeting_familiarity=0.25, **values)
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
    accredit(state, certain(**AWARD | {"accreditation__tied": 9.0}, trust__meeting_familiarity=0.5), Clock((1, 7)))
    assert state.ties.familiarity[:3].tolist() == pytest.approx([0.55, 0.6, 0.65])
    assert (state.ledger.counts[REQUESTS], state.ledger.counts[REQUESTS_COLD]) == (3, 0)
    strangers = state_of(3, 2)
    put(strangers.schools, award=[1, NONE, NONE], need=[0, 1, 1])
    accredit(strangers, certain(**AWARD | {"accreditation__cold": 9.0}, trust__meeting_familiarity=0.5), Clock((1, 7)))
    assert [find_tie(strangers, 0, other) >= 0 for other in (1, 2)] == [True, True]
    assert strangers.ties.familiarity[:2].tolist() == pytest.approx([0.5 + 0.5 * certain().broker_familiarity] * 2)
    assert (strangers.ledger.counts[REQUESTS], strangers.ledger.counts[REQUESTS_COLD]) == (2, 2)


def test_nobody_reads_of_schools_of_another_authority_but_acquaintances_call() -> None:
    state = called(1, (0, 1, 1, 1), accreditation__cold=1.0, accreditation__tied=9.0)
    assert state.ledger.counts[REQUESTS] == 1
    assert state.ledger.counts[REQUESTS_COLD] == 0


def test_the_last_school_is_awarded_as_any_other() -> None:
    state = proud()
    put(state.schools, award=(0, NONE, NONE))
    accredit(state, certain(**AWARD), Clock((1, 6)))
    assert state.schools.award.tolist() == [0, 0, 1]


def test_the_last_school_is_called_for_the_first_practice_too() -> None:
    """Practice 0 is a practice; strangers begin with their own trust and familiarity."""
    state = state_of(3, 2)
    put(state.schools, award=(NONE, NONE, 0), need=(0, 1, 0))
    p = certain(
        **AWARD | {"accreditation__cold": 9.0}, trust__meeting_familiarity=0.0, trust__stranger=0.15,
        broker__familiarity=0.35,
    )  # fmt: skip
    accredit(state, p, Clock((1, 7)))
    assert state.ledger.counts[REQUESTS] == 1
    on = find_tie(state, 0, 2)
    assert (state.ties.trust_ab[on], state.ties.trust_ba[on], state.ties.familiarity[on]) == (0.15, 0.15, 0.35)


def test_there_is_room_for_four_calls_a_school() -> None:
    """Six schools that all need what all do well would make thirty."""
    state = state_of(6, 2, ties=40)
    put(state.schools, award=1, need=1)
    accredit(state, certain(**AWARD | {"accreditation__cold": 9.0}), Clock((1, 7)))
    assert state.ledger.counts[REQUESTS] == 24


# --- judging --------------------------------------------------------------------------------------

FORMAL = {
    "evaluation__kind": "formal", "evaluation__hours": 12.0, "evaluation__pounds": 300.0,
    "evaluation__stops": 1.0, "refocus__room": 0.1, "result__noise": 0.05, "programme__patience": 0,
}  # fmt: skip


def judging(**values: float | str) -> Parameters:
    """What schools do by themselves nobody judges; the programme's partnerships are judged by `values`."""
    return side_by_side(certain(**values | {"evaluation__kind": "none"}), certain(**values))


def judged_partnerships() -> State:
    """Three of the programme's, begun at half-term 0; the fourth is not the programme's, the fifth is over."""
    state = state_of(10, 2)
    for slot in range(5):
        tie(state, slot, (2 * slot, 2 * slot + 1))
        partnership(
            state, slot, (2 * slot, 2 * slot + 1), slot, programme=int(slot != 3), pounds=100.0 if slot == 1 else 500.0,
            learnt=(0.0, 0.2, 0.1, 0.0, 0.0)[slot], alive=int(slot < 4), refocused=2,
        )  # fmt: skip
    state.teachers.pairs[:16:2] = 1  # the first of each staff works in one
    return state


def test_formal_evaluation_takes_hours_and_pounds_in_the_last_half_term_of_the_year() -> None:
    for half_term in (4, 5, 6):
        state = judged_partnerships()
        claim_evaluation_hours(state, judging(**FORMAL), Clock((1, half_term)))
        due = half_term == 5
        assert state.schools.evaluation_hours.tolist() == [12.0 * due] * 6 + [0.0] * 4
        assert state.partnerships.pounds[:4].tolist() == (
            [200.0, 0.0, 200.0, 500.0] if due else [500.0, 100.0, 500.0, 500.0]
        )
        assert state.ledger.pounds[EVALUATED] == 700.0 * due


def test_talk_takes_hours_in_every_half_term_and_no_pounds() -> None:
    state = judged_partnerships()
    claim_evaluation_hours(state, judging(evaluation__kind="informal", informal__hours=1.5), Clock((1, 4)))
    assert state.schools.evaluation_hours.tolist() == [1.5] * 6 + [0.0] * 4
    assert state.ledger.pounds[EVALUATED] == 0.0


def test_what_has_not_raised_measured_value_is_stopped() -> None:
    """Measured value .1 + .05 x luck for partners of the first and third, .3 + ... of the second; any rise will do."""
    stopped = set()
    for seed in range(1, 9):
        state = judged_partnerships()
        state.schools.value[:] = 0.1
        state.schools.value[3] = 0.3
        state.partnerships.value_start[:3] = (0.1, 0.25, 0.15)
        judge(state, judging(**FORMAL), Clock((seed, 5)))
        ends = []
        for slot in range(3):
            noise = 0.05 * draws.normal(seed, draws.EVALUATE, 5, state.schools.uid[2 * slot + 1], 0)
            ends.append((0.1, 0.3, 0.1)[slot] + noise - (0.1, 0.25, 0.15)[slot] < 0.0)
        assert state.partnerships.alive[:4].tolist() == [not ends[0], not ends[1], not ends[2], 1]
        counts = state.ledger.counts
        assert (counts[JUDGED], counts[STOPPED]) == (3, sum(ends))
        # Wrongly where something was learnt.
        assert counts[STOPPED_WRONGLY] == ends[1] + ends[2]
        stopped.add(tuple(ends))
    assert len(stopped) > 2


@pytest.mark.parametrize(
    ("half_term", "patience", "judged"), [(4, 0, 0), (5, 0, 3), (5, 7, 0), (11, 12, 3), (11, 13, 0)]
)
def test_partnerships_are_judged_at_the_years_end_after_a_year_or_the_programmes_patience(
    half_term: int, patience: int, judged: int
) -> None:
    state = judged_partnerships()
    judge(state, judging(**FORMAL | {"programme__patience": patience}), Clock((1, half_term)))
    assert state.ledger.counts[JUDGED] == judged


def test_a_judgement_stops_by_a_draw() -> None:
    stopped = 0
    for seed in range(1, 7):
        state = judged_partnerships()
        put(state.partnerships, value_start=9.0)
        judge(state, judging(**FORMAL | {"evaluation__stops": 0.5}), Clock((seed, 5)))
        goes_on = [luck(seed, draws.EVALUATION_STOP, 5, 700_001 + slot) >= 0.5 for slot in range(3)]
        assert state.partnerships.alive[:3].tolist() == goes_on
        stopped += 3 - sum(goes_on)
    assert 0 < stopped < 18


def test_what_is_seen_to_gain_little_turns_to_another_focus() -> None:
    """Gains .02, .05 and .04; it takes .04, and two half-terms since the last choice."""
    for half_term in (3, 4):
        state = judged_partnerships()
        state.partnerships.gain[:4] = (0.02, 0.05, 0.04, 0.0)
        p = judging(evaluation__kind="informal", trust__success_level=0.04, end__settled=2)
        judge(state, p, Clock((1, half_term)))
        expected = [half_term == 4, False, False]
        assert (state.partnerships.refocused[:3] == half_term).tolist() == expected
        assert state.partnerships.refocused[3] == 2
        assert state.ledger.counts[TURNED] == sum(expected)
        assert state.partnerships.alive[:4].all()


def test_a_place_of_a_partnership_that_is_over_is_not_judged() -> None:
    state = judged_partnerships()
    put_row(state.partnerships, 0, alive=0)
    judge(state, judging(**FORMAL), Clock((1, 5)))
    assert state.ledger.counts[JUDGED] == 2


def test_the_last_place_is_judged_and_claims_hours_too() -> None:
    state = state_of(2, 2)
    tie(state, 0, (0, 1))
    partnership(state, 5, (0, 1), 0, programme=1, pounds=500.0, began=6, refocused=2)
    claim_evaluation_hours(state, judging(**FORMAL), Clock((1, 11)))
    assert state.schools.evaluation_hours.tolist() == [12.0, 12.0]
    judge(state, judging(**FORMAL), Clock((1, 11)))
    assert state.ledger.counts[JUDGED] == 1


def test_the_year_is_counted_from_the_beginning() -> None:
    state = judged_partnerships()
    put(state.partnerships, began=7)
    judge(state, judging(**FORMAL), Clock((1, 11)))
    assert state.ledger.counts[JUDGED] == 0


def test_who_was_judged_by_what_the_other_passed_upward_may_fall_out() -> None:
    """Breach .5 x (.5 + .4) = .45."""
    p = judging(**FORMAL, hostility__breach=0.5, trust__change=1.0, hostility__collapse=0.1)
    fell = []
    for seed in range(1, 13):
        state = judged_partnerships()
        put(state.partnerships, value_start=9.0)
        judge(state, p, Clock((seed, 5)))
        uid = state.schools.uid
        expected = [
            luck(seed, draws.BREACH, 5, draws.pair(uid[2 * slot], uid[2 * slot + 1])) < 0.45 for slot in range(3)
        ]
        assert state.ties.hostile[:5].tolist() == [*expected, 0, 0]
        fell += expected
    assert 0 < sum(fell) < len(fell)


def test_another_focus_takes_pairs_of_its_own() -> None:
    state = judged_partnerships()
    state.partnerships.giver[0] = state.partnerships.learner[0] = NONE
    state.knowledge.mastery[0], state.knowledge.mastery[2] = 0.9, 0.1
    state.repertoires.mastery[0] = 0.9
    p = judging(evaluation__kind="informal", trust__success_level=9.0, end__settled=2)
    judge(state, p, Clock((1, 4)))
    assert state.partnerships.giver[0, 0] >= 0
    assert state.partnerships.learner[0, 0] >= 0
