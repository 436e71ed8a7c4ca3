"""Stakes on each school and inspection, at the start of every half-term (M38)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.accountability import FAILED, effort, felt_by_staff, grade, pressure, seen_standing
from schoolsim.system.state import Parameters, Schools


@compiled
def hold_to_account(schools: Schools, parameters: Parameters, seed: int, step: int) -> None:
    """Inspect the schools whose turn it is, and set what hangs over each; policy has no say before half-term 0."""
    p = parameters[0]
    published = bool(p.tables_published) or step < 0
    cycle = 6 * p.inspection_years
    for school in range(schools.uid.shape[0]):
        uid, standing = schools.uid[school], schools.standing[school]
        near = False
        if cycle > 0 and step >= 0:
            turn = int(draws.uniform(seed, draws.INSPECT, 0, uid, 0) * cycle)
            left = (turn - step) % cycle
            near = 0 < left <= p.inspection_runup
            if left == 0:
                schools.grade[school] = grade(standing, draws.normal(seed, draws.GRADE, step, uid, 0), p)
        failed = schools.grade[school] == FAILED
        schools.readying[school] = 1 if near else 0
        schools.seen[school] = seen_standing(standing, published, failed, p)
        schools.pressure[school] = pressure(standing, published, near, failed, p)
        schools.felt[school] = felt_by_staff(schools.pressure[school], schools.protection[school])
        schools.effort[school] = effort(schools.pressure[school], standing, p)
