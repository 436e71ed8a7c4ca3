"""Matches edges with schools and teachers, and counts what is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolsim.populations.array_types import Float64Array
from schoolsim.populations.official.dates import read_date
from schoolsim.populations.official.missing_codes import numbers
from schoolsim.populations.schools import PopulationError, SchoolTable
from schoolsim.populations.ties.edges import Edges
from schoolsim.populations.ties.table import NO_TEACHER, TieTable

_SHOWN: Final = 3
_Days = NDArray[np.datetime64]
_End = tuple[int, str]
_Key = tuple[_End, _End, str]


@dataclass
class Matching:
    """Edges matched with the schools of a table.

    Args:
        edges: The edges.
        schools: The schools.
        aliases: Names of schools in the source -> their URN.
        left_out: Reason -> how often.
        strangers: Names of schools that are not in the table -> how often.
        ambiguous: Names that several schools have -> how often.
    """

    edges: Edges
    schools: SchoolTable
    aliases: Mapping[str, str | int]
    left_out: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    ambiguous: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Index the schools by URN and by name."""
        self._urns = set(self.schools.urn.tolist())
        counts = Counter(str(name).casefold() for name in self.schools.name)
        self._repeated = {name for name, count in counts.items() if count > 1}
        self._by_name = {
            str(name).casefold(): urn
            for name, urn in zip(self.schools.name, self.schools.urn.tolist(), strict=True)
            if counts[str(name).casefold()] == 1
        }
        self._aliases = {str(name).strip().casefold(): str(urn) for name, urn in self.aliases.items()}

    def table(self) -> TieTable:
        """The checked table of ties."""
        between_teachers = bool(self.edges.source_school)
        ends = (
            list(
                zip(
                    self.edges.source_school,
                    self.edges.source,
                    self.edges.target_school,
                    self.edges.target,
                    strict=True,
                )
            )
            if between_teachers
            else [(source, "", target, "") for source, target in zip(self.edges.source, self.edges.target, strict=True)]
        )
        strengths = self._strengths()
        since, unreadable = _days(self.edges.since)
        best: dict[_Key, int] = {}
        for row, (source_school, source, target_school, target) in enumerate(ends):
            pair = self._pair(source_school, source, target_school, target, between_teachers)
            if pair is None or np.isnan(strengths[row]):
                continue
            if not self.edges.directed:
                pair = (min(pair), max(pair))
            key = (*pair, self.edges.kind[row])
            before = best.get(key)
            if before is not None:
                self.left_out["repeated (the newest was kept)"] += 1
            if before is None or _rank(since, strengths, row) > _rank(since, strengths, before):
                best[key] = row
        teachers = self._number_teachers(best) if between_teachers else {}
        kept = [(key, row) for key, row in sorted(best.items()) if not between_teachers or _numbered(key, teachers)]
        if len(kept) < len(best):
            self.left_out["of more teachers than the school has"] += len(best) - len(kept)
        return self._finish(kept, teachers, strengths, since, unreadable)

    def _pair(
        self, source_school: str, source: str, target_school: str, target: str, between_teachers: bool
    ) -> tuple[_End, _End] | None:
        """School and teacher of both ends, or None where the tie is left out."""
        ends = (self._school(source_school), self._school(target_school))
        if ends[0] is None or ends[1] is None:
            self.left_out["to or from a school that is not in the table"] += 1
            return None
        if between_teachers and not (source and target):
            self.left_out["without a teacher at one end"] += 1
            return None
        pair = (ends[0], source), (ends[1], target)
        if pair[0] == pair[1]:
            self.left_out["to oneself"] += 1
            return None
        return pair

    def _school(self, text: str) -> int | None:
        plain = self._aliases.get(text.casefold(), text)
        number = re.fullmatch(r"0*(\d{1,9})(\.0+)?", plain)
        if number and int(number[1]) in self._urns:
            return int(number[1])
        urn = self._by_name.get(plain.casefold())
        if urn is None:
            (self.ambiguous if plain.casefold() in self._repeated else self.strangers)[text or "blank"] += 1
        return urn

    def _strengths(self) -> Float64Array:
        """Strength of each edge, NaN for those left out."""
        read = numbers(self.edges.strength)
        blank = np.array([not text for text in self.edges.strength], dtype=bool)
        strength = np.where(blank, 1.0, read.value)
        none = strength == 0
        negative = strength < 0
        unknown = np.isnan(strength)
        for reason, rows in (
            ("of strength 0, which is no tie", none),
            ("of a strength below 0", negative),
            ("of a strength that is no number", unknown),
        ):
            if rows.any():
                self.left_out[reason] += int(rows.sum())
        return np.where(none | negative, np.nan, strength)

    def _number_teachers(self, best: Mapping[_Key, int]) -> dict[int, tuple[str, ...]]:
        """Names of each school's teachers in the order of their number; no more than the school has."""
        degree = Counter(end for first, second, _ in best for end in (first, second))
        places = dict(zip(self.schools.urn.tolist(), self.schools.teachers.tolist(), strict=True))
        named: dict[int, list[str]] = {}
        for urn, teacher in degree:
            named.setdefault(urn, []).append(teacher)
        numbered = {}
        for urn, names in sorted(named.items()):
            most = sorted(names, key=lambda name: (-degree[urn, name], _natural(name)))[: places[urn]]
            numbered[urn] = tuple(sorted(most, key=_natural))
        return numbered

    def _finish(
        self,
        kept: Sequence[tuple[_Key, int]],
        teachers: dict[int, tuple[str, ...]],
        strengths: Float64Array,
        since: _Days,
        unreadable: int,
    ) -> TieTable:
        rows = [row for _, row in kept]
        number = {urn: {name: place for place, name in enumerate(names)} for urn, names in teachers.items()}

        def numbered(ends: list[_End]) -> list[int]:
            return [number[urn][name] if teachers else NO_TEACHER for urn, name in ends]

        notes = self._notes(len(kept), rows, unreadable)
        if not kept:
            raise PopulationError(f"{self.edges.label}: no tie is left. " + " ".join(notes))
        sources, targets = [source for (source, _, _), _ in kept], [target for (_, target, _), _ in kept]
        return TieTable(
            source=np.array([urn for urn, _ in sources]),
            target=np.array([urn for urn, _ in targets]),
            source_teacher=np.array(numbered(sources)),
            target_teacher=np.array(numbered(targets)),
            kind=np.array([self.edges.kind[row] for row in rows], dtype=object),
            strength=strengths[rows],
            since=since[rows],
            directed=self.edges.directed,
            teachers=teachers,
            notes=tuple(notes),
        )

    def _notes(self, kept: int, rows: list[int], unreadable: int) -> list[str]:
        label, total = self.edges.label, len(self.edges.source)
        notes = [f"{label}: {kept:,} of {total:,} ties kept.", *(f"{label}: {note}" for note in self.edges.notes)]
        if self.left_out:
            listed = "; ".join(f"{count:,} {reason}" for reason, count in sorted(self.left_out.items()))
            notes.append(f"Left out: {listed}.")
        for words, names in (("are not in the table", self.strangers), ("are names of several", self.ambiguous)):
            if names:
                shown = ", ".join(f'"{name}"' for name, _ in names.most_common(_SHOWN))
                more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
                notes.append(f"Schools that {words}: {shown}{more}.")
        without = sum(not self.edges.strength[row] for row in rows)
        if without:
            have = "1 tie has" if without == 1 else f"{without:,} ties have"
            notes.append(f"{have} no strength; it was taken as 1.")
        if unreadable:
            dates = (
                "1 date could not be read and is"
                if unreadable == 1
                else f"{unreadable:,} dates could not be read and are"
            )
            notes.append(f"{dates} unknown.")
        if self.edges.respondents:
            nominated = set(self.edges.target)
            silent = len(nominated - self.edges.respondents)
            nobody = len(self.edges.respondents - set(self.edges.source))
            notes.append(
                f"{len(self.edges.respondents):,} answered, {nobody:,} of them nominated nobody; {silent:,} who were "
                "nominated did not answer, and their own ties are unknown."
            )
        return notes


def _rank(since: _Days, strengths: Float64Array, row: int) -> tuple[int, float]:
    """Newer before older, then stronger before weaker."""
    day = since[row]
    return (-1 if np.isnat(day) else int(day.astype("int64")) + 1_000_000), float(strengths[row])


def _numbered(key: _Key, teachers: Mapping[int, tuple[str, ...]]) -> bool:
    return all(name in teachers[urn] for urn, name in key[:2])


def _natural(name: str) -> tuple[int, int, str]:
    """Numbers in their order, before words."""
    return (0, int(name), name) if name.isdecimal() else (1, 0, name)


def _days(texts: Sequence[str]) -> tuple[_Days, int]:
    """Days of dates, of years (their first of January) and of school years (their first of September)."""
    days, unreadable = np.full(len(texts), np.datetime64("NaT"), dtype="datetime64[D]"), 0
    for row, text in enumerate(texts):
        if not text:
            continue
        if day := read_date(text):
            days[row] = np.datetime64(day, "D")
        elif re.fullmatch(r"(19|20)\d\d", text):
            days[row] = np.datetime64(f"{text}-01-01", "D")
        elif match := re.fullmatch(r"((?:19|20)\d\d)[-/](\d\d|\d{4})", text):
            days[row] = np.datetime64(f"{match[1]}-09-01", "D")
        else:
            unreadable += 1
    return days, unreadable
