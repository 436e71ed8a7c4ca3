"""Reading every row on some seeds, and what is plausible, strained or absurd."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final

import numpy as np
import pandas as pd

from schoolsim.evidence.plausibility.rows import ROWS, Number, Row
from schoolsim.parameters.errors import UserError

VERDICTS: Final = ("plausible", "strained", "absurd")
SEEDS: Final = 20
FEW_SEEDS: Final = 3  # of the fast form


def verdict_of(number: Number, value: float) -> str:
    """Whether a value is plausible, strained or absurd; what cannot be read is absurd."""
    low, high = number.plausible
    least, most = number.not_absurd
    if low <= value <= high:
        return "plausible"
    return "strained" if least <= value <= most else "absurd"


def plausibility(
    rows: Sequence[str] | None = None, seeds: Iterable[int] = range(1, SEEDS + 1), *, workers: int | None = None,
    report: Callable[[str], None] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Read the rows and judge them.

    Args:
        rows: Ids; all when None.
        seeds: Replications of which each number is the mean.
        workers: Processes that read; one for each processor but one when None.
        report: Called with a line for each row read.

    Returns:
        A line a number: row, says, number, mean, low and high (of the seeds, 5% to 95%), plausible_low,
        plausible_high, verdict, row_verdict (the worst of the row's), source, grade. Failures first.

    Raises:
        UserError: There is no such row.
    """
    for name in rows or ():
        if name not in {row.id for row in ROWS}:
            raise UserError(f'there is no row "{name}". There are: {", ".join(row.id for row in ROWS)}.')
    seeds = list(seeds)
    chosen = [row for row in ROWS if rows is None or row.id in rows]
    lines: list[dict[str, object]] = []
    tasks = [(row.id, seed) for row in chosen for seed in seeds]
    with ProcessPoolExecutor(workers or max(1, (os.cpu_count() or 1) - 1)) as pool:
        read = dict(zip(tasks, pool.map(_read, tasks), strict=True))
    for row in chosen:
        lines += _lines(row, [read[row.id, seed] for seed in seeds])
        if report is not None:
            report(f"{row.id}: {lines[-1]['row_verdict']}")
    table = pd.DataFrame(lines)
    order = {verdict: -place for place, verdict in enumerate(VERDICTS)}
    ranked = table["row_verdict"].map(order)
    return table.assign(rank=ranked).sort_values("rank", kind="stable").drop(columns="rank").reset_index(drop=True)


def _read(task: tuple[str, int]) -> Mapping[str, float]:
    """One row's numbers with one seed."""
    name, seed = task
    return next(row for row in ROWS if row.id == name).read(seed)


def _lines(row: Row, read: Sequence[Mapping[str, float]]) -> list[dict[str, object]]:
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
