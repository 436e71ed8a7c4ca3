"""The docking table as a page of the documentation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from schoolsim.evidence.verification.comparison import AGREES, DIFFERS, NOT_DOCKED
from schoolsim.evidence.verification.registry import DOCKS, dock

if TYPE_CHECKING:
    import pandas as pd

_HEAD = """# Docking

Does schoolsim, its other mechanisms off, give results that are known exactly or published? Each line below was made
by `schoolsim dock`: what the engine gave, what it should give, how far apart they may be, and the verdict. The
standards are those of Axtell, Axelrod, Epstein & Cohen (1996): *identity* (the same numbers, within rounding or three
standard errors of a mean), *distributional* (means that cannot be told apart) and *relational* (the same order, sign
or shape). Runs go through the phases, rules and draws of the model itself; only parameters, populations and what
schools and teachers hold at the start are set, in `configs/docking`. March's model and Ishigami's function are
models of one's own instead: there the designs, the sweep, the store and the analysis are what is docked.
"""


def docking_markdown(table: pd.DataFrame | None = None) -> str:
    """The docks and their table as Markdown.

    Args:
        table: What `dock` returned; all docks are run in full when None (minutes).
    """
    table = dock() if table is None else table
    counts = table["verdict"].value_counts()
    text = ", ".join(f"{counts.get(word, 0)} {word}" for word in (AGREES, DIFFERS, NOT_DOCKED))
    parts = [_HEAD, f"{len(table)} quantities: {text}.\n"]
    for name in dict.fromkeys(table["dock"]):
        one, rows = DOCKS[name], table[table["dock"] == name]
        parts.append(
            f"## {one.model}\n\n`schoolsim dock {one.id}` · {one.standard} · {one.reference} · "
            f"`configs/docking/{one.config}.toml`\n\nThrough {one.through}.\n\n"
            "| quantity | ours | theirs | tolerance | verdict | |\n|---|---|---|---|---|---|\n"
            + "\n".join(_line(row) for row in rows.to_dict("records"))
            + "\n"
        )
    return "\n".join(parts)


def _line(row: dict[Any, Any]) -> str:
    numbers = [_number(float(row[name])) for name in ("ours", "theirs", "tolerance")]
    verdict = row["verdict"] if row["verdict"] == AGREES else f"**{row['verdict']}**"
    return "| " + " | ".join([str(row["quantity"]), *numbers, str(verdict), str(row["note"])]) + " |"


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    small = value != 0.0 and abs(value) < 1e-3
    return f"{value:.1e}" if small else f"{value:.4f}".rstrip("0").rstrip(".")
