"""The published page as a file: whole, valid, safe, small, and the same numbers as the study's."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from schoolsim.analysis import Answer, contrast
from schoolsim.analysis.levels import level_table
from schoolsim.analysis.run_table import AnalysisError
from schoolsim.publish import page as page_module
from schoolsim.publish import process, publish_page
from schoolsim.publish.answering import Cells, Emulation, answering
from schoolsim.publish.quantities import criteria, reported, values_of
from schoolsim.studies import StudyResult
from schoolsim.studies.errors import StoreError
from tests.publish import models
from tests.publish.conftest import GRID, NAME, SCRIPT, SMALL, made
from tests.publish.strict_page import parse
from tests.report.test_page import LEAST_CONTRAST, contrast_ratio, external, faint, in_scheme, luminance

WORLD = {"market.choice_weight": 0.5}


@pytest.fixture(scope="session")
def text(grid: StudyResult) -> str:
    return publish_page(grid)


def data(text: str) -> dict[str, Any]:
    """What the page's script reads."""
    found: dict[str, Any] = json.loads(text.split('id="study">', 1)[1].split("</script>", 1)[0])
    return found


def answers_of(result: StudyResult) -> Cells | Emulation:
    """What answers, with the reported outcomes first."""
    answer = Answer(result)
    return answering(answer, values_of(answer, reported(answer)), lambda line: None)


def test_a_page_is_valid(text: str) -> None:
    page = parse(text)
    assert page.errors == []
    assert page.all("html")[0].attributes["lang"] == "en-GB"
    assert SCRIPT in page.all("title")[0].text
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (('<label for="outcome">Of</label>', ""), "outcome has no label"),
        (('<form class="picks" id="picks" aria-label="What is drawn"', '<form class="picks" id="picks"'), "no name"),
        (("<legend>", "<p>"), "</legend> where <p> is open"),
        (('id="value1"', 'id="value0"'), "two elements have the id value0"),
        (('aria-labelledby="label0"', 'aria-labelledby="label9"'), "label9 is nowhere"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_page_is_seen(text: str, broken: tuple[str, str], says: str) -> None:
    assert broken[0] in text
    assert any(says in error for error in parse(text.replace(*broken, 1)).errors)


def test_a_page_needs_nothing_from_elsewhere(text: str) -> None:
    page = parse(text)
    addresses = [address for address in external(page) if not re.match(r"data:(text/plain|application/json);", address)]
    assert addresses == []
    assert not page.all("link", "iframe", "img", "object")
    script = text.split("<script>", 1)[1].split("</script>", 1)[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = (one.attributes["content"] for one in page.all("meta") if "http-equiv" in one.attributes)
    assert policy == f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    assert len(text.encode()) < page_module.LARGEST


def test_what_a_user_wrote_is_text_and_nothing_else(hostile: StudyResult) -> None:
    text = publish_page(hostile)
    assert text.count("<script") == text.count("</script>") == 2
    assert "<!--" not in text
    page = parse(text)
    assert page.errors == []
    assert NAME in page.all("legend")[1].text
    assert f"Second {NAME}" in page.text
    assert data(text)["controls"][1]["levels"] == [f"First {NAME}", f"Second {NAME}"]


def test_text_stands_out_from_what_is_behind_it(text: str) -> None:
    assert faint(parse(text).style) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_drawn_stands_out_from_the_page(text: str, scheme: str) -> None:
    colours = dict(re.findall(r"(--\w+): (#[0-9a-f]{6})", in_scheme(parse(text).style, scheme)))
    for name in ("--ink", "--quiet", "--accent", "--other", "--worlds"):
        assert contrast_ratio(colours[name], colours["--paper"]) >= LEAST_CONTRAST, name
    assert (luminance(colours["--paper"]) < 0.1) == (scheme == "dark")


def test_the_config_and_the_manifest_are_in_the_page(text: str, grid: StudyResult) -> None:
    links = [one.attributes for one in parse(text).all("a") if "download" in one.attributes]
    inside = {one["download"]: base64.b64decode(one["href"].split("base64,")[1]).decode() for one in links}
    assert inside["study.toml"] == grid.config_text
    assert json.loads(inside["manifest.json"]) == grid.manifest


def test_a_grid_is_answered_by_its_own_runs(grid: StudyResult) -> None:
    found = answers_of(grid)
    assert isinstance(found, Cells)
    runs = grid.measured_runs(["progress.mean"])
    table = level_table(runs, outcomes=["progress.mean"])
    effects = contrast(
        runs, "badging.scope", baseline="none", outcomes=["progress.mean"], by=["learning.rate", "market.choice_weight"]
    )
    for row in table.to_dict("records"):
        setting = [one.values.index(row[one.name]) for one in found.controls]
        level = found.level(0, setting)
        assert (level.mean, level.low, level.high) == pytest.approx((row["mean"], row["low"], row["high"]), rel=1e-12)
    for row in effects.to_dict("records"):
        setting = [one.values.index(row[one.name] if one.name in row else row["level"]) for one in found.controls]
        other = [0 if one.role == "policy" else place for one, place in zip(found.controls, setting, strict=True)]
        apart = found.difference(0, setting, other)
        assert (apart.mean, apart.low, apart.high) == pytest.approx((row["mean"], row["low"], row["high"]), rel=1e-9)
    assert found.fault([0, 0, 7]) == "together"


def test_policies_that_met_the_same_worlds_are_emulated_by_what_they_change(crossed: StudyResult) -> None:
    found = answers_of(crossed)
    assert isinstance(found, Emulation)
    assert found.kind == "crossed"
    assert [one.name for one in found.controls] == ["badging.scope", "learning.rate", "market.choice_weight"]
    apart = found.difference(0, [2, 5.0, 0.75], [0, 5.0, 0.75])
    assert apart.low < 0.5 - 0.2 * 0.75 < apart.high
    assert apart.high - apart.low < 0.2
    assert found.difference(0, [1, 5.0, 0.0], [0, 5.0, 0.0]).mean == pytest.approx(0.0, abs=0.1)


def test_levers_with_ranges_are_emulated_with_the_worlds(joint: StudyResult) -> None:
    found = answers_of(joint)
    assert isinstance(found, Emulation)
    assert found.kind == "joint"
    one, other = [2, 30_000.0, 5.0, 0.75], [2, 10_000.0, 5.0, 0.75]
    apart = found.difference(0, one, other)
    assert apart.mean == pytest.approx(1.0, abs=0.3)
    assert found.difference(0, other, one).mean == pytest.approx(-apart.mean)


def test_a_study_too_small_for_an_emulator_is_answered_at_its_points(small: StudyResult) -> None:
    found = answers_of(small)
    assert isinstance(found, Cells)
    assert [len(one.values) for one in found.controls] == [3, 6]
    assert found.controls[1].levels[0].startswith("1: speed of learning ")
    page = parse(publish_page(small))
    assert page.errors == []
    assert "The study ran 18 settings, too few to say what lies between them (an emulator needs 12 points)" in page.text
    assert "Answered by an emulator" not in page.text


def test_a_cell_whose_runs_failed_is_not_there(folders: Path) -> None:
    result = made({**GRID, "title": "Failing"}, folders / "failing", models.fails_at_one_setting)
    found = answers_of(result)
    assert isinstance(found, Cells)
    assert len(found.settings) == 10
    assert parse(publish_page(result)).errors == []


def test_a_study_of_one_point_has_no_controls(folders: Path) -> None:
    point = {
        "title": "One",
        "levers": {"badging.scope": "collective"},
        "uncertainties": {**WORLD, "learning.rate": 4.0},
    }
    page = parse(publish_page(made({**point, "replications": 4}, folders / "one")))
    assert page.errors == []
    assert not page.all("input", "select")
    assert "Nothing varies in this study" in page.text


def test_a_model_without_money_is_not_ranked(folders: Path) -> None:
    worlds = {"title": "Queues", "uncertainties": {"learning.rate": [2.0, 3.0]}, "outcomes": {}}
    result = made(worlds, folders / "queues", models.of_something_else)
    page = parse(publish_page(result))
    assert page.errors == []
    assert 'href="#ranking"' not in publish_page(result)
    assert "queue.length" in page.text


def test_cost_is_what_was_granted_less_what_went_back(grid: StudyResult) -> None:
    answer = Answer(grid)
    found = {one.key: one for one in criteria(answer)}
    assert list(found) == ["progress", "gap", "cost", "hours"]
    values = values_of(answer, [found["cost"].quantity, found["hours"].quantity])
    assert np.unique(values[:, 0]).tolist() == [100_000.0, 110_000.0, 120_000.0]
    assert np.unique(values[:, 1]).tolist() == [900.0, 1350.0, 1800.0]


def test_a_small_difference_counts_only_if_the_reader_says_so(grid: StudyResult, text: str) -> None:
    counts = {one["key"]: one["counts"] for one in data(text)["criteria"]}
    assert counts == {"progress": True, "gap": True, "cost": True, "hours": True}
    levers = {"badging.scope": ["none", "individual"], "funding.per_partnership": 10.0}
    config = {**GRID, "title": "Dear", "levers": levers}
    found = data(publish_page(made(config, grid.folder.parent / "dear")))
    assert {one["key"]: one["counts"] for one in found["criteria"]}["cost"] is False


def test_a_page_too_large_is_refused(grid: StudyResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "LARGEST", 50_000)
    with pytest.raises(AnalysisError, match=r"the page would be 0\.1 MB.*fewer combinations"):
        publish_page(grid)


def test_without_scikit_learn_a_study_with_ranges_says_what_to_install(
    crossed: StudyResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "find_spec", lambda name: None)
    with pytest.raises(AnalysisError, match=r'pip install "schoolsim\[publish\]"'):
        publish_page(crossed)


def test_the_same_folder_gives_the_same_bytes(grid: StudyResult, text: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(grid.folder, tmp_path / "grid"))
    file = StudyResult.open(copy).publish()
    assert file == copy / "published.html"
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["study.toml", "design.parquet", "points.parquet", "columns.json", "runs.parquet"])
def test_every_file_is_compared_before_it_is_used(grid: StudyResult, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copytree(grid.folder, tmp_path / "grid"))
    with (copy / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(StoreError, match=f"{name} is not the file that was written"):
        publish_page(StudyResult.open(copy))


@pytest.mark.slow
def test_worlds_that_fail_leave_an_emulator_of_the_others(folders: Path) -> None:
    config = {**SMALL, "title": "All but a few", "design": {"kind": "lhs", "points": 14}}
    result = made(config, folders / "fourteen")
    assert isinstance(answers_of(result), Emulation)
