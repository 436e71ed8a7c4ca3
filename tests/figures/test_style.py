"""The look of figures is the same on every machine."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import font_manager

from schoolsim.figures.style import journal_style


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_font_is_matplotlibs_own_whatever_the_machine_has(weight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with journal_style():
        fonts = font_manager.fontManager
    other = next(font for font in fonts.ttflist if "Mono" in Path(font.fname).name)
    installed = [dataclasses.replace(other, name="DejaVu Sans", weight=number) for number in (400, 700)]
    monkeypatch.setattr(fonts, "ttflist", [*installed, *fonts.ttflist])
    with journal_style():
        found = font_manager.findfont(font_manager.FontProperties(family=mpl.rcParams["font.family"], weight=weight))
    assert Path(found).parent == Path(mpl.get_data_path(), "fonts", "ttf")
    assert Path(found).name == {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}[weight]
