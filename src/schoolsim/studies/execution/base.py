"""What the sweep needs of whoever makes the runs."""

from __future__ import annotations

from typing import Protocol

from schoolsim.studies.run_request import RunRecord, RunTask


class Executor(Protocol):
    """Takes runs and gives records, in any order, one for every run it took."""

    workers: int
    """How many runs it makes at once."""

    def submit(self, tasks: list[RunTask]) -> None:
        """Take runs; does not wait for them."""
        ...

    def collect(self, timeout: float | None) -> list[RunRecord]:
        """The records that have come in; waits for the first up to `timeout` seconds.

        Raises:
            StudyError: If the runs cannot be made at all, such as a model that does not import.
        """
        ...

    def close(self) -> None:
        """End every process it started; runs under way are given up."""
        ...
