"""The story of a teacher: whom they work with, what they learn and keep, and where they go."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from schoolsim.parameters.errors import UserError
from schoolsim.stories import names
from schoolsim.system.simulation import Simulation

ROUTINE: Final = 0.5
CONFIDENT: Final = 0.05  # change of confidence from which it is told
LEARNT: Final = 0.15  # change of mastery from which it is told


@dataclass(frozen=True)
class Seen:
    """A teacher after a half-term."""

    school: int
    place: str
    role: str
    years: float
    confidence: float
    routine: frozenset[int]
    focus: int
    hours_out: float
    colleagues: frozenset[int]
    gives: bool
    learns: int
    mastered: float
    friends: int


@dataclass(frozen=True)
class Moment:
    """Everybody after a half-term: columns as they were, a row a post, from which one person's story is told.

    Args:
        post: Of each person.
        mastery: (post, practice).
        colleagues: Whom each person works with in a pair.
        giving: Who passes practice on.
        learning: The practice that each learner in a pair is after.
    """

    post: dict[int, int]
    school: np.ndarray
    role: np.ndarray
    years: np.ndarray
    confidence: np.ndarray
    mastery: np.ndarray
    focus: np.ndarray
    hours_out: np.ndarray
    friends: np.ndarray
    colleagues: dict[int, frozenset[int]]
    giving: frozenset[int]
    learning: dict[int, int]


class TeacherWatch:
    """Everybody who is ever in a pair, and if nobody is, everybody."""

    picked = "of those who learnt in a partnership, the one who took up the middling number of practices"

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._moments: dict[int, Moment] = {}
        self._learners: set[int] = set()
        self._practices: dict[int, str] = {}
        self._places: list[str] = []
        self._last = 0

    def look(self, run: Simulation, half_term: int) -> None:
        """Note every teacher."""
        state, table = run.state, run.state.partnerships
        self._last = half_term
        teachers, known = state.teachers, state.knowledge.mastery
        partners: dict[int, set[int]] = {}
        giving: set[int] = set()
        learning: dict[int, int] = {}
        for slot in np.flatnonzero(table.alive == 1):
            for giver, learner in zip(table.giver_uid[slot], table.learner_uid[slot], strict=True):
                if giver > 0 and learner > 0:
                    partners.setdefault(int(giver), set()).add(int(learner))
                    partners.setdefault(int(learner), set()).add(int(giver))
                    giving.add(int(giver))
                    learning[int(learner)] = int(table.focus[slot])
                    self._learners.add(int(learner))
        friends = np.bincount(
            np.concatenate([state.friends.a[state.friends.alive == 1], state.friends.b[state.friends.alive == 1]]),
            minlength=len(teachers),
        )
        for practice in range(known.shape[1]):
            self._practices[practice] = names.practice(state, practice)
        if not self._places:
            self._places = [names.school(state, row) for row in range(len(state.schools))]
        self._moments[half_term] = Moment(
            {uid: post for post, uid in enumerate(teachers.uid.tolist())},
            teachers.school.copy(), teachers.role.copy(), teachers.years.copy(), teachers.confidence.copy(),
            known.copy(), teachers.focus.copy(), teachers.hours_out.copy(), friends,
            {uid: frozenset(others) for uid, others in partners.items()}, frozenset(giving), learning,
        )  # fmt: skip

    def _history(self, uid: int) -> dict[int, Seen]:
        """One person by half-term, as long as they were in a post."""
        return {
            step: self._seen(moment, moment.post[uid], uid)
            for step, moment in self._moments.items()
            if uid in moment.post
        }

    def _seen(self, moment: Moment, post: int, uid: int) -> Seen:
        school, learns = int(moment.school[post]), moment.learning.get(uid, -1)
        return Seen(
            school, self._places[school], names.role(int(moment.role[post])), float(moment.years[post]),
            float(moment.confidence[post]), frozenset(np.flatnonzero(moment.mastery[post] >= ROUTINE).tolist()),
            int(moment.focus[post]), float(moment.hours_out[post]), moment.colleagues.get(uid, frozenset()),
            uid in moment.giving, learns, float(moment.mastery[post, learns]) if learns >= 0 else 0.0,
            int(moment.friends[post]),
        )  # fmt: skip

    def pick(self, which: int | None) -> int:
        """The one asked for, or one of the middle."""
        if which is not None:
            if not any(which in moment.post for moment in self._moments.values()):
                raise UserError(f"there is no teacher {which} in this run.")
            return which
        everybody = {uid for moment in self._moments.values() for uid in moment.post}
        stayed = {uid: self._history(uid) for uid in self._learners}
        stayed = {uid: seen for uid, seen in stayed.items() if len(seen) > 1}
        chosen = stayed or {uid: self._history(uid) for uid in everybody}
        gained = {uid: len(_last(seen).routine - _first(seen).routine) for uid, seen in chosen.items()}
        middle = median(gained.values())
        return min(gained, key=lambda uid: (abs(gained[uid] - middle), -len(chosen[uid]), uid))

    def title(self, number: int) -> str:
        """Name, role and school."""
        first = _first(self._history(number))
        return f"{names.person(number)}, {first.role} at {first.place} (teacher {number})"

    def tell(self, number: int) -> dict[int, list[str]]:
        """From the first half-term to the last, or till they leave."""
        seen = self._history(number)
        lines_at: dict[int, list[str]] = {}
        before: Seen | None = None
        confidence, mastered, they = -1.0, 0.0, names.pronoun(number).capitalize()
        for step, now in seen.items():
            lines = [] if before is not None else [self._beginning(now, they)]
            if before is not None:
                lines += self._changes(before, now, they)
            if now.learns >= 0:
                anew, practice = before is None or now.learns != before.learns, self._practices[now.learns]
                if anew or abs(now.mastered - mastered) >= LEARNT:
                    mastered = now.mastered
                    begins = f"What they work on is {practice}, which {they.lower()} masters"
                    lines.append(f"{begins if anew else f'{they} now masters {practice}'} to {mastered:.2f} of 1.")
            if abs(now.confidence - confidence) >= CONFIDENT:
                lines.append(f"Confidence that there is something to share: {now.confidence:.2f} of 1.")
                confidence = now.confidence
            lines_at[step] = lines
            before = now
        if max(seen) < self._last:
            leaving = f"{they} has left for another job."
            lines_at.setdefault(max(seen) + 1, []).append(leaving)
        else:
            last = _last(seen)
            lines_at[self._last].append(
                f"At the end {names.number_of(len(last.routine), 'practice')} in routine use, and "
                f"{names.number_of(last.friends, 'acquaintance')} in other schools."
            )
        return lines_at

    def _beginning(self, now: Seen, they: str) -> str:
        focus = f" At home {they.lower()} works on {self._practices[now.focus]}." if now.focus >= 0 else ""
        whom = " and ".join(names.person(uid) for uid in sorted(now.colleagues))
        does = "passes practice on to" if now.gives else "works with and learns from"
        others = f" {they} {does} {whom} of another school." if whom else ""
        return (
            f"{now.years:.0f} years in post, with {names.number_of(len(now.routine), 'practice')} in routine use and "
            f"{names.number_of(now.friends, 'acquaintance')} in other schools.{focus}{others}"
        )

    def _changes(self, before: Seen, now: Seen, they: str) -> list[str]:
        lines = []
        if now.school != before.school:
            lines.append(f"{they} moves to {now.place}, and starts again there as {now.role}.")
        elif now.role != before.role:
            lines.append(f"{they} is now {now.role}.")
        new, gone = now.colleagues - before.colleagues, before.colleagues - now.colleagues
        if new:
            whom = " and ".join(names.person(uid) for uid in sorted(new))
            lines.append(
                f"{they} begins to {'pass practice on to' if now.gives else 'work with and learn from'} {whom}."
            )
        if gone and not new:
            whom = " and ".join(names.person(uid) for uid in sorted(gone))
            lines.append(f"The work with {whom} is over.")
        for practice in sorted(now.routine - before.routine):
            lines.append(f"{self._practices[practice].capitalize()} has become routine.")
        for practice in sorted(before.routine - now.routine):
            lines.append(f"{self._practices[practice].capitalize()} has slipped out of routine use.")
        if now.friends > before.friends:
            lines.append(f"{they} knows {names.number_of(now.friends, 'colleague')} in other schools now.")
        if now.hours_out >= 6.0 and before.hours_out < 6.0:
            lines.append(f"{they} is out of class for {now.hours_out:.0f} hours this half-term.")
        return lines


def _first(seen: dict[int, Seen]) -> Seen:
    return seen[min(seen)]


def _last(seen: dict[int, Seen]) -> Seen:
    return seen[max(seen)]
