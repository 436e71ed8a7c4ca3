"""Cases worked by hand, against compiled rules and against the same rules as plain Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import schoolsim
from tests.rules.reading import CASES, Case, all_rules, argument_names, arguments, cases, parameters_read, plain, record

RULES = all_rules()


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_a_rule_gives_what_was_worked_by_hand(case: Case) -> None:
    rule = RULES[f"{case.subject}.{case.rule}"]
    assert set(case.given) == set(argument_names(rule)) - {"p"}
    given = arguments(rule, case.given, record(case.parameters))
    expected = pytest.approx(case.expected, rel=1e-12, abs=1e-12)
    assert rule(*given) == expected
    assert plain(rule)(*given) == expected


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_a_case_gives_all_parameters_its_rule_reads(case: Case) -> None:
    """So that a case stays right when a default is changed."""
    rule = RULES[f"{case.subject}.{case.rule}"]
    assert set(parameters_read(rule)) <= set(case.parameters)


def test_every_rule_is_worked_by_hand() -> None:
    assert set(RULES) - {f"{case.subject}.{case.rule}" for case in cases()} == set()


def test_there_are_cases_of_every_subject_with_a_file() -> None:
    assert len(list(cases())) > 300
    assert {case.subject for case in cases()} == {file.stem for file in CASES.glob("*.toml")}


def test_the_cases_hold_without_the_compiler(repository: Path) -> None:
    """The rules and all they call as plain Python, in a process of its own."""
    paths = os.pathsep.join([str(Path(schoolsim.__file__).parents[1]), str(repository)])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", __file__, "-k", "worked_by_hand"],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": paths},
        cwd=repository, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
