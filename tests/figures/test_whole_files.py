"""A figure, its caption and its numbers are written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from schoolsim.figures import draw_figures
from schoolsim.studies.errors import StoreError
from tests.analysis.made_up_study import COLUMNS, PROVENANCE, made_up_runs

KINDS = ({"kind": "contrast", "name": "x", "outcomes": ["trust.mean"], "panels": ""},)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a figure, drawn once; only read."""
    folder = tmp_path_factory.mktemp("drawn")
    draw_figures(made_up_runs(20), None, COLUMNS, KINDS, PROVENANCE, folder)
    return folder


LONG = [pytest.param(ending, marks=pytest.mark.slow) for ending in (".png", ".pdf", ".txt")]


@pytest.mark.parametrize("ending", [".svg", ".csv", *LONG])
def test_a_disk_that_fills_up_leaves_the_file_that_was_there(
    runs: pd.DataFrame, drawn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    shutil.copytree(drawn, tmp_path, dirs_exist_ok=True)
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
