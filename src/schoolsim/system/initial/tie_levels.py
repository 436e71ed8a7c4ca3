"""From ties that were given to the trust they begin with: the order of strengths, on the scale of drawn first ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from schoolsim.columns import Float64Array, Int64Array
from schoolsim.populations import SchoolTable

if TYPE_CHECKING:
    from schoolsim.populations.ties import TieTable

NOT_NAMED = -np.inf  # score of a way that nobody gave
SHARE_UNNAMED = 0.5  # of the mean trust, for who does not name back


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs that are tied, one row each, in an order that does not depend on the rows of schools.

    Args:
        ends: Rows of the two schools, or posts of the two teachers (pair, 2); the first has the lower URN.
        scores: Normal score of the strongest tie each way (pair, 2); `NOT_NAMED` where there is none.
        joined: Whether the two schools are of one trust or federation.
        in_trust: Whether they are of one academy trust.
    """

    ends: Int64Array
    scores: Float64Array
    joined: np.ndarray
    in_trust: np.ndarray


def normal_scores(ties: TieTable) -> Float64Array:
    """Normal score of each tie's strength among those of its kind; equal strengths share the mean of their ranks."""
    scores = np.zeros(len(ties))
    for kind in ties.kinds:
        rows = ties.kind == kind
        _, place, equal = np.unique(ties.strength[rows], return_inverse=True, return_counts=True)
        # The middle of the ranks of equal strengths, less a half, as a share.
        middle = (np.cumsum(equal) - 0.5 * equal) / equal.sum()
        scores[rows] = ndtri(middle)[place]
    return scores


def pairs_of(ties: TieTable, table: SchoolTable) -> Pairs:
    """One row a pair; of several kinds of tie the strongest score counts.

    Args:
        ties: Checked and fitted to the schools (`first_ties`).
        table: The schools.
    """
    from schoolsim.populations.ties.given import in_trusts, joins_schools, rows_of

    people = ties.between_teachers
    posts = np.cumsum(table.teachers) - table.teachers
    keys, ends = [], []
    for urns, numbers in ((ties.source, ties.source_teacher), (ties.target, ties.target_teacher)):
        rows, number = rows_of(urns, table), numbers.astype(np.int64)
        keys.append(np.column_stack([urns, number]))
        ends.append(posts[rows] + number if people else rows)
    # Numbers in the order of URNs, and in a school of teachers: the order of rows decides nothing.
    _, place = np.unique(np.concatenate(keys), axis=0, return_inverse=True)
    first, second = np.split(place.reshape(-1), 2)
    forward = first < second
    pairs, row = np.unique(
        np.column_stack([np.minimum(first, second), np.maximum(first, second)]), axis=0, return_inverse=True
    )
    row = row.reshape(-1)
    scores = np.full((len(pairs), 2), NOT_NAMED)
    joined, in_trust = np.zeros(len(pairs), dtype=np.bool_), np.zeros(len(pairs), dtype=np.bool_)
    own, found = normal_scores(ties), np.zeros((len(pairs), 2), dtype=np.int64)
    for way in (0, 1):
        given = np.full(len(ties), not ties.directed) | (forward == (way == 0))
        np.maximum.at(scores[:, way], row[given], own[given])
        found[row, way] = np.where(forward == (way == 0), ends[0], ends[1])
    joined[row[joins_schools(ties)]] = True
    in_trust[row[in_trusts(ties)]] = True
    return Pairs(found, scores, joined, in_trust)


def first_trust(mean: Float64Array, spread: float, scores: Float64Array) -> Float64Array:
    """Trust each way on given ties.

    A stronger tie never begins with less trust than a weaker one: where rivalry would put it below, both get their
    mean (Kruskal 1964, monotone regression).

    Args:
        mean: Mean trust of each pair.
        spread: Of trust between ties.
        scores: Each way, `NOT_NAMED` where nobody gave one.

    Returns:
        Trust each way, 0..1.
    """
    from scipy.optimize import isotonic_regression  # which takes a while to load

    named = scores > NOT_NAMED
    means = np.broadcast_to(mean[:, None], scores.shape)
    level = means[named] + spread * scores[named]
    order = np.lexsort((level, scores[named]))
    level[order] = isotonic_regression(level[order]).x
    trust: Float64Array = SHARE_UNNAMED * means
    trust[named] = level
    return np.clip(trust, 0.0, 1.0)
