"""`schoolsim verify`."""

from __future__ import annotations

import typer

from schoolsim.cli import options
from schoolsim.cli.errors import FAILED
from schoolsim.cli.output import counted, say, say_json


def verify(folder: options.Results, json: options.Json = False) -> None:
    """Compare every file of a results folder with what was written, and say all that differs. Ends with 1 if any does.

    Files without a hash, such as figures and logs, are named and not compared.
    """
    from schoolsim.studies import verify as compare

    verification = compare(folder)
    if json:
        say_json({
            "folder": verification.folder, "sound": verification.sound, "state": verification.state,
            "checked": verification.checked, "differences": verification.differences,
            "unsealed": verification.unsealed,
        })  # fmt: skip
    else:
        for line in verification.differences:
            say(line)
        if verification.sound:
            say(f"{verification.folder}: {counted(verification.checked, 'file')} as written.")
        if verification.unsealed:
            say(f"Not compared, for want of a hash: {', '.join(verification.unsealed)}")
    if not verification.sound:
        raise typer.Exit(FAILED)
