"""Means, spreads and indices over columns, compiled."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.columns import Float64Array
from schoolsim.jit import compiled


@compiled
def weighted_mean(values: Float64Array, weights: Float64Array) -> float:
    """Weighted mean, NaN where the weights are all zero."""
    total, weight = 0.0, 0.0
    for row in range(values.shape[0]):
        total += values[row] * weights[row]
        weight += weights[row]
    return total / weight if weight > 0.0 else np.nan


@compiled
def mean(values: Float64Array) -> float:
    """Mean of a column."""
    total = 0.0
    for row in range(values.shape[0]):
        total += values[row]
    return total / values.shape[0]


@compiled
def spread(values: Float64Array) -> float:
    """Population standard deviation."""
    middle = mean(values)
    squares = 0.0
    for row in range(values.shape[0]):
        squares += (values[row] - middle) ** 2
    return math.sqrt(squares / values.shape[0])


@compiled
def dissimilarity(group: Float64Array, other: Float64Array) -> float:
    """Duncan & Duncan's (1955) D of two groups over schools, 0..1."""
    total, total_other, apart = 0.0, 0.0, 0.0
    for row in range(group.shape[0]):
        total += group[row]
        total_other += other[row]
    if total <= 0.0 or total_other <= 0.0:
        return 0.0
    for row in range(group.shape[0]):
        apart += abs(group[row] / total - other[row] / total_other)
    return 0.5 * apart


@compiled
def gini(degrees: Float64Array) -> float:
    """Gini coefficient of whole numbers: 0 where all have as many, near 1 where a few have them all."""
    number, total, most = degrees.shape[0], 0.0, 0.0
    for row in range(number):
        total += degrees[row]
        most = max(most, degrees[row])
    if total <= 0.0:
        return 0.0
    having = np.zeros(int(most) + 1, dtype=np.int64)
    for row in range(number):
        having[int(degrees[row])] += 1
    ranked, rank = 0.0, 0
    for degree in range(having.shape[0]):
        # Those with as many take the next ranks; the sum over them of (2 rank - number - 1) is in closed form.
        ranked += having[degree] * (2.0 * rank + having[degree] - number) * degree
        rank += having[degree]
    return ranked / (number * total)


@compiled
def likeness(repertoire: Float64Array, other: Float64Array) -> float:
    """How alike two repertoires are, 0 (nothing in common) to 1: what both hold over what either holds."""
    both, either = 0.0, 0.0
    for practice in range(repertoire.shape[0]):
        both += min(repertoire[practice], other[practice])
        either += max(repertoire[practice], other[practice])
    return both / either if either > 0.0 else 1.0
