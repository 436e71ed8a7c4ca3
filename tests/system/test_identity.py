"""Confidence and values of people: small systems worked by hand (M14, M18, M22)."""

from __future__ import annotations

import pytest

from schoolsim.system.identity.confidence import settle_confidence
from schoolsim.system.identity.values import drift_values
from tests.system.by_hand import certain, friendship, put, state_of


def test_values_drift_to_those_of_colleagues_and_trusted_friends() -> None:
    """Staff means .3 and .8. The second hears .7 by trust .2 and .9 by .6: .85; who has no friend hears nobody."""
    state = state_of(2, 2)
    put(state.teachers, values=(0.2, 0.4, 0.7, 0.9), values_start=(0.2, 0.0, 0.7, 1.0), anchor=(0.0, 0.0, 0.0, 0.5))
    friendship(state, 0, (1, 2), trust=0.2)
    friendship(state, 1, (3, 1), trust=0.6)
    friendship(state, 2, (0, 3), trust=0.9, alive=0)
    drift_values(state, certain(values__drift_home=0.1, values__drift_friends=0.2))
    assert state.teachers.values.tolist() == pytest.approx(
        [
            0.2 + 0.1 * 0.1,
            0.4 - 0.1 * 0.1 + 0.2 * 0.45,
            0.7 + 0.1 * 0.1 - 0.2 * 0.3,
            0.5 * (0.9 - 0.1 * 0.1 - 0.2 * 0.5) + 0.5,
        ]
    )


def test_confidence_takes_what_happened_and_relaxes_to_rest() -> None:
    """Rest .5 + .1 x standing 1 + .05 x badge 1 = .65; .4 + .1 moves a tenth of the way there."""
    state = state_of(2, 1)
    put(state.schools, standing=(1.0, 0.0), badge=(1.0, 0.0))
    put(state.teachers, confidence=(0.4, 0.9), gain_confidence=(0.1, 0.3), dependence=(0.5, 0.2))
    p = certain(confidence__settle=0.1, confidence__standing=0.1, badging__confidence=0.05, dependency__kept=0.8)
    settle_confidence(state, p)
    assert state.teachers.confidence.tolist() == pytest.approx([0.5 + 0.1 * 0.15, 1.0])
    assert state.teachers.gain_confidence.tolist() == [0.0, 0.0]
    assert state.teachers.dependence.tolist() == pytest.approx([0.4, 0.16])
