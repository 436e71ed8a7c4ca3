"""Stakes on each school and inspection, at the start of every half-term (M38)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.accountability import FAILED, effort, felt_by_staff, grade, pressure, seen_standing
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.schema import HALF_TERMS


@compiled
def hold_to_account(state: State, p: Parameters, clock: Clock) -> None:
    """Inspect the schools whose turn it is, and set what hangs over each; policy has no say before half-term 0."""
    schools, step = state.schools, clock.half_term
    published = bool(p.tables_published) or step < 0
    cycle = HALF_TERMS * p.inspection_years
    for school in range(schools.rows):
        uid, standing = schools.uid[school], schools.standing[school]
        near = False
        if cycle > 0 and step >= 0:
            turn = int(draws.uniform(clock.seed, draws.INSPECT, 0, uid, 0) * cycle)
            left = (turn - step) % cycle
            near = 0 < left <= p.inspection_runup
            if left == 0:
                schools.grade[school] = grade(standing, p)
        failed = schools.grade[school] == FAILED
        schools.near_inspection[school] = 1 if near else 0
        schools.known_standing[school] = seen_standing(standing, published, failed, p)
        schools.stakes[school] = pressure(standing, published, near, failed, p)
        schools.felt_stakes[school] = felt_by_staff(schools.stakes[school], schools.protection[school])
        schools.effort[school] = effort(schools.stakes[school], standing, p)
