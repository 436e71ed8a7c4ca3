"""Outcomes of practice, joint work and teachers: what staff are like, and what they come to share."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.outcomes import ledger as accounts
from schoolsim.outcomes.catalog import PLACE

_FIRST = PLACE["learning.mean"]
_FLOWS = PLACE["hours.developing"]


@compiled
def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """How alike two repertoires are, 0 (nothing in common) to 1: what both hold over what either holds."""
    both, either = 0.0, 0.0
    for place in range(one.shape[0]):
        both += min(one[place], other[place])
        either += max(one[place], other[place])
    return both / either if either > 0.0 else 1.0


@compiled
def measure_teaching(
    practices: np.ndarray, schools: np.ndarray, repertoire: np.ndarray, teachers: np.ndarray,
    partnerships: np.ndarray, hours: np.ndarray, row: np.ndarray,
) -> None:  # fmt: skip
    """Fill the places of `row` that belong to this file, from `learning.mean` on.

    Args:
        practices: Columns of practices.
        schools: Columns of schools.
        repertoire: (school, practice) mean mastery, 0..1.
        teachers: Columns of teachers.
        partnerships: Columns of partnerships.
        hours: Ledger of hours.
        row: Filled in place.
    """
    at, number = _FIRST, teachers.shape[0]
    row[at : at + 8] = 0.0
    for post in range(number):
        row[at] += teachers.learning[post] / number
        row[at + 1] += teachers.transfer[post] / number
        row[at + 2] += teachers.load[post] / number
        row[at + 3] += teachers.dependence[post] / number
    for school in range(schools.shape[0]):
        row[at + 4] += schools.guardians[school] / schools.shape[0]
    alive, known = 0.0, 0.0
    for one in range(practices.shape[0]):
        if practices.alive[one]:
            row[at + 5] += practices.evidence[one]
            known += 1.0
    row[at + 5] /= max(1.0, known)
    for slot in range(partnerships.shape[0]):
        if partnerships.alive[slot]:
            alive += 1.0
            row[at + 6] += likeness(repertoire[partnerships.originator[slot]], repertoire[partnerships.partner[slot]])
            row[at + 7] += partnerships.own_need[slot]
    row[at + 6] = row[at + 6] / alive if alive > 0.0 else np.nan
    row[at + 7] = row[at + 7] / alive if alive > 0.0 else np.nan
    row[_FLOWS] = hours[accounts.DEVELOPING]
    row[_FLOWS + 1] = hours[accounts.FOLLOWING]
    row[_FLOWS + 2] = hours[accounts.COACHING]
