"""A figure, its caption and its numbers are written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.figures import draw_figures
from schoolsim.studies.errors import StoreError
from tests.analysis.made_up_study import COLUMNS, PROVENANCE

KINDS = ({"kind": "contrast", "name": "x", "outcomes": ["trust.mean"], "panels": ""},)


LONG = [pytest.param(ending, marks=pytest.mark.slow) for ending in (".png", ".pdf", ".txt")]


@pytest.mark.parametrize("ending", [".svg", ".csv", *LONG])
def test_a_disk_that_fills_up_leaves_the_file_that_was_there(
    runs: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    draw_figures(runs, None, COLUMNS, KINDS, PROVENANCE, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(before) == 5
    sync = os.fsync

    def full(descriptor: int) -> None:
        if ending in os.readlink(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.ENOSPC, "full")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    others = ({**KINDS[0], "outcomes": ["progress.partner"]},)
    with pytest.raises(StoreError, match="The disk is full"):
        draw_figures(runs, None, COLUMNS, others, PROVENANCE, tmp_path)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert after.keys() == before.keys()
    assert after[f"x{ending}"] == before[f"x{ending}"]
