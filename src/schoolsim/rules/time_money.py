"""Hours and pounds: slack, travel, cover, grants, bids and claims (M15, M25, M27, M28, M29)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ADAPTATION, PURSE_ORIGINATOR

HALF_TERMS = 6  # a year


@inlined
def coinciding_share(common: bool, p: Parameters) -> float:
    """Share of two sides' own hours that fall together (M25, R16)."""
    return 1.0 if common else p.timetable_coincide


@inlined
def has_money(p: Parameters) -> bool:
    """Whether the programme has a grant at all."""
    return p.funding_per_partnership > 0.0 or p.funding_total > 0.0


@inlined
def paid_share(step: int, p: Parameters) -> float:
    """Share of the full grant paid `step` half-terms into a programme: all for some years, then run down (M29, R18)."""
    if step < 0:
        return 0.0
    past = step + 1 - HALF_TERMS * p.funding_years
    if past <= 0:
        return 1.0
    return max(0.0, 1.0 - past / (HALF_TERMS * p.funding_taper)) if p.funding_taper > 0 else 0.0


@inlined
def foreboding(paid: float, in_a_year: float) -> float:
    """Share of the full grant that will have stopped a year on (M29): what unsettles people about a horizon.

    Args:
        paid: Share of the full grant paid now.
        in_a_year: Share that will be.
    """
    return max(0.0, paid - in_a_year)


@inlined
def bid_strength(skill: float, confidence: float, luck: float, p: Parameters) -> float:
    """How strong a bid is: a knack, and confidence that one has something to offer; need is no part of it (M28, §3.32).

    Args:
        skill: Of the best bidder at hand, 0..1.
        confidence: Of the bidding school's staff, 0..1; at one half the skill counts as it is.
        luck: A standard normal number.
        p: Parameters.
    """
    return p.bid_skill * skill * (0.5 + confidence) + p.bid_noise * luck


@inlined
def skill_lent(skill: float, trust: float) -> float:
    """Skill in bids, 0..1, that a school can borrow: the other's skill, times the other's trust in it (§3.32)."""
    return skill * trust


@inlined
def bid_hours(skill: float, p: Parameters) -> float:
    """Leaders' hours in a bid: "days of agony" for those without the knack (M28, §3.32)."""
    return p.bid_hours * (1.0 + 0.5 - skill)


@inlined
def slack(roll: float, capacity: float, p: Parameters) -> float:
    """How much time a school's finances leave, 1 when 95% full: money follows pupils (M37)."""
    return 1.0 + 0.5 * p.market_money_follows * (roll / (p.time_full_share * capacity) - 1.0)


@inlined
def formal_hours(slack_now: float, tone: float, p: Parameters) -> float:
    """Hours a teacher has for work with other schools in a half-term, as the head grants them (M25, M30)."""
    return p.time_formal_hours * slack_now * (1.0 + p.time_tone_slope * (tone - 0.5))


@inlined
def travel_hours(mode: int, miles: float, comes: bool, p: Parameters) -> float:
    """Hours of travel a teacher of a pair has in a half-term (M15).

    In replication and adaptation the originator comes (`comes`); otherwise the two share the journeys.
    """
    there_and_back = p.travel_visits * 2.0 * miles / p.travel_speed
    if mode <= ADAPTATION:
        return there_and_back if comes else 0.0
    return 0.5 * there_and_back


@inlined
def joint_hours(giver: float, learner: float, share: float, demand: float) -> float:
    """Net hours a pair works together: as many as both can find, and no more than the work needs (M25, §2.4).

    Args:
        giver: Originator's hours left after travel and arranging; may be negative.
        learner: Learner's.
        share: Learner's hours for each of the originator's.
        demand: Hours the work would use.
    """
    return max(0.0, min(demand, giver, learner / share))


@inlined
def bought_hours(pounds: float, pairs: float, p: Parameters) -> float:
    """Hours of cover a half-term's `pounds` buy for each pair, both sides together (M27)."""
    return pounds / p.funding_hour / max(1.0, pairs)


@inlined
def originators_part(pooled: float, p: Parameters) -> float:
    """Share of the bought hours on the originator's side: what it keeps, or an even split by need (M27, §3.23).

    Args:
        pooled: Share of the money that a trust or federation pays, 0..1; it is nobody's to keep, and split evenly.
        p: Parameters.
    """
    keeps = p.funding_originator_keeps if p.funding_purse == PURSE_ORIGINATOR else 0.5
    return keeps + pooled * (0.5 - keeps)


@inlined
def from_purse(pupils: float, pairs: float, of_all: float, p: Parameters) -> float:
    """Pounds a partnership gets in a half-term of what its trust or federation holds back (M27).

    Every pair of teachers at work gets the same.

    Args:
        pupils: Of the schools that share the purse.
        pairs: Of teachers in this partnership.
        of_all: Pairs in all partnerships that the purse pays, 1 or more.
        p: Parameters.
    """
    return p.academies_purse * pupils / HALF_TERMS * pairs / of_all
