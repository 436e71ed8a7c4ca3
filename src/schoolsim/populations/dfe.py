"""Reads schools of real authorities: a place built before, or one file of the register."""

from __future__ import annotations

import os
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from schoolsim.populations.schools import PopulationError, SchoolTable


def read_schools(
    path: str | PathLike[str],
    authority: str | int | Sequence[str | int] | None = None,
    *,
    seed: int | None = None,
) -> SchoolTable:
    """Read the state schools of one authority, of several, or of all that a place or file holds.

    A folder is a place that `build_place` (`schoolsim schools build`) wrote. A file is a register of schools as CSV,
    or a table made like it, and is built into a place in memory; `build_place` says which columns are read and which
    schools are kept. `SchoolTable.notes` says what was left out or filled in, and why.

    Args:
        path: The folder of a place, or the file.
        authority: Name or code of an authority, or several; None for all.
        seed: Seed of the number of teachers where a file has none (0 if None); a place was filled in when it was
            built, and takes none.

    Returns:
        The schools in the order of their URN, and the authorities in that of their name.

    Raises:
        PopulationError: No such file, place, column or authority, a figure that cannot be, or no school left.
    """
    path = Path(path)
    if not os.path.isdir(path):  # unlike Path.is_dir, false for names that cannot be
        from schoolsim.populations.official.build import build_place

        return build_place([path], authority=authority, seed=seed or 0).table()
    from schoolsim.populations.official.place import school_table
    from schoolsim.populations.official.storage import read_schools_of_place

    schools, notes, manifest = read_schools_of_place(path)
    if seed is not None:
        raise PopulationError(
            f"{path}: a place takes no seed; it was filled in with seed {manifest['seed']} when built."
        )
    return school_table(schools, notes, authority)
