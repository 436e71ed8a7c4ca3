"""Hours granted, and taken before joint work: small systems worked by hand (M15, M25, M30)."""

from __future__ import annotations

import pytest

from schoolsim.system.phases import leadership
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import (
    ACCREDITED,
    BIDDING,
    CONTACT,
    DEVELOPING,
    EVALUATED,
    GRANTED,
    INSPECTED,
)  # fmt: skip
from schoolsim.system.time_money.budgets import analyse_needs, grant_hours, keep_in_touch
from tests.system.by_hand import certain, put, state_of, tie

HEADS = {
    "time__formal_hours": 6.0, "time__tone_base": 0.6, "time__tone_slope": 0.8, "time__full_share": 0.95,
    "time__slack_low": 0.5, "time__slack_high": 1.3,
}  # fmt: skip


def test_a_head_grants_hours_and_each_use_takes_its_part_first() -> None:
    """95% full and of middling tone: 6 hours each of five staff. The last use finds less than it asks."""
    state = state_of(2, [5, 2])
    put(state.schools, roll=95.0, capacity=100.0, tone=0.5, home_hours=3.0, near_inspection=(1, 0))
    put(state.schools, bidding_hours=(10.0, 0.0), evaluation_hours=(4.0, 0.0), award_hours=(20.0, 3.0))
    grant_hours(state, certain(**HEADS, inspection__hours=0.2))
    assert state.schools.slack.tolist() == pytest.approx([1.0, 1.0])
    hours = state.ledger.hours
    assert (hours[INSPECTED], hours[BIDDING], hours[EVALUATED], hours[ACCREDITED]) == pytest.approx(
        (6.0, 10.0, 4.0, 13.0)
    )
    assert hours[GRANTED] == pytest.approx(33.0)
    assert state.schools.hours.tolist() == pytest.approx([0.0, 4.5])
    assert state.schools.home_hours.tolist() == [0.0, 0.0]


def test_an_analysis_of_needs_takes_up_to_half_the_hours() -> None:
    """.5 x 24 hours of four staff are 3 each; of one staff 12, of which it gives half its 10."""
    state = state_of(2, [4, 1])
    put(state.schools, hours=10.0)
    analyse_needs(state, certain(needs__analysis=0.5, needs__hours=24.0))
    assert state.schools.hours.tolist() == [7.0, 5.0]
    assert state.schools.needs_analysed.tolist() == [0.5, 0.5]
    assert state.ledger.hours[GRANTED] == state.ledger.hours[DEVELOPING] == 12.0 + 5.0


def test_schools_keep_in_touch_with_friendly_ones_as_far_as_hours_go() -> None:
    """.5 x 4 hours a friendly tie: 4 for the first, of 2 x 10; the second has half of the 2 asked."""
    state = state_of(4, 2)
    tie(state, 0, (0, 1))
    tie(state, 1, (0, 2))
    tie(state, 2, (1, 3), hostile=1)
    tie(state, 3, (2, 3))
    state.ties.alive[3] = 0
    put(state.schools, hours=(10.0, 0.5, 10.0, 10.0), contact_kept=0.3)
    keep_in_touch(state, certain(remote__contact=0.5, remote__hours=4.0))
    assert state.schools.hours.tolist() == [8.0, 0.0, 9.0, 10.0]
    assert state.schools.contact_kept.tolist() == [1.0, 0.5, 1.0, 1.0]
    assert state.ledger.hours[GRANTED] == state.ledger.hours[CONTACT] == 7.0


def led(half_term: int) -> State:
    state = state_of(2, 2)
    tie(state, 0, (0, 1))
    put(state.teachers, years=30.0)
    p = certain(
        **HEADS, needs__analysis=0.5, needs__hours=4.0, enquiry__share=9.0, remote__contact=1.0, remote__hours=1.0,
        guardians__years=20.0,
    )  # fmt: skip
    leadership.run(state, p, Clock((1, half_term)))
    return state
