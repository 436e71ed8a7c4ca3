"""March (1991), learning from an organisational code, as a user's own model run by the studies room.

The paper's text does not reproduce its own Figure 1; the original program does three unstated things, which this
follows: beliefs and the code move one step at a time or flip by the majority of *actions*, a belief of 0 is acted
on by a coin, and the code flips with the strength of the majority (Rodan 2005; Christensen 2015). No part of the
school model is used: what is docked is that designs, seeds, sweeps and tables carry another's model unharmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from schoolsim.jit import compiled
from schoolsim.studies.model import Column, RunResult

PEOPLE, DIMENSIONS = 50, 30
MOST_PERIODS = 20_000


@compiled
def _naive(rng: np.random.Generator) -> int:
    return int(rng.random() * 3.0) - 1


@compiled
def _change_around(
    reality: np.ndarray, beliefs: np.ndarray, turnover: float, turbulence: float, rng: np.random.Generator
) -> None:
    """Some people are replaced by naive ones, some of reality turns into its opposite."""
    if turnover > 0.0:
        for person in range(beliefs.shape[0]):
            if rng.random() < turnover:
                for place in range(beliefs.shape[1]):
                    beliefs[person, place] = _naive(rng)
    if turbulence > 0.0:
        for place in range(reality.shape[0]):
            if rng.random() < turbulence:
                reality[place] = -reality[place]


@compiled
def _act(reality: np.ndarray, beliefs: np.ndarray, acts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Everybody acts on what they believe, by a fair coin where they believe nothing; how well each did."""
    did = np.zeros(beliefs.shape[0], dtype=np.int64)
    for person in range(beliefs.shape[0]):
        for place in range(beliefs.shape[1]):
            act = beliefs[person, place]
            if act == 0:
                act = 1 if rng.random() < 0.5 else -1
            acts[person, place] = act
            did[person] += act * reality[place]
    return did


@compiled
def _socialise(beliefs: np.ndarray, code: np.ndarray, rates: np.ndarray, rng: np.random.Generator) -> bool:
    """People move one step toward the code by their rate; returns whether all believe what the code says."""
    same = True
    for place in range(code.shape[0]):
        if code[place] == 0:
            same = False
            continue
        for person in range(beliefs.shape[0]):
            if beliefs[person, place] != code[place]:
                if rng.random() < rates[person]:
                    beliefs[person, place] += code[place]
                same = same and beliefs[person, place] == code[place]
    return same


@compiled
def _learn(
    reality: np.ndarray, code: np.ndarray, acts: np.ndarray, did: np.ndarray, rate: float, rng: np.random.Generator
) -> bool:
    """The code learns from what those who did better than it did; returns whether anybody did."""
    best = did > np.sum(code * reality)
    for place in range(code.shape[0]):
        lead = 0
        for person in range(acts.shape[0]):
            if best[person]:
                lead += acts[person, place]
        majority = 1 if lead > 0 else (-1 if lead < 0 else 0)
        if majority != 0 and majority != code[place] and rng.random() < 1.0 - (1.0 - rate) ** abs(lead):
            code[place] = majority
    return bool(np.any(best))


@compiled
def run_march(
    rates: np.ndarray, rate: float, turnover: float, turbulence: float, periods: int, rng: np.random.Generator
) -> tuple[float, int]:
    """The code's score, sum of code x reality over dimensions, and the periods run.

    Args:
        rates: How fast each person is socialised, p1, (people,).
        rate: How fast the code learns, p2.
        turnover: Chance in a period that a person is replaced, p3.
        turbulence: Chance in a period that a dimension of reality flips, p4.
        periods: How many; 0 runs until nobody can learn any more.
        rng: Source of chance.
    """
    reality, code = np.empty(DIMENSIONS, dtype=np.int64), np.zeros(DIMENSIONS, dtype=np.int64)
    beliefs = np.empty((rates.shape[0], DIMENSIONS), dtype=np.int64)
    for place in range(DIMENSIONS):
        reality[place] = 1 if rng.random() < 0.5 else -1
        for person in range(rates.shape[0]):
            beliefs[person, place] = _naive(rng)
    acts, period = np.empty_like(beliefs), 0
    while period < (periods if periods > 0 else MOST_PERIODS):
        period += 1
        _change_around(reality, beliefs, turnover, turbulence, rng)
        did = _act(reality, beliefs, acts, rng)
        same = _socialise(beliefs, code, rates, rng)
        ahead = _learn(reality, code, acts, did, rate, rng)
        if periods == 0 and same and not ahead:
            break
    return np.sum(code * reality) / DIMENSIONS, period


@dataclass
class March1991:
    """March's model for a study: parameters `p1`, `p2`, and if wanted `p3`, `p4`, `periods`, `fast`, `fast_share`."""

    people: int = PEOPLE
    version = "1"

    def __post_init__(self) -> None:
        """Say what is measured."""
        self.columns = {
            "score": Column("share", "Score of the code: sum of code x reality, over dimensions"),
            "took": Column("periods", "Periods until nobody can learn any more, or as many as were asked for"),
        }

    def run(self, parameters: Mapping[str, object], seed: int) -> RunResult:
        """Run once.

        Args:
            parameters: `p1` socialisation, `p2` learning of the code, `p3` turnover (0), `p4` turbulence (0), `periods`
                (0: until equilibrium), and `fast_share` (0) of people who are socialised at `fast` instead of `p1`.
            seed: Of the replication.
        """
        given: dict[str, Any] = {"p3": 0.0, "p4": 0.0, "periods": 0, "fast": 0.9, "fast_share": 0.0, **parameters}
        rates = np.full(self.people, float(given["p1"]))
        rates[: round(float(given["fast_share"]) * self.people)] = float(given["fast"])
        score, periods = run_march(
            rates, float(given["p2"]), float(given["p3"]), float(given["p4"]), int(given["periods"]),
            np.random.default_rng(seed),
        )  # fmt: skip
        return RunResult({"score": float(score), "took": float(periods)})
