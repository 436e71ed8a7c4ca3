"""Engagement of learners and originators, from the columns: small systems worked by hand (M22, §2.31)."""

from __future__ import annotations

import pytest

from schoolsim.rules import engagement as rules
from schoolsim.rules.modes import Terms
from schoolsim.system.engagement import originators_engagement
from schoolsim.system.state import State
from tests.system.by_hand import certain, partnership, put, state_of, tie

TERMS = Terms(1.0, 0.5, 0.5, 0.5, 0.7, 0.5, 0.0, 1.0)
VALUES = {
    "badging__gap": 0.4, "badging__standing_gap": 0.1, "leading__joint": 1, "leading__gap": 0.6,
    "cosiness__weight": 0.8, "horizon__anticipation": 0.9, "evidence__weight": 0.5,
}  # fmt: skip


def at_work() -> State:
    """A badged originator and its partner, told apart by everything."""
    state = state_of(2, 1, 2)
    tie(state, 0, (0, 1), trust_ab=0.7, trust_ba=0.4, familiarity=0.3)
    put(
        state.schools, badge=(1.0, 0.0), known_standing=(1.0, -0.5), tone=(0.8, 0.35), protection=(0.2, 0.6),
        felt_stakes=(0.1, 0.45), closest_familiarity=(0.2, 0.9),
    )  # fmt: skip
    put(state.teachers, values=(0.9, 0.3), learning=(0.2, 0.8), load_before=(0, 3))
    put(state.practices, appeal=(0.4, 0.8), effect=(0.02, 0.2), evidence=(0.3, 0.6), kind=(0.2, 0.7))
    partnership(state, 0, (0, 1), 0, imposed=1, programme=1, foreboding=0.25)
    put(state.schools, commitments=(4, 2))
    return state


def test_an_originators_engagement_is_of_its_head_its_trust_and_what_it_was_told() -> None:
    p = certain(**VALUES)
    assert originators_engagement(at_work(), p, 0) == pytest.approx(
        rules.originators_engagement(0.8, 0.7, 1.0, 0.25, p)
    )
