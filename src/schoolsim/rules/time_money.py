"""Hours and pounds: nothing happens without hours on both sides at once (M15, M25, M27)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.words import ADAPTATION, PURSE_ORIGINATOR

HALF_TERMS = 6.0


@compiled
def slack(roll: float, capacity: float, p: np.record) -> float:
    """How much time a school's finances leave, 1 when 95% full: money follows pupils (M37)."""
    return min(
        p.time_slack_high, max(p.time_slack_low, 1.0 + 0.5 * p.market_money_follows * (roll / (0.95 * capacity) - 1.0))
    )


@compiled
def formal_hours(slack_now: float, tone: float, p: np.record) -> float:
    """Hours a teacher has for work with other schools in a half-term, as the head grants them (M25, M30)."""
    return p.time_formal_hours * slack_now * (p.time_tone_base + p.time_tone_slope * tone)


@compiled
def travel_hours(mode: int, miles: float, comes: bool, p: np.record) -> float:
    """Hours of travel a teacher of a pair has in a half-term (M15).

    In replication and adaptation the originator comes (`comes`); otherwise the two share the journeys.
    """
    there_and_back = p.travel_visits * 2.0 * miles / p.travel_speed
    if mode <= ADAPTATION:
        return there_and_back if comes else 0.0
    return 0.5 * there_and_back


@compiled
def joint_hours(giver: float, learner: float, share: float, demand: float) -> float:
    """Net hours a pair works together: as many as both can find, and no more than the work needs (M25, §2.4).

    Args:
        giver: Originator's hours left after travel and arranging; may be negative.
        learner: Learner's.
        share: Learner's hours for each of the originator's.
        demand: Hours the work would use.
    """
    return max(0.0, min(demand, giver, learner / share))


@compiled
def bought_hours(pounds: float, pairs: float, p: np.record) -> float:
    """Hours of cover a half-term's `pounds` buy for each pair, both sides together (M27)."""
    return pounds / p.funding_hour / max(1.0, pairs)


@compiled
def originators_part(p: np.record) -> float:
    """Share of the bought hours on the originator's side: what it keeps, or an even split by need (M27, §3.23)."""
    return p.funding_originator_keeps if p.funding_purse == PURSE_ORIGINATOR else 0.5
