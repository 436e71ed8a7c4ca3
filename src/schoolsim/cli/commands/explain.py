"""`schoolsim explain`."""

from __future__ import annotations

from schoolsim.cli import options
from schoolsim.cli.configs import Changes, load


def explain(
    config: options.Config,
    values: options.Set = None,
    seed: options.Seed = None,
    years: options.Years = None,
    replications: options.Replications = None,
    schools: options.Schools = None,
    authority: options.Authority = None,
    workers: options.Workers = None,
    json: options.Json = False,
) -> None:
    """Say what a config means and what it will cost, before anything is started.

    One run is made to see how long it takes and how large it is; nothing of it is kept.
    """
    changes = Changes(values, seed, years, replications, schools, authority)
    from schoolsim.cli.explain import say_plan

    say_plan(load(config, changes), workers, json=json)
