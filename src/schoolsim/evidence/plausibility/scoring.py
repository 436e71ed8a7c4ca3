"""Reading every row on some seeds, and what is plausible, strained or absurd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from schoolsim.evidence.plausibility.rows import ROWS, Number, Row

VERDICTS: Final = ("plausible", "strained", "absurd")
SEEDS: Final = 20


def verdict_of(number: Number, value: float) -> str:
    """Whether a value is plausible, strained or absurd; what cannot be read is absurd."""
    low, high = number.plausible
    least, most = number.not_absurd
    if low <= value <= high:
        return "plausible"
    return "strained" if least <= value <= most else "absurd"


def plausibility(
    rows: Sequence[str] | None = None, seeds: Iterable[int] = range(1, SEEDS + 1),
    report: Callable[[str], None] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Read the rows and judge them.

    Args:
        rows: Ids; all when None.
        seeds: Replications of which each number is the mean.
        report: Called with a line for each row read.

    Returns:
        A line a number: row, says, number, mean, low and high (of the seeds, 5% to 95%), plausible_low,
        plausible_high, verdict, row_verdict (the worst of the row's), source, grade. Failures first.
    """
    chosen = [row for row in ROWS if rows is None or row.id in rows]
    lines = []
    for row in chosen:
        lines += _lines(row, list(seeds))
        if report is not None:
            report(f"{row.id}: {lines[-1]['row_verdict']}")
    table = pd.DataFrame(lines)
    order = {verdict: -place for place, verdict in enumerate(VERDICTS)}
    ranked = table["row_verdict"].map(order)
    return table.assign(rank=ranked).sort_values("rank", kind="stable").drop(columns="rank").reset_index(drop=True)


def _lines(row: Row, seeds: list[int]) -> list[dict[str, object]]:
    read = [row.read(seed) for seed in seeds]
    lines: list[dict[str, object]] = []
    worst = 0
    for number in row.numbers:
        values = np.array([found[number.name] for found in read], dtype=float)
        known = values[~np.isnan(values)]
        mean = float(known.mean()) if len(known) else float("nan")
        verdict = verdict_of(number, mean)
        worst = max(worst, VERDICTS.index(verdict))
        low, high = np.quantile(known, (0.05, 0.95)) if len(known) else (np.nan, np.nan)
        lines.append({
            "row": row.id, "says": row.says, "number": number.name,
            "mean": mean, "low": float(low), "high": float(high),
            "plausible_low": number.plausible[0], "plausible_high": number.plausible[1], "verdict": verdict,
            "source": row.source, "grade": row.grade,
        })  # fmt: skip
    for line in lines:
        line["row_verdict"] = VERDICTS[worst]
    return lines
