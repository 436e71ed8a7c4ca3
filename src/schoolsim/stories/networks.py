"""The story of a network: its members, who leads it, its meetings, and what passes between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from schoolsim.parameters.errors import UserError
from schoolsim.stories import names
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import State
from schoolsim.system.state.adjacency import find_tie

STRANDS: Final = 2  # change in pairs of members at work from which it is told again


@dataclass(frozen=True)
class Seen:
    """A network after a half-term."""

    members: frozenset[int]
    leader: int
    led: bool
    facilitated: bool
    met: int
    news: float
    strands: int
    trust: float


class NetworkWatch:
    """Every network of a run."""

    picked = "the first of them"

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._seen: dict[int, dict[int, Seen]] = {}
        self._names: dict[int, str] = {}

    def look(self, run: Simulation, half_term: int) -> None:
        """Note every network that there is."""
        state, networks = run.state, run.state.networks
        for row in np.flatnonzero(networks.alive == 1):
            members = [int(one) for one in networks.member[row, : networks.members[row]]]
            for one in members:
                self._names[one] = names.school(state, one)
            table = state.partnerships
            strands = int(((table.alive == 1) & (table.network == row + 1)).sum())
            self._seen.setdefault(int(row) + 1, {})[half_term] = Seen(
                frozenset(members), int(networks.leader[row]), bool(networks.led[row]), bool(networks.facilitated[row]),
                int(networks.met[row]), float(networks.news[row]), strands, _trust(state, members),
            )  # fmt: skip

    def pick(self, which: int | None) -> int:
        """The one asked for, or the first."""
        if not self._seen:
            raise UserError("there is no network in this run: choose a programme that has some, as peer_review_triads.")
        if which is not None and which not in self._seen:
            raise UserError(f"there is no network {which}; there are {', '.join(map(str, sorted(self._seen)))}.")
        return min(self._seen) if which is None else which

    def title(self, number: int) -> str:
        """Which network."""
        first = next(iter(self._seen[number].values()))
        return f"Network {number}, of {names.number_of(len(first.members), 'school')}"

    def tell(self, number: int) -> dict[int, list[str]]:
        """From its founding on."""
        lines_at: dict[int, list[str]] = {}
        before: Seen | None = None
        trust, met_before, strands = -1.0, 0, 0
        for step, now in self._seen[number].items():
            lines = []
            if before is None:
                told_members = ", ".join(self._names[one] for one in sorted(now.members))
                lines.append(f"{told_members} come together. {self._names[now.leader]} leads.")
            else:
                lines += self._changes(before, now)
            if abs(now.strands - strands) >= STRANDS:
                lines.append(_at_work(now.strands, strands))
                strands = now.strands
            met = now.met - (before.met if before else 0)
            if met != met_before:
                lines.append(_meetings(met))
                met_before = met
            if abs(now.trust - trust) >= 0.05:
                lines.append(f"Members trust one another {names.trust_word(now.trust)} on average.")
                trust = now.trust
            lines_at[step] = lines
            before = now
        if before is not None:
            lines_at[max(self._seen[number])].append(
                f"In all, {names.number_of(before.met, 'meeting')}; {names.number_of(before.strands, 'pair')} of "
                f"members at work together at the end."
            )
        return lines_at

    def _changes(self, before: Seen, now: Seen) -> list[str]:
        lines = []
        for one in sorted(now.members - before.members):
            lines.append(f"{self._names[one]} is asked to join, and does.")
        if before.led and not now.led:
            lines.append(f"{self._names[before.leader]} gives up leading, and nobody takes it on.")
        elif now.leader != before.leader:
            lines.append(f"{self._names[now.leader]} leads now.")
        if before.facilitated and not now.facilitated:
            lines.append("The facilitator can no longer be paid.")
        return lines


def _meetings(number: int) -> str:
    """How often members meet from this half-term on."""
    often = {1: "once", 2: "twice"}.get(number, f"{names.number_of(number)} times")
    return f"They meet {often} each half-term." if number else "They no longer meet."


def _at_work(now: int, before: int) -> str:
    """How many pairs of members work together, against what was told last."""
    if now > before:
        return f"{names.number_of(now, 'pair').capitalize()} of members work together on something now."
    return f"Of the pairs of members at work together, {names.number_of(now)} {'is' if now == 1 else 'are'} left."


def _trust(state: State, members: list[int]) -> float:
    """Mean trust over pairs of members, 0 where two do not know each other."""
    levels = []
    for place, one in enumerate(members):
        for other in members[:place]:
            tie = find_tie(state, one, other)
            levels.append(0.0 if tie < 0 else 0.5 * float(state.ties.trust_ab[tie] + state.ties.trust_ba[tie]))
    return sum(levels) / len(levels) if levels else 0.0
