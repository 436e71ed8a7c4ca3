"""`schoolsim list`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.lookup import filtered
from schoolsim.cli.output import say, say_json, say_table
from schoolsim.parameters.errors import UserError, did_you_mean

Row = dict[str, object]

Kind = Annotated[str | None, typer.Argument(metavar="KIND", help="What to list; without it, what there is.")]
Words = Annotated[
    list[str] | None, typer.Argument(metavar="WORD", help="Only what speaks of this: a topic or any word.")
]


def list_(kind: Kind = None, words: Words = None, json: options.Json = False) -> None:
    """List parameters, levers, uncertainties, constants, mechanisms, outcomes, figures or configs.

    Configs are listed by their folder: programmes, settings, studies, evaluations and populations. Words after the
    kind choose among them: schoolsim list levers brokers. What one of them is: schoolsim show NAME.
    """
    if kind is None:
        kinds = [{"kind": name, "number": len(listing.rows())} for name, listing in LISTINGS.items()]
        say_json(kinds) if json else _say(Listing(list, ("kind", "number")), kinds)
        return
    if kind not in LISTINGS:
        raise UserError(
            f'there is no list of "{kind}".{did_you_mean(kind, LISTINGS)} There are {", ".join(LISTINGS)}. '
            f"To look for a word: schoolsim list levers {kind}"
        )
    listing = LISTINGS[kind]
    rows = listing.rows()
    if words:
        rows = filtered(rows, words, texts)
    if json:
        say_json(rows)
    elif rows:
        _say(listing, rows)
    else:
        say(f"There are no {kind} yet.")


def texts(row: Row) -> Iterable[str]:
    """What is said of a row, for a search in it; not where its file is."""
    return (str(cell) for key, cell in row.items() if key not in ("path", "source", "sources", "grade"))


def parameters(role: str | None = None) -> list[Row]:
    """Every parameter, or those of a role."""
    from schoolsim.analysis.quantities import unit_words
    from schoolsim.parameters.registry import REGISTRY
    from schoolsim.parameters.table import parameter_rows

    rows: list[Row] = []
    for row in parameter_rows():
        label = row.name if row.role == "constant" else REGISTRY[row.name].label
        rows.append({**vars(row), "label": label, "unit in words": unit_words(row.unit)})
    return [row for row in rows if role in (None, row["role"])]


def mechanisms() -> list[Row]:
    """Every mechanism."""
    from schoolsim.parameters.mechanisms import MECHANISMS

    return [
        {
            "id": mechanism.id,
            "switch": f"mechanism.{mechanism.word}",
            "title": mechanism.title,
            "source": mechanism.source,
        }
        for mechanism in MECHANISMS.values()
    ]


def outcomes() -> list[Row]:
    """Every outcome."""
    from schoolsim.analysis.quantities import unit_words
    from schoolsim.outcomes.catalog import OUTCOMES

    return [
        {
            "name": outcome.name,
            "unit": outcome.unit,
            "definition": outcome.definition,
            "label": outcome.label,
            "unit in words": unit_words(outcome.unit),
        }
        for outcome in OUTCOMES.values()
    ]


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
            "description": entry.description,
            "sources": entry.sources,
            "path": entry.path,
            "problem": entry.problem,
        }
        for entry in list_configs(kind)
    ]


@dataclass(frozen=True)
class Listing:
    """One thing that can be listed.

    Args:
        rows: Makes the rows.
        columns: The keys that are shown, in order; JSON has them all.
        headers: Their headers, where they are not the keys.
        bracketed: Whether the first is a label and the second the name to type.
    """

    rows: Callable[[], list[Row]]
    columns: Sequence[str]
    headers: Mapping[str, str] | None = None
    bracketed: bool = False


_PARAMETER = ("label", "name", "range", "default", "unit in words", "meaning")
_HEADERS = {"label": "what", "unit in words": "unit"}
_CONFIG = ("name", "title")

LISTINGS: Mapping[str, Listing] = {
    "parameters": Listing(parameters, ("label", "name", "role", *_PARAMETER[2:]), _HEADERS, bracketed=True),
    "levers": Listing(lambda: parameters("lever"), _PARAMETER, _HEADERS, bracketed=True),
    "uncertainties": Listing(lambda: parameters("uncertainty"), _PARAMETER, _HEADERS, bracketed=True),
    "constants": Listing(lambda: parameters("constant"), _PARAMETER[1:], _HEADERS),
    "mechanisms": Listing(mechanisms, ("id", "switch", "source", "title")),
    "outcomes": Listing(outcomes, ("label", "name", "unit in words", "definition"), _HEADERS, bracketed=True),
    "figures": Listing(figures, ("kind", "draws")),
    "programmes": Listing(lambda: configs("programmes"), _CONFIG),
    "settings": Listing(lambda: configs("settings"), _CONFIG),
    "studies": Listing(lambda: configs("studies"), _CONFIG),
    "evaluations": Listing(lambda: configs("evaluations"), _CONFIG),
    "populations": Listing(lambda: configs("populations"), _CONFIG),
}
"""What can be listed."""


def _say(listing: Listing, rows: Sequence[Row]) -> None:
    headers = [(listing.headers or {}).get(column, column) for column in listing.columns]
    cells = [[row[column] for column in listing.columns] for row in rows]
    say_table(headers, cells, right=["number"], bracketed=listing.bracketed)
