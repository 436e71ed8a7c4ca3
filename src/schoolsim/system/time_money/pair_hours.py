"""Hours and pounds of a pair's half-term, accounted for to the last (M15, M25, M27)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.codes import ADVANCED, PURSE_ORIGINATOR
from schoolsim.rules.modes import Terms
from schoolsim.rules.time_money import (
    bought_hours,
    coinciding_share,
    joint_hours,
    originators_part,
    travel_hours,
)
from schoolsim.system.brokers.internal import advanced_teachers_hours
from schoolsim.system.partnerships.terms import remote_share
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.ledger import (
    ARRANGING,
    BOUGHT,
    COVER,
    DEVELOPING,
    FOLLOWING,
    GIVEN_BACK,
    GRANTED,
    HOME,
    JOINT,
    RETURNED,
    TRAVEL,
    UNUSED,
)
from schoolsim.system.time_money.common_purse import share_in_common


@compiled
def _own_hours(state: State, p: Parameters, post: int) -> float:
    """A teacher's own hours for each of the pairs they are in."""
    schools, teachers = state.schools, state.teachers
    school = teachers.school[post]
    hours = p.time_committed * schools.hours[school]
    if teachers.role[post] == ADVANCED:
        here = levers_at(schools, school, p)
        hours += advanced_teachers_hours(here) * here.ast_outreach
    return hours / max(1, teachers.pairs[post])


@compiled
def spend_pair_hours(state: State, p: Parameters, clock: Clock, slot: int, pair: int, terms: Terms) -> float:
    """Net joint hours of a pair, with every hour and pound of both sides accounted for."""
    schools, teachers, partnerships = state.schools, state.teachers, state.partnerships
    hours_of, pounds_of = state.ledger.hours, state.ledger.pounds
    common = levers_at(schools, partnerships.partner[slot], p).timetable_common == 1
    giver, learner, mode = partnerships.giver[slot, pair], partnerships.learner[slot, pair], partnerships.mode[slot]
    bought = bought_hours(partnerships.pounds[slot], float(partnerships.pairs[slot]), p)
    pooled = share_in_common(partnerships, slot)
    part = originators_part(pooled, p)
    own_giver, own_learner = _own_hours(state, p, giver), _own_hours(state, p, learner)
    trained = min(own_giver, partnerships.training[slot] / max(1, teachers.pairs[giver]))
    teachers.gain_transfer[giver] += p.training_rate * trained * (1.0 - teachers.transfer[giver])
    hours_of[GRANTED] += trained
    hours_of[DEVELOPING] += trained
    own_giver -= trained
    # What of their own time does not fall together is no use to the pair.
    apart = 1.0 - coinciding_share(common, p)
    hours_of[GRANTED] += apart * (own_giver + own_learner)
    hours_of[UNUSED] += apart * (own_giver + own_learner)
    own_giver, own_learner = own_giver - apart * own_giver, own_learner - apart * own_learner
    # Old partners can do part of it at a distance (M15).
    near = partnerships.visits[slot] * (1.0 - remote_share(state, slot, p))
    miles = near * state.ties.miles[partnerships.tie[slot]]
    travel_giver, travel_learner = travel_hours(mode, miles, True, p), travel_hours(mode, miles, False, p)
    fixed = p.time_arranging + terms.overhead
    hours = joint_hours(
        own_giver + bought * part - travel_giver - fixed,
        own_learner + bought * (1.0 - part) - travel_learner - fixed,
        terms.share,
        partnerships.wanted[slot],
    )
    met = 1.0 if hours > 0.0 else 0.0
    used_giver = met * (hours + travel_giver + fixed)
    used_learner = met * (hours * terms.share + travel_learner + fixed)
    # No more than there is money for: hours that cost nothing would else leave a rounding error's worth of pounds.
    bought_giver = min(bought * part, max(0.0, used_giver - own_giver))
    bought_learner = min(bought * (1.0 - part), max(0.0, used_learner - own_learner))
    hours_of[GRANTED] += own_giver + own_learner
    hours_of[BOUGHT] += bought_giver + bought_learner
    hours_of[FOLLOWING if partnerships.following_up[slot] else JOINT] += met * hours * (1.0 + terms.share)
    hours_of[TRAVEL] += met * (travel_giver + travel_learner)
    hours_of[ARRANGING] += met * 2.0 * fixed
    hours_of[UNUSED] += own_giver + own_learner + bought_giver + bought_learner - used_giver - used_learner
    pounds_of[COVER] += p.funding_hour * (bought_giver + bought_learner)
    left_giver = max(0.0, bought * part - bought_giver)
    left_learner = max(0.0, bought * (1.0 - part) - bought_learner)
    if p.funding_purse == PURSE_ORIGINATOR:
        # An originator that holds the purse keeps what it has not spent outside, as time at home.
        originator = partnerships.originator[slot]
        kept = (1.0 - pooled) * left_giver
        schools.home_hours[originator] += p.funding_home_value * kept / schools.staff[originator]
        pounds_of[HOME] += p.funding_hour * kept
        pounds_of[RETURNED] += p.funding_hour * (1.0 - pooled) * left_learner
    else:
        pounds_of[RETURNED] += p.funding_hour * (1.0 - pooled) * (left_giver + left_learner)
    pounds_of[GIVEN_BACK] += p.funding_hour * pooled * (left_giver + left_learner)
    teachers.hours_out[giver] += p.time_in_class * used_giver
    teachers.hours_out[learner] += p.time_in_class * used_learner
    return hours
