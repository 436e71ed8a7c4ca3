"""Ablation results: for each supported claim, which ablation removed it, weakened it, or left it."""

from __future__ import annotations

from typing import Final

import pandas as pd

from schoolsim.evidence.patterns.pattern import ABLATED, WITHOUT
from schoolsim.evidence.patterns.scoring import APPEARS, REMOVED, UNAFFECTED, WEAKENED
from schoolsim.evidence.runs.experiment import AS_IS

UNTRIED: Final = "not tried"
NOTHING_LEFT: Final = 1e-9  # of an effect, beyond what adding up in another order leaves
_STRONGEST_FIRST: Final = (REMOVED, WEAKENED, UNAFFECTED)


def removals(table: pd.DataFrame) -> pd.DataFrame:
    """One row a claim that appears.

    Args:
        table: As `validate` returns it.

    Returns:
        Columns `pattern`, `use`, `claim`, `says`; `tried`, what was taken out, what became of the claim and what
        share of it was left, each, the mechanism of its pattern first; `first`, what the first of them did; `most`, the
        most that any did (removed, weakened, unaffected, or "not tried"); `level`, whether all seeds give 0 where it is
            first removed.
    """
    rows = []
    for row in table[(table["variant"] == AS_IS) & (table["verdict"] == APPEARS)].to_dict("records"):
        inside = table[(table["pattern"] == row["pattern"]) & (table["claim"] == row["claim"])]
        own = inside[inside["variant"].str.startswith(WITHOUT)]
        tried = [(one["variant"], one["ablation"], one["mean"] / row["mean"]) for one in own.to_dict("records")]
        off = inside[inside["variant"] == ABLATED]["mean"]
        if row["ablation"] in _STRONGEST_FIRST and len(off):
            tried.insert(0, (ABLATED, row["ablation"], float(off.iloc[0]) / row["mean"]))
        words = [word for _, word, _ in tried]
        rows.append({
            "pattern": row["pattern"], "use": row["use"], "claim": int(row["claim"]), "says": row["says"],
            "tried": tried, "first": words[0] if words else UNTRIED,
            "most": next((word for word in _STRONGEST_FIRST if word in words), UNTRIED),
            "level": _level(inside, [variant for variant, word, _ in tried if word == REMOVED]),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _level(inside: pd.DataFrame, gone: list[str]) -> bool:
    """Whether a claim is removed because its cells no longer differ in any seed."""
    off = inside[inside["variant"] == gone[0]] if gone else inside[:0]
    return bool(len(off) and (off[["low", "high"]].abs() < NOTHING_LEFT).all(axis=None))


def told(tried: list[tuple[str, str, float]]) -> str:
    """What was taken out, one after the other, and what became of the claim, in words."""
    return ", then ".join(
        f"is {word.partition(':')[0]}{f' to {left:.0%} of it' if word == WEAKENED else ''} {_out(variant)}"
        for variant, word, left in tried
    )


def _out(variant: str) -> str:
    return "with the pattern's mechanism off" if variant == ABLATED else variant
