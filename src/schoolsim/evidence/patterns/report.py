"""Scores in words: how many patterns appear, by what they are to the model."""

from __future__ import annotations

import pandas as pd

from schoolsim.evidence.patterns.pattern import USES
from schoolsim.evidence.patterns.runner import NOT_EXPRESSED
from schoolsim.evidence.patterns.scoring import APPEARS, REMOVED, UNAFFECTED, WEAKENED, overall
from schoolsim.evidence.runs.experiment import AS_IS


def verdicts(table: pd.DataFrame, variant: str = AS_IS) -> pd.DataFrame:
    """One row a pattern: its verdict, how many of its claims appear, and what the ablation did.

    Returns:
        Columns `pattern`, `use`, `kind`, `verdict`, `appearing`, `claims`, `ablation`.
    """
    rows = []
    for name, claims in table[table["variant"] == variant].groupby("pattern", sort=True):
        found = claims["verdict"].tolist()
        verdict = NOT_EXPRESSED if NOT_EXPRESSED in found else overall(found)
        rows.append({
            "pattern": name, "use": claims["use"].iloc[0], "kind": claims["kind"].iloc[0], "verdict": verdict,
            "appearing": found.count(APPEARS), "claims": len(found), "ablation": _ablation(claims["ablation"].tolist()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def summary(table: pd.DataFrame) -> list[str]:
    """A sentence for each use that has patterns."""
    scored = verdicts(table)
    lines = []
    for use in USES:
        inside = scored[scored["use"] == use]
        if len(inside) == 0:
            continue
        words = inside["verdict"].value_counts()
        listed = ", ".join(f"{count} {word}" for word, count in words.items())
        claims, appearing = int(inside["claims"].sum()), int(inside["appearing"].sum())
        lines.append(f"{use}: {len(inside)} patterns: {listed}. {appearing} of their {claims} claims appear.")
    return lines


def _ablation(words: list[str]) -> str:
    """What the ablation did to the claims that it should take away: the least of it."""
    return next((word for word in (UNAFFECTED, WEAKENED, REMOVED) if word in words), "")
