"""`schoolsim report`: one page of a study, finished or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import SERIAL, TINY, Type
from tests.report.strict_html import parse


@pytest.mark.slow
def test_a_page_is_written_into_the_folder_or_where_it_is_asked_for(typed: Type, swept: Path) -> None:
    said = typed("report", swept)
    assert (said.code, said.out.strip()) == (0, str(swept / "report.html"))
    page = parse((swept / "report.html").read_text(encoding="utf-8"))
    assert page.errors == []
    assert page.all("h1")[0].text == "A tiny study"
    assert "Not finished" not in page.text
    told = json.loads(typed("report", swept, "--out", "pages/tiny.html", "--json").out)
    assert told == {"title": "A tiny study", "file": "pages/tiny.html", "complete": True}
    assert Path("pages/tiny.html").read_bytes() == (swept / "report.html").read_bytes()
    assert typed("verify", swept).code == 0


def test_a_study_that_is_not_finished_is_reported_from_what_is_there(
    typed: Type, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schoolsim.studies.execution import serial

    made = serial.run_one

    def interrupted_at_the_last_run(model: object, task: object, *, time_limit: float | None) -> object:
        if (task.point, task.replication) == (2, 2):  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return made(model, task, time_limit=time_limit)  # type: ignore[arg-type]

    monkeypatch.setattr(serial, "run_one", interrupted_at_the_last_run)
    more = TINY.replace('"none"]', '"none", "collective"]').replace("replications = 2", "replications = 3")
    tiny.write_text(more, encoding="utf-8")
    assert typed("sweep", tiny, *SERIAL).code == 130
    folder = Path("results/tiny")
    said = typed("report", folder)
    assert said.code == 0, said.err
    page = parse((folder / "report.html").read_text(encoding="utf-8"))
    assert page.errors == []
    assert "Not finished. Only 8 of 9 runs are made, and this answer rests on them." in page.text
    assert "8 runs made, none failed." in page.text
    assert "2 paired replications" in page.text
    # What can be drawn from runs is; what goes through the years waits for the last run.
    assert len(page.all("img")) == 1
    assert "years cannot be drawn. More can be drawn when all runs are made." in page.text


def test_a_folder_without_a_study_is_a_mistake(typed: Type) -> None:
    said = typed("report", "results/nowhere")
    assert said.code == 2
    assert "there is no study in results/nowhere" in said.err
