"""The same tables give the same bytes, and every file says where it came from."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from schoolsim.figures import PROVENANCE_KEYS, FigureError, contrast_figure, journal_style, save_figure
from schoolsim.figures.style import BASELINE, DPI, LEVELS
from tests.analysis.made_up_study import PROVENANCE
from tests.figures.conftest import SETTING
from tests.figures.two_figures import draw_one

CAPTION = "Badges – “caption” with ± and <tags>."
ORIGIN = f"study=badging_funding; config_sha256={'9f2b' * 16}; version=0.1.0; commit=0123abcd"


@pytest.fixture(scope="module")
def figure(differences: pd.DataFrame) -> Figure:
    """One figure for all tests, which only save it."""
    return contrast_figure(differences, panels=SETTING)


@pytest.fixture(scope="module")
def again(differences: pd.DataFrame) -> Figure:
    """The same, drawn once more."""
    return contrast_figure(differences, panels=SETTING)


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_saving_twice_gives_the_same_bytes(figure: Figure, again: Figure, tmp_path: Path, ending: str) -> None:
    one = save_figure(figure, tmp_path / f"one{ending}", PROVENANCE, caption=CAPTION)
    two = save_figure(again, tmp_path / f"two{ending}", PROVENANCE, caption=CAPTION)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["contrast", "series"])
def test_another_process_with_other_settings_gives_the_same_bytes(kind: str, tmp_path: Path, repository: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 20\naxes.grid: True\nlines.linewidth: 9\n")
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    draw_one(kind, here)
    environment = {**os.environ, "PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(tmp_path), "TZ": "Asia/Tokyo"}
    environment["PYTHONPATH"] = os.pathsep.join([str(repository), str(repository / "src")])
    command = [sys.executable, "-m", "tests.figures.two_figures", kind, str(elsewhere)]
    subprocess.run(command, check=True, env=environment, timeout=120)
    drawn, again = (
        {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in p.iterdir()} for p in (here, elsewhere)
    )
    assert len(drawn) == 5
    assert drawn == again


def test_png_says_where_it_came_from(figure: Figure, tmp_path: Path) -> None:
    with Image.open(save_figure(figure, tmp_path / "a.png", PROVENANCE, caption=CAPTION)) as image:
        text, size, dots = image.text, image.size, image.info["dpi"]  # type: ignore[attr-defined]
    assert text["Title"] == PROVENANCE["title"]
    assert text["Description"] == CAPTION
    assert text["Source"] == ORIGIN
    assert text["Software"] == "schoolsim 0.1.0"
    assert size[0] == round(7.2 * DPI)
    assert dots[0] == pytest.approx(DPI, abs=0.1)


def test_svg_says_where_it_came_from(figure: Figure, tmp_path: Path) -> None:
    tree = ElementTree.parse(save_figure(figure, tmp_path / "a.svg", PROVENANCE, caption=CAPTION))
    found = {node.tag.rpartition("}")[2]: (node.text or "") for node in tree.iter()}
    assert found["source"] == ORIGIN
    assert found["description"] == CAPTION
    assert "date" not in found


def test_pdf_says_where_it_came_from(figure: Figure, tmp_path: Path) -> None:
    content = save_figure(figure, tmp_path / "a.pdf", PROVENANCE, caption=CAPTION).read_bytes()
    assert b"/Keywords (" + ORIGIN.encode() + b")" in content
    assert b"CreationDate" not in content
    assert b"/Type3" not in content  # outlines of letters as programs: publishers refuse them
    assert b"/FontFile2" in content


def test_no_file_says_where_it_was_written(figure: Figure, tmp_path: Path) -> None:
    for ending in (".png", ".svg", ".pdf"):
        content = save_figure(figure, tmp_path / f"a{ending}", PROVENANCE).read_bytes()
        assert str(tmp_path).encode() not in content
        assert re.search(rb"20\d\d-\d\d-\d\dT", content) is None


def test_an_unknown_commit_is_said_to_be_unknown(figure: Figure, tmp_path: Path) -> None:
    path = save_figure(figure, tmp_path / "a.png", {**PROVENANCE, "commit": None})
    with Image.open(path) as image:
        assert image.text["Commit"] == "unknown"  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", PROVENANCE_KEYS)
def test_provenance_is_whole_or_refused(figure: Figure, tmp_path: Path, key: str) -> None:
    rest = {k: v for k, v in PROVENANCE.items() if k != key}
    with pytest.raises(FigureError, match=f"provenance lacks {key}"):
        save_figure(figure, tmp_path / "a.png", rest)
    assert list(tmp_path.iterdir()) == []


def test_other_formats_are_refused(figure: Figure, tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"\.png, \.svg, \.pdf; not as a\.jpg"):
        save_figure(figure, tmp_path / "a.jpg", PROVENANCE)


def test_drawing_leaves_the_users_settings_alone(differences: pd.DataFrame, tmp_path: Path) -> None:
    with mpl.rc_context({"font.size": 31}):
        before = dict(mpl.rcParams)
        save_figure(contrast_figure(differences, panels=SETTING), tmp_path / "a.png", PROVENANCE)
        assert dict(mpl.rcParams) == before
        with journal_style():
            assert mpl.rcParams["font.size"] == 7.5


def test_levels_are_told_apart_without_colour() -> None:
    looks = (BASELINE, *LEVELS)
    for trait in ("colour", "marker"):
        assert len({getattr(look, trait) for look in looks}) == len(looks)
    assert len({look.line for look in LEVELS}) == len(LEVELS)
