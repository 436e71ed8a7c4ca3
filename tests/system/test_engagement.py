"""Engagement of learners and originators, from the columns: small systems worked by hand (M22, §2.31)."""

from __future__ import annotations

import math

import pytest

from schoolsim.rules import engagement as rules
from schoolsim.rules.codes import NONE
from schoolsim.rules.modes import Terms
from schoolsim.system.engagement import learners_engagement, originators_engagement
from schoolsim.system.state import State
from tests.system.by_hand import certain, partnership, put, side_by_side, state_of, tie

TERMS = Terms(1.0, 0.5, 0.5, 0.5, 0.7, 0.5, 0.0, 1.0)
VALUES = {
    "badging__gap": 0.4, "badging__standing_gap": 0.1, "cosiness__weight": 0.8, "horizon__anticipation": 0.9,
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


@pytest.mark.parametrize(
    ("post", "practice", "scope", "own_need", "need"),
    [
        (1, 0, 0, 0.0, 1.0),  # what the learner works on at home is their own need
        (1, 1, 0, 1.0, 0.5),  # of the school's need a half, where a teacher or a department is enough
        (1, 1, 1, 1.0, 0.5),
        (1, 0, 2, 0.0, 0.0),  # what takes a whole school is the school's need alone
        (1, 1, 2, 1.0, 1.0),
        (0, 1, 0, 0.5, 0.25),
    ],
)
def test_a_learners_engagement_is_of_the_task_the_school_and_the_relation(
    post: int, practice: int, scope: int, own_need: float, need: float
) -> None:
    """Every weight 1 but for what is said; base and will 0; five partnerships count as three at most."""
    weights = {
        "engagement__pull": 0.8, "engagement__fit": 0.7,

        "engagement__stakes": 0.35, "engagement__overload": 0.25, "engagement__overload_most": 3.0,
        "engagement__imposed": 0.15,
        "engagement__base": 0.1, "engagement__will": 0.05, "engagement__weight": 0.9,
        "practice__effect_sd": 0.05, "practice__effect_mean": 0.1, "practice__appeal_spread": 0.2,
        "horizon__anticipation": 0.9, "cosiness__weight": 0.8, "overload__weight": 0.3, "overload__start": 1.0,
        "pupils__engages": 0.65,
    }  # fmt: skip
    p = side_by_side(*(certain(**weights, pupils__asked=asked) for asked in (0.2, 0.7)))
    state = at_work()
    put(state.schools, area=(0, 1))
    put(state.practices, scope=scope)
    put(state.teachers, focus=(NONE, 0))
    appeal, worth, evidence, kind = ((0.4, 0.5 - 0.32, 0.3, 0.2), (0.8, 0.5 + 0.4, 0.6, 0.7))[practice]
    versed, values = ((0.2, 0.9), (0.8, 0.3))[post]
    judged = appeal + evidence * versed * (worth - appeal)
    fit = 1.0 - abs(values - kind)
    pull = 0.8 * ((need - 0.5) + (0.5 + kind) * (0.7 - 0.5) + (judged - 0.5)) + 0.7 * (fit - 0.5)
    tone, protection, stakes, other = ((0.8, 0.2, 0.1, 2.0), (0.35, 0.6, 0.45, 1.0))[post]
    pull += 0.8 * ((tone - 0.5) + (protection - 0.5)) - 0.35 * stakes - 0.25 * other
    pull += 0.65 * (0.2, 0.7)[post]
    pull += 0.8 * ((0.7, 0.4)[post] - 0.5) - 0.15 - 0.9 * 0.25
    will = 1.0 + 0.9 * (1.0 / (1.0 + math.exp(-(0.15 + pull))) - 1.0)
    openness = 1.0 - 0.8 * (0.0, 0.9 - 0.3)[post]
    room = 1.0 / (1.0 + 0.3 * (0.0, 2.0)[post])
    found = learners_engagement(state, p, 0, (post, practice, own_need), TERMS)
    assert found == pytest.approx(will * openness * room)
