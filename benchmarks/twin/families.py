"""Parents choose schools, schools admit pupils, and rolls follow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from schoolsim.rules.words import SECONDARY

from benchmarks.twin.rules import market

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.schools import School

ROUNDS = 4
BETTER_OFF, POOR = 0, 1
GROUPS = (BETTER_OFF, POOR)


def _years_at(school: School) -> float:
    return 5.0 if school.phase == SECONDARY else 7.0


def new_year(model: Twin) -> None:
    """The oldest leave, the admitted come."""
    admitted = _admit(model)
    for school in model.schools:
        stay = 1.0 - 1.0 / _years_at(school)
        better_off, poor = admitted[school]
        school.poor = school.poor * stay + poor
        school.roll = school.roll * stay + better_off + poor


def _admit(model: Twin) -> dict[School, list[float]]:
    """Who gets in where: the turned away choose again among schools with room; the rest stay at their zone's own."""
    p = model.p
    room = {school: p.market_seats * school.capacity / _years_at(school) for school in model.schools}
    waiting = {zone: list(zone.cohort) for zone in model.schools}
    admitted = {school: [0.0, 0.0] for school in model.schools}
    for _ in range(ROUNDS):
        wishes = [
            (zone, group, school, number)
            for zone in model.schools
            for group in GROUPS
            for school, number in _wishes(model, zone, group, waiting[zone][group], room)
        ]
        asked = {school: [0.0, 0.0] for school in model.schools}
        for _, group, school, number in wishes:
            asked[school][group] += number
        let_in = {school: _let_in(asked[school], room, school, p.market_constraint) for school in model.schools}
        for zone, group, school, number in wishes:
            admitted[school][group] += number * let_in[school][group]
            waiting[zone][group] -= number * let_in[school][group]
    for zone in model.schools:
        for group in GROUPS:
            admitted[zone][group] += max(0.0, waiting[zone][group])
    return admitted


def _wishes(
    model: Twin, zone: School, group: int, pupils: float, room: dict[School, float]
) -> list[tuple[School, float]]:
    """How many of a zone's pupils of a group would go where there is room."""
    weights = [(school, _weight(model, school, miles, group)) for school, miles in zone.choices if room[school] > 1e-9]
    total = sum(weight for _, weight in weights)
    return [(school, pupils * weight / total) for school, weight in weights]


def _weight(model: Twin, school: School, miles: float, group: int) -> float:
    p, poor = model.p, group == POOR
    reach = p.rivalry_reach_secondary if school.phase == SECONDARY else p.rivalry_reach_primary
    utility = market.pull(p.market_choice_weight, school.standing, school.badge, poor, p)
    return math.exp(utility - market.push(miles, reach, poor, p) + school.constant[group])


def _let_in(asked: list[float], room: dict[School, float], school: School, constraint: float) -> tuple[float, float]:
    """Shares let in of those who asked; an overfull school turns away pupils on free meals more often."""
    better_off, poor = asked
    over = better_off + poor - room[school]
    turned = turned_poor = 0.0
    if over > 0.0:
        turned_poor = min(poor, over * (1.0 + constraint) * poor / (better_off + (1.0 + constraint) * poor))
        turned = min(better_off, over - turned_poor)
    room[school] = max(0.0, room[school] - (better_off - turned) - (poor - turned_poor))
    return (
        (better_off - turned) / better_off if better_off > 0.0 else 0.0,
        (poor - turned_poor) / poor if poor > 0.0 else 0.0,
    )
