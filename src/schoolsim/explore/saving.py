"""Writes what is taken away from the screen: a config, the data, and the Python that makes the run again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from schoolsim.config.names import SYNTHETIC
from schoolsim.explore.curves import DIFFERENCE
from schoolsim.explore.side import Side
from schoolsim.parameters.errors import UserError

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
"""What a file may be called: no dots and no strokes, so that none leads out of the folder."""

DEFAULT_YEARS: Final = 10
"""Of a `SchoolSystem`."""


def write_new(folder: Path, name: str, suffix: str, text: str) -> Path:
    """Write a file that was not there.

    Args:
        folder: The only folder that is written to.
        name: Without its ending.
        suffix: The ending, with its dot.
        text: What it holds.

    Returns:
        Its path.

    Raises:
        UserError: The name is none that a file here may have, the file is there already, or it cannot be written.
    """
    if not NAME.fullmatch(name):
        raise UserError(
            f'"{name}" cannot be the name of a file here: at most 60 letters, digits, - and _, no other signs.'
        )
    path = folder / f"{name}{suffix}"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UserError(f"The file {path.name} is there already: choose another name.") from None
    except OSError as error:
        raise UserError(f"The file {path.name} cannot be written: {error.strerror}.") from None
    return path


def config_text(side: Side, folder: Path) -> str:
    """The scenario as a config that `schoolsim run` runs to the same numbers."""
    return side.config.to_toml(folder)


def data_text(sides: Mapping[str, Side]) -> str:
    """Every outcome by half-term as CSV: `scenario`, `half_term`, `outcome`, `value`, `unit`.

    Of two scenarios there are also the rows of "A less B", their difference.
    """
    tables = {name: side.system.outcomes() for name, side in sides.items()}
    parts = [table.assign(scenario=name) for name, table in tables.items()]
    if len(tables) > 1:
        first, second = tables.values()
        keys = ["half_term", "outcome"]
        both = first.merge(second[[*keys, "value"]], on=keys, suffixes=("", "_second"))
        parts.append(both.assign(value=both["value"] - both["value_second"], scenario=DIFFERENCE))
    columns = ["scenario", "half_term", "outcome", "value", "unit"]
    text: str = pd.concat([part[columns] for part in parts]).to_csv(index=False, lineterminator="\n")
    return text


def python_text(side: Side) -> str:
    """Python that makes the run again, as far as it has gone."""
    config, seed = side.config, side.system.seed
    changed = side.scenario.changed()
    if config.population.source == SYNTHETIC and config.population.schools is not None:
        changed["setting.schools"] = config.population.schools
    values = "".join(f"    {name!r}: {value!r},\n" for name, value in changed.items())
    given = [f"parameters={{\n{values}}}" if values else "", f"seed={seed}"]
    if config.population.source != SYNTHETIC:
        given.append(f"schools=ss.read_schools({config.population.source!r}, {_plain(config.population.authority)!r})")
    if config.population.ties is not None:
        given.append(f"ties={config.population.ties!r}")
    if config.burn_in_years:
        given.append(f"burn_in_years={config.burn_in_years}")
    if config.years != DEFAULT_YEARS:
        given.append(f"years={config.years}")
    steps = len(side.system.simulation.half_terms)
    return (
        f"import schoolsim as ss\n\n# {config.title}\n"
        f"system = ss.SchoolSystem({', '.join(part for part in given if part)})\n"
        f"for _ in range({steps}):  # half-terms\n    system.step()\nprint(system.outcomes())\n"
    )


def _plain(authority: object) -> object:
    return list(authority) if isinstance(authority, tuple) else authority
