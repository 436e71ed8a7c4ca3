"""The notebooks run in a fresh kernel, from the first cell to the last, and show their figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import ROOT

BOOKS = sorted((ROOT / "experiments" / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize(
    "book",
    [
        pytest.param(book, id=book.stem, marks=[] if book.stem == "first_what_if" else [pytest.mark.slow])
        for book in BOOKS
    ],
)
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
