"""Hours and pounds of a pair's half-term: divided before anyone spends them, and accounted for to the last."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import (
    ARRANGING,
    BOUGHT,
    COVER,
    DEVELOPING,
    FOLLOWING,
    GRANTED,
    HOME,
    JOINT,
    RETURNED,
    TRAVEL,
    UNUSED,
)
from schoolsim.rules.arrangements import coinciding
from schoolsim.rules.modes import Terms
from schoolsim.rules.time_money import bought_hours, joint_hours, originators_part, travel_hours
from schoolsim.rules.words import ADVANCED, PURSE_ORIGINATOR
from schoolsim.system.arranging import at_a_distance
from schoolsim.system.inside import asts_hours
from schoolsim.system.state import PAIRS, Ledger, Partnerships, Schools, Teachers, Ties


@compiled
def still_there(teachers: Teachers, partnerships: Partnerships, slot: int, pair: int) -> bool:
    """Whether both people of a pair are still in the posts in which they agreed to work together."""
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    if giver < 0 or learner < 0:
        return False
    return (
        teachers.uid[giver] == partnerships.giver_uid[slot, pair]
        and teachers.uid[learner] == partnerships.learner_uid[slot, pair]
    )


@compiled
def count_pairs(teachers: Teachers, partnerships: Partnerships) -> None:
    """How many pairs each teacher is in: their hours are divided before anyone spends them, so order is nothing."""
    for post in range(teachers.uid.shape[0]):
        teachers.strain[post] = teachers.load[post]
        teachers.pairs[post] = teachers.load[post] = 0
        teachers.out[post] = 0.0
    for slot in range(partnerships.alive.shape[0]):
        partnerships.worked[slot] = 0
        for pair in range(PAIRS):
            if partnerships.alive[slot] and still_there(teachers, partnerships, slot, pair):
                partnerships.worked[slot] += 1
                teachers.pairs[partnerships.giver[slot, pair]] += 1
                teachers.pairs[partnerships.learner[slot, pair]] += 1


@compiled
def _own_hours(schools: Schools, teachers: Teachers, post: int, p: np.record) -> float:
    school = teachers.school[post]
    hours = p.time_committed * schools.hours[school]
    if teachers.role[post] == ADVANCED:
        hours += asts_hours(p) * p.ast_outreach
    return hours / max(1, teachers.pairs[post])


@compiled
def pair_hours(
    schools: Schools,
    teachers: Teachers,
    ties: Ties,
    partnerships: Partnerships,
    ledger: Ledger,
    slot: int,
    pair: int,
    how: Terms,
    common: bool,
    p: np.record,
) -> float:
    """Net joint hours of a pair, with every hour and pound of both sides accounted for (M15, M25, M27)."""
    giver, learner, mode = partnerships.giver[slot, pair], partnerships.learner[slot, pair], partnerships.mode[slot]
    bought = bought_hours(partnerships.pounds[slot], float(partnerships.worked[slot]), p)
    part = originators_part(p)
    own_giver, own_learner = _own_hours(schools, teachers, giver, p), _own_hours(schools, teachers, learner, p)
    trained = min(own_giver, partnerships.training[slot] / max(1, teachers.pairs[giver]))
    teachers.gain_transfer[giver] += p.training_rate * trained * (1.0 - teachers.transfer[giver])
    ledger.hours[GRANTED] += trained
    ledger.hours[DEVELOPING] += trained
    own_giver -= trained
    # What of their own time does not fall together is no use to the pair.
    apart = 1.0 - coinciding(common, p)
    ledger.hours[GRANTED] += apart * (own_giver + own_learner)
    ledger.hours[UNUSED] += apart * (own_giver + own_learner)
    own_giver, own_learner = own_giver - apart * own_giver, own_learner - apart * own_learner
    # Old partners can do part of it at a distance (M15).
    near = partnerships.journeys[slot] * (1.0 - at_a_distance(partnerships, slot, p))
    miles = near * ties.miles[partnerships.tie[slot]]
    travel_giver, travel_learner = travel_hours(mode, miles, True, p), travel_hours(mode, miles, False, p)
    fixed = p.time_arranging + how.overhead
    hours = joint_hours(
        own_giver + bought * part - travel_giver - fixed,
        own_learner + bought * (1.0 - part) - travel_learner - fixed,
        how.share, partnerships.wanted[slot],
    )  # fmt: skip
    met = 1.0 if hours > 0.0 else 0.0
    used_giver, used_learner = met * (hours + travel_giver + fixed), met * (hours * how.share + travel_learner + fixed)
    # No more than there is money for: hours that cost nothing would else leave a rounding error's worth of pounds.
    bought_giver = min(bought * part, max(0.0, used_giver - own_giver))
    bought_learner = min(bought * (1.0 - part), max(0.0, used_learner - own_learner))
    ledger.hours[GRANTED] += own_giver + own_learner
    ledger.hours[BOUGHT] += bought_giver + bought_learner
    ledger.hours[FOLLOWING if partnerships.following[slot] else JOINT] += met * hours * (1.0 + how.share)
    ledger.hours[TRAVEL] += met * (travel_giver + travel_learner)
    ledger.hours[ARRANGING] += met * 2.0 * fixed
    ledger.hours[UNUSED] += own_giver + own_learner + bought_giver + bought_learner - used_giver - used_learner
    ledger.pounds[COVER] += p.funding_hour * (bought_giver + bought_learner)
    left_giver = max(0.0, bought * part - bought_giver)
    left_learner = max(0.0, bought * (1.0 - part) - bought_learner)
    if p.funding_purse == PURSE_ORIGINATOR:
        # An originator that holds the purse keeps what it has not spent outside, as time at home.
        originator = partnerships.originator[slot]
        schools.home_hours[originator] += p.funding_home_value * left_giver / schools.staff[originator]
        ledger.pounds[HOME] += p.funding_hour * left_giver
        ledger.pounds[RETURNED] += p.funding_hour * left_learner
    else:
        ledger.pounds[RETURNED] += p.funding_hour * (left_giver + left_learner)
    in_class = p.time_in_class * (1.0 - p.timetable_regular if common else 1.0)
    teachers.out[giver] += in_class * used_giver
    teachers.out[learner] += in_class * used_learner
    return hours
