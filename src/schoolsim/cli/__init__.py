"""The command line: commands only, each in a file of `commands/`, each a thin face of the rooms below."""

from __future__ import annotations

from schoolsim.cli.app import main

__all__ = ["main"]
