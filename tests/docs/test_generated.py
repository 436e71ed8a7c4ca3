"""The generated parts of the documents are what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_is_in_step_with_the_code(generate: ModuleType) -> None:
    pages = generate.pages()
    assert len(pages) >= 4
    stale = [
        page.name
        for page in pages
        if generate.filled(page.read_text(encoding="utf-8")) != page.read_text(encoding="utf-8")
    ]
    assert stale == [], "run `make docs`"


def test_figures_are_drawn_from_the_stored_tables_to_the_same_bytes(generate: ModuleType, tmp_path: Path) -> None:
    for figure in generate.draw_figures(tmp_path):
        assert figure.read_bytes() == (ROOT / "docs" / "figures" / figure.name).read_bytes(), "run `make docs`"


def test_a_changed_page_is_noticed(generate: ModuleType) -> None:
    page = (ROOT / "docs" / "reference" / "parameters.md").read_text(encoding="utf-8")
    assert generate.filled(page.replace("badging.scope", "badging.scape")) == page


def test_an_unknown_part_is_refused(generate: ModuleType) -> None:
    with pytest.raises(KeyError):
        generate.filled("<!-- generated: nothing --><!-- /generated -->")


def test_every_rule_says_where_it_comes_from(generate: ModuleType) -> None:
    silent = [
        signature
        for file in sorted(generate.RULES.glob("*.py"))
        if file.stem not in ("__init__", "codes", "shapes")
        for signature, text in generate._functions(file)
        if not text
    ]
    assert silent == []
