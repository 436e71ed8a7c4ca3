"""The story of a partnership: who works with whom on what, by which mode, for how long, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from schoolsim.parameters.errors import UserError
from schoolsim.rules.codes import CREATION
from schoolsim.stories import names
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import State
from schoolsim.system.state.schema import HALF_TERMS

TOLD: Final = 0.08  # change of trust or mastery from which it is told again
LASTED: Final = HALF_TERMS  # half-terms of a partnership that is picked


@dataclass(frozen=True)
class Seen:
    """A partnership after a half-term."""

    originator: int
    partner: int
    title: str
    mode: int
    focus: int
    practice: str
    programme: int
    imposed: bool
    collegial: bool
    following: bool
    due: int
    began: int
    pounds: float
    pooled: bool
    hours: float
    working: float
    trust: tuple[float, float]
    pairs: frozenset[tuple[int, int]]
    mastery: float
    ahead: float
    learnt: float
    hostile: bool
    heads: tuple[bool, bool]
    one_trust: bool


@dataclass(frozen=True)
class After:
    """What is left between two schools whose partnership has ended."""

    trust: float
    hostile: bool


class PartnershipWatch:
    """Every partnership of a run."""

    picked = "of those that lasted a year, in programmes if any, the one whose teachers learnt a middling amount"

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._seen: dict[int, dict[int, Seen]] = {}
        self._names: dict[int, str] = {}
        self._last = -1
        self._gone: dict[int, set[int]] = {}
        self._ended: dict[int, str] = {}

    def look(self, run: Simulation, half_term: int) -> None:
        """Note every partnership at work."""
        state, table = run.state, run.state.partnerships
        self._last = half_term
        here = set(state.teachers.uid.tolist())
        alive = set()
        for slot in np.flatnonzero(table.alive == 1):
            uid = int(table.uid[slot])
            alive.add(uid)
            self._seen.setdefault(uid, {})[half_term] = _seen(state, int(slot), half_term)
            for row in (table.originator[slot], table.partner[slot]):
                if int(row) not in self._names:
                    self._names[int(row)] = names.school(state, int(row))
        for uid, seen in self._seen.items():
            if uid not in alive and half_term - 1 in seen:
                before = seen[half_term - 1]
                self._gone[uid] = {one for pair in before.pairs for one in pair if one not in here}
                self._ended[uid] = _why(before, half_term, state)

    def pick(self, which: int | None) -> int:
        """The one asked for, or that of the middle."""
        if which is not None:
            if which not in self._seen:
                raise UserError(f"there is no partnership {which} in this run.")
            return which
        of_programmes = {uid: seen for uid, seen in self._seen.items() if next(iter(seen.values())).programme}
        chosen = of_programmes or self._seen
        lasted = {uid: seen for uid, seen in chosen.items() if len(seen) >= LASTED} or chosen
        if not lasted:
            raise UserError("no partnership was at work in this run.")
        learnt = {uid: max(one.learnt for one in seen.values()) for uid, seen in lasted.items()}
        middle = median(learnt.values())
        return min(learnt, key=lambda uid: (abs(learnt[uid] - middle), uid))

    def half_terms(self, number: int) -> Mapping[int, Seen]:
        """What was seen of a partnership, by half-term."""
        return self._seen[number]

    def schools(self, number: int) -> tuple[str, str]:
        """Names of the originator and the partner."""
        first = next(iter(self._seen[number].values()))
        return self._names[first.originator], self._names[first.partner]

    def title(self, number: int) -> str:
        """The two schools."""
        return f"{' and '.join(self.schools(number))} (partnership {number})"

    def tell(self, number: int) -> dict[int, list[str]]:
        """From its first half-term to its last."""
        seen = self._seen[number]
        lines_at: dict[int, list[str]] = {}
        before: Seen | None = None
        trust, mastery = -1.0, next(iter(seen.values())).mastery
        hours = ""
        for step, now in seen.items():
            # Two schools that begin again are the same partnership, whatever lay between.
            anew = before is None or now.began != before.began
            lines = self._beginning(now) if before is None or anew else self._changes(before, now)
            if now.hours > 0.0 and _hours(now) != hours:
                hours = _hours(now)
                lines.append(hours)
            if abs(now.mastery - mastery) >= TOLD and now.mode != CREATION:
                lines.append(f"Its teachers now master what they work on to {now.mastery:.2f} of 1.")
                mastery = now.mastery
            if abs(sum(now.trust) / 2.0 - trust) >= TOLD:
                lines.append(_trust(now, self._names))
                trust = sum(now.trust) / 2.0
            lines_at[step] = lines
            before = now
        if number in self._ended:
            lines_at.setdefault(max(seen) + 1, []).append(self._ended[number])
        elif before is not None and before.mode != CREATION:
            lines_at[max(seen)].append(
                f"At the end they are still at work, {names.number_of(len(before.pairs), 'pair')} of them: those who "
                f"learn master it to {before.mastery:.2f} of 1, those who pass it on to {before.ahead:.2f}."
            )
        elif before is not None:
            lines_at[max(seen)].append(f"At the end {names.number_of(len(before.pairs), 'pair')} are still at work.")
        return lines_at

    def path(self, number: int) -> tuple[Mapping[str, object], ...]:
        """A row a half-term of a partnership, for a figure.

        Returns:
            `half_term`; `mode` in words; `trust_partner`, the partner's trust in the originator, and
            `trust_originator`; `mastery` of those who learn and `ahead`, of those who pass on, what they work on;
            `hours` of each pair and `together`, those of them that go to getting together; `pairs`; `pounds`; `events`
            in a few words, joined by "; ".
        """
        rows: list[Mapping[str, object]] = []
        seen = self._seen[number]
        before: Seen | None = None
        for step, now in seen.items():
            events = ["they begin"] if before is None or now.began != before.began else _events(before, now)
            if step == max(seen) and number in self._ended:
                events.append("it ends after this")
            known = now.focus >= 0 and now.mode != CREATION and bool(now.pairs)
            there, back = now.trust
            rows.append({
                "half_term": step, "mode": names.MODES[now.mode], "trust_partner": back, "trust_originator": there,
                "mastery": now.mastery if known else float("nan"), "ahead": now.ahead if known else float("nan"),
                "hours": now.hours, "together": now.hours * (1.0 - now.working), "pairs": len(now.pairs),
                "pounds": now.pounds, "events": "; ".join(events),
            })  # fmt: skip
            before = now
        return tuple(rows)

    def _beginning(self, now: Seen) -> list[str]:
        lead, partner = self._names[now.originator], self._names[now.partner]
        frame = (
            now.title if now.programme else "as schools of one trust" if now.one_trust else "on their own initiative"
        )
        if now.imposed:
            frame += ", being told to"
        lines = [f"{lead} and {partner} begin to work together, {frame}, by {names.MODES[now.mode]}."]
        if now.focus >= 0 and now.mode != CREATION:  # which has neither exemplar nor originator
            lines.append(f"They work on {now.practice}.")
            if now.ahead > 0.0:
                lines.append(
                    f"Those at {lead} who pass it on master it to {now.ahead:.2f} of 1, those who learn it to "
                    f"{now.mastery:.2f}."
                )
        pairs = len(now.pairs)
        lines.append(
            f"{names.number_of(pairs, 'pair').capitalize()} of teachers {'is' if pairs == 1 else 'are'} named."
        )
        if now.pounds > 0.0:
            payer = "Their common purse" if now.pooled else "The programme"
            lines.append(f"{payer} pays £{now.pounds:,.0f} for it this half-term.")
        return lines

    def _changes(self, before: Seen, now: Seen) -> list[str]:
        lines = []
        if now.mode != before.mode:
            lines.append(f"The work turns from {names.MODES[before.mode]} to {names.MODES[now.mode]}.")
        if now.focus != before.focus and now.focus >= 0:
            lines.append(f"They take up something new: {now.practice}.")
        if now.collegial and not before.collegial:
            lines.append("The task is done, and they go on of their own accord.")
        if now.following and not before.following:
            lines.append("The task is done; contact goes on to see that it lasts.")
        if before.pounds > 0.0 and now.pounds <= 0.0:
            lines.append("The money has stopped.")
        for place, row in enumerate((now.originator, now.partner)):
            if now.heads[place]:
                lines.append(f"{self._names[row]} has a new head.")
        lines += _pair_changes(before, now)
        return lines


def _events(before: Seen, now: Seen) -> list[str]:
    """What changed between two half-terms, in a few words."""
    changes = (
        (now.mode != before.mode, f"they turn to {names.MODES[now.mode]}"),
        (now.focus != before.focus and now.focus >= 0, "they take up something new"),
        (now.collegial and not before.collegial, "the task is done, and they go on of their own accord"),
        (now.following and not before.following, "the task is done, and contact goes on"),
        (before.pounds > 0.0 and now.pounds <= 0.0, "the money stops"),
        (now.heads[0], "the originator has a new head"),
        (now.heads[1], "the partner has a new head"),
        (now.hostile and not before.hostile, "they fall out"),
    )
    return [words for happened, words in changes if happened]


def _seen(state: State, slot: int, half_term: int) -> Seen:
    table, schools, ties = state.partnerships, state.schools, state.ties
    originator, partner, tie = int(table.originator[slot]), int(table.partner[slot]), int(table.tie[slot])
    focus = int(table.focus[slot])
    uids = state.teachers.uid
    pairs, givers, learners = set(), [], []
    for giver, giver_uid, learner, learner_uid in zip(
        table.giver[slot], table.giver_uid[slot], table.learner[slot], table.learner_uid[slot], strict=True
    ):
        if giver >= 0 and learner >= 0 and uids[giver] == giver_uid and uids[learner] == learner_uid:
            pairs.add((int(giver_uid), int(learner_uid)))
            givers.append(int(giver))
            learners.append(int(learner))
    known = state.knowledge.mastery
    working = bool(learners) and focus >= 0
    mastery, ahead = (float(known[of, focus].mean()) if working else 0.0 for of in (learners, givers))
    flipped = bool(ties.a[tie] != originator)
    both = (float(ties.trust_ab[tie]), float(ties.trust_ba[tie]))
    return Seen(
        originator, partner, "under a programme", int(table.mode[slot]), focus,
        names.practice(state, focus) if focus >= 0 else "", int(table.programme[slot]), bool(table.imposed[slot]),
        bool(table.collegial[slot]), bool(table.following_up[slot]), int(table.due[slot]), int(table.began[slot]),
        float(table.pounds[slot]), bool(table.common[slot] > 0.0), float(table.hours[slot]), float(table.working[slot]),
        both[::-1] if flipped else both, frozenset(pairs), mastery,
        ahead, float(table.learnt[slot]),
        bool(ties.hostile[tie]),
        (bool(schools.head_since[originator] == half_term - 1), bool(schools.head_since[partner] == half_term - 1)),
        _of_one_trust(state, originator, partner),
    )  # fmt: skip


def _of_one_trust(state: State, school: int, other: int) -> bool:
    trusts = state.schools.academy_trust
    return bool(trusts[school] > 0 and trusts[school] == trusts[other])


def _why(before: Seen, half_term: int, state: State) -> str:
    """Why it may have ended: what was so when it did."""
    schools = state.schools
    if before.hostile:
        return "The two schools have fallen out, and the work ends."
    if before.one_trust and not before.programme and not _of_one_trust(state, before.originator, before.partner):
        return "The two schools are no longer of one trust, and their partnership ends."
    if half_term > before.due:
        return "The task is done, and the partnership ends with it."
    if before.pounds <= 0.0 and before.programme:
        return "Without money the partnership ends before its task is done."
    if before.hours <= 0.0:
        return "Nobody has found the hours, and the partnership ends."
    if schools.closed[before.originator] or schools.closed[before.partner]:
        return "A head keeps the gate shut, and the partnership ends."
    return "Too little comes of it for the two schools to go on, and the partnership ends."


def _hours(now: Seen) -> str:
    together = now.hours * (1.0 - now.working)
    if now.hours < 1.0:
        return "Each pair finds less than an hour for it."
    line = f"Each pair spends {names.number_of(round(now.hours), 'hour')} on it"
    if together >= 1.0:
        line += f", {together:.0f} of them on getting to know each other and finding the need"
    return line + "."


def _trust(now: Seen, known: dict[int, str]) -> str:
    there, back = now.trust
    return (
        f"{known[now.partner]} trusts {known[now.originator]} {names.trust_word(back)}; "
        f"the other way it is {there:.2f}."
    )


def _pair_changes(before: Seen, now: Seen) -> list[str]:
    lines = []
    gone, new = before.pairs - now.pairs, now.pairs - before.pairs
    if gone and now.focus == before.focus:
        lines.append(f"{names.number_of(len(gone), 'pair').capitalize()} came apart.")
    if new and now.focus == before.focus:
        lines.append(f"{names.number_of(len(new), 'new pair').capitalize()} took up the work.")
    return lines
