"""Time horizons: phases of a partnership, money that runs out, bids and claims (M27, M28, M29)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.modes import Terms
from schoolsim.rules.shapes import unit
from schoolsim.rules.words import COURTSHIP, EARLY_USE, PLANNING, SETTLED

HALF_TERMS = 6


@compiled
def has_money(p: np.record) -> bool:
    """Whether the programme has a grant at all."""
    return p.funding_per_partnership > 0.0 or p.funding_total > 0.0


@compiled
def paid_share(step: int, p: np.record) -> float:
    """Share of the full grant that is paid in a half-term: all for some years, then run down (M29, R18)."""
    if step < 0:
        return 0.0
    past = step + 1 - HALF_TERMS * p.funding_years
    if past <= 0:
        return 1.0
    return max(0.0, 1.0 - past / (HALF_TERMS * p.funding_taper)) if p.funding_taper > 0 else 0.0


@compiled
def foreboding(step: int, p: np.record) -> float:
    """Share of the full grant that will have stopped a year on (M29): what unsettles people about a horizon."""
    return max(0.0, paid_share(step, p) - paid_share(step + HALF_TERMS, p))


@compiled
def courtship(trust: float, familiarity: float, p: np.record) -> int:
    """Half-terms two schools take to get together: less if they know and trust each other (M29, §2.11, §3.13)."""
    return int(p.horizon_courtship * (1.0 - 0.5 * (trust + familiarity)) + 0.5)


@compiled
def phase(age: int, courted: int, p: np.record) -> int:
    """Phase of a partnership `age` half-terms old, which takes `courted` to get together (M29, §3.13)."""
    if age < courted:
        return COURTSHIP
    if age < courted + p.horizon_planning:
        return PLANNING
    return EARLY_USE if age < courted + p.horizon_planning + p.horizon_early else SETTLED


@compiled
def in_phase(how: Terms, phase_now: int, p: np.record) -> Terms:
    """A mode's terms in a phase: in courtship little is learnt, but people get to know each other (M29, §4.3)."""
    pace, familiar = 1.0, 1.0
    if phase_now == COURTSHIP:
        pace, familiar = p.horizon_courtship_pace, p.horizon_courtship_familiarity
    elif phase_now == PLANNING:
        pace = p.horizon_planning_pace
    elif phase_now == SETTLED:
        pace = p.horizon_settled_pace
    return Terms(
        how.pace * pace, how.face, how.tuning * pace, how.ownership, how.say, how.familiarity * familiar,
        how.overhead, how.share,
    )  # fmt: skip


@compiled
def bid_strength(skill: float, luck: float, p: np.record) -> float:
    """How strong a bid is: the bidder's skill (0..1) and luck (standard normal); need is no part of it (M28, §3.32)."""
    return p.bid_skill * skill + p.bid_noise * luck


@compiled
def bid_hours(skill: float, p: np.record) -> float:
    """Leaders' hours in a bid: "days of agony" for those without the knack (M28, §3.32)."""
    return p.bid_hours * (1.5 - skill)


@compiled
def claim_chance(communication: float, p: np.record) -> float:
    """Chance that two schools claim what is held for them, from how well their heads pass things on (M27, §3.23)."""
    return unit(p.funding_claim_base + p.funding_claim_slope * communication)
