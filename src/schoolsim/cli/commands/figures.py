"""`schoolsim figures`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schoolsim.cli import options
from schoolsim.cli.configs import load
from schoolsim.cli.output import counted, say, say_json
from schoolsim.cli.results import open_finished
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig
    from schoolsim.studies import StudyResult

Source = Annotated[
    str,
    typer.Argument(
        metavar="DIR|CONFIG",
        callback=options.possible_path,
        help="A results folder, or a config whose results are in one.",
    ),
]


def figures(source: Source, out: options.Out = Path("results"), json: options.Json = False) -> None:
    """Draw the figures of a study from its tables; no run is made, and the same tables give the same bytes.

    Given a folder, the figures are those of the config in it. Given a config, they are those it has now, so that a
    figure can be changed after the runs; its results are looked for in the folder that sweep put them in.
    """
    if Path(source).is_dir():
        result = open_finished(Path(source))
        config = result.config
    else:
        request = load(source)
        config, result = request.config, open_finished(out.expanduser() / request.name)
        _require_same_study(config, result)
    from schoolsim.figures.of_study import draw_study

    files = draw_study(result, config)
    if json:
        say_json({"folder": result.folder / "figures", "files": files})
    else:
        pictures = [file for file in files if file.suffix == ".png"]
        number = counted(len(pictures), "figure")
        say(f"{number}, each as PNG, SVG and PDF, with its caption (.txt) and its numbers (.csv):")
        say("\n".join(str(file) for file in pictures))


def _require_same_study(config: StudyConfig, result: StudyResult) -> None:
    """A config may have other figures and words than its results, but not other runs."""
    if _of_runs(config) != _of_runs(result.config):
        raise UserError(
            f"{result.folder} was not run from this config as it is now. Draw what was run with schoolsim figures "
            f"{result.folder}, or run the config in another folder with schoolsim sweep --out"
        )


def _of_runs(config: StudyConfig) -> dict[str, Any]:
    """A config without its figures and words."""
    data = config.to_mapping()
    kept = {key: value for key, value in data.items() if key not in ("title", "description", "sources", "figures")}
    outcomes = {key: value for key, value in data.get("outcomes", {}).items() if key not in ("report", "baseline")}
    return {**kept, "outcomes": outcomes}
