"""Confidence and values of people: small systems worked by hand (M14, M18, M22)."""

from __future__ import annotations

import pytest

from schoolsim.system.identity.confidence import settle_confidence
from tests.system.by_hand import certain, put, state_of


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
