"""The story of a broker: hours, visits, whom they bring together, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolsim.parameters.errors import UserError
from schoolsim.stories import names
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import REMEMBERED

ARRANGED, MET, WORKING = 0, 1, 2
NAMED = 3  # introductions without a meeting of which each is named


@dataclass(frozen=True)
class Seen:
    """A broker after a half-term: introductions by their two schools, with what has come of each."""

    hours: float
    spent: float
    visits: float
    skill: float
    withheld: int
    introductions: dict[tuple[int, int, int], int]


class BrokerWatch:
    """Every broker of a run."""

    picked = "the first of them"

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._seen: dict[int, dict[int, Seen]] = {}
        self._names: dict[int, str] = {}
        self._practices: dict[int, str] = {}

    def look(self, run: Simulation, half_term: int) -> None:
        """Note every broker."""
        state = run.state
        brokers, made = state.brokers, state.introductions
        for broker in range(len(brokers)):
            rows = np.arange(
                broker * REMEMBERED, broker * REMEMBERED + min(int(brokers.introduced[broker]), REMEMBERED)
            )
            pairs = {}
            for row in rows:
                school, other = int(made.school[row]), int(made.other[row])
                for one in (school, other):
                    if one not in self._names:
                        self._names[one] = names.school(state, one)
                need = int(made.need[row])
                if need >= 0:
                    self._practices[need] = names.practice(state, need)
                pairs[school, other, int(made.half_term[row])] = int(made.outcome[row])
            self._seen.setdefault(broker + 1, {})[half_term] = Seen(
                float(brokers.hours[broker]), float(brokers.spent[broker]), float(brokers.visits[broker]),
                float(brokers.skill[broker]), int(brokers.needs_withheld[broker]), pairs,
            )  # fmt: skip

    def pick(self, which: int | None) -> int:
        """The one asked for, or the first."""
        if not self._seen:
            raise UserError("there is no broker in this run: give it some, as -p broker.number=3.")
        if which is not None and which not in self._seen:
            raise UserError(f"there is no broker {which}; there are {len(self._seen)}.")
        return 1 if which is None else which

    def title(self, number: int) -> str:
        """Which broker."""
        return f"Broker {number} of {len(self._seen)}"

    def tell(self, number: int) -> dict[int, list[str]]:
        """Half-term by half-term, with a sum at the end."""
        lines_at: dict[int, list[str]] = {}
        before: Seen | None = None
        for step, now in self._seen[number].items():
            lines = []
            if before is None:
                lines.append(f"{now.hours:.0f} hours a half-term to spend, and a skill of {now.skill:.2f} of 1.")
            lines += self._changes(before.introductions if before else {}, now.introductions)
            withheld = now.withheld - (before.withheld if before else 0)
            if withheld > 0:
                lines.append(f"On {names.number_of(withheld, 'visit')} the school kept its need to itself.")
            lines_at[step] = lines
            before = now
        last = max(lines_at)
        outcomes = list(self._seen[number][last].introductions.values())
        met, working = sum(one >= MET for one in outcomes), sum(one >= WORKING for one in outcomes)
        lines_at[last].append(
            f"In all, {names.number_of(len(outcomes), 'introduction')}: {met} met, {working} came to joint work."
        )
        return lines_at

    def _changes(self, before: dict[tuple[int, int, int], int], now: dict[tuple[int, int, int], int]) -> list[str]:
        lines, waiting = [], []
        for key, outcome in now.items():
            was = before.get(key, -1)
            pair = f"{self._names[key[0]]} and {self._names[key[1]]}"
            if was < ARRANGED and outcome == ARRANGED:
                waiting.append(pair)
            if was < MET <= outcome:
                lines.append(f"{pair} are introduced, and meet." if was < ARRANGED else f"{pair} meet.")
            if was < WORKING <= outcome:
                lines.append(f"{pair} begin to work together.")
        if len(waiting) > NAMED:
            lines.append(f"{names.number_of(len(waiting), 'other introduction').capitalize()} lead to no meeting yet.")
        else:
            lines += [f"{pair} are introduced, and have not met yet." for pair in waiting]
        return lines
