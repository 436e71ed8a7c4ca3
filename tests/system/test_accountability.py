"""Inspection and what hangs over schools: small systems worked by hand (M38)."""

from __future__ import annotations

import pytest

from schoolsim import draws
from schoolsim.rules.accountability import FAILED, effort, felt_by_staff, grade, pressure, seen_standing
from schoolsim.system.accountability import hold_to_account
from schoolsim.system.state import Clock
from tests.system.by_hand import certain, luck, put, state_of


@pytest.mark.parametrize("published", [0, 1])
@pytest.mark.parametrize("half_term", [-3, 0, 3, 8])
def test_each_school_is_inspected_in_its_turn_and_fears_it_before(half_term: int, published: int) -> None:
    """The cycle is six half-terms; the run-up is the two before the turn. Before the policy nobody is inspected."""
    state = state_of(10)
    put(state.schools, standing=[-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, -2.0, 0.2, -0.2], grade=2, protection=0.3)
    before = state.schools.grade.copy()
    values = {
        "inspection__years": 1, "inspection__runup": 2, "inspection__fail_below": 0.0,
        "stakes__level": 0.6, "inspection__fear": 0.5, "inspection__stigma": 0.5,
        "tables__reputation": 0.7, "tables__stakes": 0.4, "tables__published": published,
    }  # fmt: skip
    p = certain(**values)
    hold_to_account(state, p, Clock((4, half_term)))
    schools, graded, near_ones = state.schools, 0, 0
    shown = bool(published) or half_term < 0
    for row in range(10):
        uid, standing = int(schools.uid[row]), float(schools.standing[row])
        left = (int(6 * luck(4, draws.INSPECT, 0, uid)) - half_term) % 6
        now = half_term >= 0 and left == 0
        near = half_term >= 0 and left in (1, 2)
        expected = grade(standing, p) if now else before[row]
        assert schools.grade[row] == expected
        assert schools.near_inspection[row] == near
        failed = expected == FAILED
        assert schools.known_standing[row] == pytest.approx(seen_standing(standing, shown, failed, p))
        stakes = pressure(standing, shown, near, failed, p)
        assert schools.stakes[row] == pytest.approx(stakes)
        assert schools.felt_stakes[row] == pytest.approx(felt_by_staff(stakes, 0.3))
        assert schools.effort[row] == pytest.approx(effort(stakes, standing, p))
        graded += now
        near_ones += near
    assert (graded > 0) == (near_ones > 0) == (half_term >= 0)


def test_without_a_cycle_nobody_is_inspected() -> None:
    state = state_of(6)
    hold_to_account(state, certain(inspection__years=0), Clock((1, 6)))
    assert not state.schools.grade.any()
    assert not state.schools.near_inspection.any()
