"""The story of a school: with whom it works, what it wears, who heads it, and how it does."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from schoolsim.parameters.errors import UserError
from schoolsim.rules.codes import CREATION, EXCHANGE, ORIGINATOR, PARTNER, PRIMARY, SECONDARY
from schoolsim.stories import names
from schoolsim.system.simulation import Simulation

GRADES: Final = {1: "outstanding", 2: "good", 3: "in need of improvement", 4: "failing"}
TOLD_RESULTS: Final = 1.0  # percentage points of published results from which a change is told
TOLD_ROLL: Final = 0.03  # share of the roll
FAR: Final = 0.75  # standard deviations from which results are called high or low
PHASES: Final = {PRIMARY: "primary", SECONDARY: "secondary"}


@dataclass(frozen=True)
class Work:
    """A partnership as one of its schools sees it: by which mode, and whether it passes practice on or learns."""

    mode: int
    originating: bool


@dataclass(frozen=True)
class Moment:
    """Every school after a half-term, a row a school; `work` and `hostile` by school and the other school."""

    columns: dict[str, np.ndarray]
    work: dict[int, dict[int, Work]]
    hostile: dict[int, frozenset[int]]


class SchoolWatch:
    """Every school of a run."""

    picked = "of those that worked with others, the one with a middling number of partners"
    _COLUMNS = ("roll", "poor", "staff", "published", "standing", "badge", "closed", "tone", "role", "grade",
                "head_since", "phase")  # fmt: skip

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._moments: dict[int, Moment] = {}
        self._rows: dict[int, int] = {}
        self._names: list[str] = []
        self._partners: dict[int, set[int]] = {}

    def look(self, run: Simulation, half_term: int) -> None:
        """Note every school."""
        state, table, ties = run.state, run.state.partnerships, run.state.ties
        if not self._names:
            self._names = [names.school(state, row) for row in range(len(state.schools))]
            self._rows = {uid: row for row, uid in enumerate(state.schools.uid.tolist())}
        work: dict[int, dict[int, Work]] = {}
        for slot in np.flatnonzero(table.alive == 1):
            giver, learner, mode = int(table.originator[slot]), int(table.partner[slot]), int(table.mode[slot])
            work.setdefault(giver, {})[learner] = Work(mode, True)
            work.setdefault(learner, {})[giver] = Work(mode, False)
            self._partners.setdefault(giver, set()).add(learner)
            self._partners.setdefault(learner, set()).add(giver)
        hostile: dict[int, set[int]] = {}
        for tie in np.flatnonzero((ties.alive == 1) & (ties.hostile == 1)):
            hostile.setdefault(int(ties.a[tie]), set()).add(int(ties.b[tie]))
            hostile.setdefault(int(ties.b[tie]), set()).add(int(ties.a[tie]))
        self._moments[half_term] = Moment(
            {name: getattr(state.schools, name).copy() for name in self._COLUMNS},
            work,
            {row: frozenset(others) for row, others in hostile.items()},
        )

    def pick(self, which: int | None) -> int:
        """The one asked for by its URN, or one of the middle."""
        if which is not None:
            if which not in self._rows:
                raise UserError(f"there is no school {which} in this run: a school is asked for by its URN.")
            return which
        number = {uid: len(self._partners.get(row, ())) for uid, row in self._rows.items()}
        chosen = {uid: partners for uid, partners in number.items() if partners > 0} or number
        middle = median(chosen.values())
        return min(chosen, key=lambda uid: (abs(chosen[uid] - middle), uid))

    def title(self, number: int) -> str:
        """Its name."""
        return f"{self._names[self._rows[number]]} (school {number})"

    def tell(self, number: int) -> dict[int, list[str]]:
        """From the first half-term to the last."""
        row = self._rows[number]
        lines_at: dict[int, list[str]] = {}
        before: Moment | None = None
        last = {"published": 0.0, "roll": 0.0}
        for step, now in self._moments.items():
            lines = self._beginning(now, row) if before is None else self._changes(before, now, row, step)
            lines += self._work(before, now, row)
            lines += self._numbers(now, row, last, first=before is None)
            lines_at[step] = lines
            before = now
        return lines_at

    def _beginning(self, now: Moment, row: int) -> list[str]:
        cells = {name: float(column[row]) for name, column in now.columns.items()}
        phase = PHASES.get(int(cells["phase"]), "special")
        results = "about the middle of"
        if abs(cells["standing"]) >= FAR:
            results = "well above" if cells["standing"] > 0 else "well below"
        lines = [
            f"A {phase} school of {cells['roll']:.0f} pupils and {names.number_of(int(cells['staff']), 'teacher')}; "
            f"{cells['poor'] / cells['roll']:.0%} of pupils have free school meals.",
            f"Its published results are {results} its phase's.",
            f"The head is open to learning from other schools to {cells['tone']:.2f} of 1.",
        ]
        return lines + self._standing(None, now, row)

    def _changes(self, before: Moment, now: Moment, row: int, step: int) -> list[str]:
        lines = []
        if int(now.columns["head_since"][row]) == step - 1:
            lines.append(f"It has a new head, open to learning from others to {now.columns['tone'][row]:.2f} of 1.")
        if now.columns["grade"][row] != before.columns["grade"][row]:
            lines.append(f"Inspectors call it {GRADES.get(int(now.columns['grade'][row]), 'unjudged')}.")
        for other in sorted(now.hostile.get(row, frozenset()) - before.hostile.get(row, frozenset())):
            lines.append(f"It has fallen out with {self._names[other]}.")
        return lines + self._standing(before, now, row)

    def _standing(self, before: Moment | None, now: Moment, row: int) -> list[str]:
        """Badge, gate and programme, where they are other than they were; at first, other than nothing."""
        was = {name: 0.0 if before is None else float(before.columns[name][row]) for name in _SAID}
        lines = []
        for name, words in _SAID.items():
            cell = float(now.columns[name][row])
            if (cell > 0) != (was[name] > 0):
                lines.append(words[cell > 0])
        role = int(now.columns["role"][row])
        if role != (0 if before is None else int(before.columns["role"][row])):
            lines.append(_ROLES[role])
        return lines

    def _work(self, before: Moment | None, now: Moment, row: int) -> list[str]:
        was, work = {} if before is None else before.work.get(row, {}), now.work.get(row, {})
        lines = []
        for other in sorted(work.keys() - was.keys()):
            one, name = work[other], self._names[other]
            together = one.mode in (EXCHANGE, CREATION)
            does = "work with" if together else "pass practice on to" if one.originating else "learn from"
            lines.append(f"It begins to {does} {name}, by {names.MODES[one.mode]}.")
        for other in sorted(work.keys() & was.keys()):
            if work[other].mode != was[other].mode:
                lines.append(f"The work with {self._names[other]} turns to {names.MODES[work[other].mode]}.")
        over = [self._names[other] for other in sorted(was.keys() - work.keys())]
        if over:
            lines.append(f"The work with {' and '.join(over)} is over.")
        return lines

    def _numbers(self, now: Moment, row: int, last: dict[str, float], *, first: bool) -> list[str]:
        """Results and roll, where they have moved since they were last told."""
        published, roll = float(now.columns["published"][row]), float(now.columns["roll"][row])
        lines = []
        if not first and abs(published - last["published"]) >= TOLD_RESULTS:
            way = "rise" if published > last["published"] else "fall"
            lines.append(f"Published results {way} to {published:.1f} points.")
            last["published"] = published
        if not first and abs(roll - last["roll"]) >= TOLD_ROLL * last["roll"]:
            lines.append(f"The roll {'rises' if roll > last['roll'] else 'falls'} to {roll:.0f} pupils.")
            last["roll"] = roll
        if first:
            last.update(published=published, roll=roll)
        return lines


_SAID: Final = {
    "badge": ("It no longer wears a badge.", "It wears a badge."),
    "closed": ("The head opens the gate to other schools.", "The head keeps the gate shut to other schools."),
}
_ROLES: Final = {
    0: "It is in no programme any more.",
    ORIGINATOR: "It is in a programme, as one that passes practice on.",
    PARTNER: "It is in a programme, as a partner.",
}
