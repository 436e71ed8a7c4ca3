"""`schoolsim answer --schools`, and what docs/studies.md shows of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import schoolsim as ss
from tests.cli.conftest import SERIAL, TINY, Type

PAGE = Path(__file__).parents[2] / "docs" / "studies.md"


def shown(language: str) -> str:
    section = PAGE.read_text(encoding="utf-8").partition("## Which schools gain")[2].partition("\n## ")[0]
    (block,) = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
    return str(block)


@pytest.mark.slow
def test_the_page_is_followed(typed: Type, register: Path) -> None:
    outcomes = shown("toml").replace("[0, 5, 10]", "[0, 1]")
    begin, _, rest = TINY.partition("[outcomes]")
    baseline = 'baseline = { "badging.scope" = "none" }\n'
    study = begin.replace('[constants]\n"setting.schools" = 12\n', "").replace("replications = 2", "replications = 3")
    Path("gains.toml").write_text(study + outcomes + baseline, encoding="utf-8")
    assert rest
    said = typed("schools", "build", register, "--authority", "Thornshire", "--out", "places/thornshire")
    assert said.code == 0, said.err
    sweep, answer = (line.split()[1:] for line in shown("sh").splitlines())
    said = typed(*sweep, *SERIAL)
    assert said.code == 0, said.err
    said = typed(*answer)
    assert said.code == 0, said.err
    assert "progress, badging.scope = individual against none: of 14 schools" in said.out
    result = ss.StudyResult.open(answer[1])
    table = result.school_gains("badging.scope", baseline="none", outcome="progress")
    best = table.sort_values(["mean", "urn"], ascending=[False, True]).iloc[0]
    names = dict(zip(*(getattr(ss.read_schools("places/thornshire"), key) for key in ("urn", "name")), strict=True))
    assert f"Most: {names[best['urn']]} ({best['mean']:+.3g}, {best['low']:+.3g} to" in said.out
    lines = json.loads(typed(*answer, "--json").out)["answer"]
    assert len(lines) == 2
    # By hand: each school's difference between the two policies, seed by seed.
    last = result.schools.query("half_term == 5 and outcome == 'progress' and urn == @best.urn")
    by_point = last.pivot_table(index="replication", columns="point", values="value", observed=True)
    level = result.points.index[result.points["badging.scope"] == "individual"][0]
    assert (by_point[level] - by_point[1 - level]).mean() == pytest.approx(best["mean"])
    assert set(result.series["outcome"]) == {"progress.partner"}


def test_made_up_schools_cannot_be_followed(typed: Type, tiny: Path) -> None:
    tiny.write_text(TINY.replace("[outcomes]", '[outcomes]\nschools = ["roll"]'), encoding="utf-8")
    assert typed("sweep", tiny, *SERIAL).code == 0
    said = typed("answer", "results/tiny", "--schools")
    assert said.code == 2
    assert "made-up schools are drawn anew" in said.err


def test_a_study_that_keeps_nothing_of_schools_says_how(typed: Type, register: Path, tiny: Path) -> None:
    text = TINY.replace('[constants]\n"setting.schools" = 12\n', "")
    tiny.write_text(text, encoding="utf-8")
    assert typed("sweep", tiny, *SERIAL, "--schools", register, "--authority", "Thornshire").code == 0
    said = typed("answer", "results/tiny_thornshire", "--schools")
    assert said.code == 2
    assert 'schools = ["progress"]' in said.err
