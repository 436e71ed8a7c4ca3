"""Opens the results of a study that is complete."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.studies import StudyResult


def open_finished(folder: Path) -> StudyResult:
    """The study in a folder.

    Raises:
        UserError: There is none, or runs are still to be made.
    """
    from schoolsim.studies import StudyResult, read_status

    result = StudyResult.open(folder)
    if not result.complete:
        now = read_status(folder)
        total = "" if now.total is None else f" of {now.total}"
        raise UserError(
            f"the study in {folder} is not complete: {now.done}{total} runs are made. "
            f"Finish it with schoolsim resume {folder}"
        )
    return result
