"""Parents' choice and published results (M37, M40)."""

from __future__ import annotations

import math

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters

PER_CENT = 100.0


@inlined
def school_utility(competition: float, standing: float, badge: float, poor: bool, p: Parameters) -> float:
    """A school's pull on parents, in utility (M37, §2.23): results and badge, the better-off more so."""
    quality = p.market_quality * (p.market_poor_quality if poor else 1.0)
    return 2.0 * competition * (quality * standing + p.badging_parents * badge)


@inlined
def distance_disutility(miles: float, reach: float, poor: bool, p: Parameters) -> float:
    """What distance takes from that pull; it weighs more on pupils on free meals."""
    return p.market_distance * (p.market_poor_distance if poor else 1.0) * 2.0 * miles / reach


@inlined
def normal_share(x: float) -> float:
    """Share of a standard normal below `x`."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


@inlined
def published_result(intake: float, poor_share: float, value: float, luck: float, p: Parameters) -> float:
    """Published result in percentage points: intake, disadvantage, what teaching has come to add, and a year's noise.

    Args:
        intake: Attainment pupils bring, pupil standard deviations.
        poor_share: Share on free meals, less the authority's at the start.
        value: Smoothed staff effect, less the mean at the start.
        luck: A standard normal number.
        p: Parameters.
    """
    return PER_CENT * normal_share(intake - p.result_poor * poor_share + value + p.result_noise * luck)


@inlined
def own_climate_kept(new_head: bool, p: Parameters) -> float:
    """Share of a school's own climate kept from one year to the next; less under a new head (M30, §3.31).

    The part that belongs to its area never fades. This is what the other part must keep, so that of both together
    `school.climate_kept` is kept.
    """
    kept = max(0.0, p.school_climate_kept - p.school_climate_area) / (1.0 - p.school_climate_area)
    return kept * (1.0 - p.school_climate_heads) if new_head else kept
