"""A large study is answered and drawn from the columns that are needed, in memory that hardly grows with its size."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.made_up_store import THROUGH_TIME, grid_config, sample_config, write_study
from benchmarks.sections import PEAK
from schoolsim.analysis import Answer, contrast, half_term_runs
from schoolsim.figures import Tables
from schoolsim.figures import draw as draw_one
from schoolsim.figures.of_study import draw_study
from schoolsim.studies import StudyResult, verify
from schoolsim.studies.errors import DamagedError
from schoolsim.studies.run_columns import RunColumns

SMALL, LARGE = 600, 100_000
PROVENANCE = {"title": "", "study": "", "config_sha256": "0" * 64, "version": "", "commit": None}


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made_up") / "study"
    assert write_study(folder, grid_config(SMALL)) == SMALL
    return folder


def test_a_made_up_study_is_sealed_as_any_other(grid: Path) -> None:
    found = verify(grid)
    assert found.state == "complete"
    assert found.differences == ()


def test_effects_are_those_of_the_whole_table(grid: Path) -> None:
    result = StudyResult.open(grid)
    outcomes = ["progress.partner", "hours.joint"]
    expected = contrast(result.runs, "badging.scope", baseline="none", outcomes=outcomes)
    pd.testing.assert_frame_equal(result.contrast("badging.scope", baseline="none", outcomes=outcomes), expected)


@pytest.mark.parametrize(
    ("at_once", "options", "outcomes"),
    [
        (10**9, {}, THROUGH_TIME),
        (1, {"show": "level"}, THROUGH_TIME[:1]),
        *(
            pytest.param(at_once, options, THROUGH_TIME, marks=pytest.mark.slow)
            for at_once, options in (
                (1, {}),
                (1, {"show": "level"}),
                (1, {"show": "level", "band": "spread"}),
                (10**9, {"show": "level"}),
                (10**9, {"show": "level", "band": "spread"}),
            )
        ),
    ],
)
def test_series_are_those_of_the_whole_table(
    grid: Path, at_once: int, options: dict[str, str], outcomes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half-term by half-term from the disk, or all at once in memory."""
    monkeypatch.setattr("schoolsim.analysis.run_table.VALUES_AT_ONCE", at_once)
    monkeypatch.setattr("schoolsim.studies.half_term_values.ROWS_AT_ONCE", 1000)
    result = StudyResult.open(grid)
    asked = {"kind": "series", "lever": "badging.scope", "outcomes": list(outcomes), **options}
    stored = draw_one(Tables(result, True, []), asked, PROVENANCE)
    series = result.series[result.series["half_term"] >= 0]
    whole = draw_one(Tables(result.runs, series, []), asked, PROVENANCE)
    pd.testing.assert_frame_equal(
        stored.table.reset_index(drop=True), whole.table.reset_index(drop=True), check_dtype=False
    )
    # Tables in memory have no config that says how much a month of progress is.
    assert stored.caption.replace("A month of progress is 3.2 percentage points. ", "") == whole.caption


def test_values_through_time_are_those_of_the_series(grid: Path) -> None:
    result = StudyResult.open(grid)
    with result.through_time(["trust.partner"], since=3) as values:
        assert values.half_terms == list(range(3, 12))
        assert values.known("trust.partner") == set(range(3, 12))
        found = values.of("trust.partner", [5, 11])
    wide = half_term_runs(result.series, result.runs[["run", "point", "replication", "seed", "status"]])
    for place, half_term in enumerate((5, 11)):
        expected = wide[wide["half_term"] == half_term]["trust.partner"].to_numpy()
        np.testing.assert_array_equal(found[:, place], expected)


def whole(result: StudyResult) -> pd.DataFrame:
    raise AssertionError("the whole table was read")


def test_the_answer_does_not_read_what_it_does_not_tell(grid: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StudyResult, "runs", property(whole))
    monkeypatch.setattr(StudyResult, "series", property(whole))
    result = StudyResult.open(grid)
    assert len([*Answer(result, whole=True).lines()]) > 3


@pytest.mark.slow
def test_figures_do_not_read_what_they_do_not_show(grid: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StudyResult, "runs", property(whole))
    monkeypatch.setattr(StudyResult, "series", property(whole))
    result = StudyResult.open(grid)
    assert draw_study(result, result.config)


@pytest.mark.parametrize("config", [sample_config, pytest.param(grid_config, marks=pytest.mark.slow)])
def test_the_answer_from_columns_kept_at_hand_is_the_same(
    config: Callable[[int], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(tmp_path / "study", config(SMALL))

    def told() -> tuple[bool, list[str], pd.DataFrame]:
        result = StudyResult.open(tmp_path / "study")
        answer = Answer(result, whole=True)
        at_hand = all(name in (result._at_hand or ()) for name in (*answer.outcomes, *answer._helpers))
        return at_hand, [*answer.lines(), *answer.yardstick_lines()], answer.yardsticks

    at_hand, lines, table = told()
    assert not at_hand
    monkeypatch.setattr("schoolsim.studies.result.MANY_RUNS", 1)
    monkeypatch.setattr("schoolsim.studies.run_columns.ROWS_AT_ONCE", 100)
    kept, same_lines, same_table = told()
    assert kept
    assert same_lines == lines
    pd.testing.assert_frame_equal(same_table, table, check_exact=True)


def test_a_table_of_other_rows_than_its_manifest_counts_is_not_kept(grid: Path) -> None:
    with pytest.raises(DamagedError, match="not the 599 runs that its manifest counts"):
        RunColumns(grid / "runs.parquet", ["progress.mean"], SMALL - 1)


def megabytes(*arguments: str) -> float:
    """Most memory that a command takes in a process of its own."""
    done = subprocess.run([sys.executable, "-c", PEAK, *arguments], capture_output=True, text=True, check=True)
    return float(done.stderr.split()[-1])


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("config", [grid_config, sample_config])
def test_memory_hardly_grows_with_the_runs(tmp_path: Path, config) -> None:
    """A hundred thousand runs of 127 outcomes are 100 MB of numbers; read whole they took 300 to 900 MB."""
    for name, runs in (("small", SMALL), ("large", LARGE)):
        write_study(tmp_path / name, config(runs))
    for command in ("answer", "figures"):
        more = megabytes(command, str(tmp_path / "large")) - megabytes(command, str(tmp_path / "small"))
        assert more < {"answer": 120, "figures": 220}[command], (command, more)
