"""Measure the table of docs/how-to/evaluate_an_evaluation.md: `python docs/measure_evaluations.py [FOLDER]`.

Every shipped design is evaluated; the runs are kept in FOLDER (results, if left out), so that a second call makes only
what is missing. The tables are written to `docs/measured/evaluations.csv`, from which `make docs` fills the page.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

import schoolsim as ss
from schoolsim.config import list_configs

STORED = Path(__file__).parent / "measured" / "evaluations.csv"


def main() -> int:
    """Measure, and write."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("results")
    tables = []
    for entry in list_configs("evaluations"):
        name = entry.name.rpartition("/")[2]
        found = ss.evaluate(entry.name, out=folder / f"{name}_evaluation")
        sys.stdout.write(f"{name}\n" + "\n".join(found.lines()) + "\n\n")
        sys.stdout.flush()
        table = found.table.copy()
        table.insert(0, "design", name)
        tables.append(table)
    pd.concat(tables).to_csv(STORED, index=False, float_format="%.6g", lineterminator="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
