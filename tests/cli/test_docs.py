"""`schoolsim docs` lists the pages and prints one."""

from __future__ import annotations

import json

from tests.cli.conftest import Type


def test_pages_are_listed_by_what_they_are_about(typed: Type) -> None:
    told = {row["page"]: row["title"] for row in json.loads(typed("docs", "--json").out)}
    assert told["tutorials/first_study"] == "Your first study"
    assert "Your first study" in typed("docs").out


def test_a_page_is_printed_by_its_name_or_the_end_of_it(typed: Type) -> None:
    for name in ("tutorials/first_study", "first_study", "docs/tutorials/first_study.md"):
        said = typed("docs", name)
        assert said.code == 0
        assert said.out.startswith("# Your first study")


def test_a_page_that_is_not_there_is_told(typed: Type) -> None:
    said = typed("docs", "tutorials/frist_study")
    assert said.code == 2
    assert "tutorials/first_study" in said.err
