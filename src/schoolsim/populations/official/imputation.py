"""Computes what the files leave open from other figures, or fills it in, and marks which was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.populations import facts
from schoolsim.populations.array_types import BoolArray, Float64Array, Int64Array, ObjectArray
from schoolsim.populations.official.establishments import COMPUTED, IMPUTED, PREDECESSOR, UNKNOWN, Figure
from schoolsim.populations.plausibility import CAPACITY_USE, PLAUSIBLE, PUPILS_PER_TEACHER
from schoolsim.populations.school_attributes import draw_teachers
from schoolsim.populations.schools import PHASES

if TYPE_CHECKING:
    import pandas as pd

# "Rounds to 0 but is not 0" in a percentage with one decimal.
_SMALL_PERCENT: Final = 0.05


@dataclass(frozen=True)
class Completed:
    """A figure of every school, known or filled in.

    Args:
        value: The figure.
        basis: `READ`, `COMPUTED`, `PREDECESSOR` or `IMPUTED`.
        source: File and column; for what was filled in, how.
        code: What stood in the file where there was no number.
        notes: Sentences on what was filled in.
    """

    value: Float64Array
    basis: ObjectArray
    source: ObjectArray
    code: ObjectArray
    notes: tuple[str, ...] = ()


def complete_disadvantage(percent: Figure, authority: ObjectArray, phase: Int64Array) -> Completed:
    """Share on free school meals; a missing one is the median of its phase in its authority."""
    import pandas as pd

    frame = pd.DataFrame({"authority": authority, "phase": phase})
    known = pd.Series(np.where(percent.small, _SMALL_PERCENT, percent.value))
    impossible = ((known < 0) | (known > 100)).to_numpy()
    known = known.mask(impossible)
    unknown = known.isna().to_numpy()
    source, code, basis = percent.source.copy(), percent.code.copy(), percent.basis.copy()
    code[impossible] = "outside 0-100"
    how = {
        "median of its phase in its authority": _medians(known, frame, ["authority", "phase"]),
        "median of its phase": _medians(known, frame, ["phase"]),
        "median of all schools": pd.Series(np.full(len(known), known.median())),
    }
    for words, medians in how.items():
        fresh = (known.isna() & medians.notna()).to_numpy()
        source[fresh], basis[fresh] = words, IMPUTED
        known = known.fillna(medians)
    notes = []
    if unknown.any():
        notes.append(
            f"PercentageFSM is not known for {_schools(unknown)} ({_counts(code[unknown])}); "
            "each was given the median of its phase in its authority."
        )
    return Completed(np.asarray(known / 100.0, dtype=np.float64), basis, source, code, tuple(notes))


def complete_capacity(figures: Mapping[str, Figure], roll: Float64Array, phase: Int64Array) -> Completed:
    """Places: as registered, else roll over the use of capacity, else roll over England's mean use."""
    places, use = figures["places"], figures["use"].value
    known_use = use[np.isfinite(use)]
    if len(known_use) and np.median(known_use) > CAPACITY_USE[1]:
        use = use / 100.0  # given in percent
    least, most = CAPACITY_USE
    ceiling = np.array([plausible.places for plausible in PLAUSIBLE])[phase]
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = roll / places.value
        sound = (ratio >= least) & (ratio <= most) & (places.value <= ceiling)
        capacity = np.where(sound, places.value, np.nan)
        from_use = np.where((use >= least) & (use <= most), roll / use, np.nan)
    done = _chain(
        [
            (capacity, places.source, places.basis),
            (from_use, "roll / " + figures["use"].source, _computed(figures["use"])),
            (roll / facts.MEAN_CAPACITY_USE, f"roll / {facts.MEAN_CAPACITY_USE}, England's mean use", IMPUTED),
        ]
    )
    unknown = done.basis == IMPUTED
    code = np.where(~sound & np.isfinite(places.value), "implausible", places.code)
    notes = []
    if unknown.any():
        notes.append(
            f"Places are not known for {_schools(unknown)}; each was given its roll divided by "
            f"{facts.MEAN_CAPACITY_USE}, the mean use of capacity in England."
        )
    value = np.maximum(1.0, np.round(done.value))
    return Completed(value, done.basis, done.source, np.where(unknown, code, ""), tuple(notes))


def complete_teachers(
    figures: Mapping[str, Figure], roll: Float64Array, phase: Int64Array, urn: Int64Array, seed: int
) -> Completed:
    """Teachers in post: counted, else from full-time equivalents or the pupil:teacher ratio, else drawn."""
    per_fte = np.array([fact.heads_per_fte for fact in facts.FACTS])[phase]
    heads, ratio = figures["heads"], figures["ratio"]
    with np.errstate(invalid="ignore", divide="ignore"):
        ways = [(heads.value, heads.source, heads.basis)]
        ways += [
            (figures[name].value * per_fte, _times(figures[name].source, per_fte), _computed(figures[name]))
            for name in ("fte", "fte_other")
        ]
        ways.append((roll / ratio.value * per_fte, "roll / " + ratio.source, _computed(ratio)))
        sound = [
            (np.where(_plausible(value, roll, per_fte), value, np.nan), source, basis) for value, source, basis in ways
        ]
    drawn = np.full(len(roll), np.nan)
    given = np.any([np.isfinite(value) for value, *_ in sound], axis=0)
    for code in range(len(PHASES)):
        rows = ~given & (phase == code)
        drawn[rows] = draw_teachers(seed, code, roll[rows], urn[rows])
    done = _chain([*sound, (drawn, f"drawn from roll and phase, seed {seed}", IMPUTED)])
    unknown = done.basis == IMPUTED
    stated = np.any([np.isfinite(value) for value, *_ in ways], axis=0)
    code_text = np.where(stated, "implausible", heads.code)
    for name in ("fte", "fte_other", "ratio"):
        code_text = np.where((code_text == "") | (code_text == "blank"), figures[name].code, code_text)
    notes = []
    if unknown.any():
        notes.append(
            f"Teachers are not known for {_schools(unknown)}; their number was drawn from the "
            f"roll and phase (seed {seed})."
        )
    value = np.maximum(1.0, np.round(done.value))
    return Completed(value, done.basis, done.source, np.where(unknown, code_text, ""), tuple(notes))


def _plausible(heads: Float64Array, roll: Float64Array, per_fte: Float64Array) -> BoolArray:
    """Whether a number of teachers can be right; a ratio of 0 stands for unknown, and makes infinitely many."""
    fewest, most = PUPILS_PER_TEACHER
    pupils_each = roll / heads * per_fte
    return np.asarray(np.isfinite(heads) & (heads > 0) & (pupils_each >= fewest) & (pupils_each <= most))


def _chain(ways: list[tuple[Float64Array, ObjectArray | str, ObjectArray | str]]) -> Completed:
    """Take each school's value from the first way that gives one."""
    rows = len(ways[0][0])
    value, source = np.full(rows, np.nan), np.full(rows, "", dtype=object)
    basis = np.full(rows, UNKNOWN, dtype=object)
    for values, label, kind in ways:
        fresh = np.isnan(value) & np.isfinite(values)
        value[fresh] = values[fresh]
        source[fresh] = label if isinstance(label, str) else label[fresh]
        basis[fresh] = kind if isinstance(kind, str) else kind[fresh]
    return Completed(value, basis, source, np.full(rows, "", dtype=object))


def _computed(figure: Figure) -> ObjectArray:
    """Basis of what is computed from a figure."""
    return np.where(figure.basis == PREDECESSOR, PREDECESSOR, COMPUTED).astype(object)


def _times(source: ObjectArray, factor: Float64Array) -> ObjectArray:
    return np.array([f"{text} x {times:.3f}" for text, times in zip(source, factor, strict=True)], dtype=object)


def _medians(values: pd.Series[float], frame: pd.DataFrame, alike: list[str]) -> pd.Series[float]:
    return values.groupby([frame[name] for name in alike]).transform("median")


def _counts(codes: ObjectArray) -> str:
    texts = [str(code) or "not listed" for code in codes]
    return ", ".join(f"{text} {texts.count(text)}" for text in sorted(set(texts)))


def _schools(rows: BoolArray) -> str:
    count = int(rows.sum())
    return "1 school" if count == 1 else f"{count:,} schools"
