"""Draws the gallery from the tables in docs/gallery, and writes its page: `python docs/gallery.py` (`make gallery`).

With `--tables`, the studies and the run behind the tables are made anew first, which takes a few minutes.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from schoolsim.citations.references import SOFTWARE
from schoolsim.config import load_config
from schoolsim.figures.kinds import FIGURES
from schoolsim.figures.life_line import life_line_caption, life_line_figure
from schoolsim.figures.network_map import map_caption, map_figure
from schoolsim.figures.of_study import provenance, requested_figures, study_tables
from schoolsim.figures.registry import draw
from schoolsim.figures.save import file_name, save_figure
from schoolsim.figures.trust import trust_caption, trust_figure
from schoolsim.mapping import map_network
from schoolsim.populations import synthetic_authority
from schoolsim.populations.ties import read_ties
from schoolsim.stories import Story
from schoolsim.studies import Study, StudyResult
from schoolsim.studies.store.csv_text import write_csv
from schoolsim.studies.store.files import write_text

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "docs" / "gallery"
RESULTS = GALLERY / "results"
RUN = GALLERY / "run"
PICTURES = ROOT / "docs" / "figures" / "gallery"
PAGE = ROOT / "docs" / "gallery.md"
ONE_RUN = "one_run"
STUDIES = tuple(sorted(path.stem for path in GALLERY.glob("*.toml") if path.stem != ONE_RUN))
YEARS = 6
LEAD = """# Gallery of figures

One figure of every kind, each with the table of a config that asks for it: `schoolsim list figures` names them,
`schoolsim show dose` lists the options of one, and [draw a figure for a paper](how-to/figures.md) says how they are
asked for. They are drawn from tables of small studies, whose whole configs are linked: 40 schools or fewer and a dozen
replications show what a figure looks like, and answer nothing. `make gallery` draws them all again, to the same
bytes."""
ORDER = (
    "series", "contrast", "effects", "interaction", "dose", "adoption", "adoption_by_source", "plane", "funnel", "uses",
    "ranking", "regret", "pareto", "boxes", "sensitivity", "convergence", "distribution",
    "distribution_of_the_supported", "life_line", "map", "trust",
)  # fmt: skip
"""The figures, by their names, in the order of the page."""


@dataclass(frozen=True)
class Shown:
    """One figure of the gallery.

    Args:
        name: Of the figure.
        file: Its file.
        heading: Over it.
        alt: What is seen, in words.
        caption: What it shows.
        source: The config, a file of `docs/gallery`.
        asked: What asks for it: a table of that config, or a command.
        language: Of that, for the page.
    """

    name: str
    file: str
    heading: str
    alt: str
    caption: str
    source: str
    asked: str
    language: str


def drawn(folder: Path) -> list[Shown]:
    """Draw every figure of the gallery into a folder."""
    shown = {one.name: one for one in (*_of_studies(folder), *_of_one_run(folder))}
    unplaced = [name for name in shown if name not in ORDER]
    if unplaced:
        raise SystemExit(f"docs/gallery.py: ORDER has no place for {', '.join(unplaced)}")
    return [shown[name] for name in ORDER]


def page(shown: Sequence[Shown]) -> str:
    """The page of the gallery."""
    parts = [LEAD]
    for one in shown:
        parts.append(f"## {one.heading}")
        parts.append(f"![{one.alt}](figures/gallery/{one.file})")
        parts.append(one.caption)
        parts.append(f"```{one.language}\n{one.asked}\n```")
        parts.append(f"The whole config: [{one.source}.toml](gallery/{one.source}.toml).")
    return "\n\n".join(parts) + "\n"


def asked_for(config: str) -> list[str]:
    """The `[[figures]]` tables of a config, as they stand in it."""
    parts = re.split(r"(?m)^(?=\[\[figures\]\]$)", config)[1:]
    return [part.strip() for part in parts]


def _of_studies(folder: Path) -> Iterator[Shown]:
    """The figures that the configs of studies ask for, from their stored tables."""
    for study in STUDIES:
        path = GALLERY / f"{study}.toml"
        config, result = load_config(path), StudyResult.open(RESULTS / study)
        requests = requested_figures(result, config)
        tables, origin = study_tables(result, requests), provenance(result)
        for request, asked in zip(requests, asked_for(path.read_text(encoding="utf-8")), strict=True):
            kind = str(request["kind"])
            name = file_name(str(request.get("name") or kind))
            made = draw(tables, request, origin)
            save_figure(made.figure, folder / f"{name}.png", origin, caption=made.described)
            heading = FIGURES[kind].summary.rstrip(".")
            yield Shown(name, f"{name}.png", heading, _plain(made.alt), made.short, study, asked, "toml")


def _of_one_run(folder: Path) -> Iterator[Shown]:
    """The figures of one run: a partnership's life line, the map of schools, and trust on their ties."""
    config = f"docs/gallery/{ONE_RUN}.toml"
    story, ties = _story(), pd.read_csv(RUN / "ties.csv")
    schools = synthetic_authority(_seed(), schools=_schools())
    columns = {"from": "first", "to": "second", "strength": "trust"}
    found = map_network(read_ties(RUN / "ties.csv", schools, columns=columns), schools=schools, title=_title())
    telling = f"schoolsim story partnership {config} --years {YEARS} --figure life_line.png"
    mapping = f"schoolsim map {config} --out map"
    for name, heading, figure, caption, command in (
        ("life_line", "The life line of one partnership", life_line_figure(story), life_line_caption(story), telling),
        ("map", "Who is tied to whom", map_figure([found]), map_caption([found]), mapping),
        ("trust", "Trust by distance and rivalry", trust_figure(ties), trust_caption(ties, _title()), mapping),
    ):
        origin = {"title": _title(), "study": ONE_RUN, "config_sha256": None, "version": None, "commit": None}
        file = f"{name}{'.svg' if name == 'map' else '.png'}"  # lines in all directions make a large PNG
        save_figure(figure, folder / file, origin, caption=caption)
        yield Shown(name, file, heading, _plain(caption), caption, ONE_RUN, command, "sh")


def make_tables() -> None:
    """Make anew the studies, and the run, that the gallery is drawn from."""
    from schoolsim.mapping.ties import school_ties
    from schoolsim.stories import story
    from schoolsim.studies.school_model import school_model
    from schoolsim.system.compiling import compile_once

    # Made elsewhere and then put in place, so that a clean checkout is told as one.
    with TemporaryDirectory() as folder:
        for name in STUDIES:
            study = Study(load_config(GALLERY / f"{name}.toml"), name=name, cite=[SOFTWARE.text()])
            study.run(2, out=Path(folder) / name, progress=False)
            shutil.rmtree(Path(folder) / name / "logs", ignore_errors=True)
            (Path(folder) / name / ".lock").unlink(missing_ok=True)
        shutil.rmtree(RESULTS, ignore_errors=True)
        shutil.copytree(folder, RESULTS)
    config = load_config(GALLERY / f"{ONE_RUN}.toml")
    compile_once()
    told = story("partnership", config, seed=config.seed, years=YEARS)
    RUN.mkdir(exist_ok=True)
    fields = {"title": told.title, "number": told.number, "picked": told.picked, "seed": told.seed, "path": told.path}
    write_text(RUN / "life_line.json", json.dumps(fields, indent=1) + "\n")
    model: Any = school_model(config).load()  # the class of the model is of the system, which studies do not know
    simulation = model.simulation(config.scenario().values, config.seed)
    simulation.run(config.years)
    write_csv(RUN / "ties.csv", school_ties(simulation))


def _story() -> Story:
    told = json.loads((RUN / "life_line.json").read_text(encoding="utf-8"))
    return Story(told["title"], told["number"], told["picked"], told["seed"], (), tuple(told["path"]))


def _seed() -> int:
    return load_config(GALLERY / f"{ONE_RUN}.toml").seed


def _schools() -> int:
    return load_config(GALLERY / f"{ONE_RUN}.toml").population.schools or 0


def _title() -> str:
    return load_config(GALLERY / f"{ONE_RUN}.toml").title


def _plain(text: str) -> str:
    """Text that may stand in the brackets of an image."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def main() -> int:
    """Draw the gallery and write its page."""
    if "--tables" in sys.argv:
        make_tables()
    PICTURES.mkdir(parents=True, exist_ok=True)
    shown = drawn(PICTURES)
    for old in set(PICTURES.iterdir()) - {PICTURES / one.file for one in shown}:
        old.unlink()
    write_text(PAGE, page(shown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
