"""Turns exceptions into messages and exit codes."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import typer
from typer.core import TyperGroup

from schoolsim.cli.output import tell
from schoolsim.parameters.errors import UserError
from schoolsim.parameters.values import printable
from schoolsim.studies.interruption import exit_code, interruptible, silence_lost_terminal

OK, FAILED, MISTAKE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes; `app.EXIT_CODES` says in words what they mean. Ended by SIGTERM it is 143, by SIGHUP 129."""

# Typer has carried its own copy of click since 0.2x: its classes are found from those it makes public.
_ClickException: Any = typer.BadParameter.__mro__[2]


class Commands(TyperGroup):
    """All commands: whatever one raises becomes a message and an exit code, and never a traceback unasked."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command."""
        try:
            return super().parse_args(ctx, args)
        except _ClickException as error:
            if not error.format_message():  # nothing was typed at all: the help has been shown
                raise
            _tell_usage(error)
            raise typer.Exit(MISTAKE) from None

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            with _plain_warnings(), interruptible(ends_process=True):
                return super().invoke(ctx)
        except UserError as error:
            tell(f"Error: {_printable(str(error))}")
            raise typer.Exit(MISTAKE) from None
        except _ClickException as error:
            _tell_usage(error)
            raise typer.Exit(MISTAKE) from None
        except KeyboardInterrupt as interruption:
            raise interrupted(interruption, "") from None
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            command = " ".join(["schoolsim", "--debug", *sys.argv[1:]])
            tell(f"schoolsim itself failed: {type(error).__name__}: {error}. To see where: {command}")
            raise typer.Exit(FAULT) from None


def interrupted(interruption: KeyboardInterrupt, text: str) -> typer.Exit:
    """The end of a command that was interrupted, after a line that says so.

    Args:
        interruption: Ctrl-C, or the signal that asked the process to end.
        text: What else there is to say: what is kept, how to go on.
    """
    what = "Interrupted." if exit_code(interruption) == INTERRUPTED else f"Ended by {interruption}."
    with suppress(OSError):  # a terminal that was closed is told nothing
        tell(f"{what} {text}".rstrip())
    silence_lost_terminal()
    return typer.Exit(exit_code(interruption))


def _tell_usage(error: Any) -> None:
    """What was typed cannot be understood: which word, and where the help is."""
    tell(f"Error: {_printable(error.format_message())}".replace("Value error, ", ""))
    if error.ctx is not None:
        tell(f"Help: {error.ctx.command_path} --help")


def _printable(message: str) -> str:
    """A message in which what was typed or read, whatever it is, does nothing to a terminal."""
    return "\n".join(printable(line, max(1, len(line))) for line in message.split("\n"))


@contextmanager
def _plain_warnings() -> Iterator[None]:
    """Warnings of schoolsim as one line each; those of other packages are for their developers."""
    with warnings.catch_warnings():
        warnings.showwarning = _show_warning  # type: ignore[assignment]  # takes what is not used, too
        yield


def _show_warning(message: Warning | str, category: type[Warning], *where: object) -> None:
    if category.__module__.startswith("schoolsim"):
        tell(f"Warning: {message}")
