"""Every kind of figure is in the gallery, and each figure there is drawn again to the same bytes from its config."""

from __future__ import annotations

import importlib
import re
import struct
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from matplotlib.figure import Figure

from schoolsim.figures.kinds import FIGURES
from schoolsim.figures.of_study import provenance, requested_figures, study_tables
from schoolsim.figures.registry import draw
from schoolsim.figures.save import file_name, save_figure
from schoolsim.studies import StudyResult
from tests.figures.overlaps import faults

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "docs" / "gallery"
PICTURES = ROOT / "docs" / "figures" / "gallery"
MONTH = "A month of progress is 3.2 percentage points."
OF_PROGRESS = (
    "boxes", "contrast", "dose", "effects", "interaction", "pareto", "plane", "ranking", "regret", "sensitivity",
    "series",
)  # fmt: skip
"""Kinds that are of progress in the gallery, and so tell what a month of it is."""
STUDIES = sorted(path.name for path in (GALLERY / "results").iterdir())
FIRST = ("brokers",)
"""Of these a figure is drawn each time; of the others when slow tests run."""


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        return importlib.import_module("gallery")


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_gallery_is_drawn_to_the_same_bytes(gallery: ModuleType, page: str, tmp_path: Path) -> None:
    shown = gallery.drawn(tmp_path)
    stored = {path.name: path.read_bytes() for path in PICTURES.iterdir()}
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(made) == sorted(stored)
    assert [name for name in made if made[name] != stored[name]] == [], "run `make gallery`"
    assert gallery.page(shown) == page, "run `make gallery`"


def test_every_kind_is_in_the_gallery(page: str) -> None:
    assert [kind for kind in FIGURES if f'kind = "{kind}"' not in page] == []
    for one in ("schoolsim story partnership", "schoolsim map", "trust.png"):
        assert one in page


def test_what_stands_on_the_page_is_what_the_configs_say(gallery: ModuleType, page: str) -> None:
    for study in STUDIES:
        text = (GALLERY / f"{study}.toml").read_text(encoding="utf-8")
        tables = gallery.asked_for(text)
        assert [tomllib.loads(table)["figures"][0] for table in tables] == tomllib.loads(text)["figures"]
        assert [table for table in tables if table not in page] == []


@pytest.mark.parametrize("study", FIRST)
def test_the_first_figure_of_a_study_is_drawn_to_the_same_bytes(study: str, tmp_path: Path) -> None:
    """One of the gallery, as a sample of it: the slow test draws it all."""
    result = StudyResult.open(GALLERY / "results" / study)
    request, *_ = requested_figures(result, result.config)
    origin = provenance(result)
    made = draw(study_tables(result, [request]), request, origin)
    name = f"{file_name(str(request.get('name') or request['kind']))}.png"
    save_figure(made.figure, tmp_path / name, origin, caption=made.described)
    assert (tmp_path / name).read_bytes() == (PICTURES / name).read_bytes(), "run `make gallery`"


@pytest.mark.parametrize(
    "study", [pytest.param(study, marks=[] if study in FIRST else [pytest.mark.slow]) for study in STUDIES]
)
def test_every_figure_is_legible_in_a_column_too(study: str) -> None:
    result = StudyResult.open(GALLERY / "results" / study)
    requests = requested_figures(result, result.config)
    tables = study_tables(result, requests)
    for request in requests:
        drawn = draw(tables, {**request, "width": "column"}, provenance(result))
        assert faults(drawn.figure) == [], request["kind"]
        assert drawn.alt not in ("", drawn.short), request["kind"]
        assert re.search(r"\d", drawn.alt), request["kind"]
        of_progress = request["kind"] in OF_PROGRESS
        assert (MONTH in drawn.short and MONTH in _foot(drawn.figure)) == of_progress, request["kind"]


def _foot(figure: Figure) -> str:
    """What stands under a figure, in one line."""
    return " ".join(figure.get_supxlabel().split())


def test_figures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert max(sizes.values()) < 400_000
    for path in PICTURES.glob("*.png"):
        width, _ = struct.unpack(">II", path.read_bytes()[16:24])
        assert width in (2160, 1050), path.name
