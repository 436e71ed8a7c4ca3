"""The shape of the network of ties between schools, and networks of schools that meet."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group, Int64Array
from schoolsim.jit import compiled
from schoolsim.outcomes.passes.statistics import gini
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State, Ties
from schoolsim.system.state.adjacency import mean_trust

TRUSTED = 0.5  # trust from which a school is not counted as isolated, as the outcome says


class Columns(Group):
    """One row, a column an outcome."""

    network_density: Float64Array
    network_reach: Float64Array
    network_clustering: Float64Array
    network_hubs: Float64Array
    network_holes: Float64Array
    network_isolated: Float64Array
    networks_led: Float64Array
    networks_news: Float64Array


@compiled
def neighbours(ties: Ties, number: int) -> tuple[Int64Array, Int64Array]:
    """Lists of the schools each school has a tie with, hostile ones apart: where each begins, and all of them."""
    begin = np.zeros(number + 1, dtype=np.int64)
    for tie in range(ties.rows):
        if ties.alive[tie] and not ties.hostile[tie]:
            begin[ties.a[tie] + 1] += 1
            begin[ties.b[tie] + 1] += 1
    for school in range(number):
        begin[school + 1] += begin[school]
    filled = begin[:-1].copy()
    near = np.empty(begin[number], dtype=np.int64)
    for tie in range(ties.rows):
        if ties.alive[tie] and not ties.hostile[tie]:
            school, other = ties.a[tie], ties.b[tie]
            near[filled[school]], near[filled[other]] = other, school
            filled[school] += 1
            filled[other] += 1
    return begin, near


@compiled
def shape(begin: Int64Array, near: Int64Array, others: Float64Array) -> tuple[float, float, float]:
    """Reach, clustering and holes of a network given as lists of neighbours.

    Args:
        begin: Where each school's list begins; one more than schools.
        near: The lists, end to end.
        others: Schools each school could reach, itself apart.

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
        reached += within / max(1.0, others[school])
        closed += 0.5 * between
        pairs += 0.5 * mine.shape[0] * (mine.shape[0] - 1.0)
        if mine.shape[0] > 0:
            with_ties += 1.0
            open_share += 1.0 - between / mine.shape[0] / mine.shape[0]
    clustering = closed / pairs if pairs > 0.0 else 0.0
    return reached / number, clustering, open_share / with_ties if with_ties > 0.0 else np.nan


@compiled
def _isolated(state: State) -> float:
    schools, ties = state.schools, state.ties
    befriended = np.zeros(schools.rows)
    for school in range(schools.rows):
        befriended[school] = 1.0 if schools.commitments[school] > 0 else 0.0
    for tie in range(ties.rows):
        if ties.alive[tie] and mean_trust(ties, tie) >= TRUSTED:
            befriended[ties.a[tie]] = befriended[ties.b[tie]] = 1.0
    return 1.0 - np.sum(befriended) / schools.rows


@compiled
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    schools, authorities, networks, number = state.schools, state.authorities, state.networks, state.schools.rows
    begin, near = neighbours(state.ties, number)
    degree, others = np.empty(number), np.empty(number)
    for school in range(number):
        degree[school] = begin[school + 1] - begin[school]
        authority = schools.authority[school]
        others[school] = authorities.past[authority] - authorities.first[authority] - 1.0
    reach, clustering, holes = shape(begin, near, others)
    columns.network_density[0] = np.sum(degree) / max(1.0, np.sum(others))
    columns.network_reach[0], columns.network_clustering[0], columns.network_holes[0] = reach, clustering, holes
    columns.network_hubs[0] = gini(degree)
    columns.network_isolated[0] = _isolated(state)
    led, news = 0.0, 0.0
    for network in range(networks.rows):
        led += networks.alive[network] * networks.led[network]
        news += networks.news[network] / networks.rows
    columns.networks_led[0], columns.networks_news[0] = led, news
