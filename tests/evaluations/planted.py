"""Schools with a planted effect and planted noise, made without the simulation."""

from __future__ import annotations

import numpy as np

from schoolsim.evaluations import Arm, Worlds

POINTS = 40.0


def planted(
    *,
    authorities: int = 400,
    schools: int = 1,
    years: int = 2,
    effect: float = 0.0,
    noise: float = 1.0,
    selected: float = 0.0,
    spillover: float = 0.0,
    grows: float = 0.0,
    starts: tuple[int, ...] = (0,),
    whole: bool = True,
    seed: int = 5,
) -> Worlds:
    """Authorities of equal size whose results are noise, and an effect on those that are treated.

    Args:
        authorities: How many, one a run.
        schools: Of each.
        years: Of policy.
        effect: On treated schools' results from the year after the start on, percentage points.
        noise: Standard deviation of a school's result in a year.
        selected: What schools that join are ahead by in every year.
        spillover: What the programme does to other schools of the authority, percentage points.
        grows: What is added to the effect for each further year.
        starts: Arms.
        whole: Whether all schools are treated; otherwise every second one.
        seed: Of the noise.
    """
    number = authorities * schools
    rng = np.random.default_rng(seed)
    run = np.repeat(np.arange(authorities), schools)
    inside = np.ones(number, dtype=bool) if whole else np.arange(number) % 2 == 0
    base = noise * rng.standard_normal((number, years + 1)) + selected * inside[:, None]
    arms = []
    for start in starts:
        since = np.maximum(np.arange(years + 1) - start, 0)
        change = np.where(since > 0, effect + grows * (since - 1), 0.0)
        gains = np.where(inside[:, None], change, spillover * (since > 0))
        joined = np.where(inside, float(start), np.inf)
        arms.append(Arm(start, (base + gains) / POINTS, base + gains, joined))
    return Worlds(
        run,
        run.copy(),
        np.full(number, "primary"),
        np.where(inside, 0.0, np.inf),
        base / POINTS,
        base,
        tuple(arms),
        POINTS,
    )
