"""Probes of learning: what learners reach, how it depends on the gap and the fit, and what is kept."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from schoolsim.evidence.runs.measures import Looking, year_ended
from schoolsim.system.simulation import Simulation

KNOWN = 0.2  # mean mastery of a staff that counts as a practice the school holds


class Learners(Looking):
    """Those who learn in the programme's partnerships, and the practices they work on; end of the run."""

    measures: ClassVar = {
        "learners.routine": "share of learners (and focuses) who use the practice routinely at the end",
        "learners.mastery": "mastery at the end of what they worked on, mean",
        "learners.realised": "what it gives at home: mastery less what is lost for want of tuning, mean",
        "learners.an_hour": "the same, for each hour of joint work of a pair",
        "learners.effect": "change of effect on their classes, less that of other teachers, pp",
        "givers.effect": "the same for those they learn from",
    }

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._met: dict[tuple[int, int, int], float] = {}
        self._givers: set[tuple[int, int]] = set()
        self._start: np.ndarray | None = None
        self._told: dict[str, float] = {}

    def before(self, run: Simulation) -> None:
        """Remember what classes gained before anything of the programme was learnt."""
        if self._start is None:
            self._start = run.state.teachers.effect.copy()
            self._uids = run.state.teachers.uid.copy()

    def after(self, run: Simulation, step: int) -> None:
        """Note who worked on what."""
        state, works = run.state, run.state.partnerships
        for slot in np.flatnonzero((works.alive == 1) & (works.programme == 1) & (works.hours > 0)):
            focus = int(works.focus[slot])
            for giver, learner in zip(works.giver[slot], works.learner[slot], strict=True):
                if giver >= 0 and learner >= 0:
                    key = (int(learner), int(state.teachers.uid[learner]), focus)
                    self._met[key] = self._met.get(key, 0.0) + float(works.hours[slot])
                    self._givers.add((int(giver), int(state.teachers.uid[giver])))
        year = year_ended(step)
        if year is not None:
            self._tell(run, year)

    def _tell(self, run: Simulation, year: int) -> None:
        teachers, knowledge, practices = run.state.teachers, run.state.knowledge, run.state.practices
        there = [key for key in self._met if teachers.uid[key[0]] == key[1]]
        if not there:
            return
        posts, focus = np.array([k[0] for k in there]), np.array([k[2] for k in there])
        hours = np.array([self._met[key] for key in there])
        mastery = knowledge.mastery[posts, focus].astype(float)
        strange = run.state.repertoires.distance[teachers.school[posts], focus].astype(float)
        untuned = 1.0 - knowledge.tuning[posts, focus].astype(float)
        realised = mastery * (1.0 - practices.dependence[focus] * strange * untuned)
        self._told |= {
            f"learners.routine@{year}": float((mastery >= run.parameters.learning_routine).mean()),
            f"learners.mastery@{year}": float(mastery.mean()),
            f"learners.realised@{year}": float(realised.mean()),
            f"learners.an_hour@{year}": float(realised.sum() / max(1e-9, hours.sum())),
        }
        assert self._start is not None
        stayed = teachers.uid == self._uids
        change = (teachers.effect - self._start) * run.parameters.result_points
        learning, giving = np.zeros(len(stayed), dtype=bool), np.zeros(len(stayed), dtype=bool)
        learning[posts] = True
        giving[[post for post, uid in self._givers if teachers.uid[post] == uid]] = True
        others = stayed & ~learning & ~giving
        for name, group in (("learners.effect", learning & stayed), ("givers.effect", giving & stayed)):
            if group.any() and others.any():
                self._told[f"{name}@{year}"] = float(change[group].mean() - change[others].mean())

    def results(self) -> dict[str, float]:
        """By year."""
        return self._told


class Zone:
    """How much partnerships learn in an hour by the gap between the two, over the policy's years."""

    measures: ClassVar = {
        "zone.near": "mastery gained in an hour at gaps below .15, relative to the mean",
        "zone.middle": "the same at gaps from .3 to .6",
        "zone.far": "the same at gaps above .75",
        "zone.peak": "gap at which a parabola through all is highest",
        "zone.peak_confident": "the same where the learners' school is more confident than the median",
        "zone.peak_diffident": "the same where it is less confident",
        "fit.effect": "mastery gained in a half-term for a standard deviation of fit of values and kind, in its own sd",
        "fit.hours": "the same for a standard deviation of hours",
        "fit.once": "mastery gained in the first half-term together where fit is in its upper third",
    }

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._rows: list[tuple[float, ...]] = []
        self._gaps: dict[tuple[int, int], tuple[float, float]] = {}

    def before(self, run: Simulation) -> None:
        """Note gaps and fit as the half-term begins."""
        works, mastery = run.state.partnerships, run.state.knowledge.mastery
        self._gaps = {}
        for slot in np.flatnonzero(works.alive):
            giver, learner = works.giver[slot], works.learner[slot]
            pairs = (giver >= 0) & (learner >= 0)
            if pairs.any():
                focus = works.focus[slot]
                gaps = mastery[giver[pairs], focus] - mastery[learner[pairs], focus]
                kind = run.state.practices.kind[focus]
                fit = 1.0 - np.abs(run.state.teachers.values[learner[pairs]] - kind)
                self._gaps[int(slot), int(works.uid[slot])] = (float(gaps.mean()), float(fit.mean()))

    def after(self, run: Simulation, step: int) -> None:
        """Note what was gained."""
        works, schools = run.state.partnerships, run.state.schools
        for (slot, uid), (gap, fit) in self._gaps.items():
            if works.uid[slot] == uid and works.hours[slot] > 0.0:
                hours, gain = float(works.hours[slot]), float(works.gain[slot])
                first = float(step - works.began[slot] <= 1)
                self._rows.append((gap, gain / hours, schools.confidence[works.partner[slot]], fit, hours, gain, first))

    def results(self) -> dict[str, float]:
        """Fewer than thirty partnership half-terms tell nothing."""
        if len(self._rows) < 30:
            return {}
        gap, rate, confidence, fit, hours, gain, first = np.array(self._rows).T
        mean = max(1e-12, float(rate.mean()))
        told = {
            "zone.near": _binned(rate, gap < 0.15) / mean,
            "zone.middle": _binned(rate, (gap >= 0.3) & (gap < 0.6)) / mean,
            "zone.far": _binned(rate, gap >= 0.75) / mean,
            "zone.peak": _peak(gap, rate),
        }
        sure = confidence > np.median(confidence)
        told["zone.peak_confident"] = _peak(gap[sure], rate[sure])
        told["zone.peak_diffident"] = _peak(gap[~sure], rate[~sure])
        columns = np.column_stack([np.ones(len(gain)), _scaled(fit), _scaled(hours)])
        slopes = np.linalg.lstsq(columns, _scaled(gain), rcond=None)[0]
        told["fit.effect"], told["fit.hours"] = float(slopes[1]), float(slopes[2])
        told["fit.once"] = _binned(gain, (first > 0) & (fit >= np.quantile(fit, 2 / 3)))
        return told


class Kept(Looking):
    """What schools still hold of what they held at the end of the policy's second year, and who uses what."""

    measures: ClassVar = {
        "held.share": "mean mastery left of practices a school held at the end of the second year",
        "used.enterprising": "practices in routine use, teachers in the upper third of enterprise, mean",
        "used.diffident": "practices in routine use, teachers in the lower third of enterprise, mean",
    }

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._held: np.ndarray | None = None
        self._told: dict[str, float] = {}

    def after(self, run: Simulation, step: int) -> None:
        """At the end of a year, compare."""
        year = year_ended(step)
        if year is None:
            return
        now = run.state.repertoires.mastery.astype(float)
        if year == 2:
            self._held = now.copy()
        if year > 2 and self._held is not None:
            known = self._held >= KNOWN
            self._told[f"held.share@{year}"] = float(now[known].sum() / self._held[known].sum())
        enterprise = run.state.teachers.enterprise
        used = (run.state.knowledge.mastery >= run.parameters.learning_routine).sum(axis=1)
        low, high = np.quantile(enterprise, [1 / 3, 2 / 3])
        self._told[f"used.enterprising@{year}"] = float(used[enterprise >= high].mean())
        self._told[f"used.diffident@{year}"] = float(used[enterprise <= low].mean())

    def results(self) -> dict[str, float]:
        """By year."""
        return self._told


def _binned(values: np.ndarray, inside: np.ndarray) -> float:
    return float(values[inside].mean()) if inside.sum() >= 5 else float("nan")


def _peak(gap: np.ndarray, rate: np.ndarray) -> float:
    square, slope, _ = np.polyfit(gap, rate, 2)
    return float(np.clip(-slope / (2.0 * square), 0.0, 1.0)) if square < 0 else float("nan")


def _scaled(values: np.ndarray) -> np.ndarray:
    return np.asarray((values - values.mean()) / max(1e-12, float(values.std())))
