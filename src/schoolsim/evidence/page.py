"""The page of evidence, from stored tables: what fails comes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from schoolsim.evidence.page_ablations import removals_told
from schoolsim.evidence.page_calibration import calibration_part, not_as_promised, poorly_known
from schoolsim.evidence.page_patterns import (
    disputed_part,
    pattern_part,
    remarks_part,
    stories_part,
)
from schoolsim.evidence.patterns.pattern import USES
from schoolsim.evidence.patterns.report import verdicts
from schoolsim.evidence.patterns.scoring import ABSENT, APPEARS, OPPOSITE, UNCLEAR
from schoolsim.evidence.tables import bullets

TABLES = (
    "docking", "patterns", "calibration_parameters", "calibration_fit", "calibration_coverage",
)  # fmt: skip
"""The stored tables, each a CSV file."""


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The stored tables by name."""
    return {name: pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""]) for name in TABLES}


def evidence_markdown(folder: Path) -> str:
    """The page's generated part.

    Args:
        folder: Where the tables `TABLES` are stored.
    """
    tables = read_tables(folder)
    patterns = tables["patterns"]
    parts = [
        "## The weak points first\n\n" + bullets(_weak_points(tables)),
        *(pattern_part(patterns, use) for use in USES),
        disputed_part(patterns),
        stories_part(patterns),
        calibration_part(tables),
        _docking_part(tables["docking"]),
        remarks_part(),
    ]
    return "\n\n".join(parts)


def _weak_points(tables: dict[str, pd.DataFrame]) -> Iterator[str]:
    scored = verdicts(tables["patterns"])
    for use in USES:
        inside = scored[scored["use"] == use]
        if inside.empty:
            continue
        appearing = int((inside["verdict"] == APPEARS).sum())
        yield (
            f"**{appearing} of {len(inside)} {use} patterns appear** in full; {int(inside['appearing'].sum())} of "
            f"their {int(inside['claims'].sum())} single claims do."
        )
    for verdict, told in (
        (OPPOSITE, "show the opposite in at least one claim"),
        (ABSENT, "lack at least one claim, and show that no effect that matters is there"),
        (UNCLEAR, "cannot be told at this number of seeds in at least one claim"),
    ):
        names = scored[scored["verdict"] == verdict]["pattern"].tolist()
        if names:
            yield f"Patterns that {told} ({len(names)}): {', '.join(names)}."
    yield from removals_told(tables["patterns"])
    fit = tables["calibration_fit"]
    for verdict in ("missed", "strained"):
        names = fit[fit["verdict"] == verdict]["target"].tolist()
        if names:
            yield f"{len(names)} of {len(fit)} magnitudes are {verdict} after calibration: {', '.join(names)}."
    vague = poorly_known(tables["calibration_parameters"])
    if vague:
        yield f"The magnitudes say little of {', '.join(vague)}: more than 80% of the prior's spread is left."
    wrong = not_as_promised(tables["calibration_coverage"])
    if wrong:
        yield f"Intervals do not hold made-up truths as often as they say: {', '.join(wrong)}."
    differs = tables["docking"]["verdict"].value_counts()
    yield (
        f"Docking: {differs.get('agrees', 0)} of {len(tables['docking'])} quantities agree, "
        f"{differs.get('differs', 0)} differ, {differs.get('not docked', 0)} cannot be docked."
    )
    built = scored[(scored["kind"] == "built in") & (scored["verdict"] == APPEARS)]["pattern"].tolist()
    yield (
        f"Of the patterns that appear, {', '.join(built) or 'none'} are nearly built in: they verify that a mechanism "
        "does what its source says, and validate nothing."
    )


def _docking_part(table: pd.DataFrame) -> str:
    lines = ["| model | standard | quantities | agree | differ | not docked |", "|---|---|---|---|---|---|"]
    for name in dict.fromkeys(table["dock"]):
        rows = table[table["dock"] == name]
        count = rows["verdict"].value_counts()
        lines.append(
            f"| {rows['model'].iloc[0]} | {rows['standard'].iloc[0]} | {len(rows)} | {count.get('agrees', 0)} | "
            f"{count.get('differs', 0)} | {count.get('not docked', 0)} |"
        )
    return (
        "## Docking\n\nOther mechanisms off, the engine against results that are known exactly or published "
        "(`schoolsim dock`). Every quantity is on [the page of docking](evidence-docking.md).\n\n" + "\n".join(lines)
    )
