"""The section of docs/studies.md on worlds and robustness: its files are written and its commands typed, made small."""

from __future__ import annotations

import shlex
import warnings
from pathlib import Path

import pytest

from schoolsim.studies import Study, StudyResult
from tests.docs.following import FENCE, ROOT
from tests.invoking import invoke

SMALL = {"years = 4": "years = 1", "replications = 10": "replications = 2", "replications = 4": "replications = 1",
         "points = 40": "points = 24"}  # fmt: skip
FEW = '[constants]\n"setting.schools" = 12\n'
FEWER_LEVERS = '"programme.originators" = 2\n"programme.partners_each" = 1\n'


def section() -> str:
    page = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")
    return page.partition("\n## In which worlds, and how robustly\n")[2].partition("\n## ")[0]


def commands() -> list[list[str]]:
    blocks = [found["text"] for found in FENCE.finditer(section()) if found["language"] == "sh"]
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def made_small(text: str) -> str:
    for wide, narrow in SMALL.items():
        text = text.replace(wide, narrow)
    text = text.replace("[levers]\n", f"[levers]\n{FEWER_LEVERS}")
    return f"{text}\n{FEW}"


def middle() -> float:
    """The median over worlds of what the badge changes."""
    result = StudyResult.open("results/badge_worlds")
    runs = result.measured_runs(["trust.partner"], result.named_points)
    means = runs.groupby(["badging.scope", "market.choice_weight"])["trust.partner"].mean()
    return float((means["collective"] - means["none"]).median())


def test_the_studies_of_the_page_are_studies(tmp_path: Path) -> None:
    studies = [block for block in FENCE.finditer(section()) if block["place"]]
    assert len(studies) == 2
    for block in studies:
        (tmp_path / block["place"]).write_text(block["text"], encoding="utf-8")
        assert len(Study.load(tmp_path / block["place"]).points()) > 1


@pytest.mark.slow
def test_the_commands_of_the_page_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("ema_workbench.analysis.prim")
    monkeypatch.chdir(tmp_path)
    places = []
    for block in FENCE.finditer(section()):
        if block["place"]:
            Path(block["place"]).write_text(made_small(block["text"]), encoding="utf-8")
            places.append(block["place"])
    assert places == ["badge_worlds.toml", "which_badge.toml"]
    typed = commands()
    assert len(typed) == 7
    for line in typed:
        assert line[0] == "schoolsim"
        quick = ["--executor", "serial", "--quiet"] if line[1] in ("sweep", "search") else []
        # The bound of the page is of the whole study; made small, half of its worlds lie on either side of this one.
        words = [f"{middle()}" if word == "0.05" else word for word in line[1:]]
        done = invoke(*words, *quick)
        assert done.exit_code == 0, f"{line}\n{done.output}"
    assert len(list(Path("results/which_badge_search").glob("batch_*"))) == 3
