"""The shape of the network of ties between schools, and who carries it: a few compiled passes a half-term."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.outcomes import ledger as accounts
from schoolsim.outcomes.catalog import PLACE

_AT = PLACE["network.density"]


@compiled
def neighbours(ties: np.ndarray, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Lists of the schools each school has a tie with, hostile ones apart: where each begins, and all of them."""
    begin = np.zeros(number + 1, dtype=np.int64)
    for tie in range(ties.shape[0]):
        if ties.alive[tie] and not ties.hostile[tie]:
            begin[ties.a[tie] + 1] += 1
            begin[ties.b[tie] + 1] += 1
    for school in range(number):
        begin[school + 1] += begin[school]
    filled = begin[:-1].copy()
    near = np.empty(begin[number], dtype=np.int64)
    for tie in range(ties.shape[0]):
        if ties.alive[tie] and not ties.hostile[tie]:
            one, two = ties.a[tie], ties.b[tie]
            near[filled[one]], near[filled[two]] = two, one
            filled[one] += 1
            filled[two] += 1
    return begin, near


@compiled
def shape(begin: np.ndarray, near: np.ndarray, in_reach: np.ndarray) -> tuple[float, float, float]:
    """Reach, clustering and holes of a network given as lists of neighbours.

    Args:
        begin: Where each school's list begins; one more than schools.
        near: The lists, end to end.
        in_reach: Schools each school could reach, itself apart.

    Returns:
        Mean share of others within two steps; share of pairs of one school's neighbours that are tied themselves
        (transitivity); mean over schools of Burt's effective size over degree (1 where no two neighbours are tied).
    """
    number = begin.shape[0] - 1
    seen = np.full(number, -1, dtype=np.int64)
    mates = np.full(number, -1, dtype=np.int64)
    reached, closed, pairs, open_share, with_ties = 0.0, 0.0, 0.0, 0.0, 0.0
    for school in range(number):
        mine = near[begin[school] : begin[school + 1]]
        seen[school] = school
        for other in mine:
            seen[other] = mates[other] = school
        within, between = float(mine.shape[0]), 0.0
        for other in mine:
            for third in near[begin[other] : begin[other + 1]]:
                between += 1.0 if mates[third] == school else 0.0
                if seen[third] != school:
                    seen[third] = school
                    within += 1.0
        reached += within / max(1.0, in_reach[school])
        closed += 0.5 * between
        pairs += 0.5 * mine.shape[0] * (mine.shape[0] - 1.0)
        if mine.shape[0] > 0:
            with_ties += 1.0
            open_share += 1.0 - between / mine.shape[0] / mine.shape[0]
    clustering = closed / pairs if pairs > 0.0 else 0.0
    return reached / number, clustering, open_share / with_ties if with_ties > 0.0 else np.nan


@compiled
def concentration(degree: np.ndarray) -> float:
    """Gini coefficient of degrees: 0 where all schools have as many ties, near 1 where a few hubs have them all."""
    number, total = degree.shape[0], np.sum(degree)
    if total <= 0.0:
        return 0.0
    having = np.zeros(int(np.max(degree)) + 1, dtype=np.int64)
    for school in range(number):
        having[int(degree[school])] += 1
    ranked, rank = 0.0, 0
    for ties in range(having.shape[0]):
        # Those with as many ties take the next ranks; the sum over them of (2 rank - number - 1) is in closed form.
        ranked += having[ties] * (2.0 * rank + having[ties] - number) * ties
        rank += having[ties]
    return ranked / (number * total)


@compiled
def measure_networks(
    schools: np.ndarray, ties: np.ndarray, networks: np.ndarray, broker_knows: np.ndarray,
    hours: np.ndarray, pounds: np.ndarray, counts: np.ndarray, row: np.ndarray,
) -> None:  # fmt: skip
    """Fill the network outcomes of `row`.

    Args:
        schools: Columns of schools.
        ties: Columns of ties.
        networks: Columns of networks.
        broker_knows: (broker, school), 0..1.
        hours: Ledger of hours.
        pounds: Ledger of pounds.
        counts: Ledger of events.
        row: One place an outcome, in the catalogue's order.
    """
    number = schools.shape[0]
    begin, near = neighbours(ties, number)
    degree = (begin[1:] - begin[:-1]).astype(np.float64)
    of_authority = np.zeros(np.max(schools.authority) + 1)
    for school in range(number):
        of_authority[schools.authority[school]] += 1.0
    others = np.empty(number)
    befriended = np.zeros(number)
    for school in range(number):
        others[school] = of_authority[schools.authority[school]] - 1.0
        befriended[school] = 1.0 if schools.commitments[school] > 0 else 0.0
    hostile = 0.0
    for tie in range(ties.shape[0]):
        if ties.alive[tie]:
            hostile += ties.hostile[tie]
            if 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie]) >= 0.5:
                befriended[ties.a[tie]] = befriended[ties.b[tie]] = 1.0
    reach, clustering, holes = shape(begin, near, others)
    at = _AT
    row[at] = np.sum(degree) / max(1.0, np.sum(others))
    row[at + 1] = reach
    row[at + 2] = clustering
    row[at + 3] = concentration(degree)
    row[at + 4] = holes
    row[at + 5] = 1.0 - np.sum(befriended) / number
    row[at + 6] = hostile
    row[at + 7] = 0.0
    row[at + 8] = 0.0
    for network in range(networks.shape[0]):
        row[at + 7] += networks.alive[network] * networks.led[network]
        row[at + 8] += networks.news[network] / networks.shape[0]
    known = 0.0
    for broker in range(broker_knows.shape[0]):
        for school in range(number):
            known += broker_knows[broker, school]
    row[at + 9] = known / number
    row[at + 10] = counts[accounts.INTRODUCED]
    row[at + 11] = hours[accounts.MEETINGS]
    row[at + 12] = hours[accounts.BROKERAGE]
    row[at + 13] = pounds[accounts.FACILITATOR]
