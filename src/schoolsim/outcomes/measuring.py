"""One row of a run's series, measured in a few compiled passes over the columns.

Groups of columns are structured arrays, as the state holds them; see the state for what each column is.
"""

from __future__ import annotations

import math

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.outcomes import ledger as accounts
from schoolsim.outcomes.catalog import PLACE

_PROGRESS = PLACE["progress.mean"]
_TEACHERS = PLACE["cover.harm"]
_TRUST = PLACE["trust.mean"]
_COUNTS = PLACE["partnerships.active"]
_FLOWS = PLACE["transfers.year"]
_POLICY = PLACE["stakes.felt"]
_GORARD = PLACE["segregation.gorard"]


@compiled
def mean_where(values: np.ndarray, weights: np.ndarray) -> float:
    """Weighted mean, NaN where the weights are all zero."""
    total, weight = 0.0, 0.0
    for place in range(values.shape[0]):
        total += values[place] * weights[place]
        weight += weights[place]
    return total / weight if weight > 0.0 else np.nan


@compiled
def spread(values: np.ndarray) -> float:
    """Population standard deviation."""
    mean = np.sum(values) / values.shape[0]
    squares = 0.0
    for place in range(values.shape[0]):
        squares += (values[place] - mean) ** 2
    return math.sqrt(squares / values.shape[0])


@compiled
def dissimilarity(one: np.ndarray, other: np.ndarray) -> float:
    """Duncan & Duncan's (1955) D of two groups over schools, 0..1."""
    total_one, total_other, apart = np.sum(one), np.sum(other), 0.0
    if total_one <= 0.0 or total_other <= 0.0:
        return 0.0
    for place in range(one.shape[0]):
        apart += abs(one[place] / total_one - other[place] / total_other)
    return 0.5 * apart


@compiled
def _schools(schools: np.ndarray, points: float, row: np.ndarray) -> None:
    number = schools.shape[0]
    added = schools.progress * points
    changed = (schools.progress - schools.progress_start) * points
    well_off = schools.roll - schools.poor
    partner, originator, neither = np.zeros(number), np.zeros(number), np.zeros(number)
    needy = np.zeros(number)
    for school in range(number):
        partner[school] = schools.role[school] == 2
        originator[school] = schools.role[school] == 1
        neither[school] = schools.role[school] == 0
        needy[school] = schools.needy[school]
    at = _PROGRESS
    row[at] = mean_where(added, schools.roll)
    row[at + 1] = mean_where(added, partner)
    row[at + 2] = mean_where(added, originator)
    row[at + 3] = mean_where(added, neither)
    row[at + 4] = mean_where(added, needy)
    row[at + 5] = mean_where(added, well_off) - mean_where(added, schools.poor)
    row[at + 6] = spread(added)
    row[at + 7] = mean_where(schools.published, schools.roll)
    row[at + 8] = mean_where(schools.published, partner)
    row[at + 9] = mean_where(schools.published, well_off) - mean_where(schools.published, schools.poor)
    row[at + 10] = spread(schools.published)
    row[at + 11] = mean_where(changed, partner)
    row[at + 12] = mean_where(changed, originator)
    row[at + 13] = spread(schools.roll)
    row[at + 14] = dissimilarity(schools.poor, well_off)
    # Half the sum of distances between two shares, of the poor and of everybody (Gorard & Taylor 2002).
    row[_GORARD] = dissimilarity(schools.poor, schools.roll)


@compiled
def _teachers(schools: np.ndarray, teachers: np.ndarray, mastery: np.ndarray, harm: float, row: np.ndarray) -> None:
    number = teachers.shape[0]
    partner, originator = np.zeros(number), np.zeros(number)
    alone = 0
    held = np.zeros(mastery.shape[1], dtype=np.int32)
    for post in range(number):
        role = schools.role[teachers.school[post]]
        partner[post], originator[post] = role == 2, role == 1
        alone += 1 if teachers.pairs[post] == 0 and teachers.best_tie[post] < 0 else 0
        for one in range(mastery.shape[1]):
            held[one] += mastery[post, one] >= 0.5
    everyone = np.ones(number)
    at = _TEACHERS
    row[at] = harm * mean_where(teachers.out, everyone)
    row[at + 1] = mean_where(teachers.confidence, everyone)
    row[at + 2] = mean_where(teachers.confidence, partner)
    row[at + 3] = mean_where(teachers.confidence, originator)
    row[at + 4] = np.sum(held) / number
    row[at + 5] = np.sum(schools.originated) / schools.shape[0]
    row[at + 11] = alone / number
    novel, usual = 0, np.sum(held) / held.shape[0]
    for post in range(number):
        focus = teachers.focus[post]
        novel += 1 if focus >= 0 and held[focus] < usual else 0
    row[_POLICY + 1] = novel / number


@compiled
def _ties(schools: np.ndarray, ties: np.ndarray, partnerships: np.ndarray, row: np.ndarray) -> None:
    number = ties.shape[0]
    mean, alive, rival = np.zeros(number), np.zeros(number), np.zeros(number)
    active = np.zeros(number)
    for slot in range(partnerships.shape[0]):
        if partnerships.alive[slot]:
            active[partnerships.tie[slot]] = 1.0
    for tie in range(number):
        if ties.alive[tie]:
            mean[tie] = 0.5 * (ties.trust_ab[tie] + ties.trust_ba[tie])
            alive[tie] = 1.0
            rival[tie] = ties.rivalry[tie] >= 0.1
    at = _TRUST
    row[at] = mean_where(mean, alive)
    row[at + 1] = mean_where(mean, active)
    row[at + 2] = mean_where(mean, rival)
    row[at + 4] = 2.0 * np.sum(alive) / schools.shape[0]


@compiled
def _partnerships(ties: np.ndarray, partnerships: np.ndarray, step: int, row: np.ndarray) -> None:
    at = _COUNTS
    row[at : at + 7] = 0.0
    trust, age, engaged, courting, settled = 0.0, 0.0, 0.0, 0.0, 0.0
    for slot in range(partnerships.shape[0]):
        if not partnerships.alive[slot]:
            continue
        row[at] += 1.0
        row[at + 1 + partnerships.mode[slot]] += 1.0
        row[at + 6] += partnerships.programme[slot]
        age += step - partnerships.began[slot] + 1
        engaged += partnerships.engagement[slot]
        courting += 1.0 if partnerships.phase[slot] == 0 else 0.0
        settled += 1.0 if partnerships.phase[slot] == 3 else 0.0
        tie = partnerships.tie[slot]
        trust += ties.trust_ab[tie] if ties.a[tie] == partnerships.partner[slot] else ties.trust_ba[tie]
    row[at + 5] = age / row[at] if row[at] > 0.0 else np.nan
    row[at + 7] = engaged / row[at] if row[at] > 0.0 else np.nan
    row[_POLICY + 2] = courting / row[at] if row[at] > 0.0 else np.nan
    row[_POLICY + 3] = settled / row[at] if row[at] > 0.0 else np.nan
    row[_TRUST + 3] = trust / row[at] if row[at] > 0.0 else np.nan


@compiled
def _flows(hours: np.ndarray, pounds: np.ndarray, counts: np.ndarray, row: np.ndarray) -> None:
    at = _FLOWS
    row[at] = counts[accounts.TRANSFERS]
    row[at + 1] = counts[accounts.CREATED]
    row[at + 2] = counts[accounts.BEGUN]
    row[at + 3] = counts[accounts.ENDED]
    row[at + 4] = counts[accounts.DISCLOSED] / max(1.0, counts[accounts.FOCUSES])
    row[at + 5] = hours[accounts.JOINT]
    row[at + 6] = hours[accounts.TRAVEL]
    row[at + 7] = pounds[accounts.GRANTED]
    row[at + 8] = pounds[accounts.COVER]
    row[at + 9] = pounds[accounts.HOME]
    row[at + 10] = pounds[accounts.RETURNED]
    at = _POLICY + 4
    row[at] = counts[accounts.BIDS]
    row[at + 1] = counts[accounts.BIDS_WON_SKILL]
    row[at + 2] = counts[accounts.DRIFTED]
    row[at + 3] = counts[accounts.BLOCKED]
    row[at + 4] = counts[accounts.HEADS_TIES]
    row[at + 5] = counts[accounts.RESETS]
    row[at + 6] = counts[accounts.STOPPED]
    row[at + 7] = counts[accounts.STOPPED_WRONGLY]
    row[at + 8] = counts[accounts.TURNED]
    row[at + 9] = counts[accounts.AWARDS]
    row[at + 10] = counts[accounts.REQUESTS]
    row[at + 11] = counts[accounts.REQUESTS_COLD]
    row[at + 12] = hours[accounts.BIDDING]
    row[at + 13] = hours[accounts.INSPECTED]
    row[at + 14] = hours[accounts.EVALUATED]
    row[at + 15] = pounds[accounts.UNCLAIMED]
    row[at + 16] = pounds[accounts.EVALUATED]
    row[at + 17] = pounds[accounts.ACCREDITED] + pounds[accounts.TOLD]


@compiled
def measure(
    schools: np.ndarray, teachers: np.ndarray, mastery: np.ndarray, ties: np.ndarray, partnerships: np.ndarray,
    hours: np.ndarray, pounds: np.ndarray, counts: np.ndarray, scale: np.ndarray, step: int, row: np.ndarray,
) -> None:  # fmt: skip
    """Fill `row` (one place an outcome, in the catalogue's order) with the half-term just run.

    Args:
        schools: Columns of schools.
        teachers: Columns of teachers.
        mastery: (teacher, practice), 0..1.
        ties: Columns of ties.
        partnerships: Columns of partnerships.
        hours: Ledger of hours.
        pounds: Ledger of pounds.
        counts: Ledger of events.
        scale: Percentage points a pupil standard deviation, and cover harm (pp) an hour.
        step: Half-term.
        row: Filled in place.
    """
    _schools(schools, scale[0], row)
    _teachers(schools, teachers, mastery, scale[1], row)
    _ties(schools, ties, partnerships, row)
    _partnerships(ties, partnerships, step, row)
    _flows(hours, pounds, counts, row)
    row[_POLICY] = np.mean(schools.felt)
