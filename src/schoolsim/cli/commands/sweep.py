"""`schoolsim sweep`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.configs import Changes, load, school_notes
from schoolsim.cli.output import tell
from schoolsim.cli.progress import carry_out, executor_name
from schoolsim.parameters.registry import parameter

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be run and how long it takes; run nothing.")]


def sweep(
    config: options.Config,
    out: options.Out = Path("results"),
    workers: options.Workers = None,
    executor: options.ExecutorOption = options.Executor.auto,
    scheduler: options.Scheduler = None,
    values: options.Set = None,
    seed: options.Seed = None,
    years: options.Years = None,
    replications: options.Replications = None,
    schools: options.Schools = None,
    authority: options.Authority = None,
    time_limit: options.TimeLimit = None,
    retry_failed: options.RetryFailed = False,
    fail_fast: options.FailFast = False,
    dry_run: DryRun = False,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Run a study: every point of its design, every replication. Typed again, it makes only what is missing.

    Results go to a folder of DIR named after the config, and after the authority where real schools are given:
    schoolsim sweep badging_funding --schools schools.csv --authority Sheffield
    """
    changes = Changes(values, seed, years, replications, schools, authority)
    request = load(config, changes)
    name = executor_name(executor, scheduler)
    if dry_run:
        from schoolsim.cli.explain import say_plan

        say_plan(request, workers, json=json)
        return
    for note in school_notes(request.config):
        tell(f"Schools: {note}")
    for idle in request.config.idle_levers():
        tell(f"Note: {parameter(idle.lever).label} ({idle.lever}) can have no effect in this study: {idle.because}.")
    from schoolsim.studies import Execution

    execution = Execution(name, workers, time_limit, scheduler, fail_fast, retry_failed, progress=not quiet)
    carry_out(request.study().plan, out.expanduser() / request.name, execution, json=json)
