"""Contagion and diffusion: SI on a complete graph, and Bass with a source outside.

One practice, learnt whole in one talk, never lost. A staff room is a complete graph, and `home.talk` the chance
that a teacher meets one colleague in a step; a practice that waits with a friend in another school, who is always
to be had, is Bass's innovation. Every school is a replicate of its own.
"""

from __future__ import annotations

import numpy as np

from schoolsim.evidence.verification import closed_forms
from schoolsim.evidence.verification.comparison import STANDARD_ERRORS, Row, close, sampled
from schoolsim.evidence.verification.settings import Settings
from schoolsim.evidence.verification.worlds import by_school, equal_schools, hasten, simulation

MOST_STEPS = 20_000
SEED = 1


def adopters(
    settings: Settings, schools: int, staff: int, *, first: int, chance: float, steps: int | None = None
) -> np.ndarray:
    """Adopters in each school after 0, 1, ... steps, shape (steps + 1, schools); until all have adopted if None."""
    scenario = settings.scenario({"home.talk": chance})
    world = simulation(scenario, SEED, equal_schools(np.full(schools, staff)), ("classroom",))
    hasten(world)
    world.state.teachers.focus[:] = 0
    for row in range(schools):
        world.state.knowledge.mastery[row * staff : row * staff + first, 0] = 1.0
    counts = [np.full(schools, float(first))]
    while len(counts) <= (MOST_STEPS if steps is None else steps):
        if steps is None and counts[-1].min() >= staff:
            break
        world.step()
        mastery = by_school(world.state.knowledge.mastery[:, 0], schools)
        counts.append((mastery >= 0.5).sum(axis=1).astype(float))
    return np.array(counts)


def contagion(settings: Settings) -> list[Row]:
    """Mean times to adopt and the mean-field curve, as the step shrinks."""
    size = settings.sizes
    number, rate, rows = int(size["staff"]), float(size["rate"]), []
    ahead: dict[tuple[int, float], np.ndarray] = {}
    for step in size["steps"]:
        counts = adopters(settings, int(size["schools"]), number, first=1, chance=rate * step)
        for least in (number, number // 2):
            taken = (counts < least).sum(axis=0)
            ahead[least, step] = taken * step
            exact = closed_forms.steps_to_adopt(number, rate * step, least) * step
            rows.append(sampled(f"mean time to {least} of {number} adopters, dt {step}", taken * step, exact,
                                "against the exact chain in steps of dt"))  # fmt: skip
    for least in (number, number // 2):
        times = {step: ahead[least, step] for step in size["steps"]}
        exact = closed_forms.time_to_adopt(number, rate, least)
        rows.append(_at_no_step(f"mean time to {least} of {number} adopters, dt -> 0", times, exact))
    return rows + _mean_field(settings)


def _at_no_step(quantity: str, times: dict[float, np.ndarray], exact: float) -> Row:
    """The mean at a step of zero, by a straight line through what was found (the error is O(dt))."""
    steps = np.array(list(times))
    means = np.array([found.mean() for found in times.values()])
    errors = np.array([found.std(ddof=1) / np.sqrt(found.size) for found in times.values()])
    design = np.column_stack([np.ones(len(steps)), steps]) / errors[:, None]
    at_zero = np.linalg.lstsq(design, means / errors, rcond=None)[0][0]
    se = float(np.sqrt(np.linalg.inv(design.T @ design)[0, 0]))
    return close(quantity, at_zero, exact, 3.0 * se, "straight line in dt, 3 standard errors")


def _converges(found: dict[float, np.ndarray], exact: dict[float, float]) -> list[Row]:
    """Distance from the continuous curve where it is largest, by step: that of the exact recursion, of first order."""
    rows = [
        sampled(f"distance from the continuous curve where largest, dt {step}", apart, exact[step],
                "theirs: of the recursion in steps of dt")
        for step, apart in found.items()
    ]  # fmt: skip
    shortest = dict(list(found.items())[-3:])
    rows.append(_at_no_step("that distance, dt -> 0", shortest, 0.0))
    one, two = list(found.values())[:2]
    order = float(np.log2(one.mean() / two.mean()))
    relative = [values.std(ddof=1) / np.sqrt(values.size) / values.mean() for values in (one, two)]
    wide = STANDARD_ERRORS * float(np.hypot(*relative)) / np.log(2.0)
    theirs = float(np.log2(list(exact.values())[0] / list(exact.values())[1]))
    rows.append(close("order of convergence, from the two longest steps", order, theirs, wide, "1 where it is O(dt)"))
    return rows


def _farthest(path: np.ndarray, curve: np.ndarray, recursion: np.ndarray) -> tuple[np.ndarray, float]:
    """Distances of paths (step, replicate) and of the recursion from the curve, where the recursion is farthest."""
    place = int(np.argmax(abs(recursion - curve)))
    return path[place] - curve[place], float(recursion[place] - curve[place])


def _mean_field(settings: Settings) -> list[Row]:
    size = settings.sizes
    number, first, rate = int(size["many"]), int(size["many_first"]), float(size["rate"])
    found, exact = {}, {}
    for step in size["curve_steps"]:
        steps = round(float(size["until"]) / step)
        counts = adopters(settings, int(size["many_schools"]), number, first=first, chance=rate * step, steps=steps)
        curve = closed_forms.logistic_spread(number, first, rate, step * np.arange(steps + 1)) / number
        recursion = closed_forms.spread_in_steps(first / number, rate * step, steps)
        found[step], exact[step] = _farthest(counts / number, curve, recursion)
    return _converges(found, exact)


def bass_shares(settings: Settings, *, step: float, years: int) -> np.ndarray:
    """Share of adopters after each step, shape (steps + 1, schools)."""
    size = settings.sizes
    innovation, imitation = float(size["innovation"]) * step, float(size["imitation"]) * step
    schools, staff = int(size["schools"]), int(size["staff"])
    # Two channels that work on their own leave 1 - (1-p)(1-q'F) = p + qF where q' = q / (1 - p).
    scenario = settings.scenario({"home.talk": imitation / (1.0 - innovation), "informal.rate": innovation})
    table = equal_schools(np.concatenate([np.full(schools, staff), [1]]))
    world = simulation(scenario, SEED, table, ("brokerage", "joint_work", "classroom"))
    hasten(world)
    teachers, friends, pupils = world.state.teachers, world.state.friends, schools * staff
    teachers.focus[:] = 0
    teachers.focus[pupils] = -1
    world.state.knowledge.mastery[pupils, 0] = 1.0
    friends.alive[:pupils] = 1
    friends.a[:pupils], friends.b[:pupils] = np.arange(pupils), pupils
    shares = [np.zeros(schools)]
    for _ in range(round(years / step)):
        friends.trust_ab[:] = friends.trust_ba[:] = 1.0
        friends.familiarity[:] = 0.7  # a friend who is always to be had: chance 1 x rate
        world.step()
        held = by_school(world.state.knowledge.mastery[:pupils, 0], schools)
        shares.append((held >= 0.5).mean(axis=1))
    return np.array(shares)


def diffusion(settings: Settings) -> list[Row]:
    """Bass's yearly recursion, and his continuous curve as the step shrinks."""
    size, rows = settings.sizes, []
    innovation, imitation = float(size["innovation"]), float(size["imitation"])
    exact = closed_forms.bass_in_steps(innovation, imitation, 20)
    found = bass_shares(settings, step=1.0, years=20)
    for year in (1, 2, 5, 10, 15, 20):
        rows.append(sampled(f"share of adopters in year {year}, yearly steps", found[year], exact[year]))
    apart, apart_exactly, crossed = {}, {}, {}
    for step in size["steps"]:
        found = bass_shares(settings, step=step, years=20)
        curve = closed_forms.bass(innovation, imitation, step * np.arange(len(found)))
        steps = closed_forms.bass_in_steps(innovation * step, imitation * step, len(found) - 1)
        apart[step], apart_exactly[step] = _farthest(found, curve, steps)
        peak = (imitation - innovation) / (2.0 * imitation)
        crossed[step] = step * np.array([_crossing(found[:, school], peak) for school in range(found.shape[1])])
    when = float(np.log(imitation / innovation) / (innovation + imitation))
    rows += _converges(apart, apart_exactly)
    shortest = dict(list(crossed.items())[-3:])
    rows.append(_at_no_step(f"time of the peak of adoption, at a share of {peak:.4f}, dt -> 0", shortest, when))
    return rows


def _crossing(path: np.ndarray, level: float) -> float:
    """Steps until a rising path reaches `level`, between steps by a straight line."""
    after = int(np.argmax(path >= level))
    return after - 1 + (level - path[after - 1]) / (path[after] - path[after - 1])
