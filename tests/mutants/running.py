"""Mutants run against tests, as plain Python and each in a process of its own.

Compiling the model takes half a minute; without the compiler the hand-worked cases, and the twin's small systems, take
seconds. The processes are forks of one that has imported everything but schoolsim.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from unittest import mock

import pytest

from tests.mutants.planting import Mutant, planted

PRELOADED = (
    "numpy",
    "numba",
    "pandas",
    "pyarrow",
    "mesa",
    "pydantic",
    "hypothesis",
    "pytest",
    "scipy",
    "igraph",
)
#: What a child's own conftest and plugins read before anything is imported.
ENVIRONMENT = {"NUMBA_DISABLE_JIT": "1", "CI": "1", "MPLBACKEND": "Agg", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
#: The project's own options but for those of plugins that one quick process does without.
OPTIONS = ["-o", "addopts=", "--import-mode=importlib", "-p", "pytest_timeout", "-p", "no:cacheprovider", "-x", "-q"]


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: the test that failed, or "" where all passed."""

    mutant: Mutant
    killer: str


class _Noticing:
    """A pytest plugin that keeps the name of the first test, or file, that fails."""

    def __init__(self) -> None:
        self.first = ""
        self.passed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.passed += report.when == "call" and report.passed
        if report.failed:
            self.first = self.first or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.first = self.first or f"{report.nodeid} cannot be read"


def _run(answer: Connection, repository: str, source: str, tests: list[str]) -> None:
    """Run tests on the package in the folder `source`; sends who failed first, and how many passed."""
    os.chdir(repository)
    sys.path[:0] = [source, repository]
    sys.dont_write_bytecode = True
    noticing = _Noticing()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as errors:
        code = pytest.main([*OPTIONS, *tests], plugins=[noticing])
    if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED) and not noticing.first:
        answer.send(("unusable", f"{tests}: {errors.getvalue()}"))
    else:
        answer.send((noticing.first or ("" if code == 0 else f"pytest ended with {code}"), noticing.passed))


class Bench:
    """A copy of the package into which faults are planted."""

    def __init__(self, repository: Path, folder: Path, package: Path, *, preloaded: Sequence[str] = PRELOADED) -> None:
        """Copy.

        Args:
            repository: Where tests and configs are.
            folder: An empty one for the copy.
            package: The package's source.
            preloaded: What is imported once for all processes.
        """
        self.repository = repository
        self.source = folder / "src"
        self.package = self.source / package.name
        shutil.copytree(package, self.package, ignore=shutil.ignore_patterns("__pycache__"))
        if (repository / "configs").is_dir():
            (folder / "configs").symlink_to(repository / "configs")
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(list(preloaded))

    def test(self, tests: Sequence[str], seconds: float) -> tuple[str, int]:
        """Run tests on the package as it is in the copy.

        Returns:
            Name of the first that failed, "" if none did, and how many passed.

        Raises:
            ValueError: There are no such tests.
        """
        receive, send = self._context.Pipe(duplex=False)
        arguments = (send, str(self.repository), str(self.source), list(tests))
        child = self._context.Process(target=_run, args=arguments)
        with mock.patch.dict(os.environ, ENVIRONMENT):  # a server of processes takes over what it is started with
            child.start()
        send.close()
        try:
            if not receive.poll(seconds):
                return f"no end after {seconds:.0f} s", 0
            first, passed = receive.recv()
        except EOFError:
            return "the process died", 0
        finally:
            child.kill()
            child.join()
        if first == "unusable":
            raise ValueError(passed)
        return first, passed

    def fate(self, mutant: Mutant, tests: Sequence[str], seconds: float) -> Fate:
        """Plant one fault, run the tests, and take it out again."""
        file = self.package / mutant.file
        original = file.read_bytes()
        file.write_text(planted(mutant, original.decode()), encoding="utf-8")
        try:
            return Fate(mutant, self.test(tests, seconds)[0])
        finally:
            file.write_bytes(original)
