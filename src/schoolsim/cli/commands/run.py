"""`schoolsim run`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schoolsim.cli import options
from schoolsim.cli.configs import Asked, Changes, load, require_one_point, school_notes
from schoolsim.cli.output import counted, number, say, say_json, say_table, tell
from schoolsim.cli.progress import say_if_compiling
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.config import StudyConfig
    from schoolsim.studies import RunResult

Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", callback=options.expanded, help="Folder in which a folder for the run is made."),
]


def run(
    config: options.Config,
    values: options.Set = None,
    seed: options.Seed = None,
    years: options.Years = None,
    schools: options.Schools = None,
    authority: options.Authority = None,
    out: Out = None,
    names: options.Names = False,
    json: options.Json = False,
) -> None:
    """Run a programme, a setting or one point of a study once, and print its outcomes.

    One run is one throw of the dice: what a policy does shows over many, as schoolsim sweep makes them. The same
    config and seed give the same run, bit for bit.
    """
    changes = Changes(values, seed=seed, years=years, schools=schools, authority=authority)
    request = load(config, changes)
    require_one_point(request.config, config)
    for note in school_notes(request.config):
        tell(f"Schools: {note}")
    from schoolsim.studies.model import prepare
    from schoolsim.studies.school_model import school_model

    reference = school_model(request.config)
    say_if_compiling(reference)
    model = reference.load()
    prepare(model)
    result = model.run(request.config.scenario().changed(), request.config.seed)
    folder = None if out is None else _write(out, request, result)
    if json:
        say_json(_plain(request, result, folder))
    else:
        _say(request.config, result, names=names)
        if folder is not None:
            say(f"Written to {folder}: outcomes.csv, series.csv, series.parquet and config.toml")


def _rows(result: RunResult) -> list[dict[str, Any]]:
    from schoolsim.outcomes.catalog import OUTCOMES

    return [
        {
            "outcome": name,
            "label": outcome.label,
            "value": result.outcomes[name],
            "unit": outcome.unit,
            "definition": outcome.definition,
        }
        for name, outcome in OUTCOMES.items()
    ]


def _say(config: StudyConfig, result: RunResult, *, names: bool) -> None:
    from schoolsim.analysis.quantities import unit_words

    say(config.title, bold=True)
    before = f", after {counted(config.burn_in_years, 'year')} without it" if config.burn_in_years else ""
    window = config.outcomes.window
    mean = "the last year" if window == 1 else f"the last {window} years"
    say(f"One run of {counted(config.years, 'year')}{before}, seed {config.seed}; levels are means over {mean}.")
    headers = ["outcome", *(["name"] if names else []), "value", "unit", "what it is"]
    rows = []
    for row in _rows(result):
        name = [row["outcome"]] if names else []
        value = number(float(row["value"]))
        rows.append([row["label"], *name, value, unit_words(row["unit"]), row["definition"]])
    say_table(headers, rows, right=["value"], bracketed=names, spare=["what it is"])


def _plain(request: Asked, result: RunResult, folder: Path | None) -> dict[str, object]:
    config = request.config
    return {
        "title": config.title,
        "seed": config.seed,
        "years": config.years,
        "burn_in_years": config.burn_in_years,
        "parameters": config.scenario().changed(),
        "outcomes": _rows(result),
        "folder": folder,
    }


def _write(out: Path, request: Asked, result: RunResult) -> Path:
    """The run's numbers as tables, and the config that makes it again."""
    import pandas as pd

    folder = out.expanduser() / f"{request.name}-seed-{request.config.seed}"
    series = pd.DataFrame(dict(result.series or {}), index=pd.Index(result.half_terms, name="half_term"))
    tidy = series.reset_index().melt("half_term", var_name="outcome", value_name="value")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(_rows(result)).to_csv(folder / "outcomes.csv", index=False, lineterminator="\n")
        tidy.to_csv(folder / "series.csv", index=False, lineterminator="\n")
        with (folder / "series.parquet").open("wb") as file:  # Arrow takes the bare path a:/b for an address
            tidy.to_parquet(file, index=False)
        (folder / "config.toml").write_text(request.config.to_toml(folder), encoding="utf-8")
    except OSError as error:
        raise UserError(f"--out: {folder} cannot be written: {error.strerror}") from None
    return folder
