"""The results that stand in the repository: small, of the configs as they are, and made again to the same bytes."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from PIL import Image

from schoolsim.studies import StudyResult
from schoolsim.studies.store.files import sha256
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.manifest import file_hashes, require_manifest, write_manifest

REPOSITORY = Path(__file__).parents[2]
RESULTS = REPOSITORY / "results"
SMALL = "studies/recommendations/R01"
FOLDERS = sorted(file.parent for file in RESULTS.glob("*/**/manifest.json") if ".making" not in file.parts)
MOST_BYTES, MOST_OF_A_FILE = 8_000_000, 200_000


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """`experiments/results.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("results_script", REPOSITORY / "experiments" / "results.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files of a folder, by name."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_every_study_has_its_results() -> None:
    configs = REPOSITORY / "configs" / "studies"
    studies = [file.relative_to(configs).with_suffix("") for file in configs.rglob("*.toml")]
    assert len(studies) >= 25
    assert [study for study in studies if RESULTS / "studies" / study not in FOLDERS] == []


def test_results_are_small_and_tables_of_runs_are_not_among_them() -> None:
    files = [file for folder in FOLDERS for file in folder.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    assert [file for file in files if file.name != "report.html" and file.stat().st_size > MOST_OF_A_FILE] == []
    assert [file for file in files if file.suffix == ".parquet"] == []


def test_the_readme_shows_the_figure_of_these_results(script: ModuleType) -> None:
    for study, (figure, place) in script.SHOWN.items():
        assert f"]({(place / figure).relative_to(REPOSITORY).as_posix()})" in (REPOSITORY / "README.md").read_text(
            "utf-8"
        )
        with Image.open(place / figure) as picture:
            source = picture.info["Source"]
        assert source in (RESULTS / study / "figures" / figure).with_suffix(".svg").read_text("utf-8")


def git_ignores(path: Path) -> bool:
    """Whether git leaves a path out."""
    return subprocess.run(["git", "check-ignore", "-q", str(path)], cwd=REPOSITORY).returncode == 0


@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="not a repository of git")
@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("results/mine/manifest.json", True),
        ("results/badging_funding/report.html", True),
        ("results/.making/studies/x/manifest.json", True),
        ("results/studies/x/runs.parquet", True),
        ("results/studies/x/logs/study.log", True),
        ("results/studies/x/manifest.json", False),
        ("results/programmes/x/figures/effects.svg", False),
        ("results/README.md", False),
    ],
)
def test_git_takes_these_results_and_leaves_a_users_own(path: str, ignored: bool) -> None:
    assert git_ignores(REPOSITORY / path) is ignored


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(RESULTS).as_posix())
def test_results_are_of_the_config_as_it_is(folder: Path, script: ModuleType) -> None:
    name = folder.relative_to(RESULTS).as_posix()
    assert name in script.names()
    stored = (folder / "study.toml").read_text(encoding="utf-8")
    # Paths in a config would be told from the folder; those of shipped studies have none.
    assert stored == script.config_of(name).to_toml(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["state"] == "complete"
    assert manifest["files"]["study.toml"] == sha256(folder / "study.toml")
    assert manifest["counts"]["failed"] == manifest["counts"]["timeout"] == 0
    assert manifest["git"]["schoolsim"]["dirty"] is False
    kept = contents(folder)
    assert {"answer.txt", "answer.json", "levels.csv"} <= set(kept)
    assert [file for file in kept if file.endswith(".svg")]


def test_all_results_are_of_one_version_of_the_model() -> None:
    manifests = (json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in FOLDERS)
    assert len({manifest["study"]["version"] for manifest in manifests}) == 1


def restored(made: Path, name: str, tmp_path: Path) -> Path:
    """A folder with the stored manifest and config, and the tables made just now where they are those of its hashes.

    The version of the model is in the bytes of tables, and any change of its sources changes that. Of another version
    the numbers are compared, by the answer, the summary tables and the figures.
    """
    folder = tmp_path / "restored" / Path(name).name
    folder.mkdir(parents=True)
    for file in ("manifest.json", "study.toml"):
        shutil.copyfile(RESULTS / name / file, folder / file)
    stored, now = (require_manifest(Folder(place)) for place in (folder, made))
    if stored["study"]["version"] == now["study"]["version"]:
        assert {file: sha256(made / file) for file in stored["files"]} == stored["files"]
    else:
        assert set(stored["files"]) == set(now["files"])
        write_manifest(Folder(folder), {**stored, "files": file_hashes(made / file for file in stored["files"])})
    for file in stored["files"]:
        shutil.copyfile(made / file, folder / file)
    return folder


@pytest.mark.slow
def test_a_study_is_made_again_to_the_same_bytes_and_so_are_its_answer_and_figures(
    script: ModuleType, tmp_path: Path
) -> None:
    made = script.sweep(SMALL, tmp_path / "made" / "R01", workers=1).folder
    folder = restored(made, SMALL, tmp_path)
    script.keep(StudyResult.open(folder), tmp_path / "kept")
    kept, stored = contents(tmp_path / "kept"), contents(RESULTS / SMALL)
    assert sorted(kept) == sorted(stored)
    assert [name for name in kept if kept[name] != stored[name] and name != "manifest.json"] == []
    # Numbers that are not the same are seen.
    runs = pq.read_table(folder / "runs.parquet")
    place = runs.column_names.index("progress.partner")
    moved = runs.set_column(
        place, "progress.partner", pc.add(runs["progress.partner"], pc.cast(runs["point"], "double"))
    )
    pq.write_table(moved, folder / "runs.parquet")
    manifest = require_manifest(Folder(folder))
    write_manifest(Folder(folder), {**manifest, "files": file_hashes(folder / file for file in manifest["files"])})
    script.keep(StudyResult.open(folder), tmp_path / "other")
    assert contents(tmp_path / "other")["answer.txt"] != stored["answer.txt"]
