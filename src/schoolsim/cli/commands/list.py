"""`schoolsim list`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import say, say_json, say_table
from schoolsim.parameters.errors import UserError, did_you_mean

Row = dict[str, object]

PARAMETERS = ("name", "range", "default", "unit", "meaning")
CONFIGS = ("name", "title")


def list_(
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="What to list; without it, what there is.")] = None,
    json: options.Json = False,
) -> None:
    """List parameters, levers, uncertainties, constants, mechanisms, outcomes, figures or configs.

    Configs are listed by their folder: programmes, settings, studies and populations. What one of them is: schoolsim
    show NAME.
    """
    if kind is None:
        kinds = [{"kind": name, "number": len(rows())} for name, (rows, _) in KINDS.items()]
        say_json(kinds) if json else _say(("kind", "number"), kinds)
        return
    if kind not in KINDS:
        raise UserError(f'there is no list of "{kind}".{did_you_mean(kind, KINDS)} There are {", ".join(KINDS)}')
    rows, columns = KINDS[kind]
    found = rows()
    if json:
        say_json(found)
    elif found:
        _say(columns, found)
    else:
        say(f"There are no {kind} yet.")


def parameters(role: str | None = None) -> list[Row]:
    """Every parameter, or those of a role."""
    from schoolsim.parameters.table import parameter_rows

    rows = [vars(row) for row in parameter_rows()]
    return [row for row in rows if role in (None, row["role"])]


def mechanisms() -> list[Row]:
    """Every mechanism."""
    from schoolsim.parameters.mechanisms import MECHANISMS

    return [
        {"id": one.id, "switch": f"mechanism.{one.word}", "title": one.title, "source": one.source}
        for one in MECHANISMS.values()
    ]


def outcomes() -> list[Row]:
    """Every outcome."""
    from schoolsim.outcomes.catalog import OUTCOMES

    return [{"name": one.name, "unit": one.unit, "definition": one.definition} for one in OUTCOMES.values()]


def figures() -> list[Row]:
    """Every kind of figure."""
    from schoolsim.figures.kinds import FIGURES

    return [{"kind": name, "draws": kind.summary} for name, kind in FIGURES.items()]


def configs(kind: str) -> list[Row]:
    """Every config of a kind; one that cannot be read says so."""
    from schoolsim.config.locate import list_configs

    return [
        {
            "name": entry.name,
            "title": entry.problem or entry.title,
            "sources": entry.sources,
            "path": entry.path,
            "problem": entry.problem,
        }
        for entry in list_configs(kind)
    ]


KINDS: Mapping[str, tuple[Callable[[], list[Row]], Sequence[str]]] = {
    "parameters": (parameters, ("name", "role", *PARAMETERS[1:])),
    "levers": (lambda: parameters("lever"), PARAMETERS),
    "uncertainties": (lambda: parameters("uncertainty"), PARAMETERS),
    "constants": (lambda: parameters("constant"), PARAMETERS),
    "mechanisms": (mechanisms, ("id", "switch", "title", "source")),
    "outcomes": (outcomes, ("name", "unit", "definition")),
    "figures": (figures, ("kind", "draws")),
    "programmes": (lambda: configs("programmes"), CONFIGS),
    "settings": (lambda: configs("settings"), CONFIGS),
    "studies": (lambda: configs("studies"), CONFIGS),
    "populations": (lambda: configs("populations"), CONFIGS),
}
"""What can be listed: the rows, and the columns that are shown of them (JSON has them all)."""


def _say(columns: Sequence[str], rows: Sequence[Row]) -> None:
    say_table(columns, [[row[column] for column in columns] for row in rows], right=["number"])
