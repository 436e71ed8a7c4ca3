"""Probes of schools and staffs as such: how far they differ, how long it lasts, what recruits lack."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from schoolsim.evidence.runs.measures import year_ended
from schoolsim.rules.codes import SECONDARY
from schoolsim.system.simulation import Simulation

NOVICE, SEASONED = 2.0, 5.0  # years of service, less than and from
WEAKEST = 0.25
RELIABILITY = 0.94  # of Progress 8: share of its variance between schools that is not sampling error


class Spread:
    """How schools differ in what they add, and how that moves from year to year."""

    measures: ClassVar = {
        "schools.spread": "standard deviation between secondary schools of what they add, pupil sd",
        "schools.persistence": "correlation of what secondary schools add with that of the year before",
        "schools.two_years": "spread of two-year change in what secondary schools add, relative to that of one-year "
        "change, both as Progress 8 would show it",
        "teachers.novice_gap": "teaching of staff of five years and more less that of staff in their first two, "
        "pupil sd",
        "weakest.published": "change a year in results of the quarter with the lowest first results less that of "
        "all, pp",
    }

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._added: list[np.ndarray] = []
        self._published: list[np.ndarray] = []
        self._told: dict[str, float] = {}

    def before(self, run: Simulation) -> None:
        """Note where schools stand as the policy begins."""
        if not self._added:
            self._note(run)

    def after(self, run: Simulation, step: int) -> None:
        """At the end of a year, compare with the years before."""
        year = year_ended(step)
        if year is None:
            return
        self._note(run)
        schools, teachers = run.state.schools, run.state.teachers
        inside = schools.phase == SECONDARY
        now, last = self._added[-1][inside], self._added[-2][inside]
        self._told[f"schools.spread@{year}"] = float(now.std(ddof=1))
        self._told[f"schools.persistence@{year}"] = float(np.corrcoef(now, last)[0, 1])
        if year >= 2:
            self._told[f"schools.two_years@{year}"] = _two_years(np.stack(self._added)[:, inside])
        novice, seasoned = teachers.years < NOVICE, teachers.years >= SEASONED
        if novice.any() and seasoned.any():
            gap = teachers.effect[seasoned].mean() - teachers.effect[novice].mean()
            self._told[f"teachers.novice_gap@{year}"] = float(gap)
        change = (self._published[-1] - self._published[0]) / year
        weakest = self._published[0] <= np.quantile(self._published[0], WEAKEST)
        self._told[f"weakest.published@{year}"] = float(change[weakest].mean() - change.mean())

    def _note(self, run: Simulation) -> None:
        schools = run.state.schools
        self._added.append(schools.progress.copy())
        self._published.append(schools.published.copy())

    def results(self) -> dict[str, float]:
        """By year."""
        return self._told


def _two_years(added: np.ndarray) -> float:
    """Spread of two-year change over that of one-year change, the error of two measurements in each.

    Args:
        added: (year, school) what schools add, without error.
    """
    error = 2.0 * float(added.var(axis=1).mean()) * (1.0 - RELIABILITY) / RELIABILITY
    one, two = np.diff(added, axis=0).var(axis=1).mean(), (added[2:] - added[:-2]).var(axis=1).mean()
    return float(np.sqrt((two + error) / (one + error)))
