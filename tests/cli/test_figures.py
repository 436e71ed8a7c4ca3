"""`schoolsim figures`: drawn from the tables of a study."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import SERIAL, TINY, Type, hashes


@pytest.mark.slow
def test_figures_are_the_same_bytes_from_the_folder_and_from_the_config(typed: Type, swept: Path, tiny: Path) -> None:
    tiny.write_text(TINY.rpartition("[[figures]]")[0], encoding="utf-8")
    assert typed("sweep", tiny, *SERIAL).code == 0  # nothing is run again: the folder asks for one figure now
    said = typed("figures", swept)
    assert said.code == 0, said.err
    first = hashes(swept / "figures")
    assert set(first) == {f"badge.{end}" for end in ("png", "svg", "pdf", "txt", "csv")}
    shutil.rmtree(swept / "figures")
    assert json.loads(typed("figures", tiny, "--json").out)["files"]
    assert hashes(swept / "figures") == first
    # What is drawn is what the config reports, against the baseline it names.
    drawn = pd.read_csv(swept / "figures" / "badge.csv")
    assert list(drawn["outcome"]) == ["progress.partner", "trust.mean"]
    assert set(drawn["baseline"]) == {"none"}


@pytest.mark.slow
def test_a_figure_can_be_changed_after_the_runs(typed: Type, swept: Path, tiny: Path) -> None:
    tiny.write_text(TINY.replace('name = "badge"', 'name = "other"\nbaseline = "individual"'), encoding="utf-8")
    assert typed("figures", tiny).code == 0
    assert set(pd.read_csv(swept / "figures" / "other.csv")["level"]) == {"none"}
