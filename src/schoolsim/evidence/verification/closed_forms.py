"""Verification cases with exact answers: closed forms, and chains small enough to be solved."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import binom


def logistic_spread(number: float, first: float, rate: float, times: np.ndarray) -> np.ndarray:
    """Mean-field SI: adopters at `times` of `number` people, `first` of them at 0."""
    return number / (1.0 + (number / first - 1.0) * np.exp(-rate * times))


def spread_in_steps(share: float, chance: float, steps: int) -> np.ndarray:
    """Mean-field SI after 0, 1, ... `steps` of the recursion F += chance F (1 - F), from `share`."""
    shares = np.full(steps + 1, share)
    for step in range(steps):
        shares[step + 1] = shares[step] + chance * shares[step] * (1.0 - shares[step])
    return shares


def time_to_adopt(number: int, rate: float, least: int | None = None) -> float:
    """Mean time of the continuous SI chain on a complete graph from 1 adopter to `least` (all when None)."""
    last = number if least is None else least
    return sum(number / (rate * i * (number - i)) for i in range(1, last))


def steps_to_adopt(number: int, chance: float, least: int) -> float:
    """Mean steps of the synchronous SI chain from 1 to `least` adopters; each other adopts by `chance` I/N."""
    wait = np.zeros(number + 1)
    for now in range(least - 1, 0, -1):
        more = np.arange(0, number - now + 1)
        step = binom.pmf(more, number - now, chance * now / number)
        wait[now] = (1.0 + step[1:] @ wait[now + 1 :]) / (1.0 - step[0])
    return float(wait[1])


def bass(innovation: float, imitation: float, times: np.ndarray) -> np.ndarray:
    """Share of adopters in continuous time (Bass 1969)."""
    fading = np.exp(-(innovation + imitation) * np.asarray(times, dtype=float))
    return (1.0 - fading) / (1.0 + imitation / innovation * fading)


def bass_in_steps(innovation: float, imitation: float, steps: int) -> np.ndarray:
    """Share of adopters after 0, 1, ... `steps` of the recursion F += (1 - F)(p + q F)."""
    share = np.zeros(steps + 1)
    for step in range(steps):
        share[step + 1] = share[step] + (1.0 - share[step]) * (innovation + imitation * share[step])
    return share


def fixation(number: int, fitness: float) -> float:
    """Chance that one mutant of relative `fitness` takes over `number` (Moran process)."""
    if fitness == 1.0:
        return 1.0 / number
    return (1.0 - 1.0 / fitness) / (1.0 - fitness ** (-number))


def fixation_in_steps(number: int, fitness: float, chance: float) -> float:
    """The same where in a step everybody copies by `chance`, at once: the chain solved as linear equations.

    Of `i` mutants each is lost by chance * share of others' weight, and each other is won by chance * mutants' weight.
    """
    jump = np.zeros((number + 1, number + 1))
    for now in range(number + 1):
        weight = fitness * now / (fitness * now + number - now)
        stay = binom.pmf(np.arange(now + 1), now, 1.0 - chance * (1.0 - weight))
        won = binom.pmf(np.arange(number - now + 1), number - now, chance * weight)
        jump[now] = np.convolve(stay, won)
    inner = slice(1, number)
    reach = np.linalg.solve(np.eye(number - 1) - jump[inner, inner], jump[inner, number])
    return float(reach[0])


def consensus(weights: np.ndarray, start: np.ndarray) -> float:
    """Where DeGroot opinions meet: the left unit eigenvector of `weights`, dotted with `start`."""
    values, vectors = np.linalg.eig(weights.T)
    pull = np.real(vectors[:, np.argmin(abs(values - 1.0))])
    return float(pull / pull.sum() @ start)


def held_opinions(weights: np.ndarray, openness: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Friedkin & Johnsen's equilibrium (I - A W)^-1 (I - A) x0, with A the diagonal of `openness`."""
    unit = np.eye(len(start))
    return np.linalg.solve(unit - openness[:, None] * weights, (1.0 - openness) * start)


def logit_shares(utilities: np.ndarray) -> np.ndarray:
    """Multinomial logit shares along the last axis."""
    weights = np.exp(utilities - utilities.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def dissimilarity(one: np.ndarray, other: np.ndarray) -> float:
    """Duncan's D between two groups over places."""
    return 0.5 * math.fsum(abs(one / one.sum() - other / other.sum()))


def gorard(one: np.ndarray, everyone: np.ndarray) -> float:
    """Gorard's GS of a group among everyone over places."""
    return 0.5 * math.fsum(abs(one / one.sum() - everyone / everyone.sum()))
