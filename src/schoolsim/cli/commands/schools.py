"""`schoolsim schools`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import counted, say, say_json, say_table

File = Annotated[
    Path, typer.Argument(metavar="FILE", callback=options.school_file, help="A register of schools as CSV.")
]


def schools(file: File, authority: options.Authority = None, json: options.Json = False) -> None:
    """Say what would be read of a file of schools, what is left out or filled in, and why."""
    from schoolsim.populations import read_schools

    table = read_schools(file.expanduser(), authority or None)
    summary = table.summary()
    if json:
        say_json({"file": file, "authorities": table.authorities, "summary": summary, "notes": table.notes})
        return
    authorities = ", ".join(table.authorities[:10]) + (" …" if len(table.authorities) > 10 else "")
    number = counted(len(table.authorities), "authority", "authorities")
    say(f"{counted(len(table), 'school')} of {number}: {authorities}", bold=True)
    columns = list(summary["all"])
    rows = [(phase, *(_shown(name, figures[name]) for name in columns)) for phase, figures in summary.items()]
    say_table(["phase", *columns], rows, right=columns)
    say("What was left out or filled in:")
    for note in table.notes:
        say(f"- {note}")


def _shown(name: str, value: float) -> str:
    shares = ("capacity use", "disadvantage", "attainment known")
    return f"{100 * value:.0f}%" if name in shares else f"{value:,.0f}"
