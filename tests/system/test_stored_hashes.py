"""Results are what they were: small runs of five programmes, to the last bit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import schoolsim
from schoolsim.outcomes.catalog import OUTCOMES
from tests.system.stored import PROGRAMMES, hashes, here, run, scenario_of, stored

STORED = stored()
here_too = pytest.mark.skipif(
    here() != STORED["made_on"], reason=f"the stored hashes are of {STORED['made_on']}, whose logarithms may differ"
)


@here_too
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_run_has_the_stored_hashes(programme: str) -> None:
    """Where results are meant to change, `python -m tests.system.stored` prints the new file."""
    assert hashes(run(scenario_of(programme)), STORED["outcomes"]) == STORED[programme]


def test_hashes_are_of_five_different_runs_and_of_outcomes_there_are() -> None:
    assert set(STORED) == {"made_on", "outcomes", *PROGRAMMES}
    assert len({one["series"] for one in map(STORED.get, PROGRAMMES)}) == len(PROGRAMMES)
    assert len({one["state"] for one in map(STORED.get, PROGRAMMES)}) == len(PROGRAMMES)
    assert set(STORED["outcomes"]) <= set(OUTCOMES)
    assert len(STORED["outcomes"]) > 80


@here_too
def test_a_millionth_more_of_one_parameter_is_seen() -> None:
    changed = scenario_of("beacon").with_({"trust.contact": 1.000001 * float(scenario_of("beacon")["trust.contact"])})
    found = hashes(run(changed), STORED["outcomes"])
    assert found["series"] != STORED["beacon"]["series"]
    assert found["state"] != STORED["beacon"]["state"]


@here_too
@pytest.mark.slow
def test_a_changed_rule_is_seen(repository: Path, tmp_path: Path) -> None:
    """In a copy of the package, published results follow value added a little less."""
    copy = tmp_path / "src" / "schoolsim"
    shutil.copytree(Path(schoolsim.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    rule = copy / "rules" / "market.py"
    source = rule.read_text(encoding="utf-8")
    ask = "from tests.system.stored import *; print(*hashes(run(scenario_of('beacon')), stored()['outcomes']).values())"

    def printed() -> list[str]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(copy.parent), str(repository)])}
        done = subprocess.run(
            [sys.executable, "-c", ask], env=environment, cwd=repository, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    assert printed() == list(STORED["beacon"].values())
    assert "poor_share + value +" in source
    rule.write_text(source.replace("poor_share + value +", "poor_share + 0.999 * value +"), encoding="utf-8")
    assert not set(printed()) & set(STORED["beacon"].values())
