"""`schoolsim export`: tables as CSV."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.cli.conftest import Type
from tests.studies.resealing import reseal


def test_tables_as_csv(typed: Type, swept: Path) -> None:
    said = typed("export", swept, "--out", "csv")
    assert said.code == 0, said.err
    assert len(pd.read_csv("csv/runs.csv")) == 4
    assert typed("export", swept, "--compress", "--json").code == 0
    assert (swept / "csv" / "series.csv.gz").is_file()


def test_a_table_that_is_no_parquet_any_more_is_one_message(typed: Type, swept: Path) -> None:
    """Damaged, and sealed again as if it had been written so."""
    for name in ("runs.parquet", "series.parquet"):
        whole = (swept / name).read_bytes()
        footer = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
        (swept / name).write_bytes(whole[:footer] + b"\xff" * 20 + whole[footer + 20 :])
        reseal(swept)
        said = typed("export", swept)
        assert said.code == 2
        assert f"{name} cannot be read" in said.err
        (swept / name).write_bytes(whole)
        reseal(swept)
