"""Stakes, inspection and published tables (M38, R3)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import unit

# Grades of an inspection.
OUTSTANDING, GOOD, SATISFACTORY, FAILED = 1, 2, 3, 4


@inlined
def seen_standing(standing: float, published: bool, failed: bool, p: Parameters) -> float:
    """Standing (sd) as parents and other schools know it: from tables, or by reputation alone (M37, §2.23).

    An inspection that was failed is known either way.
    """
    known = standing if published else p.tables_reputation * standing
    return known - (p.inspection_stigma if failed else 0.0)


@inlined
def pressure(standing: float, published: bool, near: bool, failed: bool, p: Parameters) -> float:
    """Stakes on a school, 0..1 (M38, §2.31, §5.1): more for weak ones, before an inspection, and after failing one.

    Args:
        standing: Published results, standardised within phase.
        published: Whether there are tables.
        near: Whether an inspection is near.
        failed: Whether the last one was failed.
        p: Parameters.
    """
    hanging = p.stakes_level * (1.0 if published else 1.0 - p.tables_stakes)
    weaker = max(0.0, 1.0 - p.stakes_exposure * standing)
    return unit(
        hanging * weaker * (1.0 + (p.inspection_fear if near else 0.0) + (p.inspection_fear if failed else 0.0))
    )


@inlined
def felt_by_staff(on_school: float, protection: float) -> float:
    """Stakes that reach the staff, 0..1: those the head does not take the flak for (M30, §3.31)."""
    return on_school * (1.0 - protection)


@inlined
def effort(on_school: float, standing: float, p: Parameters) -> float:
    """What pressure adds to teaching at once, pupil sd: most in weak schools, none in strong ones (M38).

    Burgess, Wilson & Worth (2013): without tables Welsh schools fell back, the top quarter not at all.
    """
    return p.stakes_effort * on_school * unit(0.5 - 0.5 * standing)


@inlined
def safe(felt: float, rarity: float, p: Parameters) -> float:
    """Factor on the wish for a practice that few hold (`rarity` 0..1): stakes make staff play safe (M38, §4.4)."""
    return max(0.0, 1.0 - p.stakes_narrowing * felt * rarity)


@inlined
def grade(standing: float, p: Parameters) -> int:
    """An inspector's grade, 1 (best) to 4 (failed), from results (§4.21)."""
    if standing > 1.0:
        return OUTSTANDING
    if standing > 0.0:
        return GOOD
    return SATISFACTORY if standing > p.inspection_fail_below else FAILED
