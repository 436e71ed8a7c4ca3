"""What a study keeps of every school: as the run had it, the same bytes however it is made, and sealed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import schoolsim as ss
from schoolsim.outcomes.schools import SCHOOL_OUTCOMES
from schoolsim.studies import Fixed, ModelReference, StudyPlan, StudyResult, reproduce
from schoolsim.studies.errors import StudyError
from schoolsim.studies.progress import Progress
from schoolsim.studies.store.parts import part_table
from schoolsim.studies.verification import verify
from tests.studies.models import Pupils
from tests.studies.plans import HERE, run_study


def pupils(replications: int = 4, **arguments: object) -> StudyPlan:
    """Six points of the `Pupils` model, of which one fails."""
    points = pd.DataFrame({"pupils.drift": [0.0, 1.0, 2.0, 3.0, 4.0, -1.0]})
    return StudyPlan(points, ModelReference(f"{HERE}:Pupils", arguments), Fixed(replications), 7, title="Pupils")


class Interrupt:
    def __init__(self, after: int) -> None:
        self._after = after

    def __call__(self, now: Progress) -> None:
        if now.made >= self._after:
            raise KeyboardInterrupt


def test_the_table_holds_what_the_model_gave(tmp_path: Path) -> None:
    plan = pupils()
    assert "schools.parquet" in run_study(plan, tmp_path)
    table = pd.read_parquet(tmp_path / "schools.parquet")
    assert list(table.columns) == ["run", "point", "replication", "half_term", "outcome", "urn", "value"]
    assert len(table) == 5 * 4 * 2 * 2 * 3  # points that do not fail, replications, names, times, schools
    for (point, replication), rows in table.groupby(["point", "replication"]):
        task = plan.task(int(point), int(replication))
        given = Pupils().run(task.parameters, task.seed).schools
        for name, values in given.values.items():
            stored = rows[rows["outcome"] == name]
            assert stored["urn"].tolist() == [*given.urn, *given.urn]
            assert stored["half_term"].tolist() == [-1, -1, -1, 5, 5, 5]
            assert stored["value"].tolist() == values.ravel().tolist()
    assert table["outcome"].astype(str).unique().tolist() == ["roll", "calm"]  # the model's own order of columns


def test_workers_interruptions_and_a_retry_do_not_change_a_byte(tmp_path: Path) -> None:
    whole = run_study(pupils(), tmp_path / "whole")
    for workers in (1, 2):
        assert run_study(pupils(), tmp_path / str(workers), executor="processes", workers=workers) == whole
    cut = tmp_path / "cut"
    for after in (1, 5, 3):
        with pytest.raises(KeyboardInterrupt):
            run_study(pupils(), cut, progress=Interrupt(after))
    partial = StudyResult.open(cut)
    assert not partial.complete
    assert run_study(pupils(), cut) == whole
    # More replications of a finished study: the tables go back into parts, and nothing of schools is lost.
    run_study(pupils(2), tmp_path / "grown")
    assert run_study(pupils(), tmp_path / "grown") == whole
    assert run_study(pupils(), cut, retry_failed=True) == whole


def test_it_is_sealed(tmp_path: Path) -> None:
    run_study(pupils(), tmp_path)
    files = json.loads((tmp_path / "manifest.json").read_text())["files"]
    assert "schools.parquet" in files
    assert verify(tmp_path).sound
    rows = json.loads((tmp_path / "columns.json").read_text())
    roll = next(row for row in rows if row["table"] == "schools" and row["name"] == "roll")
    assert (roll["role"], roll["unit"], roll["definition"]) == ("outcome", "pupils", "On roll")
    content = bytearray((tmp_path / "schools.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "schools.parquet").write_bytes(content)
    assert any("schools.parquet" in line for line in verify(tmp_path).differences)


@pytest.mark.slow
def test_parts_of_long_tables_are_written_before_memory_is_full(tmp_path: Path) -> None:
    plan = pupils(4, schools=60_000)  # 240,000 values a run: three runs fill a part
    run_study(plan, tmp_path, progress=False)
    import pyarrow.parquet as pq

    file = pq.ParquetFile(tmp_path / "schools.parquet")
    groups = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert sum(groups) == 5 * 4 * 240_000
    assert max(groups) <= 2_400_000


def test_a_part_without_schools_is_as_it_was() -> None:
    from schoolsim.studies.run_request import RunRecord

    assert not any(name.startswith("school_") for name in part_table([RunRecord("a", 0, 0, 1)]).column_names)


# --- the school model ------------------------------------------------------------------------------

STUDY = """\
title = "Schools"
base = "programmes/beacon"
years = 2
burn_in_years = 1
replications = 2
seed = 5

[levers]
"programme.originators" = 2
"badging.scope" = ["none", "individual"]

[constants]
"setting.schools" = 12

[outcomes]
report = ["progress.partner"]
measure = ["progress.partner", "trust.mean"]
keep = ["trust.mean"]
schools = ["progress", "roll"]
school_years = [0, 2]
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyResult:
    place = tmp_path_factory.mktemp("schools")
    (place / "study.toml").write_text(STUDY, encoding="utf-8")
    return ss.Study.load(place / "study.toml").run(out=place / "out", executor="serial", progress=False)


def test_schools_are_as_a_system_has_them(study: StudyResult) -> None:
    table = study.schools
    assert sorted(table["half_term"].unique()) == [-1, 11]
    row = study.runs.iloc[-1]
    system = ss.SchoolSystem(
        study.folder / "study.toml", study.points.iloc[int(row["point"])].to_dict(), seed=int(row["seed"]),
        burn_in_years=1,
    ).run(0)  # fmt: skip
    mine = table[(table["point"] == row["point"]) & (table["replication"] == row["replication"])]
    for half_term, years in ((-1, 0), (11, 2)):
        system.run(years)
        state = system.simulation.state.schools
        for name, values in (("progress", state.progress), ("roll", state.roll)):
            stored = mine[(mine["half_term"] == half_term) & (mine["outcome"] == name)]
            assert stored["urn"].tolist() == state.uid.tolist()
            assert stored["value"].tolist() == values.tolist()


def test_reading_schools_does_not_change_the_run_and_keep_chooses_series(study: StudyResult, tmp_path: Path) -> None:
    plain = STUDY.replace('schools = ["progress", "roll"]\nschool_years = [0, 2]\n', "").replace(
        'keep = ["trust.mean"]\n', ""
    )
    (tmp_path / "plain.toml").write_text(plain, encoding="utf-8")
    other = ss.Study.load(tmp_path / "plain.toml").run(out=tmp_path / "out", executor="serial", progress=False)
    columns = ["point", "replication", "progress.partner", "trust.mean"]
    pd.testing.assert_frame_equal(study.runs[columns], other.runs[columns])
    assert set(other.series["outcome"]) == {"progress.partner", "trust.mean"}
    kept = study.series
    assert set(kept["outcome"]) == {"trust.mean"}
    assert kept["value"].tolist() == other.series[other.series["outcome"] == "trust.mean"]["value"].tolist()
    with pytest.raises(StudyError, match=r'schools = \["progress"\]'):
        other.schools  # noqa: B018
    assert not (other.folder / "schools.parquet").exists()


def test_a_stored_study_of_schools_reproduces(study: StudyResult) -> None:
    again = reproduce(study.folder)
    assert again.same, str(again)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('schools = ["progres", "roll"]', 'Did you mean "progress"'),
        ("school_years = [0, 3]", "3 is not a year of the run, from 0 to 2"),
        ("school_years = [-1]", "school_years"),
        ('keep = ["trust.men"]', '"trust.men" is not an outcome'),
    ],
)
def test_a_mistake_is_refused_before_the_first_run(line: str, message: str, tmp_path: Path) -> None:
    key = line.partition(" =")[0]
    lines = [line if old.startswith(f"{key} =") else old for old in STUDY.splitlines()]
    (tmp_path / "study.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(ss.parameters.errors.UserError, match=message):
        ss.Study.load(tmp_path / "study.toml").run(out=tmp_path / "out", executor="serial", progress=False)
    assert not list((tmp_path / "out").rglob("runs.parquet"))


def test_everything_that_can_be_kept_is_a_number_of_each_school() -> None:
    system = ss.SchoolSystem(None, {"setting.schools": 10}, seed=1)
    for name, outcome in SCHOOL_OUTCOMES.items():
        values = np.asarray(outcome.read(system.simulation.state))
        assert values.shape == (10,), name
        assert np.isfinite(values).all(), name
