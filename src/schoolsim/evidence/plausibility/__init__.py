"""What a headteacher would expect to see, read from runs and judged against ranges."""

from schoolsim.evidence.plausibility.rows import ROWS, Number, Row
from schoolsim.evidence.plausibility.scoring import plausibility, verdict_of

__all__ = ["ROWS", "Number", "Row", "plausibility", "verdict_of"]
