"""What an official table leaves open, worked out or filled, each with a sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from schoolsim.populations import facts
from schoolsim.populations.school_attributes import draw_teachers
from schoolsim.populations.schools import PHASES, PRIMARY

if TYPE_CHECKING:
    import pandas as pd

Float64Array = NDArray[np.float64]
Filled = tuple[Float64Array, list[str]]

_YEARS: Final = range(2040, 2004, -1)
_SECONDARY_RESULTS: Final = (
    *(f"Attainment8_{year}" for year in _YEARS), "ATT8SCR",
    *(f"Progress8_{year}" for year in _YEARS), "P8MEA",
)  # fmt: skip
_PRIMARY_RESULTS: Final = (*(f"KS2_{year}" for year in _YEARS), "PTRWM_EXP")
#: The reader's word for a column -> the names it may have, best first.
COLUMNS: Final = {
    "places": ("SchoolCapacity",),
    "use": ("CapacityUse",),
    "heads": ("Total Number of Teachers (Headcount)",),
    "fte": ("TeachersFTE_SWF", "Total Number of Teachers (Full-Time Equivalent)"),
    "fte_other": ("TeachersFTE_FFT",),
    "ratio": ("Pupil: Teacher Ratio",),
    "primary_results": _PRIMARY_RESULTS,
    "results": _SECONDARY_RESULTS,
}
NUMBERS: Final = tuple(COLUMNS)

# Beyond these a figure is taken for an error: the census has rolls up to 1.5 times the places, and
# 9 of 8,178 pupil:teacher ratios above 40, where 0 stands for unknown.
_MOST_USE: Final = 2.0
_MOST_PUPILS_PER_TEACHER: Final = 40.0
_FEWEST_RESULTS: Final = 3
# "Rounds to 0 but is not 0" in a percentage with one decimal.
_SMALL_PERCENT: Final = 0.05


def fill_disadvantage(frame: pd.DataFrame) -> Filled:
    """Share on free school meals; a missing one is the median of the authority and phase."""
    percent = frame["disadvantage"].where(~frame["small"], _SMALL_PERCENT)
    impossible = (percent < 0) | (percent > 100)
    percent = percent.mask(impossible)
    unknown = percent.isna().to_numpy()
    for alike in (["authority", "phase_code"], ["phase_code"]):
        groups = percent.groupby([frame[word] for word in alike])
        percent = percent.fillna(groups.transform("median"))
    percent = percent.fillna(percent.median())
    notes = []
    if unknown.any():
        codes = frame.loc[unknown & ~impossible, "reason"].value_counts().sort_index()
        why = [f"{code} {count}" for code, count in codes.items()]
        if impossible.any():
            why.append(f"outside 0-100 {impossible.sum()}")
        notes.append(
            f"PercentageFSM is not known for {_schools(unknown)} ({', '.join(why)}); "
            "each was given the median of its phase in its authority."
        )
    return np.asarray(percent / 100.0, dtype=np.float64), notes


def fill_capacity(frame: pd.DataFrame) -> Filled:
    """Places: SchoolCapacity, else roll / CapacityUse, else roll / the mean use in England."""
    roll = frame["roll"].to_numpy()
    use = _column(frame, "use")
    known = use[np.isfinite(use)]
    if len(known) and np.median(known) > _MOST_USE:
        use = use / 100.0  # given in percent
    from_places = _column(frame, "places")
    with np.errstate(invalid="ignore", divide="ignore"):
        from_places = np.where(roll / from_places <= _MOST_USE, from_places, np.nan)
        from_use = np.where((use > 0) & (use <= _MOST_USE), roll / use, np.nan)
    capacity = np.where(np.isnan(from_places), from_use, from_places)
    unknown = np.isnan(capacity)
    capacity = np.where(unknown, roll / facts.MEAN_CAPACITY_USE, capacity)
    notes = []
    if unknown.any():
        notes.append(
            f"Places are not known for {_schools(unknown)}; each was given its roll divided by "
            f"{facts.MEAN_CAPACITY_USE}, the mean use of capacity in England."
        )
    return np.maximum(1.0, np.round(capacity)), notes


def fill_teachers(frame: pd.DataFrame, seed: int) -> Filled:
    """Teachers in post: counted, else from full-time equivalents or the ratio, else drawn."""
    roll, phase = frame["roll"].to_numpy(), frame["phase_code"].to_numpy()
    per_fte = np.array([fact.heads_per_fte for fact in facts.FACTS])[phase]
    with np.errstate(invalid="ignore", divide="ignore"):
        ways = [_column(frame, "heads")]
        ways += [_column(frame, name) * per_fte for name in ("fte", "fte_other")]
        ways.append(roll / _column(frame, "ratio") * per_fte)
        known = np.full(len(frame), np.nan)
        for heads in ways:
            # A ratio of 0 stands for unknown, and would make infinitely many.
            sound = np.isfinite(heads) & (heads > 0) & (roll / heads * per_fte <= _MOST_PUPILS_PER_TEACHER)
            known = np.where(np.isnan(known) & sound, heads, known)
    unknown = np.isnan(known)
    for code in range(len(PHASES)):
        rows = unknown & (phase == code)
        known[rows] = draw_teachers(seed, code, roll[rows], frame["urn"].to_numpy()[rows])
    notes = []
    if unknown.any():
        notes.append(
            f"Teachers are not known for {_schools(unknown)}; their number was drawn from the "
            f"roll and phase (seed {seed})."
        )
    return np.maximum(1.0, np.round(known)), notes


def standardise_results(frame: pd.DataFrame, names: Mapping[str, str]) -> tuple[Float64Array, dict[int, str]]:
    """Published attainment in standard deviations over schools of the phase.

    Secondary and special schools have Attainment 8, else Progress 8, against England's secondary
    schools of 2019: so an authority that does worse than England still does when it is read from a
    file of its own. Primary schools have a Key Stage 2 measure where there is one, against the open
    schools of the file (three at least). Key Stage 2 results of a secondary school's pupils are its
    intake and never stand for its attainment.

    Args:
        frame: The file's rows, with `phase_code` and `open`.
        names: The file's name of each column.

    Returns:
        A value a row, NaN where unknown; and what was done, in a sentence a phase.
    """
    made = np.full(len(frame), np.nan)
    told = {}
    for code, label in enumerate(PHASES):
        word = "primary_results" if code == PRIMARY else "results"
        rows = (frame["phase_code"] == code) & frame["open"]
        values = np.where(rows, _column(frame, word), np.nan)
        known = np.isfinite(values)
        measure = names.get(word, "").partition("_")[0]
        mean, spread, against = _yardstick(measure, values[known])
        if known.any() and spread > 0:
            made = np.where(known, (values - mean) / spread, made)
            told[code] = (
                f"Attainment of {label} schools is {names[word]}, known for {known.sum():,} in the "
                f"file, in standard deviations of {against} (mean {mean:.3g}, sd {spread:.3g})."
            )
        else:
            told[code] = f"The file has no attainment of {label} schools; it is unknown."
    return made, told


def _yardstick(measure: str, known: Float64Array) -> tuple[float, float, str]:
    if measure in facts.RESULTS:
        mean, spread = facts.RESULTS[measure]
        return mean, spread, "England's secondary schools in 2019"
    if len(known) < _FEWEST_RESULTS:
        return 0.0, 0.0, "nothing"
    return float(np.mean(known)), float(np.std(known)), "these"


def _column(frame: pd.DataFrame, name: str) -> Float64Array:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return np.asarray(frame[name], dtype=np.float64)


def _schools(which: NDArray[np.bool_]) -> str:
    count = int(which.sum())
    return "1 school" if count == 1 else f"{count:,} schools"
