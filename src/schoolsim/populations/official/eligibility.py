"""Decides of every establishment whether it is a school of the model, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from schoolsim.populations.array_types import BoolArray, Float64Array, Int64Array, ObjectArray
from schoolsim.populations.official.establishment_types import LEFT_OUT
from schoolsim.populations.plausibility import PLAUSIBLE
from schoolsim.populations.schools import PHASES

# Metres of the British National Grid.
_EASTMOST: Final = 700_000.0
_NORTHMOST: Final = 1_300_000.0

CLOSED: Final = "closed or not open yet"
NO_ROLL: Final = "without a roll, or with no pupils"
IMPLAUSIBLE_ROLL: Final = "with more pupils than a school of its phase can have"
OFF_MAP: Final = "without a place on the map"
#: Reasons for leaving an establishment out, in the order in which they are looked for.
REASONS: Final = (CLOSED, *LEFT_OUT, NO_ROLL, IMPLAUSIBLE_ROLL, OFF_MAP)


@dataclass(frozen=True)
class Candidates:
    """What decides whether establishments are schools of the model.

    Args:
        is_open: Whether each is open.
        kind: Its phase's code, or why its kind is left out.
        roll: Pupils, NaN where unknown.
        easting: Metres of the National Grid, NaN where unknown.
        northing: The same.
    """

    is_open: BoolArray
    kind: ObjectArray
    roll: Float64Array
    easting: Float64Array
    northing: Float64Array

    @property
    def phase(self) -> Int64Array:
        """Code of the phase of each, -1 for those of none."""
        return np.array([kind if isinstance(kind, int) else -1 for kind in self.kind], dtype=np.int64)


def reasons(candidates: Candidates) -> ObjectArray:
    """Why each establishment is left out (one of `REASONS`), blank for the schools that are kept."""
    phase = candidates.phase
    ceilings = np.array([plausible.roll for plausible in PLAUSIBLE])
    most = np.where(phase >= 0, ceilings[np.maximum(phase, 0)], np.inf)
    applies = {
        CLOSED: ~candidates.is_open,
        **{why: candidates.kind == why for why in LEFT_OUT},
        NO_ROLL: ~(candidates.roll > 0),
        IMPLAUSIBLE_ROLL: candidates.roll > most,
        OFF_MAP: ~on_map(candidates.easting, candidates.northing),
    }
    reason = np.full(len(phase), "", dtype=object)
    for why in reversed(REASONS):
        reason[np.asarray(applies[why], dtype=bool)] = why
    return reason


def on_map(easting: Float64Array, northing: Float64Array) -> BoolArray:
    """Whether each place lies on the British National Grid."""
    with np.errstate(invalid="ignore"):
        inside = (easting > 0) & (easting <= _EASTMOST) & (northing > 0) & (northing <= _NORTHMOST)
    return np.asarray(inside)


def summary(reason: ObjectArray) -> list[str]:
    """Sentences that count the establishments kept and left out."""
    counts = {why: int((reason == why).sum()) for why in REASONS}
    kept = int((reason == "").sum())
    sentences = [f"{kept:,} of {len(reason):,} establishments kept."]
    listed = [f"{count:,} {why}" for why, count in counts.items() if count]
    if listed:
        sentences.append("Left out: " + "; ".join(listed) + ".")
    if counts[IMPLAUSIBLE_ROLL]:
        ceilings = ", ".join(
            f"{phase} {plausible.roll:,.0f}" for phase, plausible in zip(PHASES, PLAUSIBLE, strict=True)
        )
        sentences.append(f"Most pupils that a school can have: {ceilings}.")
    return sentences
