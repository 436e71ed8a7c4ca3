"""The command line: a file of `commands/` for each command, and what commands share."""

from __future__ import annotations

from schoolsim.cli.app import main

__all__ = ["main"]
