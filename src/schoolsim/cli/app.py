"""The program `schoolsim` and its commands.

To add a command: write `commands/<name>.py` with one function of that name, whose docstring is its help and whose
options come from `options.py`, and put the function under a heading of `COMMANDS`. Import what is heavy inside the
function, so that the help of every other command stays quick.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from schoolsim import __version__
from schoolsim.cli.commands.answer import answer
from schoolsim.cli.commands.calibrate import calibrate
from schoolsim.cli.commands.cite import cite
from schoolsim.cli.commands.discover import discover
from schoolsim.cli.commands.dock import dock
from schoolsim.cli.commands.docs import docs
from schoolsim.cli.commands.doctor import doctor
from schoolsim.cli.commands.evaluate import evaluate
from schoolsim.cli.commands.explain import explain
from schoolsim.cli.commands.explore import explore
from schoolsim.cli.commands.export import export
from schoolsim.cli.commands.figures import figures
from schoolsim.cli.commands.list import list_
from schoolsim.cli.commands.map import map_
from schoolsim.cli.commands.new import new
from schoolsim.cli.commands.publish import publish
from schoolsim.cli.commands.report import report
from schoolsim.cli.commands.reproduce import reproduce
from schoolsim.cli.commands.resume import resume
from schoolsim.cli.commands.robust import robust
from schoolsim.cli.commands.run import run
from schoolsim.cli.commands.schools import build, draw, schools
from schoolsim.cli.commands.search import search
from schoolsim.cli.commands.show import show
from schoolsim.cli.commands.status import status
from schoolsim.cli.commands.story import story
from schoolsim.cli.commands.sweep import sweep
from schoolsim.cli.commands.validate import validate
from schoolsim.cli.commands.verify import verify
from schoolsim.cli.errors import Commands

COMMANDS: Mapping[str, tuple[Callable[..., None], ...]] = {
    "Run": (new, explain, run, explore, story, map_, sweep, search, evaluate, resume, status),
    "Results": (answer, report, publish, figures, discover, robust, verify, reproduce, export),
    "Evidence": (dock, validate, calibrate),
    "Look up": (list_, show, cite, schools, docs),
    "This machine": (doctor,),
}
"""The commands, under the headings of the help."""

SUBCOMMANDS: Mapping[str, tuple[Callable[..., None], ...]] = {"schools": (build, draw)}
"""Commands below a command, as `schoolsim schools build`; the command itself is what is run without one."""

EXIT_CODES = "\n".join(
    [
        "Exit codes:",
        "0    all went well",
        "1    a run failed, a study did not come out the same, or its files are not",
        "     as they were written",
        "2    a mistake in what was typed or in a file; the message says where, and",
        "     what is allowed",
        "3    a fault of schoolsim itself; schoolsim --debug ... shows where",
        "129, 130, 143  ended by SIGHUP, by Ctrl-C, by SIGTERM; what was made is kept",
    ]
)
"""Of all commands; in lines that a terminal of 80 columns does not break."""


def program() -> typer.Typer:
    """The program, with every command in its place."""
    app = typer.Typer(
        cls=Commands,
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        epilog=EXIT_CODES,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_paragraphs(_program))(_program)
    for heading, commands in COMMANDS.items():
        for command in commands:
            name = command.__name__.rstrip("_")
            if name in SUBCOMMANDS:
                app.add_typer(_group(command, SUBCOMMANDS[name]), name=name, rich_help_panel=heading)
            else:
                app.command(name, help=_paragraphs(command), rich_help_panel=heading)(command)
    return app


def _paragraphs(command: Callable[..., None]) -> str:
    """The help of a command: its docstring with every paragraph in one line, for a terminal of any width to break."""
    return "\n\n".join(" ".join(text.split()) for text in (inspect.getdoc(command) or "").split("\n\n"))


class _WithDefault(TyperGroup):
    """Commands below a command: without the name of one, `show` is run."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args or ["show"])  # which says what is missing

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args and args[0] in self.commands else ["show", *args])


def _group(command: Callable[..., None], below: tuple[Callable[..., None], ...]) -> typer.Typer:
    group = typer.Typer(cls=_WithDefault, help=_paragraphs(command), context_settings={"ignore_unknown_options": True})
    for name, function in (("show", command), *((one.__name__, one) for one in below)):
        group.command(name, help=_paragraphs(function))(function)
    return group


def main(arguments: list[str] | None = None) -> Any:
    """Run the program on the arguments of the process, or on these; ends in `SystemExit`."""
    return program()(arguments, prog_name="schoolsim")


def _version(requested: bool) -> None:
    if requested:
        typer.echo(f"schoolsim {__version__}")
        raise typer.Exit


def _program(
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole traceback of a fault of schoolsim.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """How schools learn from one another while they compete: policies run, compared and explained.

    CONFIG is the path of a TOML file, or a name such as badging_funding or programmes/beacon: schoolsim list studies.
    """
