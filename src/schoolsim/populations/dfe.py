"""Schools of a real authority, from the register of schools or a table made like it."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from schoolsim.parameters.errors import did_you_mean
from schoolsim.populations import eligibility, imputation
from schoolsim.populations.csvfile import read_csv
from schoolsim.populations.draws import validated_seed
from schoolsim.populations.schools import PopulationError, SchoolTable

if TYPE_CHECKING:
    import pandas as pd

_METRES = 1000.0


def read_schools(
    path: str | PathLike[str],
    authority: str | int | Sequence[str | int] | None = None,
    *,
    seed: int = 0,
) -> SchoolTable:
    """Read the state schools of one authority, of several, or of a whole file.

    The file is a CSV of Get Information About Schools (`edubasealldata`) or a table with its column
    names: URN, LA (name), EstablishmentName, NumberOfPupils, PercentageFSM, Easting, Northing, and
    either CensusSchoolType or EstablishmentTypeGroup and PhaseOfEducation (name or code). Used
    where there: EstablishmentStatus, CloseDate, TypeOfEstablishment (name), SchoolCapacity or
    CapacityUse, TeachersFTE_SWF, TeachersFTE_FFT or the workforce census's columns,
    Attainment8_2019 (or another year, Progress 8, a Key Stage 2 measure), LA (code), RECTYPE. No
    other column is read. Suppression codes are no numbers, and none of them is ever 0.

    Kept are open state primary, secondary and special schools with pupils and coordinates; middle
    schools as what they are deemed, all-through and 16-plus schools as secondary. Independent and
    non-maintained schools, nurseries, pupil referral units and alternative provision, and colleges
    are left out. `SchoolTable.notes` says how many rows were left out or filled in, and why.

    Args:
        path: The file; UTF-8, UTF-16 or Windows-1252, found out.
        authority: Name or code of an authority, or several; None for all.
        seed: Seed of the number of teachers where the file has none.

    Returns:
        The schools in the order of their URN, and the authorities in that of their name.

    Raises:
        PopulationError: No such file, column or authority, a column in the wrong unit, or no
            school left.
    """
    seed = validated_seed(seed)
    file = read_csv(Path(path), eligibility.WANTED)
    eligibility.check_columns(file)
    frame, notes = eligibility.schools_of(file)
    # Against all the file's schools, so that one authority may do better or worse than others.
    frame["attainment"], measures = imputation.standardise_results(frame, file.names)
    chosen = frame if authority is None else _of_authorities(frame, authority, file.path)
    kept, told = eligibility.sift(chosen)
    notes += told
    if kept.empty:
        raise PopulationError(f"{file.path}: no school is left to simulate. " + " ".join(notes))
    notes += [sentence for code, sentence in measures.items() if (kept["phase_code"] == code).any()]
    return _table(kept, notes, seed)


def _of_authorities(frame: pd.DataFrame, wanted: str | int | Sequence[str | int], path: Path) -> pd.DataFrame:
    """The rows of the authorities asked for by name (whatever its case) or by code.

    Raises:
        PopulationError: The file has no such authority; the message lists those it has.
    """
    several = [wanted] if isinstance(wanted, str | int) else list(wanted)
    pairs = frame[["authority", "authority_code"]].drop_duplicates()
    known = {name.casefold(): name for name in pairs["authority"] if name}
    by_code = dict(zip(pairs["authority_code"], pairs["authority"], strict=True))
    picked = []
    for one in several:
        text = str(one).strip()
        name = known.get(text.casefold()) or (by_code.get(text) if text else None)
        if not name:
            names = sorted(known.values())
            raise PopulationError(
                f'{path}: no authority "{text}".{did_you_mean(text, names)} The file holds: {", ".join(names)}.'
            )
        picked.append(name)
    return frame[frame["authority"].isin(picked)]


def _table(kept: pd.DataFrame, notes: list[str], seed: int) -> SchoolTable:
    disadvantage, about_disadvantage = imputation.fill_disadvantage(kept)
    capacity, about_capacity = imputation.fill_capacity(kept)
    teachers, about_teachers = imputation.fill_teachers(kept, seed)
    authorities = sorted(set(kept["authority"]))
    row_of = {name: row for row, name in enumerate(authorities)}
    return SchoolTable(
        urn=kept["urn"].to_numpy(),
        name=kept["name"].to_numpy(dtype=object),
        phase=kept["phase_code"].to_numpy(),
        easting=kept["easting"].to_numpy() / _METRES,
        northing=kept["northing"].to_numpy() / _METRES,
        roll=kept["roll"].to_numpy(),
        capacity=capacity,
        disadvantage=disadvantage,
        attainment=kept["attainment"].to_numpy(),
        teachers=teachers.astype(np.int32),
        authority=kept["authority"].map(row_of).to_numpy(),
        authorities=tuple(authorities),
        notes=(*notes, *about_disadvantage, *about_capacity, *about_teachers),
    )
