"""The notebooks run in a fresh kernel, from the first cell to the last, and show their figures."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import schoolsim
from tests.docs.pages import ROOT

BOOKS = sorted((ROOT / "experiments" / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_what_a_notebook_takes_from_schoolsim_is_there(book: Path) -> None:
    """Every cell is Python, and every name of schoolsim in it is one of its own."""
    cells = [cell for cell in json.loads(book.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    named: set[str] = set()
    for node in (node for cell in cells for node in ast.walk(ast.parse("".join(cell["source"])))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ss":
            named.add(node.attr)
        if isinstance(node, ast.ImportFrom) and node.module == "schoolsim":
            named |= {alias.name for alias in node.names}
    assert [name for name in named if not hasattr(schoolsim, name)] == []


@pytest.mark.slow
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_notebook_runs_and_shows_its_figures(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPLBACKEND", raising=False)  # as in a reader's kernel, which shows what Matplotlib draws
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient").NotebookClient
    read = nbformat.read(book, as_version=4)
    assert all(not cell.get("outputs") for cell in read.cells), "outputs are not kept: they would be of another day"
    client(read, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [
        kind
        for cell in read.cells
        for output in cell.get("outputs", ())
        for kind, content in output.get("data", {}).items()
        if kind == "image/png" or (kind == "text/html" and "data:image/png" in content)
    ]
    assert shown, "no figure was shown"


def test_there_are_books() -> None:
    assert len(BOOKS) >= 6
