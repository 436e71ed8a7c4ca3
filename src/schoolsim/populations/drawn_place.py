"""Draws a made-up authority, region or England as a place, as `build_place` builds a real one of files."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schoolsim.populations.official.account import COLUMNS, KEPT
from schoolsim.populations.official.establishments import DRAWN, UNKNOWN
from schoolsim.populations.official.place import Place
from schoolsim.populations.official.schema import FIGURES, schema, validate
from schoolsim.populations.schools import PHASES
from schoolsim.populations.setting import ENGLAND, Setting
from schoolsim.populations.synthetic import synthetic_authority, synthetic_system
from schoolsim.showing import counted

if TYPE_CHECKING:
    from schoolsim.populations.schools import SchoolTable


def draw_place(seed: int, *, authorities: int = 1, schools: int | None = None, like: Setting = ENGLAND) -> Place:
    """Draw made-up schools as a place: the same schools in every run, which can be looked at, mapped and tied.

    Args:
        seed: Seed of the place.
        authorities: How many: 1 is `synthetic_authority`, more are `synthetic_system` (11 a region, 151 an England).
        schools: Schools in all; as many as `like` says for one authority, as drawn for several, if None.
        like: What one authority is like; several differ as England's do (`synthetic_system`).

    Returns:
        The place. Every figure is marked as drawn; results are in standard deviations of the phase, as no measure of
        them was published.

    Raises:
        PopulationError: The seed or a number is out of bounds, or a school is beyond what a place may hold.
    """
    if authorities == 1:
        setting = asdict(like) if schools is None else {**asdict(like), "schools": schools}
        table = synthetic_authority(seed, **setting)
    else:
        table = synthetic_system(seed, authorities=authorities, schools=schools, like=like)
    origin = f"drawn with seed {seed}"
    frame = validate(_frame(table, origin), "the drawn place")
    return Place(frame, _fates(frame, origin), (), _notes(table, seed, like), seed)


def _frame(table: SchoolTable, origin: str) -> pd.DataFrame:
    known = np.isfinite(table.attainment)
    digits = len(str(len(table.authorities)))
    columns: dict[str, object] = {
        name: getattr(table, name)
        for name in ("urn", "name", "easting", "northing", "roll", "capacity", "disadvantage", "attainment")
    }
    columns |= {
        # Names in order of their number, since a place lists authorities by name.
        "authority": [f"Authority {row + 1:0{digits}d}" for row in table.authority],
        "authority_code": [str(row + 1) for row in table.authority],
        "phase": [PHASES[phase] for phase in table.phase],
        "attainment_published": table.attainment,
        "attainment_measure": np.where(known, "drawn", ""),
        "teachers": table.teachers.astype(np.int64),
    }
    for figure in FIGURES:
        drawn = known if figure == "attainment" else np.ones(len(table), dtype=bool)
        columns[f"{figure}_basis"] = np.where(drawn, DRAWN, UNKNOWN)
        columns[f"{figure}_source"] = np.where(drawn, origin, "")
    blank = [""] * len(table)
    # Of a made-up school there is no region, trust, type or code of a missing figure.
    return pd.DataFrame({name: columns.get(name, blank) for name in schema().columns})


def _fates(frame: pd.DataFrame, origin: str) -> pd.DataFrame:
    known = {"urn": frame["urn"], "name": frame["name"], "authority": frame["authority"], "fate": KEPT}
    known |= {f"{figure}_from": np.where(frame[f"{figure}_basis"] == DRAWN, origin, "unknown") for figure in FIGURES}
    return pd.DataFrame({name: known.get(name, "") for name in COLUMNS}, index=frame.index)


def _notes(table: SchoolTable, seed: int, like: Setting) -> tuple[str, ...]:
    several = len(table.authorities) > 1
    what = f"{counted(len(table), 'made-up school')} of {counted(len(table.authorities), 'authority', 'authorities')}"
    other = {name: value for name, value in asdict(like).items() if value != getattr(ENGLAND, name)}
    words = (
        f"{name} {value:g}" if not several or name in ("secondary_share", "special_share")
        else f"{name} {value / getattr(ENGLAND, name):.3g} times England's"
        for name, value in other.items() if name != "schools"
    )  # fmt: skip
    settings = ", ".join(words)
    changed = f" but for {settings}" if settings else ""
    return (
        f"{what} such as England has{changed}, drawn with seed {seed}.",
        "They stand on a flat map of their own, in kilometres from its south-west corner, not in England.",
    )
