"""Confidence and values of people: small systems worked by hand (M14, M18, M22)."""

from __future__ import annotations

import pytest

from schoolsim.system.identity.confidence import settle_confidence
from schoolsim.system.identity.status import confidence_to_share, status_gap_felt
from schoolsim.system.identity.values import drift_values
from tests.system.by_hand import certain, friendship, partnership, put, state_of, tie


def test_confidence_takes_what_happened_and_relaxes_to_rest() -> None:
    """Rest .5 + .05 x badge 1 = .55; .4 + .1 moves a tenth of the way there."""
    state = state_of(2, 1)
    put(state.schools, standing=(1.0, 0.0), badge=(1.0, 0.0))
    put(state.teachers, confidence=(0.4, 0.9), gain_confidence=(0.1, 0.3), dependence=(0.5, 0.2))
    p = certain(confidence__settle=0.1, badging__confidence=0.05, memory__kept=0.8)
    settle_confidence(state, p)
    assert state.teachers.confidence.tolist() == pytest.approx([0.5 + 0.1 * 0.05, 1.0])
    assert state.teachers.gain_confidence.tolist() == [0.0, 0.0]
    assert state.teachers.dependence.tolist() == pytest.approx([0.4, 0.16])


def test_values_drift_to_those_of_colleagues_and_trusted_friends() -> None:
    """Staff means .3 and .8. The second hears .7 by trust .2 and .9 by .6: .85; who has no friend hears nobody.

    The third and the fourth hear the second alone, however little they trust: .4.
    """
    state = state_of(2, 2)
    put(state.teachers, values=(0.2, 0.4, 0.7, 0.9), values_start=(0.2, 0.0, 0.7, 1.0), anchor=(0.0, 0.0, 0.0, 0.5))
    friendship(state, 0, (1, 2), trust_ab=0.2, trust_ba=0.3)
    friendship(state, 1, (3, 1), trust_ab=0.1, trust_ba=0.6)
    friendship(state, 7, (0, 3), trust_ab=0.9, alive=0)
    drift_values(state, certain(values__drift_home=0.1, values__drift_friends=0.2))
    assert state.teachers.values.tolist() == pytest.approx(
        [
            0.2 + 0.1 * 0.1,
            0.4 - 0.1 * 0.1 + 0.2 * 0.45,
            0.7 + 0.1 * 0.1 - 0.2 * 0.3,
            0.5 * (0.9 - 0.1 * 0.1 - 0.2 * 0.5) + 0.5,
        ]
    )


def test_the_last_friendship_of_a_full_table_is_heard() -> None:
    state = state_of(2, 1, friends=1)
    put(state.teachers, values=(0.2, 0.8), values_start=0.5)
    friendship(state, 0, (0, 1))
    drift_values(state, certain(values__drift_home=0.0, values__drift_friends=0.5))
    assert state.teachers.values.tolist() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("programme", [0, 1])
@pytest.mark.parametrize("phase", [0, 1])
@pytest.mark.parametrize("originator", [0, 1])
def test_the_gap_felt_is_of_badge_and_results_less_what_the_two_share(
    programme: int, phase: int, originator: int
) -> None:
    """.3 x .6 + .1 x 1.5 = .33, none across phases; trust .4, familiarity .5; of 8 hours 6 came back: .75."""
    state = state_of(2)
    partner = 1 - originator
    at = {originator: (0.7, 1.0, 0.0), partner: (0.1, -0.5, float(phase))}
    put(state.schools, badge=[at[row][0] for row in (0, 1)], known_standing=[at[row][1] for row in (0, 1)])
    put(state.schools, phase=[int(at[row][2]) for row in (0, 1)])
    tie(state, 3, (0, 1), familiarity=0.5, **{"trust_ab" if partner == 0 else "trust_ba": 0.4})
    partnership(state, 2, (originator, partner), 3, programme=programme, given=8.0, returned=6.0)
    p = certain(badging__gap=0.3, badging__standing_gap=0.1)
    expected = 0.0 if phase else 0.33 * (1.0 - 0.4 * 0.5) * (1.0 - 0.75)
    assert status_gap_felt(state, p, 2) == pytest.approx(expected)


def test_an_advanced_teacher_adds_to_the_confidence_to_share() -> None:
    state = state_of(3)
    put(state.schools, confidence=(0.3, 0.4, 0.5), advanced=(0, 1, 2))
    found = [confidence_to_share(state.schools, school, certain(ast__offers=0.2)) for school in range(3)]
    assert found == pytest.approx([0.3, 0.6, 0.7])
