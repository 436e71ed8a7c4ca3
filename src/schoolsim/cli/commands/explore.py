"""`schoolsim explore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.configs import Changes, load, require_one_point, school_notes
from schoolsim.cli.output import tell
from schoolsim.cli.progress import say_if_compiling
from schoolsim.parameters.errors import UserError

Config = Annotated[
    str | None,
    typer.Argument(metavar="[CONFIG]", help="A config to begin with: its path, or its name such as beacon."),
]
Port = Annotated[
    int | None,
    typer.Option(
        min=0, max=65_535, metavar="PORT", help="Port to listen at; 0 for any. The first free from 8765 if left out."
    ),
]
Show = Annotated[bool, typer.Option("--open/--no-open", help="Open the browser, or only say the address.")]


def explore(
    config: Config = None,
    values: options.Set = None,
    seed: options.Seed = None,
    years: options.Years = None,
    schools: options.Schools = None,
    authority: options.Authority = None,
    port: Port = None,
    show: Show = True,
) -> None:
    """Try programmes, settings and levers in the browser: two scenarios side by side, a map, curves and stories.

    The page is served to this machine alone and works offline. Files are saved in the current folder and nowhere else.
    Ctrl-C ends it.
    """
    changes = Changes(values, seed=seed, years=years, schools=schools, authority=authority)
    opened = None
    if config is not None:
        opened = load(config, changes).config
        require_one_point(opened, config)
        for note in school_notes(opened):
            tell(f"Schools: {note}")
    elif any(given is not None for given in (values, seed, years, schools, authority)):
        raise UserError("-p, --seed, --years, --schools and --authority change a config: name one to begin with.")
    from schoolsim.explore.serving import serve
    from schoolsim.studies.model import prepare
    from schoolsim.studies.school_model import school_model

    reference = school_model(load("no_programme").config if opened is None else opened)
    say_if_compiling(reference)
    prepare(reference.load())
    serve(
        opened,
        Path.cwd(),
        port=port,
        show=show,
        said=lambda address: tell(f"The explorer is at {address} (Ctrl-C ends it)."),
    )
