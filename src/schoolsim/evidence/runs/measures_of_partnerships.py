"""Probes of partnerships and ties: what lasts, who asks, who works with whom."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from schoolsim.evidence.runs.measures import Looking, year_ended
from schoolsim.rules.codes import PRIMARY, SECONDARY
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import ledger

FAR_MILES = 5.0


def share(part: float, whole: float) -> float:
    """A share, NaN of nothing."""
    return part / whole if whole > 0 else float("nan")


class Survival(Looking):
    """Which partnerships at work at the end of a year are at work a year later."""

    measures: ClassVar = {
        "kept.all": "share of partnerships at work at the end of a year that are at work a year later",
        "kept.programme": "the same, of the programme's partnerships",
        "kept.far": f"the same, between schools more than {FAR_MILES:g} miles apart",
        "reciprocity.programme": "evenness of help (smaller over larger) in the programme's partnerships, mean",
        "carried.originator": "partnerships at work that an originating school of the programme carries, mean",
    }

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._seen: dict[int, dict[str, set[int]]] = {}
        self._told: dict[str, float] = {}

    def after(self, run: Simulation, step: int) -> None:
        """At the end of a year, note who works together."""
        year = year_ended(step)
        if year is None:
            return
        works = run.state.partnerships
        rows = np.flatnonzero(works.alive)
        programme = rows[works.programme[rows] == 1]
        far = rows[run.state.ties.miles[works.tie[rows]] > FAR_MILES]
        self._seen[year] = {
            "kept.all": set(works.uid[rows].tolist()),
            "kept.programme": set(works.uid[programme].tolist()),
            "kept.far": set(works.uid[far].tolist()),
        }
        given, returned = works.given[programme], works.returned[programme]
        larger = np.maximum(given, returned)
        even = np.minimum(given, returned)[larger > 0] / larger[larger > 0]
        self._told[f"reciprocity.programme@{year}"] = float(even.mean()) if len(even) else float("nan")
        originators = np.flatnonzero(run.state.schools.role == 1)
        carried = np.isin(works.originator[rows], originators).sum()
        self._told[f"carried.originator@{year}"] = share(float(carried), float(len(originators)))

    def results(self) -> dict[str, float]:
        """Shares kept, by the year they are counted from."""
        told = dict(self._told)
        for year, groups in self._seen.items():
            if year + 1 in self._seen:
                later = self._seen[year + 1]["kept.all"]
                told |= {f"{name}@{year}": share(len(uids & later), len(uids)) for name, uids in groups.items()}
        return told


class Asking(Looking):
    """Approaches between schools, warm and cold, and how tasks end; over the policy's years together."""

    measures: ClassVar = {
        "asking.warm": "share of approaches over an existing tie that are accepted",
        "asking.cold": "share of approaches to strangers that are accepted",
        "asking.first": "half-term of the policy in which the first practice passes between schools",
        "task.outlived": "share of partnerships that go on when their task is done",
    }

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._counts = np.zeros(ledger.ROWS)
        self._first = float("nan")
        self._steps = 0

    def after(self, run: Simulation, step: int) -> None:
        """Add the half-term's counts."""
        self._counts += run.state.ledger.counts
        self._steps = step + 1
        if np.isnan(self._first) and self._counts[ledger.TRANSFERS] > 0:
            self._first = float(step)

    def results(self) -> dict[str, float]:
        """Shares over the whole policy; a first transfer that never came counts as the end of the run."""
        counts = self._counts
        cold, cold_yes = counts[ledger.APPROACHES_COLD], counts[ledger.ACCEPTED_COLD]
        return {
            "asking.warm": share(counts[ledger.ACCEPTED] - cold_yes, counts[ledger.APPROACHES] - cold),
            "asking.cold": share(cold_yes, cold),
            "asking.first": float(self._steps) if np.isnan(self._first) else self._first,
            "task.outlived": share(counts[ledger.OUTLIVED], counts[ledger.TASKS_DONE]),
        }


class Mix(Looking):
    """Trust and joint work by phase and distance, mean over the policy's years."""

    measures: ClassVar = {
        "mix.trust_across": "trust on ties between a secondary and a primary school, mean",
        "mix.trust_secondary": "trust on ties between two secondary schools, mean",
        "mix.across": "partnerships over ties between a secondary and a primary school, per tie",
        "mix.secondary": "partnerships over ties between two secondary schools, per tie",
        "mix.miles_secondary": "miles between secondary schools that work together, mean",
    }

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._rows: list[list[float]] = []

    def after(self, run: Simulation, step: int) -> None:
        """Note trust by kind of tie."""
        ties, phase, works = run.state.ties, run.state.schools.phase, run.state.partnerships
        rows = np.flatnonzero(ties.alive)
        one, two = phase[ties.a[rows]], phase[ties.b[rows]]
        across = ((one == SECONDARY) & (two == PRIMARY)) | ((one == PRIMARY) & (two == SECONDARY))
        same = (one == SECONDARY) & (two == SECONDARY)
        trust = 0.5 * (ties.trust_ab + ties.trust_ba)[rows]
        at_work = np.isin(rows, works.tie[works.alive == 1])
        miles = ties.miles[rows[same & at_work]]
        self._rows.append([
            _mean(trust[across]), _mean(trust[same]), _mean(at_work[across]), _mean(at_work[same]), _mean(miles)
        ])  # fmt: skip

    def results(self) -> dict[str, float]:
        """Means over half-terms in which there was such a tie."""
        table = np.array(self._rows)
        return {name: _mean(column[~np.isnan(column)]) for name, column in zip(self.measures, table.T, strict=True)}


def _mean(values: np.ndarray) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
