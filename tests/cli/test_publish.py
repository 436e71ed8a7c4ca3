"""`schoolsim publish`: a page with sliders, of a study finished or not."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Type
from tests.publish.strict_page import parse


def test_a_page_is_written_into_the_folder_or_where_it_is_asked_for(typed: Type, swept: Path) -> None:
    said = typed("publish", swept)
    assert (said.code, said.out.strip()) == (0, str(swept / "published.html"))
    page = parse((swept / "published.html").read_text(encoding="utf-8"))
    assert page.errors == []
    assert page.all("h1")[0].text == "A tiny study"
    assert "each number is the mean of the runs of that very combination" in page.text
    assert "Not finished" not in page.text
    told = json.loads(typed("publish", swept, "--out", "pages/tiny.html", "--json").out)
    assert told == {"title": "A tiny study", "file": "pages/tiny.html", "complete": True}
    assert Path("pages/tiny.html").read_bytes() == (swept / "published.html").read_bytes()
    assert typed("verify", swept).code == 0


def test_a_folder_without_a_study_is_a_mistake(typed: Type) -> None:
    said = typed("publish", "results/nowhere")
    assert said.code == 2
    assert "there is no study in results/nowhere" in said.err
