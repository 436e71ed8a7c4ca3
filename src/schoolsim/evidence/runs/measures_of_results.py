"""Probes of results: named stories (a supported school, a department), the gap, and what a statistician would see."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import stats

from schoolsim.evidence.runs.measures import year_ended
from schoolsim.rules.codes import ADVANCED, SECONDARY
from schoolsim.system.simulation import Simulation

DEPARTMENT_NOISE = 4.7  # pp of a year's result, as a school's (TES 1997); a department's cohort is the school's


class Stories:
    """Changes since the policy began, at the end of each year."""

    measures: ClassVar = {
        "story.supported": "change in published result of the partner school the run has most strands for, pp",
        "story.supporters": "change of what teaching adds in originating schools, pp",
        "story.department": "change in a department's result in the largest secondary partner school, pp, with luck",
        "story.thirds": "what teaching adds in the third of schools with the best first results less the worst, pp",
        "story.seen": "1 where a t test (.05) of change in results tells partners from schools outside, else 0",
    }

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._begun = False
        self._told: dict[str, float] = {}

    def before(self, run: Simulation) -> None:
        """Remember where schools stood."""
        if self._begun:
            return
        self._begun = True
        schools = run.state.schools
        self._published, self._progress = schools.published.copy(), schools.progress.copy()
        self._effect = run.state.teachers.effect.copy()
        ranks = np.argsort(np.argsort(self._published, kind="stable"), kind="stable") / len(self._published)
        self._thirds = np.where(ranks < 1 / 3, -1, np.where(ranks >= 2 / 3, 1, 0))

    def after(self, run: Simulation, step: int) -> None:
        """At the end of a year, compare."""
        year = year_ended(step)
        if year is None:
            return
        schools, points = run.state.schools, run.parameters.result_points
        role, change = schools.role, schools.published - self._published
        taught = points * (schools.progress - self._progress)
        progress = points * schools.progress
        best, worst = progress[self._thirds == 1].mean(), progress[self._thirds == -1].mean()
        self._told[f"story.thirds@{year}"] = float(best - worst)
        partners, outside = np.flatnonzero(role == 2), np.flatnonzero(role == 0)
        if (role == 1).any():
            self._told[f"story.supporters@{year}"] = float(taught[role == 1].mean())
        if len(partners):
            works = run.state.partnerships
            strands = np.bincount(works.partner[works.alive == 1], minlength=len(role))
            most = partners[np.argmax(strands[partners])]
            self._told[f"story.supported@{year}"] = float(change[most])
            self._department(run, partners, year, points)
        if len(partners) > 2 and len(outside) > 2:
            found = stats.ttest_ind(change[partners], change[outside], equal_var=False)
            self._told[f"story.seen@{year}"] = float(found.pvalue < 0.05 and found.statistic > 0)

    def _department(self, run: Simulation, partners: np.ndarray, year: int, points: float) -> None:
        schools, teachers = run.state.schools, run.state.teachers
        upper = partners[schools.phase[partners] == SECONDARY]
        if len(upper) == 0:
            return
        school = upper[np.argmax(schools.roll[upper])]
        posts = np.arange(schools.first[school], schools.past[school])
        advanced = posts[teachers.role[posts] == ADVANCED]
        at = teachers.department[advanced[0]] if len(advanced) else teachers.department[posts[0]]
        inside = posts[teachers.department[posts] == at]
        change = points * float((teachers.effect[inside] - self._effect[inside]).mean())
        # The model has no results by department: two years' luck is put on what teaching changed.
        luck = np.random.default_rng((run.clock.seed, year)).normal(0.0, DEPARTMENT_NOISE * np.sqrt(2.0))
        self._told[f"story.department@{year}"] = change + float(luck)

    def results(self) -> dict[str, float]:
        """By year."""
        return self._told
