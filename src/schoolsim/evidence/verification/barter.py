"""Knowledge barter on small worlds (Cowan & Jonard 2004), by the engine's exchange mode.

Schools of one teacher on a ring of fixed ties, some rewired. Each half-term a school asks a neighbour at random
(the noise of its liking is all there is); two that work together trade one practice for another, each drawn among
those the other leads in (`exchange.barter`), and each learner goes a share `a` of the way. Knowledge is told on
Cowan & Jonard's scale: experts begin at 10, everybody else between 0 and 1.
"""

from __future__ import annotations

import math

import numpy as np

from schoolsim.evidence.verification.comparison import Row, holds
from schoolsim.evidence.verification.settings import Settings
from schoolsim.evidence.verification.worlds import equal_schools, simulation
from schoolsim.system.simulation import Simulation
from schoolsim.system.state.adjacency import rebuild_adjacency

SCALE = 10.0
PHASES = ("brokerage", "matching", "joint_work", "classroom", "careers")


def ring(number: int, degree: int, rewired: float, rng: np.random.Generator) -> np.ndarray:
    """Watts & Strogatz's (1998) ring: each tie's far end moves with chance `rewired`; (ties, 2) rows."""
    ties = {(one, (one + far) % number) for far in range(1, degree // 2 + 1) for one in range(number)}
    ties = {(min(pair), max(pair)) for pair in ties}
    for one, two in sorted(ties):
        if rng.random() < rewired:
            other = int(rng.integers(number))
            new = (min(one, other), max(one, other))
            if other != one and new not in ties:
                ties.remove((one, two))
                ties.add(new)
    return np.array(sorted(ties))


def _made(settings: Settings, rewired: float, seed: int) -> tuple[Simulation, np.ndarray]:
    size = settings.sizes
    number, rng = int(size["agents"]), np.random.default_rng([seed, 4])
    world = simulation(settings.scenario(), seed, equal_schools(np.ones(number)), PHASES)
    state, known = world.state, int(size["categories"])
    # One practice more that nobody ever has is what everybody needs, so that all seek at one rate.
    state.schools.need[:] = known
    state.schools.hours[:] = 40.0
    state.schools.tone[:] = 1.0
    state.teachers.learning[:], state.teachers.focus[:] = 0.5, -1
    rate = world.parameters.learning_rate * world.parameters.time_demand_least
    state.practices.hours[:] = rate / -math.log(1.0 - float(size["absorbed"]))
    levels = rng.random((number, known)) / SCALE
    levels.flat[rng.choice(levels.size, int(size["expert_entries"]), replace=False)] = 1.0
    state.knowledge.mastery[:, :known] = levels
    state.repertoires.mastery[:, :] = state.knowledge.mastery
    ends = ring(number, int(size["degree"]), rewired, rng)
    ties = state.ties
    ties.alive[: len(ends)] = 1
    ties.a[: len(ends)], ties.b[: len(ends)] = ends.T
    ties.trust_ab[:], ties.trust_ba[:], ties.familiarity[:] = 1.0, 1.0, 1.0
    rebuild_adjacency(state)
    return world, ends


def tradable(levels: np.ndarray, ends: np.ndarray, least: float) -> int:
    """Ties over which each side leads in something by more than the share `least`."""
    one, two = levels[ends[:, 0]].astype(float), levels[ends[:, 1]].astype(float)
    leads, follows = one > two * (1.0 + least), two > one * (1.0 + least)
    return int((leads.any(axis=1) & follows.any(axis=1)).sum())


def steady_state(settings: Settings, rewired: float, seed: int) -> dict[str, float]:
    """Trade until no tie can: mean knowledge, its variance between agents, its coefficient of variation."""
    world, ends = _made(settings, rewired, seed)
    least = world.parameters.exchange_barter_lead
    mastery, number = world.state.knowledge.mastery, int(settings.sizes["agents"])
    while world.clock.half_term < int(settings.sizes["most_steps"]):
        if world.clock.half_term % 20 == 0 and tradable(mastery, ends, least) == 0:
            break
        world.state.ties.familiarity[:] = 1.0
        world.step()
    agents = SCALE * mastery[:, : int(settings.sizes["categories"])].astype(float).mean(axis=1)
    left = tradable(mastery, ends, least) / len(ends)
    return {
        "mean": float(agents.mean()), "variance": float(agents.var()), "cv": float(agents.std() / agents.mean()),
        "left": left, "steps": float(world.clock.half_term), "agents": float(number),
    }  # fmt: skip


def small_worlds(settings: Settings) -> list[Row]:
    """Mean knowledge peaks in the small-world region, where variance does too and variation is least."""
    size = settings.sizes
    chances = [float(p) for p in size["rewired"]]
    runs = {p: [steady_state(settings, p, seed) for seed in range(1, int(size["runs"]) + 1)] for p in chances}
    curve = {what: np.array([np.mean([run[what] for run in runs[p]]) for p in chances]) for what in runs[chances[0]][0]}
    best = int(np.argmax(curve["mean"]))
    first, last, top = curve["mean"][0], curve["mean"][-1], curve["mean"][best]
    means = ", ".join(f"{p:g}: {m:.2f}" for p, m in zip(chances, curve["mean"], strict=True))
    region = f"{chances[0]:g} to {chances[-1]:g}, {size['runs']} runs each"
    rows = [
        holds("no tie can trade any more (share left)", bool(curve["left"].max() == 0.0), curve["left"].max(), region,
              above=0.0),
        holds("rewiring at which mean knowledge is highest, .05 to .3", 0.05 <= chances[best] <= 0.3, chances[best],
              f"mean by rewiring {means}"),
        holds("highest mean over that at .001, more than 1.25", top > 1.25 * first, top / first, above=1.25),
        holds("highest mean less that of a random graph, above 0", top > last, top - last, above=0.0),
    ]  # fmt: skip
    for what, place, told in (("variance", np.argmax, "highest"), ("cv", np.argmin, "lowest")):
        at = chances[int(place(curve[what]))]
        values = ", ".join(f"{p:g}: {v:.3g}" for p, v in zip(chances, curve[what], strict=True))
        rows.append(holds(f"rewiring at which {what} is {told}, .03 to .3", 0.03 <= at <= 0.3, at, values))
    return rows
