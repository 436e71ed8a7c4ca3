"""Builds a place from official files: reads, joins, follows successions, sifts, fills in, and keeps account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from schoolsim.populations.array_types import Int64Array
from schoolsim.populations.draws import validated_seed
from schoolsim.populations.official import eligibility, file_kinds, imputation, results
from schoolsim.populations.official.account import account_of
from schoolsim.populations.official.dates import iso
from schoolsim.populations.official.establishments import Establishments, Figure
from schoolsim.populations.official.imputation import Completed
from schoolsim.populations.official.joining import Joined, join
from schoolsim.populations.official.place import FileRecord, Place, select_authorities
from schoolsim.populations.official.schema import validate
from schoolsim.populations.official.source_files import Findings, SourceFile, read_files, require
from schoolsim.populations.schools import PHASES, PopulationError

_METRES: Final = 1_000.0


def build_place(
    paths: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    authority: str | int | Sequence[str | int] | None = None,
    seed: int = 0,
) -> Place:
    """Build a place from official files, each recognised by its columns and joined on the URN.

    Read are the register of Get Information About Schools (`edubasealldata`) or a table made like it, its links,
    groups and members of groups, the performance tables' school information, census, Key Stage 2 and 4 tables and
    workforce, and school-level files of Explore Education Statistics. Figures come from the collection that made them
    before the register that copies them, and from the newer file of a kind before the older.

    Kept are open state primary, secondary and special schools with pupils and coordinates; middle schools as what
    they are deemed, all-through and 16-plus schools as secondary. An open school without a figure takes that of the
    establishment it followed. What is still missing is filled in and marked; a suppressed figure is never 0.

    Args:
        paths: Files, or folders of files (not the folders inside them).
        authority: Name or code of an authority, or several; None for all.
        seed: Seed of the number of teachers where no file has it.

    Raises:
        PopulationError: No such file, column or authority, a column in the wrong unit, or no school left.
    """
    seed = validated_seed(seed)
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    findings = read_files([Path(path) for path in given])
    require(findings.files, _NEEDED)
    establishments = Establishments(findings.files)
    joined = join(establishments)
    rows = np.arange(len(establishments))
    if authority is not None:
        where = ", ".join(str(path) for path in given)
        names = select_authorities(authority, joined.authority, joined.authority_code, where)
        rows = np.flatnonzero(np.isin(joined.authority.astype(str), names))
    return _finish(joined, rows, findings, establishments.notes, seed)


_NEEDED: Final = {
    "URN": ("a URN", lambda file: bool((file.urn > 0).any()) or "urn" in file.cells),
    "LA (name)": ("the authority", lambda file: "authority" in file.cells),
    "EstablishmentName": ("a name", lambda file: "name" in file.cells),
    "NumberOfPupils": ("pupils on roll", lambda file: "roll" in file.cells),
    "PercentageFSM": ("free school meals", lambda file: "fsm_percent" in file.cells or "fsm_count" in file.cells),
    "Easting": ("a place east", lambda file: "easting" in file.cells or "longitude" in file.cells),
    "Northing": ("a place north", lambda file: "northing" in file.cells or "latitude" in file.cells),
    "EstablishmentTypeGroup (name)": (
        "a type",
        lambda file: any(name in file.cells for name in ("census_type", "group", "type_name", "type_code")),
    ),
    "PhaseOfEducation (name)": (
        "a phase",
        lambda file: (
            "census_type" in file.cells
            or "phase" in file.cells
            or file.kind in (file_kinds.KEY_STAGE_2, file_kinds.KEY_STAGE_4)
        ),
    ),
}


def _finish(joined: Joined, rows: Int64Array, findings: Findings, join_notes: Sequence[str], seed: int) -> Place:
    """Sift the establishments in `rows`, complete the schools among them, and write the account."""
    candidates = joined.candidates
    reason = eligibility.reasons(candidates)
    kept = rows[reason[rows] == ""]
    notes = [note for file in findings.files for note in file.notes]
    notes += _years(findings.files)
    notes += [*findings.unread, *join_notes, *joined.succession.notes, *joined.memberships.notes]
    notes += eligibility.summary(reason[rows])
    if not len(kept):
        labels = ", ".join(file.label for file in findings.files)
        raise PopulationError(f"{labels}: no school is left to simulate. " + " ".join(notes))
    phase = candidates.phase[kept]
    notes += [note for code, note in joined.attainment.notes.items() if (phase == code).any()]
    notes += _oddities(joined, kept)
    at = {name: figure.at(kept) for name, figure in joined.figures.items()}
    completed = {
        "disadvantage": imputation.complete_disadvantage(at["fsm_percent"], joined.authority[kept], phase),
        "capacity": imputation.complete_capacity(at, at["roll"].value, phase),
        "teachers": imputation.complete_teachers(at, at["roll"].value, phase, joined.urn[kept], seed),
    }
    for figure in completed.values():
        notes += figure.notes
    frame = _frame(joined, kept, at, completed)
    frame = validate(frame, "the place")
    fates = account_of(joined, rows, reason[rows], frame)
    return Place(frame, fates, _records(findings.files), tuple(notes), seed)


def _years(files: Sequence[SourceFile]) -> list[str]:
    """Which year each file is of, where they differ."""
    years = {file.label: file.year for file in files if file.year is not None}
    if len(set(years.values())) < 2:
        return []
    listed = ", ".join(f"{label} {year}" for label, year in years.items())
    return [f"Files are of different school years: {listed}."]


def _oddities(joined: Joined, kept: Int64Array) -> list[str]:
    notes = []
    dated = (joined.closed_on[kept] != "") & (joined.status[kept] != "")
    if dated.any():
        notes.append(
            f"{int(dated.sum()):,} with a CloseDate kept, as their status is open: the date is "
            "yet to come, or comes from a later register than the rest."
        )
    points = Counter(
        zip(joined.candidates.easting[kept].tolist(), joined.candidates.northing[kept].tolist(), strict=True)
    )
    shared = sum(count for count in points.values() if count > 1)
    if shared:
        notes.append(f"{shared:,} share a point on the map with another, and are 0 km from it.")
    given = sum(row in joined.givers for row in kept.tolist())
    if given:
        notes.append(f"{given:,} took figures from the establishments they followed.")
    return notes


def _frame(joined: Joined, kept: Int64Array, at: dict[str, Figure], completed: dict[str, Completed]) -> pd.DataFrame:
    attainment, memberships, texts = joined.attainment, joined.memberships, joined.texts
    published = _published(joined, kept)
    phase = joined.candidates.phase[kept]
    columns_of = {
        "urn": joined.urn[kept],
        "name": joined.name[kept],
        "authority": joined.authority[kept],
        "authority_code": joined.authority_code[kept],
        "region": texts["region"][kept],
        "phase": np.array(PHASES, dtype=object)[phase],
        "establishment_type": texts["type_name"][kept],
        "urban_rural": texts["urban_rural"][kept],
        "opened_on": np.array([iso(text) for text in texts["opened_on"][kept]], dtype=object),
        **{
            name: getattr(memberships, name)[kept]
            for name in (
                "trust_code", "trust_name", "trust_type", "trust_joined_on", "federation_code", "federation_name",
            )
        },
        "predecessors": np.array(
            [" ".join(map(str, joined.succession.predecessors.get(urn, ()))) for urn in joined.urn[kept].tolist()],
            dtype=object,
        ),
        "easting": at["easting"].value / _METRES,
        "northing": at["northing"].value / _METRES,
        "roll": at["roll"].value,
        "capacity": completed["capacity"].value,
        "disadvantage": completed["disadvantage"].value,
        "attainment": attainment.score[kept],
        "attainment_published": attainment.published[kept],
        "attainment_measure": attainment.measure[kept],
        "teachers": completed["teachers"].value.astype(np.int64),
    }  # fmt: skip
    figures: dict[str, Figure | Completed] = {
        "position": at["easting"],
        "roll": at["roll"],
        **completed,
        "attainment": published,
    }
    for name in ("position", "roll", "capacity", "disadvantage", "attainment", "teachers"):
        figure = figures[name]
        columns_of |= {f"{name}_basis": figure.basis, f"{name}_source": figure.source, f"{name}_code": figure.code}
    # Lists, so that pandas gives text its own type for text.
    return pd.DataFrame(
        {name: list(values) if values.dtype == object else values for name, values in columns_of.items()}
    )


def _published(joined: Joined, kept: Int64Array) -> Figure:
    """Basis, source and code of the results that each school's phase is given."""
    published = Figure.empty(len(kept))
    for name in results.MEASURES:
        mine = joined.attainment.figure[kept] == name
        figure = joined.figures[name].at(kept)
        known = mine & np.isfinite(joined.attainment.score[kept])
        published.basis[known], published.source[known] = figure.basis[known], figure.source[known]
        published.code[mine & ~known] = figure.code[mine & ~known]
    return published


def _records(files: Sequence[SourceFile]) -> tuple[FileRecord, ...]:
    return tuple(
        FileRecord(
            file.label, file.kind.title, file.year, file.sha256, file.rows, len(file.urn), tuple(file.names.values())
        )
        for file in files
    )
