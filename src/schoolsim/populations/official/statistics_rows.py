"""Rows of Explore Education Statistics files: the school level, the newest year, the total of every filter.

Such a file is tidy: it repeats each school once for every year and for every value of every filter (sex, first
language, disadvantage, subject ...). Source: Department for Education, "Open data standards" for statistics
producers; https://dfe-analytical-services.github.io/analysts-guide/statistics-production/ud.html.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schoolsim.populations.official.csvfile import CsvFile, Row
from schoolsim.populations.official.missing_codes import numbers
from schoolsim.populations.official.recognition import canonical
from schoolsim.populations.schools import PopulationError

#: Values of a filter that stand for all pupils, all teachers and so on.
TOTALS: Final = frozenset({"total", "all", "all pupils", "all schools", "all teachers", "all staff", "all subjects"})
# A filter without a total: the value whose figures are read.
_CHOSEN: Final = {"subject": frozenset({"reading, writing and maths"})}
# Best first; rows of a revision stand beside those it revises.
_VERSIONS: Final[tuple[str, ...]] = ("final", "revised", "provisional")
_GEOGRAPHY: Final = frozenset(
    canonical(name)
    for name in (
        "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
        "region_name", "old_la_code", "new_la_code", "la_name", "school_urn", "urn", "school_laestab", "laestab",
        "estab", "school_name", "school_type", "establishment_type_group", "phase_type_grouping", "school_postcode",
        "typeofestablishment_name", "type_of_establishment", "version",
    )
)  # fmt: skip
_SCHOOL_LEVEL: Final = "school"
# A column with more different cells than this is no filter but a measure.
_MOST_VALUES: Final = 400
# Schools looked at for repeated rows.
_CHECKED: Final = 2_000


@dataclass(frozen=True)
class Selection:
    """Which rows of a file are read.

    Args:
        level: Position of `geographic_level`.
        period_at: Position of `time_period`.
        newest: Text of the newest period of the school level.
        filters: Position of each filter -> values that are read.
        names: Names of those filters.
        period: The newest period as a school year.
    """

    level: int
    period_at: int
    newest: str
    filters: Mapping[int, frozenset[str]]
    names: tuple[str, ...]
    period: int | None

    def keeps(self, cells: Sequence[str]) -> bool:
        """Whether a row is the total of one school in the newest period."""
        return (
            cells[self.level].strip().casefold() == _SCHOOL_LEVEL
            and cells[self.period_at].strip() == self.newest
            and all(cells[position].strip().casefold() in values for position, values in self.filters.items())
        )


def selection(source: CsvFile, header: Row, wanted: Mapping[str, int]) -> Selection:
    """Go through the file once to find its newest period and its filters.

    A filter is a column of words, other than those of place and time, in which some school has a total.

    Raises:
        PopulationError: The file has no rows of schools, or repeats schools in a column that has no total.
    """
    level, period_at = wanted["level"], wanted["period"]
    width = len(header.cells)
    free = [place for place, name in enumerate(header.cells) if canonical(name) not in _GEOGRAPHY]
    if "version" in wanted:
        free.append(wanted["version"])
    newest = ""
    seen: dict[int, set[str]] = {}
    for row in source.rows():
        if row.line <= header.line or len(row.cells) != width:
            continue
        period = row.cells[period_at].strip()
        if period < newest or row.cells[level].strip().casefold() != _SCHOOL_LEVEL:
            continue
        if period > newest:
            newest, seen = period, {place: set() for place in free}
        for place in list(seen):
            seen[place].add(row.cells[place].strip().casefold())
            if len(seen[place]) > _MOST_VALUES:
                del seen[place]
    if not newest:
        raise PopulationError(f"{source.path}: no row has the geographic level School; the file holds totals only.")
    filters = {}
    for place, values in seen.items():
        name = canonical(header.cells[place])
        if name == "version":
            best: list[str] = [version for version in _VERSIONS if version in values][:1] if len(values) > 1 else []
        else:
            best = sorted(_CHOSEN.get(name, frozenset()) & values) or sorted(TOTALS & values)
        if best:
            filters[place] = frozenset(best)
    names = tuple(header.cells[place].strip() for place in filters)
    chosen = Selection(level, period_at, newest, filters, names, _school_year(newest))
    _check_single(source, header, wanted, chosen)
    return chosen


def notes(label: str, chosen: Selection, dropped: int) -> list[str]:
    """What was read of the file, in a sentence."""
    filters = f", totals of {', '.join(chosen.names)}" if chosen.names else ""
    return [f"{label}: read are the schools of {chosen.newest}{filters}; {dropped:,} other rows were left out."]


def _check_single(source: CsvFile, header: Row, wanted: Mapping[str, int], chosen: Selection) -> None:
    """Refuse a file in which a school has several rows after all filters."""
    first: dict[str, list[str]] = {}
    for row in source.rows():
        if row.line <= header.line or len(row.cells) != len(header.cells) or not chosen.keeps(row.cells):
            continue
        urn = row.cells[wanted["urn"]].strip()
        before = first.setdefault(urn, row.cells)
        if before is row.cells or before == row.cells:
            continue
        differing = [
            name.strip()
            for name, first_cell, cell in zip(header.cells, before, row.cells, strict=True)
            if first_cell != cell and _is_word(first_cell) and _is_word(cell)
        ]
        if differing:
            raise PopulationError(
                f'{source.path}: line {row.line}: school {urn} has several rows, which differ in "{differing[0]}", a '
                f"column without a total. Keep one value of it and leave the other rows out of the file."
            )
        if len(first) > _CHECKED:
            return


def _is_word(cell: str) -> bool:
    read = numbers([cell])
    return bool(read.unreadable[0])


def _school_year(period: str) -> int | None:
    """The year in which a period ends: 201819 is 2019, 2019 is 2019."""
    match = re.fullmatch(r"(\d{4})(\d{2})?", period)
    if match is None:
        return None
    return int(match[1]) + 1 if match[2] else int(match[1])
