"""`schoolsim export`: tables as CSV."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.cli.conftest import Type


def test_tables_as_csv(typed: Type, swept: Path) -> None:
    said = typed("export", swept, "--out", "csv")
    assert said.code == 0, said.err
    assert len(pd.read_csv("csv/runs.csv")) == 4
    assert typed("export", swept, "--compress", "--json").code == 0
    assert (swept / "csv" / "series.csv.gz").is_file()
