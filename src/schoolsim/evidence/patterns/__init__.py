"""Patterns: whether the model shows what the sources found, and whether it does so for the reason they give."""

from __future__ import annotations

from schoolsim.evidence.patterns.catalogue import pattern_ids, read_pattern, read_patterns
from schoolsim.evidence.patterns.pattern import Claim, Pattern
from schoolsim.evidence.patterns.runner import COLUMNS, validate
from schoolsim.evidence.patterns.scoring import score, verdict_of

__all__ = [
    "COLUMNS",
    "Claim",
    "Pattern",
    "pattern_ids",
    "read_pattern",
    "read_patterns",
    "score",
    "validate",
    "verdict_of",
]
