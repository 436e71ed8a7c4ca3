"""`schoolsim calibrate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import number, say, say_json, say_table, tell
from schoolsim.cli.progress import executor_name
from schoolsim.parameters.registry import REGISTRY

Calibration = Annotated[
    str, typer.Argument(metavar="CONFIG", help="A calibration: its path, or its name such as magnitudes.")
]


def calibrate(
    config: Calibration = "magnitudes",
    fast: options.Fast = False,
    out: options.Out = Path("results/evidence/calibration"),
    workers: options.Workers = None,
    executor: options.ExecutorOption = options.Executor.auto,
    scheduler: options.Scheduler = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Estimate parameters that no source fixes from measured magnitudes; typed again, it makes only missing runs.

    Leaves posterior.csv, parameters.csv, fit.csv and coverage.csv in the results folder. A study draws from the sample
    that ships as configs/calibration/posterior.csv.
    """
    from schoolsim.evidence.calibration import calibrate as run
    from schoolsim.evidence.calibration import in_model, read_setup
    from schoolsim.studies import Execution

    name, setup = read_setup(config)
    setup = setup.faster() if fast else setup
    folder = out.expanduser() / (f"{name}_fast" if fast else name)
    execution = Execution(executor_name(executor, scheduler), workers, scheduler=scheduler, progress=not quiet)
    posterior = run(setup, in_model(folder, execution), None if quiet else tell)
    posterior.save(folder)
    if json:
        say_json({"parameters": posterior.parameters.to_dict("records"), "fit": posterior.fit.to_dict("records")})
        return
    say_table(
        ("parameter", "name", "prior", "mean", "95% interval", "sd / prior sd"),
        [
            (REGISTRY[row["parameter"]].label, row["parameter"],
             f"{number(row['prior_low'])} to {number(row['prior_high'])}", number(row["mean"]),
             f"{number(row['low'])} to {number(row['high'])}", f"{row['sd_over_prior']:.2f}")
            for row in posterior.parameters.to_dict("records")
        ],
        bracketed=True,
    )  # fmt: skip
    say()
    say_table(
        ("target", "measured", "sd", "prior", "posterior", "verdict"),
        [
            (row["target"], number(row["value"]), number(row["sd"]), _band(row, "prior"), _band(row, "posterior"),
             row["verdict"])
            for row in posterior.fit.to_dict("records")
        ],
    )  # fmt: skip
    say()
    say(f"Tables and sample: {folder}")


def _band(row: dict[str, float], which: str) -> str:
    mean, low, high = (number(row[f"{which}_{part}"]) for part in ("mean", "low", "high"))
    return f"{mean} ({low} to {high})"
