"""Plausibility: what a headteacher would expect to see, read from runs and judged against ranges."""

from schoolsim.evidence.plausibility.rows import ROWS, Number, Row
from schoolsim.evidence.plausibility.scoring import FEW_SEEDS, SEEDS, plausibility, verdict_of

__all__ = ["FEW_SEEDS", "ROWS", "SEEDS", "Number", "Row", "plausibility", "verdict_of"]
