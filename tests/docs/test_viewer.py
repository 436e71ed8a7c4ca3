"""The viewer in experiments/ is Mesa's own, on the model as it is."""

from __future__ import annotations

import runpy

import pytest

from tests.docs.pages import ROOT


@pytest.mark.slow
def test_the_viewer_is_drawn() -> None:
    solara = pytest.importorskip("solara")
    page = runpy.run_path(str(ROOT / "experiments" / "viewer.py"))["page"]
    box, context = solara.render(page, handle_error=False)
    try:
        assert box.children
    finally:
        context.close()
